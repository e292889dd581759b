"""Opens, reads and writes files, and decides nothing."""
