"""Feeds, bibliographies and lists are read as far as they go, and everything lost is named."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from curriculum.syllabus.importers.incoming import read_incoming

CASES = Path(__file__).parents[1] / "cases" / "incoming"
_LOST = {
    "01-truncated-in-an-item.xml": (1, ["4 broken-xml"]),
    "02-truncated-in-a-tag.xml": (1, ["4 broken-xml"]),
    "03-wrong-end-tag.xml": (1, ["4 broken-xml"]),
    "04-billion-laughs.xml": (0, ["0 unsafe-xml"]),
    "05-external-entity.xml": (0, ["0 unsafe-xml"]),
    "06-external-parameter-entity.xml": (0, ["0 unsafe-xml"]),
    "07-quadratic-blow-up.xml": (0, ["0 unsafe-xml"]),
    "08-a-page.xml": (0, ["0 not-a-feed"]),
    "09-no-items.xml": (0, ["0 no-items"]),
    "10-neither-title-nor-id.xml": (1, ["0 missing-title"]),
    "11-an-id-without-a-title.xml": (1, ["0 missing-title"]),
    "12-control-characters.xml": (1, ["0 bad-character"]),
    "13-unknown-entity.xml": (1, ["4 broken-xml"]),
    "14-unknown-encoding.xml": (0, ["0 not-a-feed"]),
    "15-bytes-that-are-not-utf8.xml": (1, ["4 broken-xml"]),
    "16-no-root.xml": (0, ["2 broken-xml"]),
    "17-two-roots.xml": (1, ["5 broken-xml"]),
    "18-an-attribute-twice.xml": (1, ["4 broken-xml"]),
    "19-unbound-prefix.xml": (1, ["4 broken-xml"]),
    "20-bare-lesser-sign.xml": (1, ["4 broken-xml"]),
    "21-open-brace.bib": (1, ["2 broken-entry"]),
    "22-open-quote.bib": (1, ["2 broken-entry"]),
    "23-no-title.bib": (1, ["2 missing-title"]),
    "24-and-others.bib": (1, ["1 more-authors"]),
    "25-unknown-string.bib": (2, ["2 unknown-string"]),
    "26-no-year-in-year.bib": (1, ["1 unknown-year"]),
    "27-a-key-twice.bib": (2, ["2 duplicate-key"]),
    "28-no-equals-sign.bib": (1, ["2 broken-entry"]),
    "29-truncated.bib": (1, ["2 broken-entry"]),
    "30-latin-1.bib": (2, ["0 encoding"]),
    "31-next-entry-inside.bib": (1, ["1 broken-entry"]),
    "32-no-address.bib": (1, ["1 unknown-address"]),
    "33-truncated.json": (0, ["1 not-csl"]),
    "34-not-a-bibliography.json": (0, ["1 not-csl"]),
    "35-no-title.json": (1, ["0 missing-title"]),
    "36-an-item-that-is-none.json": (1, ["0 missing-title"]),
    "37-authors-as-a-text.json": (1, ["0 unknown-authors"]),
    "38-deeply-nested.json": (0, ["1 not-csl"]),
    "39-words.txt": (1, ["2 unknown-id", "3 unknown-id"]),
    "40-empty.txt": (0, ["0 no-items"]),
    "41-two-ids-on-a-line.txt": (1, ["1 unknown-id"]),
    "42-month-thirteen.txt": (0, ["1 unknown-id"]),
}
"""A broken file to how many papers are read of it, and the line and code of all that is lost."""

_IDS: dict[str, list[tuple[str, ...]]] = {
    "arxiv.xml": [("arxiv:2701.00011",)],
    "arxiv-1.0.xml": [("arxiv:2701.00012",)],
    "arxiv-api.atom": [("arxiv:cs/0601001", "doi:10.1234/old.id")],
    "journal.rss": [("doi:10.1234/s1",), ()],
    "zotero.json": [("doi:10.1038/nature14236",), ("arxiv:2701.00013",)],
    "zotero.bib": [("arxiv:2701.00011",)],
    "scholar.bib": [(), ("arxiv:1707.06347",)],
    "openreview.bib": [("openreview:abc_DEF-1",)],
    "ids.txt": [
        ("arxiv:1707.06347",),
        ("arxiv:cs/0601001",),
        ("doi:10.1038/nature14236",),
        ("arxiv:2701.00013",),
        ("openreview:abc_DEF-1",),
    ],
}
"""A file of each shape to the ids of its papers."""

_WATCHED = """
import sys
from pathlib import Path
from curriculum.syllabus.importers.incoming import read_incoming
data = {path.name: path.read_bytes() for path in Path(sys.argv[1]).rglob("*.*")}
read_incoming("warm", data["arxiv.xml"]), read_incoming("up.bib", data["zotero.bib"])
seen = []
sys.addaudithook(lambda event, _: seen.append(event))
for name, content in data.items():
    read_incoming(name, content)
print(sorted({one for one in seen if one == "open" or one.startswith(("socket", "os."))}))
"""


def test_every_specimen_is_in_a_table() -> None:
    assert {path.name for path in (CASES / "broken").iterdir()} == set(_LOST)
    assert {path.name for path in (CASES / "sound").iterdir()} == set(_IDS)


@pytest.mark.parametrize("name", sorted(_LOST))
def test_everything_that_a_broken_file_loses_is_named(name: str) -> None:
    found = read_incoming(name, (CASES / "broken" / name).read_bytes())
    lost = [f"{one.place.line} {one.code}" for one in found.problems]
    assert (len(found.papers), lost) == _LOST[name]
    assert {one.place.file for one in found.problems} == {name}


@pytest.mark.parametrize("name", sorted(_IDS))
def test_files_of_every_shape_are_read_without_a_loss(name: str) -> None:
    found = read_incoming(name, (CASES / "sound" / name).read_bytes())
    assert [one.ids for one in found.papers] == _IDS[name]
    assert found.problems == ()


def test_what_a_feed_says_is_plain_text() -> None:
    (paper,) = read_incoming("a", (CASES / "sound" / "arxiv.xml").read_bytes()).papers
    assert paper.title == "Clipping at 10% & Below: An O(n) Rule"
    assert paper.authors == ("Ada Author", "José B. Böll")
    assert (paper.year, paper.abstract) == (2027, "We clip less.")
    (older,) = read_incoming("a", (CASES / "sound" / "arxiv-1.0.xml").read_bytes()).papers
    assert (older.title, older.authors) == ("An Older Feed", ("Ada Author", "Bo Binary"))
    (atom,) = read_incoming("a", (CASES / "sound" / "arxiv-api.atom").read_bytes()).papers
    assert (atom.title, atom.abstract) == ("A Paper with an Old Id", "It has two lines of text.")


def test_no_file_is_opened_and_no_machine_is_asked() -> None:
    said = subprocess.run(
        [sys.executable, "-c", _WATCHED, str(CASES)], capture_output=True, text=True, check=True
    )
    assert said.stdout == "[]\n"


@given(st.sampled_from(sorted(_IDS)), st.data())
def test_a_file_that_breaks_off_anywhere_never_crashes(name: str, data: st.DataObject) -> None:
    whole = (CASES / "sound" / name).read_bytes()
    cut = data.draw(st.integers(0, len(whole)))
    found = read_incoming(name, whole[:cut])
    assert len(found.papers) <= len(_IDS[name])
