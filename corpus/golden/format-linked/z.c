int choose(); void _start(void) { for (;;) choose(); }
