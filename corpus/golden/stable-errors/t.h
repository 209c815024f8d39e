struct s { int a; };
enum e { E };
