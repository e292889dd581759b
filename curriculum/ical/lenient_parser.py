"""Cut the bytes of a calendar file into components, whatever is broken in it.

RFC 5545 §3.1 (content lines, folding) and §3.4 (objects), read as leniently as possible.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from functools import cache
from typing import NamedTuple

from curriculum.ical.parse_problems import ParseProblems
from curriculum.model.late_patterns import late_pattern

MAX_LINES = 5_000_000
MAX_PARTS = 2_000_000
"""How many properties of a file are read; BEGIN and each date in a list count for three."""
_MAX_DEPTH = 30
_MAX_HEAD = 2_000
_EXPORT_LESS = "export only the years you plan in"

_TIMES = (
    "BEGIN|END|UID|DTSTART|DTEND|DURATION|RRULE|RDATE|EXDATE|EXRULE|RECURRENCE-ID|TRANSP|STATUS"
    "|SEQUENCE|FREEBUSY|METHOD|TZID|TZOFFSETFROM|TZOFFSETTO|X-WR-TIMEZONE"
    "|X-MICROSOFT-CDO-BUSYSTATUS"
)
_PARAMETERS = late_pattern(r'(?:;[^":;]*(?:"[^"]*"[^":;]*)*)*:')
_BYTE_ORDER_MARKS = (
    (b"\xef\xbb\xbf", "utf-8"),
    (b"\xff\xfe", "utf-16-le"),
    (b"\xfe\xff", "utf-16-be"),
)
_SPLIT_CHARACTER = late_pattern(
    rb"([\xc2-\xf4][\x80-\xbf]{0,2})(\r\n|\r|\n)([ \t])([\x80-\xbf]{1,3})"
)
"""A character that a fold cuts in two, as RFC 2445 allowed."""
_BUSY_KINDS = frozenset({"VEVENT", "VFREEBUSY", "VTIMEZONE", "STANDARD", "DAYLIGHT"})
_LISTS = frozenset({"RDATE", "EXDATE", "FREEBUSY"})
_LEAVES = frozenset({"VEVENT", "VFREEBUSY", "VTODO", "VJOURNAL", "VTIMEZONE", "VAVAILABILITY"})
"""Components that hold no event: one that begins in another shows a missing end."""


class Property(NamedTuple):
    """A content line; `rest` is everything after the name."""

    name: str
    line: int
    rest: str

    @property
    def value(self) -> str:
        """What follows the first colon outside of quotes."""
        rest = self.rest
        if rest[:1] == ":":
            return rest[1:].strip()
        parameters = _PARAMETERS.match(rest)
        if parameters is None:
            return rest.partition(":")[2].strip()
        return rest[parameters.end() :].strip()

    @property
    def times(self) -> str:
        """What follows the last colon: times hold none, but unquoted names of zones may."""
        return self.rest.rpartition(":")[2].strip()

    @property
    def listed(self) -> list[str]:
        """The times of a list."""
        parts = [part.strip() for part in self.times.split(",")]
        return [part for part in parts if part]

    @property
    def head(self) -> Property:
        """The property without its value, for reading each time of a long list."""
        end = self.rest.rfind(":") + 1
        start = max(0, end - _MAX_HEAD)
        return self._replace(rest=self.rest[start:end])

    @property
    def place(self) -> tuple[int, int]:
        """The line and column of the value of times."""
        return self.line, len(self.name) + self.rest.rfind(":") + 2


class Component(NamedTuple):
    """The properties of one component, and those of the calendar it is in.

    Attributes:
        kind: Its name in capitals, `VEVENT`.
        line: Where it begins.
        parts: The fields of its properties, in the order of the file, without those of components
            inside it. Plain tuples of text and numbers: there are a million of them, and the
            garbage collector stops tracking such ones.
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
        """Its properties in the order of the file."""
        return [Property(*part) for part in self.parts]

    def first_of_each(self) -> Mapping[str, Property]:
        """Return the first property of each name."""
        return {found.name: found for found in reversed(self.properties)}


class ParsedCalendar(NamedTuple):
    """What a file holds: its components, and the properties of each of its calendars."""

    components: tuple[Component, ...]
    calendars: tuple[tuple[Property, ...], ...]


class PropertySelection(NamedTuple):
    """Which lines and components of a file are kept; most of a file is text that nobody asks for.

    Attributes:
        name: Matches the name of a property that is kept, at the start of a line.
        kinds: The components whose properties are kept.
    """

    name: re.Pattern[str]
    kinds: frozenset[str]


@cache
def times_and(*names: str) -> PropertySelection:
    """Return the selection of what says when an event takes place, and of some names besides."""
    wanted = "|".join((_TIMES, *names))
    return PropertySelection(
        re.compile(rf"({wanted})(?![A-Z0-9-])", re.IGNORECASE),
        _BUSY_KINDS,
    )


EVERYTHING = PropertySelection(re.compile(r"[A-Z0-9-]+", re.IGNORECASE), _BUSY_KINDS | {"VTODO"})


def parse(
    data: bytes, problems: ParseProblems, wanted: PropertySelection | None = None
) -> ParsedCalendar:
    """Return every component that can be made out in the bytes of a calendar file.

    Args:
        data: The bytes.
        problems: Collects what is not understood.
        wanted: What is kept of them; by default what says when events take place.
    """
    wanted = wanted or times_and()
    builder = _Builder(problems, wanted.kinds)
    match = wanted.name.match
    for line, content in _unfolded_lines(_decode(data, problems), problems):
        name = match(content)
        if name is None:
            continue
        builder.add(name[0].upper(), line, content[name.end() :])
        if builder.parts > MAX_PARTS:
            message = "the file holds too much; nothing is read from here on"
            problems.fail(line, "busy-limit", message, _EXPORT_LESS)
            break
    builder.end_of_file()
    calendars = [tuple(properties) for properties in builder.calendars]
    return ParsedCalendar(tuple(builder.components), tuple(calendars))


