enum list { L_FIRST, L_SECOND, L_THIRD, L_LAST };
enum gone { G_ONE, G_TWO };
enum moved { M_A = 1, M_B, M_COUNT };
typedef enum { T_A, T_B } tdef;
struct has { enum inner { I_A, I_B } i; enum { U_A, U_B } u; };
enum both { B_A, B_B };
