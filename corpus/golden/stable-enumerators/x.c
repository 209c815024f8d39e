#include "conv.h"
#include "t.h"
enum list list; enum gone gone; enum moved moved; tdef td; struct has has; enum both both;
KABI("enumerator_ignore", "list L_FIRST", ""); KABI("enumerator_ignore", "list L_LAST", "ignored value"); KABI("enumerator_ignore", "list NOT_THERE", "");
KABI("enumerator_ignore", "gone G_ONE", ""); KABI("enumerator_ignore", "gone G_TWO", "");
KABI("enumerator_value", "moved M_COUNT", "7"); KABI("enumerator_value", "moved M_A", "18446744073709551615"); KABI("enumerator_value", "moved M_B", "-2");
KABI("enumerator_value", "moved M_COUNT", "8");
KABI("enumerator_ignore", "tdef T_A", ""); KABI("enumerator_value", "T_B", "9"); KABI("enumerator_value", " U_B", "99");
KABI("enumerator_value", "inner I_B", " \t+5"); KABI("enumerator_ignore", "has::inner I_A", "");
KABI("enumerator_value", "both B_A", "100"); KABI("enumerator_ignore", "both B_A", ""); KABI("enumerator_value", "both  B_B", "5");
