struct header {
	unsigned version : 4, length : 4;
	unsigned char kind;
	int sign : 3;
	unsigned : 5;
	unsigned spread : 28;
	unsigned : 0;
	unsigned long long big : 40;
	_Bool on : 1;
	enum speed { SLOW, FAST } speed : 2;
};
union view { struct { unsigned lo : 16, hi : 16; }; unsigned all : 32; signed char s : 7; };
struct crammed { unsigned a : 7; unsigned b : 30; unsigned short c : 9; } __attribute__((packed));