def _decode(data: bytes, problems: ParseProblems) -> str:
    for mark, encoding in _BYTE_ORDER_MARKS:
        if data.startswith(mark):
            return data[len(mark) :].decode(encoding, "replace")
    # UTF-16 without a mark: the B of BEGIN shows which half comes first.
    if data[:2] == b"B\0":
        return data.decode("utf-16-le", "replace")
    if data[:2] == b"\0B":
        return data.decode("utf-16-be", "replace")
    try:
        return data.decode()
    except UnicodeDecodeError as error:
        with suppress(UnicodeDecodeError):
            return _SPLIT_CHARACTER.sub(rb"\1\4\2\3", data).decode()
        _warn_of_encoding(data, error.start, problems)
        return data.decode("cp1252", "replace")


def _warn_of_encoding(
    data: bytes,
    position: int,
    problems: ParseProblems,
) -> None:
    before = data[:position].replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    line = before.count(b"\n") + 1
    column = position - data.rfind(b"\n", 0, position)
    message = f"the byte 0x{data[position]:02x} is not UTF-8; the file is read as Windows-1252"
    problems.warn((line, column), "busy-encoding", message, "save the file as UTF-8")


def _unfolded_lines(text: str, problems: ParseProblems) -> Iterator[tuple[int, str]]:
    """Yield the unfolded lines that are not blank, with the number of the first line of each.

    Only CR and LF end a line: `str.splitlines` would also cut at form feeds and U+2028, which are
    text (RFC 5545 §3.1).
    """
    # Files that were joined end to end have byte order marks inside.
    text = text.replace("\ufeff", "")
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n", MAX_LINES)
    if len(lines) > MAX_LINES:
        lines.pop()
        message = f"the file has more than {MAX_LINES} lines; nothing is read from here on"
        problems.fail(MAX_LINES + 1, "busy-limit", message, _EXPORT_LESS)
    since, content = 1, ""
    for number, line in enumerate(lines, 1):
        if line[:1] in (" ", "\t"):
            content += line[1:]
        elif line:
            yield since, content
            since, content = number, line
    yield since, content


class _Builder:
    """Puts content lines into components.

    An end that is missing is supplied where the next thing begins.
    """

    def __init__(
        self,
        problems: ParseProblems,
        kinds: frozenset[str],
    ) -> None:
        self.components: list[Component] = []
        self.calendars: list[list[Property]] = []
        self.parts = 0
        self._problems = problems
        self._kinds = kinds
        self._open: list[Component] = []

    def add(self, name: str, line: int, rest: str) -> None:
        self.parts += 1
        if name == "BEGIN":
            self._begin(Property(name, line, rest).value.upper(), line)
        elif name == "END":
            self._end(Property(name, line, rest).value.upper(), line)
        elif self._open:
            self._add_property(name, line, rest)

    def _add_property(self, name: str, line: int, rest: str) -> None:
        innermost = self._open[-1]
        if innermost.kind in self._kinds:
            if name in _LISTS:
                self.parts += 3 * rest.count(",")
            innermost.parts.append((name, line, rest))
        elif innermost.kind == "VCALENDAR":
            self.calendars[-1].append(Property(name, line, rest))

    def end_of_file(self) -> None:
        if self._open:
            innermost = self._open[-1]
            message = (
                f"the file ends inside the '{innermost.kind}' that begins here; the rest is missing"
            )
            place = (innermost.line, 1)
            self._problems.warn(place, "busy-truncated", message, "fetch the file again")
        self._close_to(0)

    def _begin(self, kind: str, line: int) -> None:
        self.parts += 2
        if len(self._open) > _MAX_DEPTH:
            return
        depth = self._depth_for(kind)
        if depth < len(self._open):
            self._warn_unclosed(self._open[depth], line)
            self._close_to(depth)
        if kind == "VCALENDAR":
            self.calendars.append([])
        number, owner = -1, 0
        if self._open:
            owner = self._open[-1].line
            if self._open[0].kind == "VCALENDAR":
                number = len(self.calendars) - 1
        self._open.append(Component(kind, line, [], number, False, owner))

    def _depth_for(self, kind: str) -> int:
        """Return how many of the open components may stay open around a new one."""
        if kind == "VCALENDAR":
            return 0
        if kind in _LEAVES:
            for depth, component in enumerate(self._open):
                if component.kind in _LEAVES:
                    return depth
        return len(self._open)

    def _end(self, kind: str, line: int) -> None:
        depth = self._innermost(kind)
        if depth is None:
            if kind in self._kinds:
                message = f"the '{kind}' that ends here never began; it is ignored"
                self._problems.warn((line, 1), "busy-unclosed", message, f"add 'BEGIN:{kind}'")
            return
        whole = depth + 1 == len(self._open)
        if not whole:
            self._warn_unclosed(self._open[depth + 1], line)
        self._close_to(depth + 1)
        self._keep(self._open.pop()._replace(ended=whole))

    def _innermost(self, kind: str) -> int | None:
        for depth in range(len(self._open) - 1, -1, -1):
            if self._open[depth].kind == kind:
                return depth
        return None

    def _close_to(self, depth: int) -> None:
        while len(self._open) > depth:
            self._keep(self._open.pop())

    def _keep(self, component: Component) -> None:
        if component.kind in self._kinds:
            self.components.append(component)

    def _warn_unclosed(self, component: Component, line: int) -> None:
        kind = component.kind
        message = f"the '{kind}' that begins here has no end before line {line}"
        self._problems.warn((component.line, 1), "busy-unclosed", message, f"add 'END:{kind}'")
