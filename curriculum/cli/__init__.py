"""Meet the user: one short function per command; the only room with a clock and an environment."""
