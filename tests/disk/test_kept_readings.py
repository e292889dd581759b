"""Whoever else writes them, and wherever they are cut: what is found of kept readings is what was kept."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from curriculum.disk.kept_readings import KeptReadings, reading_key
from tests.profiles import examples

ROOT = Path(__file__).parents[2]
NAMES = [str(number) for number in range(12)]

WRITER = """
import sys
from pathlib import Path
from tests.disk.test_kept_readings import written_once

for turn in range(int(sys.argv[3])):
    written_once(Path(sys.argv[1]), sys.argv[2], turn)
"""


def form_of(name: str) -> object:
    """Return the reading of a text, long enough to be written in several steps."""
    return {"Work": {"title": name, "units": [f"{name}/{number}" for number in range(2_000)]}}


def found(root: Path) -> set[str]:
    """Return the texts whose readings are found; each must be as it was kept."""
    readings = KeptReadings(root, "syllabi")
    forms = {name: readings.find(reading_key(name)) for name in NAMES}
    there = {name for name, form in forms.items() if form is not None}
    assert all(forms[name] == form_of(name) for name in there)
    return there


def written_once(root: Path, writer: str, turn: int) -> None:
    """Do as a command does: look for the readings of some texts, and keep those that were missing."""
    readings = KeptReadings(root, "syllabi")
    for name in NAMES[turn % 5 :: 2 if writer == "a" else 3]:
        form = readings.find(reading_key(name))
        assert form in (None, form_of(name))
        if form is None:
            readings.add(reading_key(name), form_of(name))
    readings.keep()


def test_commands_that_keep_readings_at_once_never_find_a_wrong_one(tmp_path: Path) -> None:
    turns = examples(12)
    path = KeptReadings(tmp_path, "syllabi").path
    assert path is not None
    writers = [
        subprocess.Popen(
            [sys.executable, "-c", WRITER, str(tmp_path), name, str(turns)],
            stderr=subprocess.PIPE,
            text=True,
            cwd=ROOT,
        )
        for name in "ab"
    ]
    while any(one.poll() is None for one in writers):
        found(tmp_path)
        if path.exists():
            json.loads(path.read_bytes())  # the file is whole at every instant
    for one in writers:
        _, said = one.communicate()
        assert one.returncode == 0, said
    assert found(tmp_path)
    assert [one.name for one in path.parent.iterdir()] == [path.name]


def test_readings_that_are_cut_anywhere_are_found_whole_or_not_at_all(tmp_path: Path) -> None:
    forms = {reading_key(name): {"Work": {"title": name, "hours": 1200}} for name in NAMES[:3]}
    kept = KeptReadings(tmp_path, "syllabi")
    for digest, form in forms.items():
        kept.add(digest, form)
    kept.keep()
    assert kept.path is not None
    data = kept.path.read_bytes()
    for length in range(len(data)):
        kept.path.write_bytes(data[:length])
        again = KeptReadings(tmp_path, "syllabi")
        assert all(again.find(digest) in (None, form) for digest, form in forms.items())
    kept.path.write_bytes(data)
    again = KeptReadings(tmp_path, "syllabi")
    assert {digest: again.find(digest) for digest in forms} == forms
