struct shared { int a; struct shared *next; };
