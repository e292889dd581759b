"""Draft the files that a new workspace begins with, as text to be edited."""

from __future__ import annotations

import re
from datetime import date
from textwrap import wrap

from curriculum.model.references import AnyReference, Reference, Strength, UnitReference
from curriculum.model.roads import Road, RoadGoal
from curriculum.model.setting_in_force import SettingValue
from curriculum.syllabus.flow_text import flow_text, list_item_lines
from curriculum.syllabus.text_checks import printable

_SETTINGS = """\
# yaml-language-server: $schema=curriculum.schema.json
# What to study and when. Every key may be left out. 'curriculum check' shows what is wrong.

title: {title}
start: {start}                    # the first day of study
# Where you live. For a move, with a date: [{{until: {by}, zone: {timezone}}}, {{zone: Asia/Tokyo}}]
timezone: {timezone}

{goals}
# When you can study, in local time; '{{ics: study.ics}}' takes it from a calendar. Hours for one
# track alone: 'sun: {{papers: 10:00-12:00, any: 17:00-18:00}}'.
availability:
  mon-fri: 19:00-21:00
  sat: [10:00-12:00, 14:00-16:00]

# away: [{away}]
# busy: [calendars/busy/*.ics]       # calendars whose events take study time
# me: [you@example.org]              # invitations that you declined take no time

balance: {{textbooks: 50, papers: 50}}   # add 'order: goals' to study strictly in the goals' order
session: {{shortest: 25m, longest: 90m, break: 10m}}
load: 90%                            # how full the free hours may be planned
# cap: {{day: 3h, week: 12h}}          # never more study than that in a day and in a week
# papers: {{at_least: 3h per week}}     # and so for textbooks; the balance shares the rest
# prefer: mornings                   # filled first, where load or cap leave a choice
# habits: {{reading group: {{on: thu 18:00, takes: 1h}}}}   # every: 2w, from: 2027-01-07
# review: {{every: 2w, on: sun 18:00, takes: 45m}}   # time for 'curriculum review'
# skim: {{takes: 30m, per: week}}      # time for 'curriculum skim', counted for the papers
# explore: {{share: 20%, on: fri}}     # time for something totally different
catch_up: 1h per week                # left free at the end of each week, for what was missed
# gap: 3d                            # days between units of one work; a syllabus may say its own
# week: 40h                          # a working week ...
# development: 20%                   # ... and the share of it meant for study; 'time' compares
# day_ends: 04:00                    # what is noted before belongs to the evening before
# worth: [{{lines: 2, gain: 10%}}, {{lines: 10, gain: 50%}}]   # what a change has to gain
# code: [~/src/ppo]                  # git repositories whose commits 'review' lists
# freeze: 24h                        # sessions that begin sooner than this stay where they are
# speed: {{textbook: 10 pages/h, thesis: 15 pages/h, paper: 6 pages/h}}
# alarm: 10m                         # ring before each session; [1h, 10m] rings twice
# show_as: auto                      # sessions are free time, and busy once a deadline comes near
# publish: {{combined: true}}          # study.ics, with everything; also 'free_busy' and 'related'
"""

_COMMENT_WIDTH = 98

_GOALS = """\
# What to reach, in the order of your wishes. Without goals, every work of your own is one.
# goals:
#   - ppo-2017                        # a work
#   - {{work: trpo-2015, by: {by}}}  # due by the end of that day
#   - {{work: nocedal-wright-2006, units: 1-7}}
#   - {{work: ppo-2017, value: 3, why: I will build on it}}   # worth three plain goals
#   - {{topic: policy-gradient}}        # whatever teaches it with the least effort

# What needs no study.
# known: [axler-2024]
"""

_SYLLABUS = """\
# yaml-language-server: $schema=../syllabus.schema.json
# A syllabus of your own: remove the '# ' before the lines below, and name the file after the work,
# like 'syllabi/papers/author-2027.yaml'. While every line is a comment, the file declares no work.

# kind: paper                          # or textbook, or thesis: with 'chapters' instead of 'steps'
# title: The title of the paper
# authors: [First Author, Second Author]
# year: 2027
# url: https://example.org/paper
# requires: [ppo-2017/read, {topic: policy-gradient}]
# steps:
#   - {id: read, title: Read and annotate, effort: 3h}
#   - {id: implement, title: Implement it, effort: 8h}      # requires the step before it
#   - {id: compare, title: Compare with the published numbers, effort: 2h, requires: [implement]}
"""


def starter_settings(title: str, start: date, timezone: str, road: Road | None = None) -> str:
    """Return a short, commented `curriculum.yaml` that reads back without problems.

    Args:
        title: What the person calls their curriculum, on one line.
        start: The first day of study.
        timezone: An IANA name, such as `Europe/Berlin`.
        road: The goals to begin with; None leaves them to the person.
    """
    next_year = min(start.year + 1, date.max.year)
    # The first of a month, because there may be no 29 February next year.
    by = start.replace(year=next_year, day=1)
    return _SETTINGS.format(
        title=_quoted(title),
        start=start,
        timezone=timezone,
        by=by,
        away=f"{start}..{start}",
        goals=_GOALS.format(by=by) if road is None else _goals_of(road),
    )


def _goals_of(road: Road) -> str:
    """Return the goals of a road with their reasons, and what it takes for granted."""
    about = wrap(f"{printable(road.title)}. {printable(road.about)}", _COMMENT_WIDTH)
    lines = [*(f"# {line}" for line in about), "goals:"]
    for one in road.goals:
        lines += list_item_lines(_road_goal(one))
    lines += [
        "",
        "# What needs no study.",
        f"known: {flow_text(list(map(_reference, road.known)))}",
    ]
    return "\n".join(lines) + "\n"


def _road_goal(goal: RoadGoal) -> dict[str, SettingValue]:
    """Return a goal as it is written."""
    tree: dict[str, SettingValue] = {}
    if goal.work is not None:
        tree["work"] = goal.work
    if goal.topic is not None:
        tree["topic"] = goal.topic
    if goal.units is not None:
        tree["units"] = list(goal.units)
    return {**tree, "why": goal.why}


def _reference(reference: Reference) -> SettingValue:
    """Return a reference as it is written."""
    match reference:
        case UnitReference(strength=Strength.HARD, why=None):
            return reference.ref
        case AnyReference():
            rest = reference.model_dump(mode="json", exclude_defaults=True, exclude={"any"})
            return {"any": [_reference(one) for one in reference.any], **rest}
        case _:
            return dict(reference.model_dump(mode="json", exclude_defaults=True))


def starter_syllabus() -> str:
    """Return an example of a syllabus as comments; without them it is one."""
    return _SYLLABUS


def _quoted(text: str) -> str:
    """Return a title as YAML: in quotes unless it is plain words."""
    words = printable(text).split()
    line = " ".join(words) or "My curriculum"
    if re.fullmatch(r"[A-Za-z][A-Za-z0-9 ,.()-]*", line) and line.lower() != "null":
        return line
    return "'" + line.replace("'", "''") + "'"
