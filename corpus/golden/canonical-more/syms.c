order
class
aligned
