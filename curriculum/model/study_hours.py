"""The hours for studying as they are written: windows for days of the week, or a calendar."""

from __future__ import annotations

import re
from typing import Annotated, Any, Literal, NamedTuple, TypeAlias

from curriculum import model
from curriculum.model.busy import StudyCalendar
from curriculum.model.checks import After, Before, Described, Instead
from curriculum.model.identifiers import TRACKS, Track
from curriculum.model.late_patterns import late_pattern
from curriculum.model.quantities import UnreadableError, quoted
from curriculum.model.suggestions import suggestion

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_LONG_NAMES = (
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
)
WHOLE_DAY = 24 * 60
"""Minutes from midnight to midnight."""
_LONGEST_NIGHT = 12 * 60
_CLOCK = late_pattern(r"(\d{1,2}):(\d{2})\s*[-\u2013]\s*(\d{1,2}):(\d{2})")
_GROUPS = {"daily": range(7), "weekdays": range(5), "weekends": range(5, 7)}


class Window(NamedTuple):
    """Study hours in local wall time, in minutes after midnight.

    An end beyond 1440 is on the next day. `track` is the one they are for; empty for any.
    """

    start: int
    end: int
    track: Track | Literal[""] = ""

    def __repr__(self) -> str:
        """Name a track only if there is one: plans know the settings they follow by this text."""
        of_track = f", track={self.track!r}" if self.track else ""
        return f"Window(start={self.start}, end={self.end}{of_track})"


Week: TypeAlias = tuple[tuple[Window, ...], ...]
"""Seven tuples of windows, Monday first."""


def window(text: str) -> Window:
    """Return the window written as `19:00-21:00`; an end before the start is on the next day.

    A window over midnight is at most 12 hours long: a longer one has its ends confused.

    Raises:
        ValueError: The text is not a window.

    >>> window("22:30-01:00")
    Window(start=1350, end=1500)
    """
    match = _CLOCK.fullmatch(text.strip())
    if match is None:
        raise _not_a_window(text)
    hours, minutes, end_hours, end_minutes = map(int, match.groups())
    start = hours * 60 + minutes
    end = end_hours * 60 + end_minutes
    is_on_a_clock = max(minutes, end_minutes) < 60 and start < WHOLE_DAY and end <= WHOLE_DAY
    if not is_on_a_clock:
        message = f"{quoted(text)} holds a time that is not on a clock"
        raise UnreadableError("bad-window", message, "write it like '19:00-21:00'")
    if start == end:
        message = f"{quoted(text)} is a window of no length"
        raise UnreadableError("bad-window", message, "write '00:00-24:00' for a whole day")
    if end < start:
        end += WHOLE_DAY
        _require_a_night(text, end - start)
    return Window(start, end)


def _require_a_night(text: str, length: int) -> None:
    """Refuse a window over midnight that is so long that its ends were perhaps confused."""
    if length <= _LONGEST_NIGHT:
        return
    first, last = re.split(r"\s*[-\u2013]\s*", text.strip())
    message = f"{quoted(text)} ends before it begins, and over midnight it is longer than 12 hours"
    hint = f"did you mean '{last}-{first}'?"
    raise UnreadableError("bad-window", message, hint)


def _not_a_window(value: Any) -> UnreadableError:  # Any: see as_list()
    message = f"{quoted(value)} is not a time window"
    return UnreadableError("bad-window", message, "write it like '19:00-21:00'")


def weekdays(text: str) -> tuple[int, ...]:
    """Return the days written as `mon`, `mon-fri`, `mon,wed`, `weekends` or `daily`.

    `weekdays` are the days from Monday to Friday. Monday is 0.

    Raises:
        ValueError: A part is not a day of the week.
    """
    days: set[int] = set()
    for part in text.strip().lower().split(","):
        name = part.strip()
        if name in _GROUPS:
            days.update(_GROUPS[name])
            continue
        ends = [_weekday(end) for end in re.split(r"\s*[-\u2013]\s*", name)]
        if len(ends) > 2:
            message = f"{quoted(name)} is not a range of days"
            raise UnreadableError("bad-weekday", message, "write it like 'mon-fri'")
        # A range may run over the end of the week, as 'sat-mon' does.
        following = (ends[-1] - ends[0]) % 7
        for step in range(following + 1):
            days.add((ends[0] + step) % 7)
    return tuple(sorted(days))


