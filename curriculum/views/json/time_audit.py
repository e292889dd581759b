"""Where the time went, as JSON; all times in minutes."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from curriculum.model.identifiers import TRACKS
from curriculum.model.json_value import Json
from curriculum.practice.time_audit import TimeAudit
from curriculum.practice.time_rows import RowKind, time_rows
from curriculum.practice.time_table import PlannedAndReal, times_by
from curriculum.practice.work_states import follow_through, minutes_by_state


def audit_json(audit: TimeAudit, by: RowKind | None = None) -> Json:
    """Return the audit as JSON; `rows` holds a row for each day, week, work or unit asked for."""
    tracks = times_by(audit.cells, lambda where: where.track)
    shown: Json = {
        "from": audit.days.first.isoformat(),
        "to": audit.days.last.isoformat(),
        "tracks": {track: _time_json(tracks.get(track, PlannedAndReal())) for track in TRACKS},
        "total": _time_json(audit.total),
        "exploration": _time_json(audit.exploration),
        "development": _development_json(audit),
        "switches": _switches_json(audit),
        "longest": _longest_json(audit),
        "works": [
            {"work": one.work, "state": one.state, "minutes": one.minutes, "last": str(one.last)}
            for one in audit.works
        ],
        "states": {str(state): minutes for state, minutes in minutes_by_state(audit.works).items()},
        "follow_through": _rounded(follow_through(audit.works)),
        "overlapping": audit.overlap,
        "unaccounted": audit.total.missed,
    }
    if by is not None:
        rows = time_rows(audit.cells, by)
        shown["rows"] = [{by: name, **_time_json(one)} for name, one in rows.items()]
    return shown


def _time_json(time: PlannedAndReal) -> Json:
    return {
        "planned": time.planned,
        "real": time.real,
        "off_plan": time.off_plan,
        "missed": time.missed,
        "assumed": time.assumed,
    }


def _development_json(audit: TimeAudit) -> Json:
    working = audit.working_minutes
    target = audit.development
    return {
        "planned": audit.total.planned,
        "real": audit.total.real,
        "working": None if working is None else round(working),
        "share": None if working is None else _rounded(Fraction(audit.total.real) / working),
        "target": None if target is None else float(target),
    }


def _switches_json(audit: TimeAudit) -> Json:
    days = sorted(audit.planned_switches.keys() | audit.real_switches.keys())
    return {
        "real": sum(audit.real_switches.values()),
        "planned": sum(audit.planned_switches.values()),
        "unordered_minutes": audit.unordered,
        "by_day": [_day_json(audit, day) for day in days],
    }


def _day_json(audit: TimeAudit, day: date) -> Json:
    return {
        "date": day.isoformat(),
        "real": audit.real_switches.get(day, 0),
        "planned": audit.planned_switches.get(day, 0),
    }


def _longest_json(audit: TimeAudit) -> Json | None:
    one = audit.longest
    if one is None:
        return None
    return {"date": one.day.isoformat(), "work": one.work, "minutes": one.minutes}


def _rounded(share: float | Fraction | None) -> float | None:
    return None if share is None else round(float(share), 4)
