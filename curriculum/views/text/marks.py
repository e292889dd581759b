"""Signs and colours for what must be seen at once; each colour comes with a sign or a word."""

from __future__ import annotations

from rich.text import Text

from curriculum.model.identifiers import Track

TRACK_MARKS: dict[Track, str] = {"textbooks": "■", "papers": "○"}
"""The sign of each track, which stays where its name has no room."""

STYLES = {
    "textbooks": "color(32)",
    "papers": "color(166)",
    "late": "bold color(160)",
    "done": "color(28)",
}
"""Colours that can be read on white as well as on black."""


def track_mark(track: Track) -> Text:
    """Return the sign of a track in its colour."""
    return Text(TRACK_MARKS[track], style=STYLES[track])


def late(text: str) -> Text:
    """Return what is late, or too much for the time there is."""
    return Text(f"! {text}", style=STYLES["late"])
