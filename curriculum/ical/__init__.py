"""Reading calendar files of any program: components, dates, zones, recurrence."""
