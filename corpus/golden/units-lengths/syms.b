use_b
