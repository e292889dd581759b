"""What is kept of the files changes the time of a command and nothing else."""

from __future__ import annotations

import json
import os
import random
from datetime import UTC, datetime
from pathlib import Path

import pytest

from curriculum.disk.kept_readings import KeptReadings
from curriculum.disk.workspace import built_in_library
from curriculum.model.fields import Frozen
from curriculum.model.kept_values import NotKeptError, kept, restored
from curriculum.model.settings import Settings
from curriculum.services.context import Context
from curriculum.services.settings import setting_of
from curriculum.services.syllabi import SyllabusParser, compiled
from curriculum.services.workspace import Workspace
from curriculum.syllabus.library import SyllabusText
from curriculum.syllabus.settings import read_settings
from curriculum.syllabus.works import read_work
from tests.workspaces import run, workspace

LIBRARY = [SyllabusText(file.label, file.data.decode()) for file in built_in_library()]
BOOK = "kind: textbook\ntitle: A book\nchapters:\n  - {id: 1, title: One, effort: 2h, teaches: [subtraction]}\n"
SIMPLE = "goals: [sums]\ntimezone: Europe/Berlin\n"
SETTINGS = """\
title: Everything
goals: [{work: ppo-2017, units: [read], by: 2027-03-31 12:00, from: 2027-01-31, why: Because}]
known: [axler-2024, {topic: mdp}, {any: [a, {ref: b/2, strength: soft}]}]
start: 2027-01-04
timezone: [{zone: Europe/Berlin, until: 2027-06-30}, America/New_York]
availability: {ics: study.ics, title: [Study*, Read*]}
away: [2027-02-06..2027-02-14, 2027-03-01]
busy: [a.ics, {from: "https://example.org/me.ics", user: me, ignore: {title: [Lunch]}}]
me: ada@example.org
balance: {textbooks: 1, papers: 2}
session: {shortest: 30m, longest: 2h, break: 0m}
load: 75%
week: 40h
development: 20%
day_ends: 04:00
code: [~/src/ppo]
prefer: mornings
cap: {day: 3h, week: 12h}
textbooks: {at_least: 1h per week}
papers: {at_least: 2h per week}
catch_up: 1h per week
gap: 3d
habits: {reading group: {every: 2w, on: "mon,thu 18:00", takes: 1h, from: 2027-01-07}}
review: {every: 2w, on: sun 18:00, takes: 45m}
worth: [{lines: 2, gain: 150%}]
skim: {takes: 30m, per: week, on: fri}
explore: {share: 20%, on: "thu,fri", seed: 7}
show_as: auto
freeze: 0m
speed: {textbook: 7.5 pages/h}
alarm: [0m, 1h]
publish: {combined: true}
caldav: {url: "https://dav.example.org/", user: me, todos: true, collections: {papers: "https://dav.example.org/p"}}
"""


def outputs(root: Path) -> list[str]:
    """Return what commands say that gather all files."""
    return [
        run(root, *command).stdout
        for command in (("next", "--json"), ("graph",), ("config", "--json"), ("plan", "--json"))
    ]


def readings() -> list[Path]:
    return sorted((Path.home() / ".cache/curriculum/readings").glob("*.json"))


def test_every_work_of_the_library_is_kept_whole() -> None:
    for one in LIBRARY:
        work = read_work(one.file, one.text).work
        assert work is not None
        again = restored(json.loads(json.dumps(kept(work))), Frozen)
        assert again == work
        assert again.model_fields_set == work.model_fields_set
        assert again.model_dump_json() == work.model_dump_json()


def test_every_setting_is_kept_whole() -> None:
    settings = read_settings("curriculum.yaml", SETTINGS).settings
    assert settings is not None
    assert settings.model_fields_set == Settings.model_fields.keys()
    again = restored(json.loads(json.dumps(kept(settings))), Frozen)
    assert again == settings
    assert repr(again) == repr(settings)
    of_tuples = {"habits", "review"}
    assert again.model_dump_json(exclude=of_tuples) == settings.model_dump_json(exclude=of_tuples)


@pytest.mark.parametrize(
    "form",
    [
        None,
        [],
        {},
        {"Path": ["/"]},
        {"Goal": 1},
        {"Goal": {}, "x": 1},
        {"date": "soon"},
        {"dict": 1},
    ],
)
def test_what_is_not_the_form_of_a_value_is_refused(form: object) -> None:
    with pytest.raises(NotKeptError):
        restored(form, Frozen)


