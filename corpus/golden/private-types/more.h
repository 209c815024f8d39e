MAKE(by_macro);
