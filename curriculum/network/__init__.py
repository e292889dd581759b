"""Talks to other machines: asks addresses, syncs with CalDAV servers, serves feeds; what calendars hold it ignores."""
