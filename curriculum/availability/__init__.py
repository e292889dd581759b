"""Turn weekly windows, days away and busy calendars into free time."""
