"""Lines and knobs of changes, counted by hand on specimens."""

from __future__ import annotations

import pytest

from curriculum.model.ablations import Cost
from curriculum.practice.changed_lines import ChangedFile, counted_change

SPECIMENS = [
    # path, before, after, added, removed, knobs
    ("a.py", "x = 1\n", "x = 1\ny = x\n", 1, 0, 0),
    ("a.py", "x = 1\n", "x = 1\n\n\n# why\n", 0, 0, 0),
    ("a.py", "x = 1\n", "x = 1  # one\n", 0, 0, 0),
    ("a.py", "x = 1\n", "x  =  1\n", 0, 0, 0),
    (
        "a.py",
        "def f():\n    return 0\n",
        'def f():\n    """Say.\n\n    More.\n    """\n    return 0\n',
        0,
        0,
        0,
    ),
    ("a.py", "f(x)\n", "if a:\n    f(x)\n", 1, 0, 0),
    ("a.py", "f(x)\n", "f(x.clamp(-0.1, 0.1))\n", 1, 1, 1),
    ("a.py", "lr = 3e-4\n", "lr = 1e-3\n", 1, 1, 0),
    ("a.py", "f(a, b=0.5)\n", "f(a)\n", 1, 1, -1),
    ("a.py", "f(a)\n", "f(a, use_gae=True, lam=0.95)\n", 1, 1, 2),
    ("a.py", "f(a,\n  b)\n", "f(a,\n  b,\n  c)\n", 2, 1, 0),
    ("a.py", "s = '''a\nb'''\n", "s = '''a\n\n# c\nb'''\n", 1, 0, 0),
    ("a.py", "def f(:\n", "def f(:\n# no\n  x\n", 1, 0, 0),
    ("a.py", "a = 1\nb = 2\nc = 3\n", "c = 3\n", 0, 2, 0),
    ("a.yaml", "# mine\nclip: 0.2\n", "# yours\nclip: 0.2\nlam: 0.95\n", 1, 0, 1),
    ("a.sh", "run\n", "#!/bin/sh\n  run\n", 0, 0, 0),
    ("a.cu", "f();\n", "/* a\n b */\nf(); // c\n", 0, 0, 0),
    ("a.js", 'g("//");\n', 'g("//x"); /* y */ h();\n', 1, 1, 0),
    ("a.lua", "f()\n", "-- why\nf()\ng(0.9)\n", 1, 0, 1),
    ("a.cfg", "a 1\r\n", "a 1\r\nb\t\t3\r\n", 1, 0, 1),
    ("train.json", "{}\n", '{"gamma": 0.99, "norm": true}\n', 1, 1, 1),
]


@pytest.mark.parametrize(("path", "old", "new", "added", "removed", "knobs"), SPECIMENS)
def test_lines_and_knobs_are_those_counted_by_hand(
    path: str, old: str, new: str, added: int, removed: int, knobs: int
) -> None:
    found = counted_change([ChangedFile(path, old, new)])
    assert found.cost == Cost(added, removed, knobs)
    back = counted_change([ChangedFile(path, new, old)])
    assert back.cost == Cost(removed, added, -knobs)


@pytest.mark.parametrize(
    ("path", "reason"),
    [
        ("tests/test_a.py", "test"),
        ("a/tests/helper.py", "test"),
        ("src/test_loss.py", "test"),
        ("src/loss_test.go", "test"),
        ("web/a.spec.ts", "test"),
        ("uv.lock", "lock file"),
        ("web/package-lock.json", "lock file"),
        ("README.md", "prose"),
        ("src/testing_ground.py", None),
        ("contest/a.py", None),
    ],
)
def test_what_does_not_count_is_named(path: str, reason: str | None) -> None:
    found = counted_change([ChangedFile(path, "", "x\n")])
    assert found.left_out == (() if reason is None else ((path, reason),))
    assert found.cost.added == (reason is None)
