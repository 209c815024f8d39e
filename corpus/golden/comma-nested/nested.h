struct task;
typedef void (*done_fn)(struct task *t, int status);
typedef int (*step_fn)(struct task *t, done_fn done, void (*fail)(done_fn again, struct task *t));
struct task {
	step_fn step;
	int (*retry)(int count, step_fn step, int (*why)(step_fn s, done_fn d, struct task *t));
	done_fn done[3];
	struct task *parent;
};
