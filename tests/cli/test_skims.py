"""Papers come in once, are judged with a doubt, age out, and become syllabi."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.terminals import answering
from tests.workspaces import run, workspace

_FEED = """<?xml version='1.0' encoding='UTF-8'?>
<rss xmlns:arxiv="http://arxiv.org/schemas/atom" xmlns:dc="http://purl.org/dc/elements/1.1/"
  version="2.0"><channel><title>cs.LG updates on arXiv.org</title>
<item>
  <title>Half the Compute: Clipping &amp; More with $\\alpha$-Tests</title>
  <link>https://arxiv.org/abs/2701.01234</link>
  <description>arXiv:2701.01234v1 Announce Type: new
Abstract: We halve the compute of AT&T's agent.</description>
  <guid isPermaLink="false">oai:arXiv.org:2701.01234v1</guid>
  <pubDate>Fri, 08 Jan 2027 00:00:00 -0500</pubDate>
  <dc:creator>Ada Author, Bob B&ouml;ilder</dc:creator>
</item>
<item>
  <title>Proximal Policy Optimization Algorithms</title>
  <link>https://arxiv.org/abs/1707.06347v2</link>
</item>
</channel></rss>
"""
_BIBLIOGRAPHY = """@article{half, author = {Author, Ada and others}, year = 2027,
  title = {{H}alf the {C}ompute: Clipping \\& More with $\\alpha$-Tests}, doi = {10.1038/XYZ}}