def _weekday(name: str) -> int:
    if len(name) >= 3:
        for number, long_name in enumerate(_LONG_NAMES):
            if long_name.startswith(name):
                return number
    message = f"{quoted(name)} is not a day of the week"
    raise UnreadableError("bad-weekday", message, "write mon, tue, wed, thu, fri, sat or sun")


def _checked(days: str) -> str:
    weekdays(days)
    return days


ANY = "any"
"""The key of hours that are for either track."""


def _of_tracks(value: Any) -> Any:  # Any: see as_list()
    """Return the windows written as `{textbooks: 19:00-21:00, any: [07:00-08:00]}`, in one list."""
    if not isinstance(value, dict):
        return _hours(value)
    found: list[Window] = []
    for key, windows in value.items():
        if key not in (*TRACKS, ANY):
            hint = suggestion(str(key), (*TRACKS, ANY), "write textbooks, papers or any")
            raise UnreadableError("unknown-key", f"{quoted(key)} is not a track", hint)
        track: Track | Literal[""] = "" if key == ANY else key
        found += (_window(one)._replace(track=track) for one in _hours(windows))
    return found


def _window(value: Any) -> Window:  # Any: see as_list()
    if isinstance(value, Window):
        return value
    if isinstance(value, str):
        return window(value)
    raise _not_a_window(value)


def _hours(value: Any) -> Any:  # Any: see as_list()
    if isinstance(value, list | tuple):
        return value
    return [value]


_Windows = Annotated[tuple[Annotated[Window, Instead(_window)], ...], Before(_hours)]
_TrackWindows = Annotated[tuple[Annotated[Window, Instead(_window)], ...], Before(_of_tracks)]
_Days = Annotated[str, After(_checked)]
_HOURS_OF_TRACKS = dict[_Days, _TrackWindows]
_HOURS = dict[_Days, _Windows]


def week(value: Any, *, tracks_allowed: bool = False) -> Week:  # Any: see as_list()
    """Return the weekly windows written as `{mon-fri: 19:00-21:00, sat: [10:00-12:00]}`.

    Where tracks are allowed, those of a day may be written as `{papers: 19:00-21:00}`.

    Raises:
        ValueError: A day or a window cannot be read, or nothing is left to study in. (A pydantic
            `ValidationError`, which is one, knows which.)
    """
    if isinstance(value, tuple):
        return value
    if not isinstance(value, dict):
        message = f"availability is {quoted(value)}"
        hint = "give hours for days, like '{mon-fri: 19:00-21:00}'"
        raise UnreadableError("wrong-type", message, hint)
    days: list[list[Window]] = [[] for _ in WEEKDAYS]
    hours = model.checking.checker(_HOURS_OF_TRACKS if tracks_allowed else _HOURS)
    for text, windows in hours.validate_python(value).items():
        for number in weekdays(text):
            days[number] += windows
    if not any(days):
        message = "availability names no hours at all"
        raise UnreadableError("bad-value", message, "add some, like 'sat: 10:00-12:00'")
    return tuple(tuple(sorted(windows)) for windows in days)


def hours_of(week: Week, track: Track) -> Week:
    """Return the windows of a week that are for a track, those for any among them."""
    return tuple(tuple(one for one in windows if one.track in ("", track)) for windows in week)


def has_tracks(week: Week) -> bool:
    """Return whether some windows of a week are for one track alone."""
    return any(one.track for windows in week for one in windows)


NO_WEEK: Week = ((),) * 7
"""The windows of a week where a calendar says the hours."""


