"""Entries of papers that came in are read alike, line by line and as YAML, and change alone."""

from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from curriculum.model.incoming import IncomingPaper
from curriculum.model.skims import Skim, SkimMark
from curriculum.practice.known_papers import KnownPapers, ids_of
from curriculum.practice.skim_files import item_lines, read_skims, with_item
from curriculum.practice.user_text import applied

FILE = "skim/2027-01.yaml"
_LINE = st.text(st.characters(codec="utf-8", exclude_categories=["C", "Z"]), min_size=1, max_size=9)
_DAYS = st.dates(date(2027, 1, 1), date(2027, 12, 31))
_LINES = st.lists(_LINE, max_size=3).map(tuple)


@st.composite
def _skims(draw: st.DrawFn) -> list[Skim]:
    names = draw(st.lists(_LINE, min_size=1, max_size=4, unique=True))
    return [
        Skim(
            id=name,
            title=draw(st.none() | _LINE),
            authors=draw(_LINES),
            came=draw(_DAYS),
            mark=draw(st.none() | st.just(SkimMark.WATCH)),
            claim=draw(st.none() | _LINE),
            uses=draw(_LINES),
        )
        for name in names
    ]


def _text(skims: list[Skim], end: str = "\n") -> str:
    return "".join(f"{line}{end}" for skim in skims for line in item_lines(skim))


@given(_skims(), st.sampled_from(["\n", "\r\n"]))
def test_what_is_written_is_read_back_line_by_line_and_as_yaml(skims: list[Skim], end: str) -> None:
    text = _text(skims, end)
    fast = read_skims(FILE, text)
    # A first line that the program never writes makes YAML of the whole file.
    slow = read_skims(FILE, f"---{end}{text}")
    assert [one.skim for one in fast.skims] == [one.skim for one in slow.skims] == skims
    assert fast.problems == slow.problems == ()
    assert [one.line + 1 for one in fast.skims] == [one.line for one in slow.skims]


@given(_skims(), st.data(), _LINE, st.sampled_from(["\n", "\r\n"]))
def test_one_entry_changes_and_the_others_stay_byte_for_byte(
    skims: list[Skim], data: st.DataObject, doubt: str, end: str
) -> None:
    text = _text(skims, end)
    chosen = data.draw(st.sampled_from(read_skims(FILE, text).skims))
    wanted = chosen.skim.model_copy(
        update={"mark": SkimMark.READ, "doubt": doubt, "on": date(2027, 2, 1), "claim": None}
    )
    change = with_item(text, chosen, wanted)
    assert change is not None
    after = [wanted if one == chosen.skim else one for one in skims]
    new = applied(text, change)
    assert [one.skim for one in read_skims(FILE, new).skims] == after
    before, behind = text.split(change.before)
    assert new.startswith(before)
    assert new.endswith(behind)


def _paper(skim: Skim, *ids: str) -> IncomingPaper:
    return IncomingPaper(ids, skim.title, skim.authors)


def test_a_paper_of_one_title_by_others_is_another_paper() -> None:
    came = date(2027, 1, 4)
    first = Skim(id="arxiv:2701.00001", title="On Counting", authors=("Ada Adder",), came=came)
    known = KnownPapers([first])
    assert ids_of(first) == {"arxiv:2701.00001"}
    from_scholar = Skim(id="x", title="On counting.", authors=("Adder, Ada",), came=came)
    assert known.find(_paper(from_scholar)) == first
    by_another = Skim(id="x", title="On Counting", authors=("Bo Binary",), came=came)
    assert known.find(_paper(by_another)) is None
    assert known.find(_paper(first, "arxiv:2701.00009")) is None
    assert known.find(_paper(first, "doi:10.1234/x")) == first
