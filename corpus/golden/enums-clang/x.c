#include "enums.h"
enum plain plain;
enum below below;
enum unsigned_top top;
enum large large;
enum large_signed large_signed;
enum same same;
enum byte byte;
enum later *later;
struct carrier carrier;
lonely lone;
enum { LOCAL_A = -1, LOCAL_B } unnamed;
enum below shift(enum plain a, enum byte b) { return a + b; }