def study_hours(value: Any) -> Any:  # Any: see as_list()
    """Return weekly windows, or a calendar that says the hours, written as `{ics: study.ics}`.

    Raises:
        ValueError: It is neither; see `week`.
    """
    if isinstance(value, StudyCalendar):
        return value
    if not isinstance(value, dict) or "ics" not in value:
        return week(value, tracks_allowed=True)
    mixed = [key for key in value if key not in StudyCalendar.model_fields and _is_days(key)]
    if mixed:
        message = f"availability names both a calendar and hours for {quoted(mixed[0])}"
        hint = "remove one of them; the calendar can say all hours"
        raise UnreadableError("bad-value", message, hint)
    return StudyCalendar.model_validate(value)


def _is_days(text: str) -> bool:
    try:
        return bool(weekdays(text))
    except ValueError:
        return False


_EVENING = Window(19 * 60, 21 * 60)
_MORNING = Window(10 * 60, 12 * 60)
DEFAULT_WEEK: Week = ((_EVENING,),) * 5 + ((_MORNING,), ())
"""The evenings of Monday to Friday, and Saturday morning."""

_PARTS_OF_DAY = {
    "mornings": Window(0, 12 * 60),
    "afternoons": Window(12 * 60, 18 * 60),
    "evenings": Window(18 * 60, WHOLE_DAY),
}


def preferred_week(value: Any) -> Week | None:  # Any: see as_list()
    """Return hours written as `mornings`, as a window for every day, or as those of availability.

    Raises:
        ValueError: It is none of these.
    """
    if value is None or isinstance(value, tuple):
        return value
    if isinstance(value, dict):
        return week(value)
    if not isinstance(value, str):
        message = f"{quoted(value)} is not a part of the day"
        raise UnreadableError("wrong-type", message, "write 'mornings', or '07:00-12:00'")
    text = value.strip().lower()
    if text in _PARTS_OF_DAY:
        return ((_PARTS_OF_DAY[text],),) * len(WEEKDAYS)
    if text[:1].isdigit():
        return ((window(text),),) * len(WEEKDAYS)
    hint = suggestion(text, _PARTS_OF_DAY, "write mornings, afternoons, evenings or '07:00-12:00'")
    raise UnreadableError("bad-window", f"{quoted(value)} is not a part of the day", hint)


_WEEK_SCHEMA = {
    "type": "object",
    "description": "study hours in local time for each day or range of days",
    "additionalProperties": {
        "anyOf": [{"type": "string"}, {"type": "array", "items": {"type": "string"}}]
    },
    "examples": [{"mon-fri": "19:00-21:00", "sat": ["10:00-12:00", "14:00-16:00"]}],
}
_ONE_OR_MORE = _WEEK_SCHEMA["additionalProperties"]
_TRACKS_SCHEMA = {
    **_WEEK_SCHEMA,
    "additionalProperties": {
        "anyOf": [
            {"type": "string"},
            {"type": "array", "items": {"type": "string"}},
            {
                "type": "object",
                "description": "hours that are for one track, or for any",
                "properties": dict.fromkeys((*TRACKS, ANY), _ONE_OR_MORE),
                "additionalProperties": False,
            },
        ]
    },
    "examples": [{"mon-fri": {"textbooks": "19:00-21:00", "any": "07:00-08:00"}}],
}
_CALENDAR_SCHEMA = {
    "type": "object",
    "description": "a calendar that says when you can study: VAVAILABILITY, or events by title",
    "properties": {
        "ics": {"type": "string", "description": "a file or an address"},
        "title": {
            "anyOf": [{"type": "string"}, {"type": "array", "items": {"type": "string"}}],
            "description": "titles of events that are time for studying; 'Study*' by default",
        },
        "user": {"type": "string"},
    },
    "required": ["ics"],
    "additionalProperties": False,
    "examples": [{"ics": "calendars/study.ics", "title": "Study*"}],
}
StudyHours = Annotated[
    StudyCalendar | Week,
    Before(study_hours),
    Described({"anyOf": [_TRACKS_SCHEMA, _CALENDAR_SCHEMA]}),
]
"""How the hours for studying are written in the settings."""

PreferredWeek = Annotated[
    Week | None,
    Before(preferred_week),
    Described(
        {"anyOf": [{"type": "string", "examples": ["mornings", "07:00-12:00"]}, _WEEK_SCHEMA]}
    ),
]
"""How the hours that a person prefers are written in the settings."""
