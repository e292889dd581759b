"""The plan as iCalendar files: events, UIDs, the ledger of what was published."""
