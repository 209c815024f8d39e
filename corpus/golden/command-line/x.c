struct s { int a; } v;
