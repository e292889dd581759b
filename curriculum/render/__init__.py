"""Turn values into iCalendar bytes, tables and JSON; nothing is decided or recomputed here."""