@inproceedings{open, author = {Doe, Jane}, year = {2027}, title = {A Paper under Review},
  url = {https://openreview.net/forum?id=abc_DEF-1}}
"""
_IDS = "arXiv:1707.06347v1\nhttps://doi.org/10.1038/xyz\nno id\n2701.09999v2 A title behind it\n"


def _json(root: Path, *arguments: str) -> Any:  # Any: JSON
    return json.loads(run(root, *arguments, "--json").stdout)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Return a workspace into which a feed, a bibliography and a list of ids have come."""
    made = workspace(tmp_path / "study")
    (tmp_path / "feed.xml").write_text(_FEED)
    (tmp_path / "refs.bib").write_text(_BIBLIOGRAPHY)
    (tmp_path / "ids.txt").write_text(_IDS)
    said = _import(made)
    assert "feed.xml: 2 papers, 2 new" in said.stdout
    assert "refs.bib: 2 papers, 1 new" in said.stdout
    assert "ids.txt: 3 papers, 1 new" in said.stdout
    assert "ids.txt:3:1: unknown-id: 'no id' is not an id of a paper" in said.stderr
    assert "'half' leaves authors out by 'and others'" in said.stderr
    return made


def _import(root: Path) -> Any:  # Any: click's result
    folder = root.parent
    return run(
        root, "skim", "import", *(str(folder / n) for n in ("feed.xml", "refs.bib", "ids.txt"))
    )


def _file(root: Path) -> Path:
    (file,) = (root / "skim").glob("*.yaml")
    return file


def test_a_paper_comes_in_once_under_all_its_names(root: Path) -> None:
    skims = _json(root, "skims")
    assert [(one["id"], one["also"]) for one in skims] == [
        ("arxiv:2701.01234", ["doi:10.1038/xyz"]),
        ("arxiv:1707.06347", []),
        ("openreview:abc_DEF-1", []),
        ("arxiv:2701.09999", []),
    ]
    assert skims[0]["title"] == "Half the Compute: Clipping & More with α-Tests"
    assert skims[0]["authors"] == ["Ada Author", "Bob Böilder"]
    lines = _file(root).read_text().splitlines()
    assert all(lines[one["line"] - 1] == f"- id: {one['id']}" for one in skims)
    assert "We halve the compute of AT&T's agent." in (
        next((root / "skim" / "abstracts").glob("*.json")).read_text()
    )


def test_importing_twice_adds_nothing(root: Path) -> None:
    before = _file(root).read_bytes()
    said = _import(root)
    assert [line.rpartition(", ")[2] for line in said.stdout.splitlines()] == ["0 new"] * 3
    assert _file(root).read_bytes() == before
    assert _json(root, "check") == []


def test_a_paper_to_read_needs_a_doubt(root: Path) -> None:
    before = _file(root).read_bytes()
    refused = run(root, "skim", "mark", "2701.01234", "read")
    assert refused.exit_code == 2
    assert "what is the weakest point of a paper to read?" in refused.stderr
    assert _file(root).read_bytes() == before
    said = run(root, "skim", "mark", "half the compute", "read", "--doubt", "three seeds: few")
    assert said.stdout.rstrip().endswith(": arxiv:2701.01234: read")
    (marked,) = _json(root, "skims", "--mark", "read")
    assert (marked["doubt"], marked["line"]) == ("three seeds: few", 1)
    run(root, "undo")
    assert _file(root).read_bytes() == before


def test_a_mark_leaves_every_other_byte_of_a_file_that_was_sorted_by_hand(root: Path) -> None:
    file = _file(root)
    items = file.read_text().removeprefix("- ").split("\n- ")
    items[1] += "\n  x-mine: [3, four]   # kept"
    sorted_by_hand = "# mine\r\n" + "\n".join(f"- {one.rstrip()}" for one in reversed(items))
    file.write_bytes(sorted_by_hand.encode())
    run(root, "skim", "mark", "1707.06347", "watch", "--uses", "clipping")
    run(root, "skim", "mark", "doi:10.1038/XYZ", "pass")
    run(root, "skim", "mark", "1707.06347", "reproduce", "--doubt", "Atari alone")
    text = file.read_bytes().decode()
    kept = [
        one
        for one in text.split("\n")
        if not one.startswith(("  mark", "  on", "  doubt", "  uses"))
    ]
    assert "\n".join(kept).rstrip() == sorted_by_hand
    marks = {one["id"]: one["mark"] for one in _json(root, "skims", "--all")}
    assert marks["arxiv:1707.06347"] == "reproduce"
    assert marks["arxiv:2701.01234"] == "pass"
    assert "0 new" in _import(root).stdout


def test_what_is_written_in_one_line_is_left_and_said(root: Path) -> None:
    file = _file(root)
    file.write_text("- {id: 'arxiv:2701.00001', title: Mine, came: 2027-01-04}\n")
    refused = run(root, "skim", "mark", "2701.00001", "pass")
    assert refused.exit_code == 1
    assert (
        f"{file.parent.name}/{file.name}:1: this entry is not written with one key a line"
        in refused.stderr
    )
    assert file.read_text() == "- {id: 'arxiv:2701.00001', title: Mine, came: 2027-01-04}\n"


def test_a_paper_that_nobody_looks_at_ages_out_and_is_counted(root: Path) -> None:
    late = ("--today", "2027-03-01")
    assert _json(root, *late, "skims") == []
    assert len(_json(root, *late, "skims", "--all")) == 4
    assert _json(root, *late, "skims", "--unread") == []
    run(root, "skim", "mark", "2701.09999", "watch")
    assert "4 weeks" in run(root, *late, "skims").stdout


def test_mistakes_in_a_file_are_found_where_they_are(root: Path) -> None:
    file = _file(root)
    file.write_text(file.read_text() + "- id: arxiv:2701.01234\n  came: 2027-01-04\n  mark: raed\n")
    name = f"skim/{file.name}"
    said = run(root, "check")
    assert f"{name}:" in said.stderr
    assert "'mark' is 'raed'" in said.stderr
    assert "did you mean 'read'?" in said.stderr
    assert "nothing was imported" in _import(root).stderr
    file.write_text(file.read_text().replace("raed", "pass"))
    assert "'arxiv:2701.01234' came in before, at" in run(root, "check").stderr


def test_a_promoted_paper_passes_the_check(root: Path) -> None:
    run(
        root,
        "skim",
        "mark",
        "2701.01234",
        "read",
        "--doubt",
        "few seeds",
        "--builds-on",
        "sums:adding",
    )
    said = run(root, "skim", "promote", "2701.01234")
    assert said.stdout.startswith("wrote: syllabi/papers/half-the-compute-2027.yaml")
    assert _json(root, "check") == []
    assert "half-the-compute-2027" in run(root, "path", "half-the-compute-2027").stdout
    again = run(root, "skim", "promote", "2701.01234")
    assert again.exit_code == 2
    assert "'curriculum show half-the-compute-2027'" in again.stderr
    run(root, "undo")
    assert not (root / "syllabi/papers/half-the-compute-2027.yaml").exists()


def test_what_becomes_more_common_is_counted_from_five_papers_on(root: Path) -> None:
    for name in ("2701.01234", "1707.06347", "abc_DEF-1", "2701.09999"):
        run(root, "skim", "mark", name, "watch", "--uses", "rms-norm", "--uses", "muon")
    assert _json(root, "skims", "--trends", "12w") == []
    (root.parent / "ids.txt").write_text("2701.00005\n")
    _import(root)
    run(root, "skim", "mark", "2701.00005", "watch", "--uses", "muon")
    (trend,) = _json(root, "skims", "--trends", "12w")
    assert (trend["name"], trend["papers"], trend["change"]) == ("muon", 5, 5)


def test_single_keys_decide_and_a_paper_to_read_is_asked_for_its_weakest_point(root: Path) -> None:
    said = answering(
        root,
        "skim",
        "--count",
        answers=[
            ("q quit: ", "r"),
            ("weakest point?", "\r"),
            ("weakest point?", "three seeds\r"),
            ("q quit: ", "zs"),
            ("q quit: ", "p"),
            ("q quit: ", "q"),
        ],
    )
    assert "We halve the compute of AT&T's agent." in said
    assert "2 of 4 decided" in said
    assert "skimmed: papers that came in (1 min)" in said
    marks = {one["id"]: (one["mark"], one["doubt"]) for one in _json(root, "skims", "--all")}
    assert marks["arxiv:2701.01234"] == ("read", "three seeds")
    assert marks["arxiv:1707.06347"] == (None, None)
    assert marks["openreview:abc_DEF-1"] == ("pass", None)


def test_over_a_pipe_skim_says_how_to_mark(root: Path) -> None:
    said = run(root, "skim")
    assert said.exit_code == 2
    assert "'curriculum skim mark ID MARK'" in said.stderr
