"""What a file holds never reaches the terminal as an order to it."""

from __future__ import annotations

import io
import json
import re
import sys
from contextlib import redirect_stdout
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from curriculum.cli.visible_output import visible, visible_output
from tests.workspaces import BOOK, PAPER, SETTINGS, run, workspace

HOSTILE = "\x1b[31mA\x07B\u202eC\u200bD\x9bE\rF"
SHOWN = r"A\u0007B\u202eC\u200bD\u009bE\u000dF"
ORDERS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\u200b\ufeff]")
IN_YAML = r"\e[31mA\aB\u202EC\u200BD\x9BE\rF"


def require_visible(root: Path, *arguments: str) -> str:
    done = run(root, *arguments)
    assert ORDERS.findall(done.stdout + done.stderr) == []
    return done.stdout + done.stderr


@given(st.text())
def test_what_is_shown_obeys_nothing_and_is_the_same_for_who_reads_json(text: str) -> None:
    written = json.dumps(text, ensure_ascii=False)

    assert not ORDERS.search(visible(text))
    assert json.loads(visible(written)) == text
    assert visible(visible(text)) == visible(text)


@pytest.mark.parametrize(
    "text", ["👩\u200d🔬 a family", "می\u200cخواهم", "naïve Über 図", "a\tb\nc"]
)
def test_what_scripts_and_emoji_need_stays(text: str) -> None:
    assert visible(text) == text


def test_a_joiner_that_only_hides_is_shown() -> None:
    assert visible("ad\u200dam") == r"ad\u200dam"


@pytest.mark.parametrize(
    ("file", "before", "after"),
    [
        ("settings", "title: Sums", f'title: "{IN_YAML}"'),
        ("settings", "title: Sums", f'"{IN_YAML}": 1'),
        ("settings", "- counting", f'- "{IN_YAML}"'),
        ("settings", "Europe/Berlin", f'"{IN_YAML}"'),
        ("settings", "mon-fri: 19:00-21:00", f'mon-fri: "{IN_YAML}"'),
        ("book", "Adding", f'"{IN_YAML}"'),
        ("book", "A Book of Sums", f'"{IN_YAML}"'),
        ("book", "pages: [1, 20]", f'"{IN_YAML}": 1'),
        ("book", "[subtraction]", f'["{IN_YAML}"]'),
        ("book", "kind: textbook", f'kind: "{IN_YAML}"'),
        ("paper", "subtraction", f'"{IN_YAML}"'),
        ("paper", "the loss is a difference", f'"{IN_YAML}"'),
        ("paper", "5h", f'"{IN_YAML}"'),
        ("paper", "Bo Binary", HOSTILE),
    ],
)
def test_no_text_of_a_syllabus_or_of_the_settings_gives_orders(
    tmp_path: Path, file: str, before: str, after: str
) -> None:
    texts = {"settings": SETTINGS, "book": BOOK, "paper": PAPER}
    assert before in texts[file]
    changed = {file: texts[file].replace(before, after)}
    root = workspace(tmp_path, **changed)
    require_visible(root, "check")
    require_visible(root, "graph" if file == "paper" else "plan")


def test_the_tags_of_a_log_give_no_orders(tmp_path: Path) -> None:
    root = workspace(tmp_path)
    log = root / "run.csv"
    log.write_text(f'step,"{HOSTILE}"\n1,2\n', newline="")
    said = require_visible(root, "score", "ppo-2017#ppo-pong", "--from", str(log))
    assert r"A\u0007B\u202eC" in said
    require_visible(root, "score", "ppo-2017#ppo-pong", "--from", str(log), "--tag", HOSTILE)


def test_colours_pass_and_what_hides_text_does_not() -> None:
    written = io.StringIO()
    with redirect_stdout(written), visible_output():
        sys.stdout.write("\x1b[1;38;5;160mlate\x1b[0m \x1b[8mhidden\x1b[2J")
    assert written.getvalue() == "\x1b[1;38;5;160mlate\x1b[0m \\u001b[8mhidden\\u001b[2J"


def test_what_was_typed_is_shown(tmp_path: Path) -> None:
    root = workspace(tmp_path)
    for command in ("done", "plan", "show", "pin", "results", "help", HOSTILE):
        assert SHOWN in require_visible(root, command, HOSTILE)


def test_what_is_exported_stays_the_same(tmp_path: Path) -> None:
    root = workspace(tmp_path)
    fact = {"id": "f" * 32, "command": "c" * 32, "kind": "skipped", "unit": f"sums/{HOSTILE}"}
    fact |= {"at": "2027-01-04T10:00:00Z", "zone": "UTC"}
    (root / "facts.jsonl").write_text(json.dumps(fact))
    assert run(root, "journal", "import", str(root / "facts.jsonl")).exit_code == 0
    exported = require_visible(root, "journal", "export")
    assert json.loads(exported) == fact
    for command in ("log --list", "undo", "today"):
        require_visible(root, *command.split())
