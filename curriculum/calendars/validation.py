"""Find what is wrong with calendar bytes before they are published."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from curriculum.calendars.icalendar_reader import ForeignEventError, read_events
from curriculum.calendars.icalendar_writer import MAX_LINE_OCTETS
from curriculum.model.late_patterns import late_pattern
from curriculum.model.ledger import LEDGER, PublishedEvent
from curriculum.model.problems import CurriculumError

_CONTROL = late_pattern(rb"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_HALF_LINE_END = late_pattern(rb"\r(?!\n)|(?<!\r)\n")
_UID = late_pattern(rb"^UID:(.*?)\r$", re.MULTILINE)
_EDGE = late_pattern(rb"^(BEGIN|END):(.*?)\r$", re.MULTILINE)


class ForeignCalendarError(CurriculumError):
    """A file that we did not publish has the name of a calendar that is to be written."""

    def __init__(self, file: str) -> None:
        """Build the sentence from the file's name."""
        super().__init__(
            f"'{file}' in the output folder was not published by curriculum and '{LEDGER}' does "
            "not know it, so nothing was written; move it away, or choose another folder with "
            "--output"
        )


class BadCalendarError(CurriculumError):
    """A calendar that is not what was meant; it is never published."""

    def __init__(self, file: str, fault: str) -> None:
        """Build the sentence from the file and what is wrong with it."""
        super().__init__(
            f"'{file}' would have been damaged ({fault}), so nothing was written; "
            "please report this"
        )


def check_bytes(file: str, data: bytes) -> None:
    """Check what readers do not notice: line ends, long lines, split characters, repeated UIDs.

    Raises:
        BadCalendarError: Something is wrong.
    """
    fault = _fault(data)
    if fault:
        raise BadCalendarError(file, fault)


def _fault(data: bytes) -> str | None:
    """Return the first fault of the bytes, None when there is none."""
    if not data.startswith(b"BEGIN:VCALENDAR\r\n") or not data.endswith(b"\r\nEND:VCALENDAR\r\n"):
        return "it does not begin and end as a calendar"
    if _HALF_LINE_END.search(data):
        return "a line ends in half a line end"
    if _CONTROL.search(data):
        return "it holds a control character"
    unfolded = data.replace(b"\r\n ", b"")
    return _line_fault(data) or _uid_fault(unfolded) or _nesting_fault(unfolded)


def _line_fault(data: bytes) -> str | None:
    lines = data.split(b"\r\n")[:-1]
    if max(map(len, lines)) > MAX_LINE_OCTETS:
        return f"a line is longer than {MAX_LINE_OCTETS} octets"
    if not all(map(bytes.strip, lines)):
        return "a line is empty"
    try:
        # A character that a fold has split is not UTF-8 any more.
        data.decode()
    except UnicodeDecodeError:
        return "a line is not UTF-8"
    return None


def _uid_fault(unfolded: bytes) -> str | None:
    uids = _UID.findall(unfolded)
    if len(uids) != len(set(uids)):
        repeated, _ = Counter(uids).most_common(1)[0]
        return f"the UID {repeated.decode()} comes twice"
    if unfolded.count(b"BEGIN:VEVENT\r\n") != len(uids):
        return "an event has no UID"
    return None


def _nesting_fault(unfolded: bytes) -> str | None:
    open_components: list[bytes] = []
    for edge, name in _EDGE.findall(unfolded):
        if edge == b"BEGIN":
            open_components.append(name)
        elif not open_components or open_components.pop() != name:
            return f"{name.decode()} ends where it did not begin"
    return None


def check_meaning(
    file: str,
    data: bytes,
    meant: Sequence[PublishedEvent],
) -> None:
    """Check that a reader finds in the bytes exactly what was meant.

    Raises:
        BadCalendarError: It finds something else.
    """
    try:
        found = read_events(file, data)
    except ForeignEventError as error:
        raise BadCalendarError(file, str(error)) from error
    if len(found) != len(meant):
        raise BadCalendarError(file, f"it holds {len(found)} events instead of {len(meant)}")
    for read, event in zip(found, meant, strict=True):
        if _published(read) != _published(event):
            fault = f"the event {event.entry.uid} reads otherwise than it was written"
            raise BadCalendarError(file, fault)


def _published(event: PublishedEvent) -> tuple[object, ...]:
    """Return what a file says of an event: everything but its session."""
    return event.entry, event.sequence, event.stamp
