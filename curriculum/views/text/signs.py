"""Signs and colours for what must be seen at once; each colour comes with a sign or a word."""

from __future__ import annotations

SIGNS = {
    "textbooks": "■",
    "papers": "○",
    "late": "!",
    "done": "✓",
    "partly": "~",
    "missed": "✗",
    "unlogged": "?",
    "now": "▶",
    "pinned": "◆",
}
"""The sign of each track and state, which stays where there is no room for a word or no colour."""

TERMINAL_COLOURS = {
    "textbooks": 32,
    "papers": 166,
    "late": 160,
    "done": 28,
    "partly": 28,
    "missed": 160,
    "unlogged": 166,
    "now": 32,
    "pinned": 133,
    "reproduced": 28,
    "beyond": 32,
    "short": 166,
}
"""Colours of the 256 of a terminal that can be read on white as well as on black."""

BOLD = frozenset({"heading", "late", "missed", "now", "reproduced", "beyond", "short"})
"""What is bold besides."""
