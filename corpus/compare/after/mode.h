enum mode { MODE_OFF, MODE_ON, MODE_SLEEP };
enum speed { SPEED_SLOW, SPEED_MEDIUM, SPEED_FAST };
enum level { LEVEL_LOW = 1, LEVEL_MIDDLE = 2, LEVEL_HIGH = 4 };
enum route { ROUTE_LOCAL, ROUTE_WIDE };
enum limit { LIMIT_SLOTS = 32 };
enum phase { PHASE_IDLE = 1, PHASE_ACTIVE = 2 };