def test_a_value_of_another_class_is_not_kept() -> None:
    with pytest.raises(NotKeptError):
        kept((Path("a"),))


def test_commands_say_the_same_with_and_without_kept_readings(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = "goals: [ppo-2017]\nstart: 2027-01-04\ntimezone: Europe/Berlin\n"
    root = workspace(tmp_path, book=BOOK, settings=settings)
    first = outputs(root)
    assert len(readings()) == 2
    assert outputs(root) == first
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "file/below"))
    (tmp_path / "file").touch()
    assert outputs(root) == first


def test_an_edit_of_the_same_size_within_the_same_second_is_noticed(tmp_path: Path) -> None:
    root = workspace(tmp_path, book=BOOK, settings=SIMPLE)
    path = root / "syllabi/textbooks/sums.yaml"
    for _ in range(2):
        assert "2 h" in run(root, "show", "sums/1").stdout
        assert run(root, "next", "--json").exit_code == 0
    times = path.stat()
    path.write_text(BOOK.replace("2h", "7h"))
    os.utime(path, ns=(times.st_atime_ns, times.st_mtime_ns))
    units = json.loads(run(root, "next", "--json").stdout)
    assert "420" in json.dumps(units)


@pytest.mark.parametrize("seed", range(2))
def test_damaged_readings_are_made_again(tmp_path: Path, seed: int) -> None:
    root = workspace(tmp_path, book=BOOK, settings=SIMPLE)
    said = run(root, "next", "--json").stdout
    rng = random.Random(seed)
    for path in readings():
        data = path.read_bytes()
        cut = rng.randrange(len(data))
        path.write_bytes(rng.choice([b"", data[:cut], data[:cut] + b"}" + data[cut:], b"[1]"]))
    assert run(root, "next", "--json").stdout == said


def test_readings_of_other_code_do_not_count(tmp_path: Path) -> None:
    root = workspace(tmp_path, book=BOOK, settings="title: Mine\n")
    context = Context(root, datetime.now(UTC))
    assert setting_of(context).settings.title == "Mine"
    for path in readings():
        kept_then = json.loads(path.read_bytes())
        (form,) = kept_then["readings"].values()
        form["Settings"]["title"] = "Theirs"
        path.write_text(json.dumps({**kept_then, "program": "an older one"}))
    assert setting_of(context).settings.title == "Mine"


def test_a_problem_is_never_kept(tmp_path: Path) -> None:
    text = BOOK + "colour: blue\n"
    root = workspace(tmp_path, book=text)
    first, second = (run(root, "plan") for _ in range(2))
    assert "unknown-key" in first.stderr
    assert (second.stderr, second.exit_code) == (first.stderr, 1)


def test_mistakes_in_results_are_found_though_the_outline_was_kept(tmp_path: Path) -> None:
    paper = "kind: paper\ntitle: P\nsteps: [{id: read, title: R, effort: 1h}]\nresults: [{id: 1}]\n"
    root = workspace(tmp_path, paper=paper)
    context = Context(root, datetime.now(UTC))
    assert "attention" in Workspace(context, "none").library.works
    assert Workspace(context, "own").problems


def test_what_holds_no_results_is_read_once_for_every_use(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    book = SyllabusText("syllabi/textbooks/sums.yaml", BOOK)
    first = SyllabusParser(KeptReadings(tmp_path, "syllabi"))
    outline = first.outline(book)
    first.keep()
    monkeypatch.setattr("curriculum.syllabus.works.read_work", None)
    again = SyllabusParser(KeptReadings(tmp_path, "syllabi"))
    assert again.in_full(book).work == again.checked_outline(book).work == outline.work


def test_the_compiled_library_is_what_the_yaml_says(tmp_path: Path) -> None:
    path = tmp_path / "compiled.json"
    path.write_bytes(compiled(LIBRARY))
    parser, plain = SyllabusParser(KeptReadings(tmp_path, "syllabi", path)), SyllabusParser()
    for one in LIBRARY:
        assert parser.checked_outline(one).work == plain.checked_outline(one).work
    parser.keep()
    assert readings() == []  # nothing was read that had not come compiled
