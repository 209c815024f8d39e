#include "t.h"
struct behind behind; struct behind_two behind_two; struct behind_third behind_third;
struct first first; struct first_two first_two;
struct empty_union empty_union; struct by_name by_name; struct qualified qualified; struct many many; struct nested nested;
