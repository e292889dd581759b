"""Whoever else notes, and whenever a command is killed: no note is lost, and no line is broken."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

from tests.profiles import IS_DEEP
from tests.workspaces import workspace

ROOT = Path(__file__).parents[2]
ENTRY = "notebook/2027/2027-01-04.md"
EACH = 200 if IS_DEEP else 25
KILLS = 500 if IS_DEEP else 20

NOTING = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from curriculum.services.context import Context
from curriculum.services.noting import NoteRequest, add_note
from curriculum.services.workspace import Workspace

NOW = datetime(2027, 1, 4, 8, 40, tzinfo=UTC)

def noted(text):
    add_note(Workspace(Context(Path(sys.argv[1]), NOW), results="none"), NoteRequest(text))
"""
WRITER = f"""{NOTING}
for number in range(int(sys.argv[3])):
    noted(f"finding: {{sys.argv[2]}} {{number}}\\nand more")
"""
KILLER = f"""{NOTING}
import os, random, signal, time
rng = random.Random(7)
entry = Path(sys.argv[1]) / "{ENTRY}"
out = os.open(Path(sys.argv[1]) / "said", os.O_WRONLY | os.O_CREAT | os.O_APPEND)
noted("the first")
for round_ in range(int(sys.argv[2])):
    child = os.fork()
    if not child:
        for number in range(10_000):
            noted(f"finding: {{round_}}-{{number}}\\nand more")
            os.write(out, f"{{round_}}-{{number}}\\n".encode())
    time.sleep(rng.uniform(0, 0.06))
    os.kill(child, signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    assert os.WIFSIGNALED(status), "a child failed"
"""
NOTE = re.compile(r"\n## 09:40\n- finding: (?P<name>.*)\n  and more\n")


def started(script: str, *arguments: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", script, *arguments]
    return subprocess.Popen(command, stderr=subprocess.PIPE, text=True, cwd=ROOT)


def ended(process: subprocess.Popen[str]) -> None:
    _, said = process.communicate()
    assert process.returncode == 0, said


def noted(root: Path, above: str) -> list[str]:
    """Return the names in the notes of the entry, of which nothing else is left."""
    text = (root / ENTRY).read_text(encoding="utf-8")
    assert text.startswith(above)
    below = text.removeprefix(above)
    assert NOTE.sub("", below) == ""
    return [match["name"] for match in NOTE.finditer(below)]


def test_two_who_note_at_once_lose_no_note(tmp_path: Path) -> None:
    root = workspace(tmp_path)
    for writer in [started(WRITER, str(root), name, str(EACH)) for name in "ab"]:
        ended(writer)
    found = noted(root, "# 2027-01-04\n")
    for name in "ab":
        own = [one for one in found if one.startswith(name)]
        assert own == [f"{name} {number}" for number in range(EACH)]
    assert len(found) == 2 * EACH


def test_killed_at_any_time_each_entry_is_the_old_or_the_new_one(tmp_path: Path) -> None:
    root = workspace(tmp_path)
    ended(started(KILLER, str(root), str(KILLS)))
    found = noted(root, "# 2027-01-04\n\n## 09:40\nthe first\n")
    said = (root / "said").read_text().split()
    assert [one for one in found if one in set(said)] == said
    assert len(found) == len(set(found)) <= len(said) + KILLS
