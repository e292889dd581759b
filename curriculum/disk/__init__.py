"""Open, read and write files; nothing is decided here."""
