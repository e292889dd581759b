"""From facts to state: what is done, what is left, the pace, what became of past sessions."""
