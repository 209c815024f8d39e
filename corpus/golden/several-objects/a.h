struct one { int a; };
