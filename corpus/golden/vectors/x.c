typedef int four __attribute__((vector_size(16)));
typedef float eight __attribute__((vector_size(32)));
four ints;
struct holds { eight lanes; char tag; } held; /* in a source file: private */
four lanes(four a, const eight *b) { return a; }
