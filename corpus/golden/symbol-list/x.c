int alpha; long beta; char gamma_; void delta(void) { }
unsigned $dollar; int v\u00e9lo; int a_very_long_name_that_does_not_end_where_one_would_expect_it_to_end_because_names_have_no_limit;
