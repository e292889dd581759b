"""Give follow-ups their ids, and close them, in the lines where they were noted."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from curriculum.model.late_patterns import late_pattern
from curriculum.practice.followups import NextLine
from curriculum.practice.user_text import TextChange, applied, file_lines, with_lines

_NEXT = late_pattern(r"- (?:\[[ xX-]\] )?(?P<rest>next:.*?)[ \t]*")
_OWN_ID = late_pattern(r"(?P<text>.*?)[ \t]+\^[a-z0-9]{4}")
_INDENT = "  "


def ids_given(text: str, names: Mapping[NextLine, str]) -> Iterator[TextChange]:
    """Yield the changes that write ids behind lines; a line that changed meanwhile gets none."""
    for line, name in names.items():
        found = _line_as_it_was(text, line)
        if found is None:
            continue
        own = _OWN_ID.fullmatch(found) if line.id is not None else None
        words = found.rstrip() if own is None else own["text"]
        change = with_lines(text, line.line, [f"{words} ^{name}"])
        text = applied(text, change)
        yield change


def closed_in(text: str, line: NextLine, box: str, below: str) -> Iterator[TextChange]:
    """Yield the change that ticks the box of a line and says below it how it was closed.

    Args:
        text: The text of the file.
        line: The line.
        box: What goes into the box: `x` or `-`.
        below: What is said below it.
    """
    found = _line_as_it_was(text, line)
    match = None if found is None else _NEXT.fullmatch(found)
    if match is not None:
        yield with_lines(text, line.line, [f"- [{box}] {match['rest']}", f"{_INDENT}{below}"])


def _line_as_it_was(text: str, line: NextLine) -> str | None:
    """Return the line with which a follow-up begins; None when it stands there no more."""
    lines = file_lines(text)
    if line.line > len(lines):
        return None
    found = lines[line.line - 1]
    is_same = line.text.split("\n")[0] in found and _NEXT.fullmatch(found) is not None
    return found if is_same else None
