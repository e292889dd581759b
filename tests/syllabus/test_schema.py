"""The JSON Schemas accept what the reader accepts, as an editor parses it, and refuse what it refuses."""

from __future__ import annotations

import json
from typing import Any, Literal

import jsonschema
import pytest
import yaml

from curriculum.syllabus.schema import json_schema

Kind = Literal["syllabus", "curriculum", "road"]
STEPS = "steps: [{id: 1, title: Read}]"
ACCEPTED: list[tuple[Kind, str]] = [
    (
        "syllabus",
        "kind: textbook\ntitle: 1984\nyear: 2018\nedition: 2\nisbn: '978'\nx-mine: {a: 1}\nchapters:\n"
        "  - {id: 3, title: T, pages: [1, 2], exercises: 2h, requires: [1, a/b, {topic: mdp}], teaches: [mdp]}\n"
        "  - {id: 4, title: 4, pages: 47-72, requires: [{any: [3, {topic: t}]}, {ref: r, strength: soft}]}",
    ),
    (
        "syllabus",
        "kind: thesis\ntitle: T\nchapters: [{id: a, title: A, role: intro, paper: trpo-2015}]",
    ),
    (
        "syllabus",
        f"kind: paper\ntitle: P\n{STEPS}\nrequires: [trpo-2015/read, {{topic: policy-gradient}}]",
    ),
    (
        "syllabus",
        f"kind: paper\ntitle: P\n{STEPS}\ndefaults: {{metric: {{direction: higher}}, spread: {{kind: sd}}}}\n"
        "results:\n  - {id: alien, on: Alien, value: 1850.3, spread: 3, runs: 3, metric: score, source: {table: 6}}\n"
        "  - {id: amidar, like: alien, on: Amidar, value: 674.6, source: {row: Amidar}}",
    ),
    (
        "curriculum",
        "goals: [ppo-2017, {work: a, by: '2027-03-31'}, {work: b, units: 1-7},\n"
        "  {work: c, units: [1, 2], from: '2027-02-01'}]\n"
        "known: [axler-2024]\nstart: '2027-01-04'\ntimezone: Europe/Berlin\n"
        "availability: {mon-fri: '19:00-21:00', sat: ['10:00-12:00', '14:00-16:00']}\n"
        "away: ['2027-02-06..2027-02-14']\n"
        "busy: [calendars/busy/*.ics]\nbalance: {textbooks: 50, papers: 50}\nload: 90%\nalarm: 10m\n"
        "session: {shortest: 25m, longest: 90m, break: 10m}\nspeed: {textbook: 10 pages/h}\nx-note: [1]",
    ),
    ("curriculum", "{away: '2027-01-01', busy: a.ics, load: 0.9}"),
    ("curriculum", "{me: ada@example.org}"),
    ("curriculum", "{alarm: [1h, 10m]}"),
    ("curriculum", "{availability: {ics: study.ics}}"),
    (
        "curriculum",
        "{availability: {ics: 'https://example.org/me.ics', title: [Lernen], user: ada}}",
    ),
    ("curriculum", "{me: [ada@example.org, 'mailto:a.lovelace@example.com']}"),
    (
        "curriculum",
        "timezone: [{until: '2027-02-20', zone: America/New_York}, {zone: Europe/Berlin}]",
    ),
]
ACCEPTED.append(
    (
        "road",
        "title: T\nabout: A\nknown: [a/1-3, {topic: mdp}]\ngoals: [{work: a, units: 3, why: W}, {topic: t, why: W}]\n"
        "source: S\nnote: [N, M]",
    )
)
REFUSED: list[tuple[Kind, str]] = [
    ("syllabus", f"kind: papre\ntitle: P\n{STEPS}"),
    ("syllabus", "kind: paper\ntitle: P"),
    ("syllabus", f"kind: paper\ntitel: P\n{STEPS}"),
    ("syllabus", f"kind: textbook\ntitle: P\n{STEPS}"),
    ("syllabus", f"kind: paper\ntitle: P\n{STEPS}\nresults: [{{on: A}}]"),
    (
        "syllabus",
        f"kind: paper\ntitle: P\n{STEPS}\nresults: [{{id: a, metric: {{direction: up}}}}]",
    ),
    ("syllabus", f"kind: paper\ntitle: P\n{STEPS}\nrequires: [{{tpoic: a}}]"),
    ("syllabus", f"kind: paper\ntitle: P\n{STEPS}\ndefaults: {{id: a}}"),
    ("curriculum", "golas: []"),
    ("road", "title: T\nabout: A\ngoals: [{work: a}]"),
    ("road", "title: T\nabout: A\ngoals: []"),
    ("curriculum", "session: {shortst: 25m}"),
    ("curriculum", "goals: {work: a}"),
]


class EditorLoader(yaml.SafeLoader):
    """Reads YAML as editors do, by the core schema of version 1.2: `on` is text, and dates are."""

    yaml_implicit_resolvers = {  # noqa: RUF012  # PyYAML's own way
        first: [
            (tag, pattern)
            for tag, pattern in resolvers
            if first in "tf" or not tag.endswith((":bool", ":timestamp"))
        ]
        for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
    }


def errors(kind: Kind, text: str) -> list[Any]:  # Any: jsonschema's errors
    return list(
        jsonschema.Draft202012Validator(json_schema(kind)).iter_errors(
            yaml.load(text, EditorLoader)
        )
    )


@pytest.mark.parametrize(("kind", "text"), ACCEPTED)
def test_an_editor_accepts_what_people_write(kind: Kind, text: str) -> None:
    assert errors(kind, text) == []


@pytest.mark.parametrize(("kind", "text"), REFUSED)
def test_an_editor_marks_what_the_reader_would_refuse(kind: Kind, text: str) -> None:
    assert errors(kind, text)


@pytest.mark.parametrize("kind", ["syllabus", "curriculum", "road"])
def test_a_schema_is_valid_and_says_what_it_is_for(kind: Kind) -> None:
    schema = json_schema(kind)
    jsonschema.Draft202012Validator.check_schema(schema)
    assert schema["$id"].endswith(kind)
    assert schema["title"]
    assert all(definition["description"] for definition in schema["$defs"].values())
    assert json.loads(json.dumps(schema)) == json_schema(kind)
