"""Decides what to send to a calendar server and what of the person's doing there to take over; it sends nothing."""
