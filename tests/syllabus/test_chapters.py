"""Which headings of a book are its chapters, and on which pages they are."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from curriculum.model.bibliography import BibliographyEntry
from curriculum.syllabus.importers.arxiv_feed import read_arxiv_feed
from curriculum.syllabus.importers.book_contents import BookContents, Heading
from curriculum.syllabus.importers.book_drafts import draft_of_book
from curriculum.syllabus.importers.chapters import chapters, role_of
from curriculum.syllabus.importers.draft_text import draft_text, template_text
from curriculum.syllabus.importers.drafts import Draft, draft_of_entry
from curriculum.syllabus.importers.epub import read_epub
from curriculum.syllabus.importers.pdf import read_pdf
from curriculum.syllabus.importers.printed_contents import printed_headings, printed_offset
from curriculum.syllabus.importers.work_names import house_name
from curriculum.syllabus.works import read_work
from tests.books import BOOK, CHAPTERS, Outline, chapter, epub, links, navigation, package, pdf

SUMS = [
    ("1", "Adding", None, (1, 6)),
    ("2", "Taking away", "I", (8, 14)),
    ("3", "Signs", "I", (15, 20)),
    ("4", "Multiplying", "II", (22, 28)),
    ("A", "Tables", None, (29, 31)),
]


def found(contents: BookContents) -> list[tuple[str, str, str | None, tuple[int, int] | None]]:
    units = chapters(contents.headings, contents.last_page)
    return [(unit.id, unit.title, unit.part, unit.pages) for unit in units]


def below(outline: Outline) -> Outline:
    return [("A Book of Sums", 0, 0), *((title, depth + 1, page) for title, depth, page in outline)]


@pytest.mark.parametrize(
    "data",
    [
        pdf(40, BOOK, front=6),
        pdf(40, below(BOOK), front=6),
        pdf(40, BOOK, numbered_from=6),
    ],
    ids=["labels", "one root", "numbers on the pages"],
)
def test_a_book_has_the_chapters_of_its_outline_on_its_printed_pages(data: bytes) -> None:
    assert found(read_pdf(data)) == SUMS


def test_pages_that_are_numbered_nowhere_count_from_the_first_and_that_is_said() -> None:
    contents = read_pdf(pdf(40, BOOK))
    assert found(contents)[0] == ("1", "Adding", None, (7, 12))
    assert contents.guessed == ("pages",)
    assert 'pagination: "counted from the first page of the file' in draft_text(
        draft_of_book(contents, "textbook", "sums.pdf")
    )


def test_parts_may_stand_beside_their_chapters() -> None:
    outline = [
        ("Part I", 0, 5),
        ("Sums", 0, 6),
        ("More", 0, 10),
        ("Part II", 0, 15),
        ("Signs", 0, 16),
    ]
    assert found(read_pdf(pdf(40, outline))) == [
        ("1", "Sums", "I", (7, 10)),
        ("2", "More", "I", (11, 15)),
        ("3", "Signs", "II", (17, 40)),
    ]  # fmt: skip


def test_a_part_may_have_a_title_alone() -> None:
    outline = [("1 One", 0, 1), ("Tabular Methods", 0, 5), ("2 Two", 1, 6), ("3 Three", 1, 9)]
    assert [(name, part) for name, _, part, _ in found(read_pdf(pdf(20, outline)))] == [
        ("1", None),
        ("2", "Tabular Methods"),
        ("3", "Tabular Methods"),
    ]


def test_appendices_may_stand_below_a_heading_of_their_own() -> None:
    outline = [
        ("1 One", 0, 1),
        ("2 Two", 0, 5),
        ("Appendices", 0, 12),
        ("A Proofs", 1, 12),
        ("B Tables", 1, 15),
        ("Index", 0, 18),
    ]
    assert found(read_pdf(pdf(20, outline)))[1:] == [
        ("2", "Two", None, (6, 12)),
        ("A", "Proofs", "Appendices", (13, 15)),
        ("B", "Tables", "Appendices", (16, 18)),
    ]
    outline[3:5] = [("Proofs of One", 1, 12), ("Proofs of Two", 1, 15)]
    assert [name for name, *_ in found(read_pdf(pdf(20, outline)))] == ["1", "2", "appendices"]


def test_without_an_outline_the_printed_contents_are_read_and_all_of_it_is_a_guess() -> None:
    lines = [
        "Contents", "Preface ix", "1 Adding . . . . . 1", "1.1 Two numbers . . 2", "2 Taking away ... 10",
        "3 Signs 17", "A Tables . . . 30", "Bibliography 34", "Index 36",
    ]  # fmt: skip
    contents = read_pdf(pdf(40, lines={2: lines}, numbered_from=4))
    assert found(contents) == [
        ("1", "Adding", None, (1, 9)),
        ("2", "Taking away", None, (10, 16)),
        ("3", "Signs", None, (17, 29)),
        ("A", "Tables", None, (30, 33)),
    ]
    text = draft_text(draft_of_book(contents, "textbook", "sums.pdf"))
    assert text.count("# guessed: chapters, pages") == 4


def test_a_file_without_contents_is_one_chapter() -> None:
    draft = draft_of_book(read_pdf(pdf(40, lines={0: ["Some words"]})), "textbook", "sums.pdf")
    assert [(unit.title, unit.pages) for unit in draft.units] == [("All of it", (1, 40))]
    assert draft.remarks


def test_a_paper_tells_its_arxiv_id_and_its_first_line_when_it_has_no_title() -> None:
    stamp = "arXiv:2701.01234v2 [cs.LG] 5 Jan 2027"
    lines = {0: [stamp, "Sums Are All You Need"]}
    contents = read_pdf(pdf(12, lines=lines, metadata={"/Title": "paper.dvi"}))
    draft = draft_of_book(contents, "paper", "sums.pdf")
    assert (draft.entry.title, draft.entry.arxiv, draft.entry.year) == (
        "Sums Are All You Need",
        "2701.01234",
        2027,
    )
    assert {"title", "year"} <= draft.guessed
    assert draft.units[0].effort == "2h"


def test_an_isbn_counts_when_its_check_digit_is_right() -> None:
    right = pdf(9, lines={3: ["ISBN 978-0-262-03924-6 (hardcover)"]})
    assert read_pdf(right).isbn == "9780262039246"
    assert read_pdf(pdf(9, lines={3: ["ISBN 978-0-262-03924-7"]})).isbn is None


def test_the_pages_of_an_epub_are_so_many_characters() -> None:
    contents = read_epub(epub())
    assert found(contents) == [
        ("1", "Adding", None, (1, 4)),
        ("2", "Taking away", None, (5, 9)),
        ("3", "Multiplying", None, (10, 15)),
    ]
    assert (contents.title, contents.authors, contents.year, contents.isbn) == (
        "A Book of Sums",
        ("Ada Adder", "Bo Binary"),
        2020,
        "9780262039246",
    )


@pytest.mark.parametrize(
    "data",
    [
        epub(nav_xhtml=None, book_opf=package(nav=False)),
        epub(nav_xhtml=None),
        epub(nav_xhtml=navigation("")),
        epub(nav_xhtml=navigation("").replace('epub:type="toc"', 'epub:type="page-list"')),
    ],
    ids=["EPUB 2", "missing", "empty", "none is the contents"],
)
def test_without_a_navigation_document_the_ncx_counts(data: bytes) -> None:
    assert [name for name, *_ in found(read_epub(data))] == ["1", "2", "3"]


def test_an_epub_may_nest_name_anchors_and_use_entities_of_html() -> None:
    inner = '<li><a href="text/c0.xhtml#half">Second&nbsp;half</a></li>'
    entries = f'<li><span>Part One</span><ol>{links()}{inner}</ol></li><li><a href="gone.xhtml">Index</a></li>'
    half = f"<p>{'word ' * 1000}</p><p id='half'>{'word ' * 1000}</p>"
    contents = read_epub(epub({"OEBPS/text/c0.xhtml": half}, nav_xhtml=navigation(entries)))
    headings = {heading.title: heading for heading in contents.headings}
    assert headings["Second half"] == Heading("Second half", 1, 3)
    assert headings["Index"].page is None


def test_a_long_epub_is_read_in_the_order_of_its_spine() -> None:
    files = {"OEBPS/text/c1.xhtml": chapter(40_000)}
    assert found(read_epub(epub(files)))[2][3] == (25, 30)


PRINTED = st.lists(st.text(alphabet="1A. Part IChapter:x\n", max_size=30), max_size=30)
HEADINGS = st.builds(
    Heading,
    title=st.text(min_size=1, max_size=20).map(lambda text: " ".join(text.split()) or "x")
    | st.sampled_from(["Part I", "1 One", "Preface", "A Proofs", "2.1 Two", "Index", "III Three"]),
    depth=st.integers(0, 4),
    page=st.none() | st.integers(1, 500),
    is_front=st.booleans(),
)


@settings(max_examples=40)
@given(
    st.lists(HEADINGS, max_size=25), st.integers(1, 500), st.sampled_from(["textbook", "thesis"])
)
def test_whatever_the_headings_are_the_draft_passes_check(
    headings: list[Heading], last_page: int, kind: str
) -> None:
    contents = BookContents(title="T", headings=tuple(headings), last_page=last_page)
    assert_sound(draft_of_book(contents, "textbook" if kind == "textbook" else "thesis", "x.pdf"))


@settings(max_examples=40)
@given(PRINTED)
def test_whatever_is_printed_the_contents_rise(lines: list[str]) -> None:
    headings = printed_headings(["Contents\n" + "\n".join(lines)])
    pages = [heading.page or 0 for heading in headings]
    assert pages == sorted(pages)


@settings(max_examples=40)
@given(
    st.builds(
        BibliographyEntry,
        key=st.text(max_size=5),
        kind=st.sampled_from(["textbook", "thesis", "paper"]),
        title=st.text(min_size=1).filter(lambda text: bool(text.split())),
        authors=st.lists(st.text(min_size=1).filter(str.strip), max_size=3).map(tuple),
        surnames=st.lists(st.text(min_size=1), max_size=3).map(tuple),
        year=st.none() | st.integers(0, 9999),
        doi=st.none() | st.just("10.1000/x(1)#y"),
        venue=st.none() | st.text(min_size=1),
        edition=st.none() | st.text(min_size=1),
        pages=st.none() | st.from_regex(r"\d{1,4}(-\d{1,4})?", fullmatch=True),
    )
)
def test_whatever_a_bibliography_says_the_draft_passes_check(entry: BibliographyEntry) -> None:
    assert_sound(draft_of_entry(entry, "x\ny"))


def assert_sound(draft: Draft) -> None:
    file = f"syllabi/papers/{draft.house_name}.yaml"
    read = read_work(file, draft_text(draft))
    assert read.problems == ()
    assert read.work is not None
    assert len(read.work.units) == len(draft.units)
    assert draft_text(draft).count("  # guessed") == draft.guesses


@pytest.mark.parametrize("kind", ["textbook", "thesis", "paper"])
def test_a_template_declares_nothing_until_its_comments_are_opened(kind: str) -> None:
    chosen = "textbook" if kind == "textbook" else "thesis" if kind == "thesis" else "paper"
    text = template_text(chosen, "papers")  # type: ignore[arg-type]
    assert read_work("syllabi/papers/new.yaml", text).work is None
    assert read_work("syllabi/papers/new.yaml", text).problems == ()
    lines = text.splitlines()
    first = lines.index(f"# kind: {kind}")
    last = next(at for at, line in enumerate(lines) if line.startswith("# requires: "))
    opened = "\n".join(line.removeprefix("# ") for line in lines[first:last])
    assert read_work("syllabi/papers/new.yaml", opened).problems == ()


@pytest.mark.parametrize(
    ("name", "kind", "title", "surnames", "year"),
    [
        ("sutton-barto-2018", "textbook", "Reinforcement Learning", ["Sutton", "Barto"], 2018),
        ("hastie-2009", "textbook", "Elements", ["Hastie", "Tibshirani", "Friedman"], 2009),
        ("shalev-shwartz-ben-david-2014", "textbook", "U", ["Shalev-Shwartz", "Ben-David"], 2014),
        ("schulman-2016", "thesis", "Optimizing Expectations", ["Schulman"], 2016),
        ("godel-1931", "thesis", "Sätze", ["Gödel"], 1931),
        ("bert-2019", "paper", "BERT: Pre-training of Transformers", ["Devlin"], 2019),
        ("clip-2021", "paper", "Learning Visual Models (CLIP) Well", ["Radford"], 2021),
        (
            "proximal-policy-optimization-2017",
            "paper",
            "Proximal Policy Optimization Algorithms",
            ["S"],
            2017,
        ),
        ("sums", "textbook", "The Sums", [], None),
        ("paper-2020", "paper", "数学", ["李"], 2020),
    ],
)
def test_works_are_named_by_the_rule_of_the_library(
    name: str, kind: str, title: str, surnames: list[str], year: int | None
) -> None:
    assert house_name(kind, title, surnames, year) == name  # type: ignore[arg-type]


def test_the_roles_of_a_thesis_are_guessed_from_its_titles() -> None:
    titles = [
        "Introduction",
        "Related Work and Background",
        "My Method",
        "Conclusions",
        "Future Work",
    ]
    assert [role_of(title) for title in titles] == [
        "introduction", "background", "contribution", "conclusion", "outlook",
    ]  # fmt: skip


def test_numbers_on_pages_tell_where_page_one_is() -> None:
    assert printed_offset({10: "4\nwords", 20: "words\n14", 30: "Chapter 2   24", 3: "iv"}) == 7
    assert printed_offset({10: "1999", 20: "words", 30: "7"}) is None


def test_arxiv_answers_with_a_feed() -> None:
    feed = (Path(__file__).parents[1] / "cases" / "arxiv.xml").read_text()
    entry = read_arxiv_feed(feed, "1707.06347")
    assert entry is not None
    assert (entry.title, entry.authors, entry.year) == (
        "Proximal Policy Optimization Algorithms",
        ("John Schulman", "Filip Wolski"),
        2017,
    )
    for unknown in ("<feed/>", feed.replace("/abs/", "/errors#")):
        assert read_arxiv_feed(unknown, "1707.06347") is None
    for wrong in ("", "<p/>", '<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>'):
        with pytest.raises(ValueError, match="Atom"):
            read_arxiv_feed(wrong, "1707.06347")


def test_the_chapters_of_the_specimens_keep_their_titles() -> None:
    assert [title for _, title, *_ in found(read_epub(epub()))] == [one[2:] for one in CHAPTERS]
