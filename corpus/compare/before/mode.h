enum mode { MODE_OFF, MODE_ON };
enum speed { SPEED_SLOW, SPEED_FAST };
enum level { LEVEL_LOW = 1, LEVEL_HIGH = 4 };
enum route { ROUTE_LOCAL, ROUTE_WIDE, ROUTE_ANY };
enum limit { LIMIT_SLOTS = 16 };
enum phase { PHASE_IDLE = 1, PHASE_BUSY = 2 };
