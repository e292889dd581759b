"""Turn weekly windows, days away and busy calendars into free time; no files and no graph."""
