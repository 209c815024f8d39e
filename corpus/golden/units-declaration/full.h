struct thing { int a; union pick { int i; struct thing *t; } *u; }; enum tone { DO, RE };
