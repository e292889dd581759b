"""BibTeX and CSL JSON as people and programs write them: what is read, and that each loss is named."""

from __future__ import annotations

import json
import time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from curriculum.model.bibliography import BibliographyEntry
from curriculum.syllabus.importers.bibtex import read_bibtex
from curriculum.syllabus.importers.csl import read_csl

BIBTEX: list[tuple[str, dict[str, Any]]] = [
    ("@book{k, title={A Book}}", {"kind": "textbook", "title": "A Book", "key": "k", "line": 1}),
    ("@BOOK{k, TITLE={A Book}}", {"kind": "textbook", "title": "A Book"}),
    ("@mvbook{k, title={A Book}}", {"kind": "textbook"}),
    ("@phdthesis{k, title=T, school={MIT}}", {"kind": "thesis", "publisher": "MIT", "degree": "PhD"}),
    ("@mastersthesis{k, title={T}}", {"kind": "thesis", "degree": "Master"}),
    ("@thesis{k, title={T}, type={phdthesis}}", {"kind": "thesis", "degree": "PhD"}),
    ("@thesis{k, title={T}, type={Habilitation}}", {"degree": "Habilitation"}),
    ("@inproceedings{k, title={T}, booktitle={ICML}}", {"kind": "paper", "venue": "ICML"}),
    ("@unheard-of{k, title={T}}@misc{l, title={U}}", {"key": "l", "title": "U"}),
    ("@article(k, title = {Round})", {"title": "Round"}),
    ('@article{k, title = "Quoted {"} sign"}', {"title": 'Quoted " sign'}),
    ('@string{acm = "ACM"} @book{k, title=T # { of } # acm}', {"title": "T of ACM"}),
    ("@article{k, title={T}, year=2017, month=jul}", {"year": 2017}),
    ("@article{k, title={T}, year={2017}}", {"year": 2017}),
    ("@article{k, title={T}, year={c. 2017a}}", {"year": 2017}),
    ("@article{k, title={T}, date={2017-07-20/2018-01}}", {"year": 2017}),
    ("@article{k, title={{P}roximal {Policy} Optimization}}", {"title": "Proximal Policy Optimization"}),
    (r"@article{k, title={G{\"o}del, {\'E}tudes, \v{C}ech, \c c, \o, \ss, \L{}}}", {"title": "Gödel, Études, Čech, ç, ø, ß, Ł"}),
    (r"@article{k, title={\'{\i} and \`{a} \~n \H{o} \k{a} \r{a}}}", {"title": "í and à ñ ő ą å"}),
    (r"@article{k, title={50\% of $\alpha$ \& \emph{more} \{x\}}}", {"title": "50% of α & more {x}"}),
    ("@article{k, title={A -- B --- ``C''}}", {"title": "A – B — “C”"}),
    ("@article{k, title={Q&amp;A, A <i>B</i>}}", {"title": "Q&A, A B"}),
    ("@article{k, title={Two\n   lines~here}}", {"title": "Two lines here"}),
    ("@book{k, title={T}, subtitle={S}}", {"title": "T: S"}),
    ("@article{k, title={T}, author={Schulman, John and Wolski, Filip}}", {"authors": ("John Schulman", "Filip Wolski"), "surnames": ("Schulman", "Wolski")}),
    ("@article{k, title={T}, author={John Schulman AND Filip Wolski}}", {"authors": ("John Schulman", "Filip Wolski")}),
    ("@article{k, title={T}, author={van der Berg, Jan}}", {"authors": ("Jan van der Berg",), "surnames": ("van der Berg",)}),
    ("@article{k, title={T}, author={Hado van Hasselt}}", {"surnames": ("van Hasselt",)}),
    ("@article{k, title={T}, author={King, Jr., Martin}}", {"authors": ("Martin King Jr.",), "surnames": ("King",)}),
    ("@article{k, title={T}, author={{OpenAI} and {Barnes and Noble}}}", {"authors": ("OpenAI", "Barnes and Noble")}),
    (r"@article{k, title={T}, author={L{\'e}on Bottou and {\L}ukasz Kaiser}}", {"surnames": ("Bottou", "Kaiser"), "authors": ("Léon Bottou", "Łukasz Kaiser")}),
    ("@article{k, title={T}, author={K{\\\"o}nig,\n  Anna and\n  Li, Bo}}", {"authors": ("Anna König", "Bo Li")}),
    ("@book{k, title={T}, editor={Ann Editor}}", {"authors": ("Ann Editor",)}),
    ("@misc{k, title={T}, eprint={1707.06347v2}, archiveprefix={arXiv}}", {"arxiv": "1707.06347"}),
    ("@misc{k, title={T}, eprint={cs/0601001}, eprinttype={arxiv}}", {"arxiv": "cs/0601001"}),
    ("@article{k, title={T}, journal={arXiv preprint arXiv:1707.06347}}", {"arxiv": "1707.06347"}),
    ("@article{k, title={T}, journal={CoRR}, volume={abs/1707.06347}}", {"arxiv": "1707.06347"}),
    ("@article{k, title={T}, url={https://arxiv.org/pdf/1707.06347v1.pdf}}", {"arxiv": "1707.06347"}),
    ("@article{k, title={T}, doi={10.48550/arXiv.1707.06347}}", {"arxiv": "1707.06347", "doi": None}),
    ("@article{k, title={T}, doi={https://doi.org/10.1038/Nature14236}}", {"doi": "10.1038/nature14236"}),
    (r"@article{k, title={T}, doi={10.1007/978-3\_4}}", {"doi": "10.1007/978-3_4"}),
    (r"@misc{k, title={T}, howpublished={\url{https://example.org/a}}}", {"url": "https://example.org/a"}),
    ("@misc{k, title={T}, number={1234.5678}}", {"arxiv": None}),
    ("@book{p, title={Parent}, year=2001, publisher=P}\n@inbook{k, title={C}, crossref={p}}", {"key": "k", "title": "C", "year": 2001, "venue": "Parent", "line": 2}),
    ("@inbook{k, title={C}, crossref={k}}", {"title": "C"}),
    ("@comment{@book{x, title={No}}}\nwords @ home\n@book{k, title={Yes}}", {"title": "Yes", "line": 3}),
    ("@comment unclosed {\n@book{k, title={Yes}}", {"title": "Yes"}),
    ("@preamble{ {\\newcommand} # { x} } @book{k, title={Yes}}", {"title": "Yes"}),
    ("\ufeff@book{k, title={Yes},,\n % year = {1},\n}", {"title": "Yes", "year": None}),
    ("@book{k\n title={x}}\n@book{l, title={Yes}}", {"key": "l"}),
]  # fmt: skip

