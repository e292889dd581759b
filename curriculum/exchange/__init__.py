"""Decides what to send to a calendar server, and what a person's edits there mean."""
