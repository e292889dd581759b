"""The colours of the calendars, as new collections get them."""

from __future__ import annotations

HEX_COLOURS = {
    "textbooks": "#4682b4",
    "papers": "#2e8b57",
    "deadlines": "#dc143c",
    "habits": "#9932cc",
    "review": "#b8860b",
    "exploration": "#008b8b",
    "todos": "#8a2be2",
}
"""The colours of the calendars, for programs that do not know names of colours."""