BROKEN_BIBTEX: list[tuple[str, str]] = [
    ("@book{k, title={A}, year={2000}\n\n@book{l, title={B}}", "x.bib:1:1: broken-entry: entry 'k' breaks off at '@book{l,'"),
    ("@book{k, title={A, year={2000}\n@book{l, title={B}}", "x.bib:1:1: broken-entry: entry 'k' opens a brace that is never closed"),
    ('@book{k, title="A}\n@book{l, title={B}}', "x.bib:1:1: broken-entry: entry 'k' opens a quote that is never closed"),
    ("@book{k, title=}\n@book{l, title={B}}", "x.bib:1:1: broken-entry: entry 'k' has no value at '}'"),
    ("@book{{}}\n@book{l, title={B}}", "x.bib:1:1: broken-entry: the @book has no key before its fields"),
    ("@book{k, author={A B}}\n@book{l, title={B}}", "x.bib:1:1: missing-title: entry 'k' has no title and is left out"),
    ("@book{l, title={B}, title={C}}", "x.bib:1:1: repeated-field: entry 'l' has another 'title', which is left out"),
    ("@book{l, title={B}, author={A B and others}}", "x.bib:1:1: more-authors: entry 'l' leaves authors out by 'and others'"),
    ("@book{l, title={B}, year={in press}}", "x.bib:1:1: unknown-year: entry 'l' has no year in its year 'in press'"),
    ("@book{l, title={B}, note=acm}", "x.bib:1:1: unknown-string: entry 'l' uses 'acm', which no @string defines; the word itself is taken"),
    ("@book{l, title={B}}\n@book{l, title={B}}", "x.bib:2:1: duplicate-key: 'l' is the key of the entry on line 1, too"),
    ("@book{l, title={B}, url={see there}}", "x.bib:1:1: unknown-address: entry 'l' has no address in its url 'see there'"),
]  # fmt: skip

CSL: list[tuple[dict[str, Any], dict[str, Any]]] = [
    ({"id": "k", "type": "book", "title": "A Book"}, {"kind": "textbook", "key": "k"}),
    ({"id": 7, "type": "thesis", "title": "T", "genre": "PhD thesis"}, {"kind": "thesis", "key": "7", "degree": "PhD thesis"}),
    ({"type": "article-journal", "title": "T", "container-title": "JMLR"}, {"kind": "paper", "venue": "JMLR"}),
    ({"title": ["A Title"], "container-title": ["Nature"]}, {"title": "A Title", "venue": "Nature"}),
    ({"title": "<span class=\"nocase\">BERT</span> &amp; <i>co</i>"}, {"title": "BERT & co"}),
    ({"title": "T", "issued": {"date-parts": [[2017, 7, 20]]}}, {"year": 2017}),
    ({"title": "T", "issued": {"date-parts": [["2017"]]}}, {"year": 2017}),
    ({"title": "T", "issued": {"raw": "July 2017"}}, {"year": 2017}),
    ({"title": "T", "issued": {"literal": "2017?"}}, {"year": 2017}),
    ({"title": "T", "author": [{"family": "Berg", "given": "Jan", "non-dropping-particle": "van der"}]}, {"authors": ("Jan van der Berg",), "surnames": ("van der Berg",)}),
    ({"title": "T", "author": [{"family": "King", "given": "Martin", "suffix": "Jr."}]}, {"authors": ("Martin King Jr.",), "surnames": ("King",)}),
    ({"title": "T", "author": [{"literal": "OpenAI"}]}, {"authors": ("OpenAI",)}),
    ({"title": "T", "editor": [{"family": "Editor"}]}, {"authors": ("Editor",)}),
    ({"title": "T", "DOI": "10.1038/Nature14236", "URL": "https://example.org"}, {"doi": "10.1038/nature14236", "url": "https://example.org"}),
    ({"title": "T", "number": "arXiv:1707.06347", "publisher": "arXiv"}, {"arxiv": "1707.06347"}),
    ({"title": "T", "note": "arXiv:1707.06347 [cs]"}, {"arxiv": "1707.06347"}),
]  # fmt: skip

