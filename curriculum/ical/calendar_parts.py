"""Take a calendar apart into its lines, and put it together, so that nothing of it is lost.

`lenient_parser` keeps what a reader asks for; here every line stays as it was written.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import field

from curriculum.ical.lenient_parser import Property
from curriculum.model.late_dataclasses import dataclass
from curriculum.model.late_patterns import late_pattern

_FOLD = late_pattern(r"(?:\r\n|\r|\n)[ \t]")
_LINE_END = late_pattern(r"\r\n|\r|\n")
_NAME = late_pattern(r"[A-Za-z0-9-]+")
_MAX_DEPTH = 30


@dataclass(slots=True)
class CalendarPart:
    """A component: its lines, unfolded, and the components inside it, in the order of the file.

    Attributes:
        kind: Its name in capitals, `VEVENT`.
        lines: Its own properties.
        inside: The components inside it.
    """

    kind: str
    lines: list[Property] = field(default_factory=list)
    inside: list[CalendarPart] = field(default_factory=list)

    def named(self, name: str) -> list[Property]:
        """Return its properties of one name."""
        return [line for line in self.lines if line.name == name]

    def value(self, name: str) -> str:
        """Return the value of its first property of a name, as it is written; empty without one."""
        for line in self.lines:
            if line.name == name:
                return line.value
        return ""

    def texts(self) -> Iterator[str]:
        """Yield its lines, not yet folded."""
        yield f"BEGIN:{self.kind}"
        for line in self.lines:
            yield f"{line.name}{line.rest}"
        for part in self.inside:
            yield from part.texts()
        yield f"END:{self.kind}"


def read_calendar_part(data: bytes) -> CalendarPart | None:
    """Return the first calendar in some bytes; None when it is not whole or cannot be read."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return None
    root = CalendarPart("")
    opened = [root]
    for line in _LINE_END.split(_FOLD.sub("", text)):
        if line.strip() and not _add(line, opened):
            return None
    if len(opened) > 1 or not root.inside or root.inside[0].kind != "VCALENDAR":
        return None
    return root.inside[0]


def _add(line: str, opened: list[CalendarPart]) -> bool:
    """Add a line to the innermost open component; False when it does not fit there."""
    name = _NAME.match(line)
    if name is None:
        return False
    found = Property(name[0].upper(), 0, line[name.end() :])
    if found.name == "BEGIN":
        part = CalendarPart(found.value.upper())
        opened[-1].inside.append(part)
        opened.append(part)
        return len(opened) <= _MAX_DEPTH
    if found.name == "END":
        return opened.pop().kind == found.value.upper() and bool(opened)
    opened[-1].lines.append(found)
    return ":" in found.rest
