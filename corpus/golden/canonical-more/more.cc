#ifndef STORED
#define STORED signed char
#endif
enum level : STORED { low, high };
struct board { level now; };
struct device {
#ifdef VIRTUAL
	virtual void stop();
	virtual void start(int speed);
#else
	virtual void start(int speed);
	virtual void stop();
#endif
	void plain();
	int number;
};
#ifdef BASE
struct disk : virtual device { long size; };
#else
struct disk : device { long size; };
#endif
extern "C" {
int stored(board *b) { return b->now; }
int functions(device *d) { return d->number; }
long base(disk *d) { return d->size; }
}