BROKEN_CSL: list[tuple[str, str]] = [
    ("", "x.json:1:1: not-csl: this is not JSON: expecting value"),
    ("[{", "x.json:1:3: not-csl: this is not JSON: expecting property name enclosed in double quotes"),
    ("3", "x.json:1:1: not-csl: this JSON holds no items of a bibliography"),
    ('{"a": 1}', "x.json:1:1: not-csl: this JSON holds no items of a bibliography"),
    ("[" * 100_000, "x.json:1:1: not-csl: this is not JSON that a bibliography could hold"),
    ("[1, null]", "x.json:0:0: missing-title: item 1 has no title and is left out"),
    ('[{"id": "k"}]', "x.json:0:0: missing-title: item 1 ('k') has no title and is left out"),
    ('[{"title": "T", "author": "Me"}]', "x.json:0:0: unknown-authors: item 1 names its authors in a way that CSL does not have"),
    ('[{"title": "T", "author": [3]}]', "x.json:0:0: unknown-authors: item 1 has an author without a name"),
    ('[{"title": "T", "issued": {"raw": "soon"}}]', "x.json:0:0: unknown-year: item 1 has no year in its date"),
    ('[{"title": "T", "URL": "there"}]', "x.json:0:0: unknown-address: item 1 has no address in its URL 'there'"),
]  # fmt: skip


def shown(entry: BibliographyEntry, wanted: dict[str, Any]) -> dict[str, Any]:
    return {name: getattr(entry, name) for name in wanted}


@pytest.mark.parametrize(("text", "wanted"), BIBTEX)
def test_an_entry_of_bibtex_says_what_it_means(text: str, wanted: dict[str, Any]) -> None:
    assert shown(read_bibtex("x.bib", text).entries[-1], wanted) == wanted


@pytest.mark.parametrize(("text", "message"), BROKEN_BIBTEX)
def test_what_is_lost_of_bibtex_is_named_and_the_rest_is_read(text: str, message: str) -> None:
    read = read_bibtex("x.bib", text)

    assert [str(problem) for problem in read.problems][:1] == [message]
    assert read.entries[-1].title == "B"


@pytest.mark.parametrize(("item", "wanted"), CSL)
def test_an_item_of_csl_says_what_it_means(item: dict[str, Any], wanted: dict[str, Any]) -> None:
    for form in (item, [item], {"items": [item]}):
        (entry,) = read_csl("x.json", json.dumps(form)).entries
        assert shown(entry, wanted) == wanted


@pytest.mark.parametrize(("text", "message"), BROKEN_CSL)
def test_what_is_lost_of_csl_is_named(text: str, message: str) -> None:
    assert str(read_csl("x.json", text).problems[0]) == message


@pytest.mark.parametrize(
    "text",
    [
        "@comment{\n" * 20_000,
        "@string{a={\n" * 20_000,
        "@a{k,t={\n" * 20_000,
        "@a{k,t={" * 20_000,
        "@misc{k, title=" + "{" * 100_000 + "x" + "}" * 100_000 + "}",
        "@misc{k, title={" + "\\'" * 50_000 + "}}",
        "@misc{k, author={" + "a and " * 20_000 + "}}",
    ],
)
def test_a_hostile_file_is_read_in_bounded_time(text: str) -> None:
    start = time.process_time()
    read_bibtex("x.bib", text)

    assert time.process_time() - start < 3


_PIECES = st.sampled_from(
    ["@", "book", "{", "}", '"', ",", "=", "title", "#", "(", ")", "\\", "%", "\n", " and ", "x"]
)


@given(st.lists(_PIECES, max_size=40).map("".join))
def test_whatever_a_bibliography_holds_it_is_read_or_its_loss_is_named(text: str) -> None:
    bibtex = read_bibtex("x.bib", text)
    csl = read_csl("x.json", text)

    assert csl.problems
    assert all(entry.title for entry in bibtex.entries)
