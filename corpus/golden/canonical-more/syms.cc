stored
functions
base
