int first;
long second;
unsigned third;
char fourth[8];
float fifth[2];
short defined = 1;
extern short defined_too __attribute__((alias("defined")));
