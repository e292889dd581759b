"""Drafting syllabi of one's own from the command line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from curriculum.cli.app import main
from tests.books import BOOK, epub, pdf
from tests.terminals import answering
from tests.workspaces import TODAY, run, said, workspace

BIB = """\
@book{adder, title={A Book of {Differences}}, author={Adder, Ada and Binary, Bo}, year={2021}, pagetotal={320}}
@article{carry, title={CARRY: Sums Above Nine}, author={Carry, Cy}, year={in press}, eprint={2701.01234}}
@article{broken, title={No
@phdthesis{thesis, title={On Signs}, author={Sign, Sy}, year={2020}, school={MIT}}
"""


def typed(root: Path, *arguments: str, text: str) -> Result:
    """Run a command with text on its standard input."""
    line = ["--workspace", str(root), "--today", TODAY, *arguments]
    return CliRunner().invoke(main, line, input=text, catch_exceptions=False)


def files(root: Path) -> set[str]:
    return {path.name for path in (root / "syllabi").rglob("*.yaml")}


def test_a_book_becomes_a_syllabus_that_passes_check_and_can_be_taken_back(tmp_path: Path) -> None:
    root = workspace(tmp_path)
    before = files(root)
    book = tmp_path / "book.pdf"
    book.write_bytes(pdf(40, BOOK, front=6))
    assert said(run(root, "new", "textbook", "--pdf", str(book), "--year", "2020")) == (
        "made syllabi/textbooks/adder-binary-2020.yaml: 5 units, 2 h 54 min\n"
        "It is called 'adder-binary-2020'; '--id NAME' calls it otherwise.\n"
        "Look it over, add 'adder-binary-2020' to the goals in syllabi/curriculum.yaml, then run "
        "'curriculum plan'. 'curriculum undo' takes it back.\n"
    )
    assert (root / "syllabi/textbooks/adder-binary-2020.yaml").read_text() == (
        "# yaml-language-server: $schema=../syllabus.schema.json\n"
        "# Drafted from 'book.pdf', by its outline.\n"
        "kind: textbook\n"
        "title: A Book of Sums\n"
        "authors: [Ada Adder, Bo Binary]\n"
        "year: 2020\n"
        "# requires: [a-work/3-5, {topic: probability}]   # what must be studied before it\n"
        "chapters:\n"
        "  - {id: 1, title: Adding, pages: [1, 6]}\n"
        "  - {id: 2, title: Taking away, part: I, pages: [8, 14]}\n"
        "  - {id: 3, title: Signs, part: I, pages: [15, 20]}\n"
        "  - {id: 4, title: Multiplying, part: II, pages: [22, 28]}\n"
        "  - {id: A, title: Tables, pages: [29, 31]}\n"
        "# A chapter may also have: exercises: 2h, effort: 3h (in place of pages), teaches: [topic],\n"
        "# requires: [1, other-work/3, {topic: probability}], part: I, note: anything.\n"
    )
    checked = run(root, "check")
    assert "no goal reaches the work 'adder-binary-2020'" in checked.stderr
    assert checked.exit_code == 0
    assert said(run(root, "undo")) == (
        "took back: wrote: syllabi/textbooks/adder-binary-2020.yaml: A Book of Sums\n"
    )
    assert files(root) == before


def test_an_epub_takes_its_title_from_a_bibliography(tmp_path: Path) -> None:
    root = workspace(tmp_path)
    (tmp_path / "book.epub").write_bytes(epub())
    (tmp_path / "refs.bib").write_text(BIB)
    options = ("--epub", str(tmp_path / "book.epub"), "--bib", str(tmp_path / "refs.bib"))
    shown = said(run(root, "new", "textbook", *options, "--key", "adder", "--print"))
    assert "title: A Book of Differences\n" in shown
    assert "year: 2021\n" in shown
    assert 'pagination: "2000 characters count as a page"\n' in shown
    assert shown.count("# guessed: pages\n") == 3
    assert "adder-binary-2021.yaml" not in files(root)


def test_every_entry_of_a_bibliography_becomes_a_paper_once(tmp_path: Path) -> None:
    root = workspace(tmp_path)
    bib = tmp_path / "refs.bib"
    bib.write_text(BIB + "@misc{ppo, title={Proximal}, url={https://arxiv.org/pdf/1707.06347v2}}")
    made = run(root, "new", "paper", "--bib", str(bib), "--all")
    assert made.stdout.splitlines()[-1] == "there already, and left as it is: ppo-2017"
    assert {"book-differences-2021.yaml", "carry.yaml", "signs-2020.yaml"} <= files(root)
    assert made.stderr.splitlines() == [
        "note: line 2: entry 'carry' has no year in its year 'in press'",
        "note: line 3: entry 'broken' opens a brace that is never closed",
    ]
    again = said(run(root, "new", "paper", "--bib", str(bib), "--all"))
    assert again == (
        "there already, and left as it is: book-differences-2021, carry, signs-2020, ppo-2017\n"
    )
    assert run(root, "check").exit_code == 0
    said(run(root, "undo"))
    assert not {"carry.yaml", "signs-2020.yaml"} & files(root)


def test_standard_input_may_hold_the_bibliography(tmp_path: Path) -> None:
    root = workspace(tmp_path)
    item = {"id": "x", "type": "thesis", "title": "On Signs", "author": [{"family": "Sign"}]}
    said(typed(root, "new", "thesis", "--csl", "-", text=json.dumps(item)))
    assert "sign.yaml" in files(root)
    said(typed(root, "new", "paper", "--bib", "-", "--key", "carry", text=BIB))
    text = (root / "syllabi/papers/carry.yaml").read_text()
    assert "# Drafted from entry 'carry'.\n" in text
    assert 'arxiv: "2701.01234"\n' in text


def test_an_id_alone_is_a_draft_without_a_network(tmp_path: Path) -> None:
    root = workspace(tmp_path)
    for spelling in ("2701.01234", "arXiv:2701.01234v3", "https://arxiv.org/abs/2701.01234"):
        shown = said(run(root, "new", "paper", "--arxiv", spelling, "--print"))
        assert (
            'title: arXiv 2701.01234  # guessed\nyear: 2027  # guessed\narxiv: "2701.01234"\n'
            in shown
        )
    shown = said(run(root, "new", "paper", "--doi", "10.1000/ABC", "--title", "T", "--print"))
    assert 'title: T\ndoi: "10.1000/abc"\nurl: "https://doi.org/10.1000/abc"\n' in shown


def test_nothing_at_all_is_a_template_that_declares_nothing(tmp_path: Path) -> None:
    root = workspace(tmp_path)
    for kind in ("textbook", "thesis", "paper"):
        assert f"new-{kind}.yaml, a template" in said(run(root, "new", kind))
    assert run(root, "check").stdout == run(workspace(tmp_path / "other"), "check").stdout


def test_a_person_is_asked_about_a_paper_and_may_skip_what_is_not_known(tmp_path: Path) -> None:
    root = workspace(tmp_path)
    told = answering(
        root,
        "new",
        "paper",
        answers=[
            ("Title: ", "Sums: a second look\r"),
            ("'Ada Adder and Bo Binary': ", "Ada Adder, Bo Binary\r"),
            ("Year: ", "last\r"),
            ("'last' is not a year", ""),
            ("Year: ", "2027\r"),
            ("arXiv id: ", "\r"),
            ("DOI: ", "10.1000/ABC\r"),
        ],
    )
    assert "made syllabi/papers/sums-2027.yaml: 4 units" in told
    text = (root / "syllabi/papers/sums-2027.yaml").read_text(encoding="utf-8")
    assert "authors: [Ada Adder, Bo Binary]\nyear: 2027\ndoi: 10.1000/abc" in text.replace('"', "")
    assert run(root, "check").exit_code == 0
    before = files(root)
    answering(root, "new", "paper", answers=[("Title: ", "\x03\r")], status=1)
    answering(root, "new", "paper", answers=[(": ", "\r")] * 5)
    assert files(root) == before | {"new-paper.yaml"}


def test_no_file_is_written_over(tmp_path: Path) -> None:
    root = workspace(tmp_path)
    there = root / "syllabi/papers/mine.yaml"
    for text in ("", "kind: paper\n"):
        there.write_text(text)
        for command in (("--title", "T"), ()):
            refused = run(root, "new", "paper", "--id", "mine", *command)
            assert refused.exit_code == 1
            assert (
                "'syllabi/papers/mine.yaml' is there already and stays as it is" in refused.stderr
            )
            assert there.read_text() == text
    there.unlink()
    there.symlink_to(tmp_path / "gone.yaml")
    assert run(root, "new", "paper", "--id", "mine", "--title", "T").exit_code == 1
    assert not (tmp_path / "gone.yaml").exists()


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("--bib", "-"), "it has 3 entries (adder, carry, thesis); choose with --key, or take --all"),
        (("--bib", "-", "--key", "adler"), "no entry has the key 'adler'; did you mean 'adder'?"),
        (("--bib", "-", "--csl", "-"), "--bib and --csl do not go together; give one of them"),
        (("--csl", "-"), "it has no entry that can be read; line 1: this is not JSON: expecting value"),
        (("--fetch",), "it goes with --arxiv or --doi, whose server it asks"),
        (("--key", "x"), "they choose among the entries of --bib or --csl"),
        (("--arxiv", "17"), "'17' is not one; write it like 1707.06347"),
        (("--doi", "x"), "'x' is not one; write it like 10.1038/nature14236"),
        (("--arxiv", "1707.06347"), "the library has this work already: 'curriculum show ppo-2017'"),
        (("--title", "T", "--id", "My Paper"), "'My Paper' cannot be the name of a work; use small"),
        (("--pdf", "gone.pdf"), "File 'gone.pdf' does not exist"),
    ],
)  # fmt: skip
def test_what_cannot_be_meant_is_said_and_nothing_is_written(
    tmp_path: Path, arguments: tuple[str, ...], message: str
) -> None:
    root = workspace(tmp_path)
    before = files(root)
    refused = typed(root, "new", "paper", *arguments, text=BIB)
    assert refused.exit_code == 2
    assert message in " ".join(refused.stderr.split())
    assert files(root) == before


def test_a_known_work_may_be_drafted_again_under_another_name(tmp_path: Path) -> None:
    root = workspace(tmp_path)
    said(run(root, "new", "paper", "--arxiv", "1707.06347", "--id", "my-ppo"))
    assert "my-ppo.yaml" in files(root)


def test_a_broken_book_is_one_sentence(tmp_path: Path) -> None:
    root = workspace(tmp_path)
    book = tmp_path / "locked.pdf"
    book.write_bytes(pdf(3, password="x"))
    refused = run(root, "new", "textbook", "--pdf", str(book))
    assert (refused.exit_code, refused.stdout) == (1, "")
    assert refused.stderr == (
        f"curriculum: cannot read '{book}': it is encrypted; remove its password first, as with "
        "'qpdf --decrypt'\n"
    )
