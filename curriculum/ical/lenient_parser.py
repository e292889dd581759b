"""Cut the bytes of a calendar file into components, whatever is broken in it; what a property means it does not know.

RFC 5545 §3.1 (content lines, folding) and §3.4 (objects), read as leniently as they can be.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from typing import NamedTuple

from curriculum.ical.parse_problems import ParseProblems

_HEAD = re.compile(
    r"(BEGIN|END|UID|DTSTART|DTEND|DURATION|RRULE|RDATE|EXDATE|EXRULE|RECURRENCE-ID|TRANSP|STATUS|SEQUENCE|FREEBUSY"
    r"|METHOD|TZID|TZOFFSETFROM|TZOFFSETTO|X-WR-TIMEZONE|X-MICROSOFT-CDO-BUSYSTATUS)(?![A-Z0-9-])|X-CURRICULUM",
    re.IGNORECASE,
)
_HEAD_WITH_TEXTS = re.compile(rf"(SUMMARY|CATEGORIES)(?![A-Z0-9-])|{_HEAD.pattern}", re.IGNORECASE)
_PARAMETERS = re.compile(r'(?:;[^":;]*(?:"[^"]*"[^":;]*)*)*:')
_MARKS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))
_SPLIT = re.compile(rb"([\xc2-\xf4][\x80-\xbf]{0,2})(\r\n|\r|\n)([ \t])([\x80-\xbf]{1,3})")
"""A character that a fold cuts in two, as RFC 2445 allowed."""
_READ = frozenset({"VEVENT", "VFREEBUSY", "VTIMEZONE", "STANDARD", "DAYLIGHT"})
_LISTS = frozenset({"RDATE", "EXDATE", "FREEBUSY"})
_LEAVES = frozenset({"VEVENT", "VFREEBUSY", "VTODO", "VJOURNAL", "VTIMEZONE", "VAVAILABILITY"})


MOST_LINES = 5_000_000
MOST_PARTS = 2_000_000
"""So many properties are read from one file; a date in a list counts for three, as does the begin of a component."""
_DEEPEST = 30
_LONGEST_HEAD = 2_000
_EXPORT_LESS = "export only the years you plan in"


class Property(NamedTuple):
    """A content line whose name matters to us; `rest` is all that follows the name."""

    name: str
    line: int
    rest: str

    @property
    def value(self) -> str:
        """Return what follows the first colon outside of quotes."""
        if self.rest[:1] == ":":
            return self.rest[1:].strip()
        head = _PARAMETERS.match(self.rest)
        return (self.rest[head.end() :] if head else self.rest.partition(":")[2]).strip()

    @property
    def times(self) -> str:
        """Return what follows the last colon: no time holds one, but names of zones do, and not always in quotes."""
        return self.rest.rpartition(":")[2].strip()

    @property
    def listed(self) -> list[str]:
        """Return the times of a list."""
        return [text for part in self.times.split(",") if (text := part.strip())]

    @property
    def head(self) -> Property:
        """Return the property without its value, for the reading of each time of a long list."""
        end = self.rest.rfind(":") + 1
        return self._replace(rest=self.rest[max(0, end - _LONGEST_HEAD) : end])

    @property
    def column(self) -> int:
        """Return the column of the value of times."""
        return len(self.name) + self.rest.rfind(":") + 2


class Component(NamedTuple):
    """The properties of one component, and those of the calendar it is in.

    Attributes:
        kind: Its name in capitals, `VEVENT`.
        line: Where it begins.
        parts: The fields of its properties, in the order of the file, without those of components inside it. Plain
            tuples of text and numbers: there are a million of them, and the garbage collector forgets such ones.
        calendar: The number of the calendar in the file; -1 outside of any.
        ended: Whether the file says where it ends, and where everything inside it does.
        owner: The line at which the component around it begins.
    """

    kind: str
    line: int
    parts: list[tuple[str, int, str]]
    calendar: int
    ended: bool
    owner: int

    @property
    def properties(self) -> list[Property]:
        """Return its properties in the order of the file."""
        return [Property(*part) for part in self.parts]


class ParsedCalendar(NamedTuple):
    """What a file holds: its components, and the properties of each of its calendars."""

    components: tuple[Component, ...]
    calendars: tuple[tuple[Property, ...], ...]


def parse(data: bytes, doubts: ParseProblems, *, texts: bool = False) -> ParsedCalendar:
    """Return every event, free-busy list and zone that can be made out in the bytes of a calendar file.

    Args:
        data: The bytes.
        doubts: What is not understood.
        texts: Whether titles and categories are wanted, too.
    """
    builder = _Builder(doubts)
    match = (_HEAD_WITH_TEXTS if texts else _HEAD).match
    for line, content in _lines(_decode(data, doubts), doubts):
        head = match(content)
        if head is not None:
            builder.add(head[0].upper(), line, content[head.end() :])
            if builder.parts > MOST_PARTS:
                doubts.fail(
                    line,
                    "busy-limit",
                    "the file holds too much; from here on nothing is read",
                    _EXPORT_LESS,
                )
                break
    builder.end_of_file()
    return ParsedCalendar(
        tuple(builder.components), tuple(tuple(properties) for properties in builder.calendars)
    )


def _decode(data: bytes, doubts: ParseProblems) -> str:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return data[len(mark) :].decode(encoding, "replace")
    if data[:2] in (b"B\0", b"\0B"):
        return data.decode("utf-16-le" if data[:1] == b"B" else "utf-16-be", "replace")
    try:
        return data.decode()
    except UnicodeDecodeError as error:
        with suppress(UnicodeDecodeError):
            return _SPLIT.sub(rb"\1\4\2\3", data).decode()
        before = data[: error.start].replace(b"\r\n", b"\n").replace(b"\r", b"\n")
        column = error.start - data.rfind(b"\n", 0, error.start)
        message = (
            f"the byte 0x{data[error.start]:02x} is not UTF-8; the file is read as Windows-1252"
        )
        doubts.warn(
            before.count(b"\n") + 1, column, "busy-encoding", message, "save the file as UTF-8"
        )
        return data.decode("cp1252", "replace")


def _lines(text: str, doubts: ParseProblems) -> Iterator[tuple[int, str]]:
    """Yield the unfolded lines that are not blank, with the number of the first line of each.

    Only CR and LF end a line: `str.splitlines` would also cut at form feeds and U+2028, which are text (RFC 5545 §3.1).
    """
    since, content = 1, ""
    text = text.replace(
        "\ufeff", ""
    )  # the byte order marks of files that were put behind one another
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n", MOST_LINES)
    if len(lines) > MOST_LINES:
        lines.pop()
        message = f"the file holds more than {MOST_LINES} lines; from here on nothing is read"
        doubts.fail(MOST_LINES + 1, "busy-limit", message, _EXPORT_LESS)
    for number, line in enumerate(lines, 1):
        if line[:1] in (" ", "\t"):
            content += line[1:]
        elif line:
            yield since, content
            since, content = number, line
    yield since, content


class _Builder:
    """Puts content lines into components; an end that is missing is supplied where the next thing begins."""

    def __init__(self, doubts: ParseProblems) -> None:
        self.components: list[Component] = []
        self.calendars: list[list[Property]] = []
        self._doubts = doubts
        self._open: list[Component] = []
        self.parts = 0

    def add(self, name: str, line: int, rest: str) -> None:
        self.parts += 1
        if name == "BEGIN":
            self._begin(Property(name, line, rest).value.upper(), line)
        elif name == "END":
            self._end(Property(name, line, rest).value.upper(), line)
        elif self._open and self._open[-1].kind in _READ:
            self.parts += 3 * rest.count(",") if name in _LISTS else 0
            self._open[-1].parts.append((name, line, rest))
        elif self._open and self._open[-1].kind == "VCALENDAR":
            self.calendars[-1].append(Property(name, line, rest))

    def end_of_file(self) -> None:
        if self._open:
            kind, line = self._open[-1].kind, self._open[-1].line
            message = (
                f"the file ends inside the '{kind}' that begins here; what should follow is missing"
            )
            self._doubts.warn(line, 1, "busy-truncated", message, "fetch the file again")
        self._close_to(0)

    def _begin(self, kind: str, line: int) -> None:
        self.parts += 2
        if len(self._open) > _DEEPEST:
            return
        depth = (
            0
            if kind == "VCALENDAR"
            else self._depth_of_leaf()
            if kind in _LEAVES
            else len(self._open)
        )
        if depth < len(self._open):
            self._unclosed(self._open[depth], line)
            self._close_to(depth)
        if kind == "VCALENDAR":
            self.calendars.append([])
        inside = any(component.kind == "VCALENDAR" for component in self._open[:1])
        owner = self._open[-1].line if self._open else 0
        self._open.append(
            Component(kind, line, [], len(self.calendars) - 1 if inside else -1, False, owner)
        )

    def _end(self, kind: str, line: int) -> None:
        depths = [depth for depth, component in enumerate(self._open) if component.kind == kind]
        if not depths:
            if kind in _READ:
                message = f"the '{kind}' that ends here never began; nothing of it is read"
                self._doubts.warn(line, 1, "busy-unclosed", message, f"add 'BEGIN:{kind}'")
            return
        depth = depths[-1]
        whole = depth + 1 == len(self._open)
        if not whole:
            self._unclosed(self._open[depth + 1], line)
        self._close_to(depth + 1)
        self._keep(self._open.pop()._replace(ended=whole))

    def _close_to(self, depth: int) -> None:
        while len(self._open) > depth:
            self._keep(self._open.pop())

    def _keep(self, component: Component) -> None:
        if component.kind in _READ:
            self.components.append(component)

    def _depth_of_leaf(self) -> int:
        """Return how deep the first open component lies that cannot hold an event."""
        depths = [depth for depth, component in enumerate(self._open) if component.kind in _LEAVES]
        return depths[0] if depths else len(self._open)

    def _unclosed(self, component: Component, line: int) -> None:
        message = f"the '{component.kind}' that begins here has no end before line {line}"
        self._doubts.warn(
            component.line, 1, "busy-unclosed", message, f"add 'END:{component.kind}'"
        )
