#include "arrays.h"
int one[1];
int many[2][3][4][5];
struct cell cells[6];
struct tail *last;
struct none nothing;
page_t page;
struct book book;
extern int unknown[];
int (*to_array)[9];
const char *words[] = { "a", "b", "c" };
void *(*calls[5])(int (*)[2], char [][3]);
unsigned long total[0x10000];
int *reach(void) { return unknown; }
int sum(int fixed[static 4], const int open[], int box[3][2]) { return fixed[0] + open[0] + box[0][0]; }
