"""`report` writes one page that can be sent: whole by itself, without what is private, the same for the same input."""

from __future__ import annotations

import base64
import json
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader

from tests.drawings import HOSTILE, parsed
from tests.workspaces import run, said, workspace

DAY = "2027-01-17"
PNG = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)
ENTRY = """\
# 2027-01-12

## 09:40 attention/read
- finding: clip <b>0.1</b> is *enough*, see [runs](../files/runs.csv)
- finding: private: my supervisor is wrong
- insight: the estimator matters
  private: but who reads this
- question: is `KL` the right distance? <script>alert(1)</script>
- next: rerun without reward clipping ^k7q2
- next: private: look for another job
- private: a diary

## 10:00
- finding: the curve is flat
![flat](../files/flat.png)
![gone](../files/gone.png)

## 11:00
Prose that is nobody's business.
![secret](../files/secret.png)
"""


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a workspace with an entry, figures, a plan and study."""
    root = workspace(tmp_path_factory.mktemp("report"))
    (root / "notebook/2027").mkdir(parents=True)
    (root / "notebook/files").mkdir()
    (root / "notebook/2027/2027-01-12.md").write_text(ENTRY)
    for name in ("flat", "secret"):
        (root / f"notebook/files/{name}.png").write_bytes(PNG + name.encode())
    said(run(root, "plan", today="2027-01-04"))
    said(run(root, "log", "sums/1", "50m", "--on", "2027-01-12", today=DAY))
    said(run(root, "report", today=DAY))
    return root


def page_of(root: Path) -> str:
    return (root / "report.html").read_text()


@pytest.mark.skipif(shutil.which("chromium") is None, reason="Chromium is not installed")
def test_it_is_printed_on_two_sides_at_most(made: Path, tmp_path: Path) -> None:
    printed = tmp_path / "report.pdf"
    flags = ["--headless", "--no-sandbox", "--disable-gpu", f"--user-data-dir={tmp_path}/profile"]
    page = (made / "report.html").as_uri()

    subprocess.run(
        ["chromium", *flags, f"--print-to-pdf={printed}", page],
        check=True,
        capture_output=True,
        timeout=120,
    )

    sides = PdfReader(printed).pages
    assert len(sides) <= 2
    text = " ".join(side.extract_text() for side in sides)
    for heading in ("Since we met", "Results", "Findings and insights", "Time", "Next", "When"):
        assert heading in text


def values_of(root: Path, *arguments: str, today: str = DAY) -> Any:  # Any: a tree of JSON
    return json.loads(said(run(root, "report", "--json", *arguments, today=today)))


def test_the_page_is_html_without_a_fault_and_refers_to_nothing(made: Path) -> None:
    page = page_of(made)

    assert page.startswith("<!doctype html>")
    parsed_page = re.sub(
        r"<!doctype html>.*?<body class=\"report\">|</body>.*", "", page, flags=re.DOTALL
    )
    tree = parsed(parsed_page)  # type: ignore[arg-type]  # a page is text
    assert not {one.tag for one in tree.iter()} & {"script", "iframe", "link", "object", "form"}
    for one in tree.iter():
        for key in ("src", "href"):
            assert one.attrib.get(key, "data:").startswith("data:")
    assert not re.search(r"https?:|url\(|@import", page)
    assert "default-src 'none'" in page


def test_the_head_is_html_without_a_fault(made: Path) -> None:
    head = page_of(made).partition("<head>")[2].partition("</head>")[0]

    assert head.count("<title>") == 1
    assert 'name="generator" content="curriculum report"' in head
    assert re.search(r"style-src 'sha256-[A-Za-z0-9+/]{43}='", head)


def test_what_is_private_stays_out_with_the_paths_of_the_machine(made: Path) -> None:
    page = page_of(made)
    words = said(run(made, "report", "--text", today=DAY))
    values = json.dumps(values_of(made))

    for shown in (page, words, values):
        assert "supervisor" not in shown
        assert "another job" not in shown
        assert "diary" not in shown
        assert "who reads this" not in shown
        assert "nobody" not in shown
        assert "secret" not in shown
        assert str(made) not in shown
        assert "the estimator matters" in shown
    assert "runs.csv" not in page
    assert "@" not in re.sub(r"@(media|container|page)", "", page)


def test_what_a_person_wrote_is_text_with_emphasis_at_most(made: Path) -> None:
    page = page_of(made)

    assert "clip &lt;b&gt;0.1&lt;/b&gt; is <em>enough</em>, see runs" in page
    assert "is <code>KL</code> the right distance? &lt;script&gt;" in page


def test_figures_of_findings_are_inside_and_a_lost_one_is_named(made: Path) -> None:
    page = page_of(made)

    data = base64.b64encode(PNG + b"flat").decode()
    assert f'<img src="data:image/png;base64,{data}" alt="flat">' in page
    assert page.count("<img") == 1
    assert "gone.png</bdi> is left out: it is not there any more" in page


def test_the_same_input_gives_the_same_bytes(made: Path) -> None:
    before = (made / "report.html").read_bytes()

    assert said(run(made, "report", today=DAY)) == "report.html is as it was\n"
    assert (made / "report.html").read_bytes() == before


def test_text_json_and_time_show_the_same_numbers(made: Path) -> None:
    values = values_of(made)
    audit = json.loads(
        said(
            run(
                made,
                "time",
                "--since",
                values["from"],
                "--until",
                values["to"],
                "--json",
                today=DAY,
            )
        )
    )

    assert values["time"]["total"] == audit["total"]
    assert values["time"]["tracks"] == audit["tracks"]
    assert sum(week["real"] for week in values["weeks"]) >= audit["total"]["real"] == 50
    assert "50 min studied" in said(run(made, "report", "--text", today=DAY))
    status = json.loads(said(run(made, "status", "--json", today=DAY)))
    assert values["forecast"]["goals"] == status["forecast"]["goals"]


def test_the_next_report_follows_up_what_this_one_listed(made: Path) -> None:
    """Nothing is made of it, so that the other tests see what they expect."""
    first = values_of(made)
    assert [one["text"] for one in first["next"]] == ["rerun without reward clipping"]
    assert first["since"] == []

    later = values_of(made, today="2027-01-31")

    assert (later["previous"], later["from"], later["to"]) == (DAY, "2027-01-18", "2027-01-31")
    assert [(one["id"], one["state"]) for one in later["since"]] == [("k7q2", "open")]
    assert later["next"] == []
    assert later["findings"] == []


def test_a_closed_follow_up_is_said_to_be_done(tmp_path: Path) -> None:
    root = workspace(tmp_path)
    (root / "notebook/2027").mkdir(parents=True)
    (root / "notebook/2027/2027-01-12.md").write_text("# 2027-01-12\n\n## 09:40\n- next: tidy up\n")
    said(run(root, "report", today=DAY))
    said(run(root, "followups", today="2027-01-20"))
    name = re.findall(r"\^(\w{4})", (root / "notebook/2027/2027-01-12.md").read_text())[0]
    said(run(root, "followup", "done", name, today="2027-01-20"))

    said(run(root, "report", "--of", "2027-W03", today="2027-01-31"))

    page = page_of(root)
    assert (
        '<span aria-hidden="true">✓</span> <bdi>tidy up</bdi> <small>done on 20 Jan</small>' in page
    )
    assert "the report before ended with 17 January 2027" in page


def test_an_empty_workspace_says_what_would_fill_each_section(tmp_path: Path) -> None:
    root = workspace(
        tmp_path, settings="title: '<script>\"x'\nknown: [sums, attention, counting]\n"
    )

    said(run(root, "report", "--with", "ideas,taste", today=DAY))

    page = page_of(root)
    for words in ("Nothing was left to be done", "No scores", "Nothing was noted", "No questions"):
        assert words in page
    assert "&lt;script&gt;" in page
    assert "<script" not in page
    assert "Ideas on the back burner" in page
    assert "Predictions" in page


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--of", "2027-W02", "--since", "2027-01-04"), "leave out '--since'"),
        (("--with", "idea"), "'idea' is not a part"),
    ],
)
def test_options_that_cannot_be_meant_are_refused(
    made: Path, arguments: tuple[str, ...], words: str
) -> None:
    result = run(made, "report", *arguments, today=DAY)

    assert result.exit_code == 2
    assert words in result.stderr


def test_a_file_of_the_persons_own_is_not_replaced(made: Path, tmp_path: Path) -> None:
    mine = tmp_path / "mine.html"
    mine.write_text("<p>mine")

    result = run(made, "report", "--output", str(mine), today=DAY)

    assert result.exit_code == 1
    assert "was not made by this command" in result.stderr
    assert mine.read_text() == "<p>mine"


@pytest.mark.parametrize("kind", ["finding", "question", "next"])
def test_hostile_lines_and_titles_are_shown_as_text(kind: str, tmp_path: Path) -> None:
    book = "kind: textbook\ntitle: '<img src=x onerror=alert(1)>'\nchapters: [{id: 1, title: '\"><b>', pages: [1, 9]}]\n"
    goals = "title: '</title><script>alert(1)</script>'\ngoals: [sums]\navailability: {mon-fri: 19:00-21:00}\n"
    root = workspace(tmp_path, book=book, settings=goals, paper="", essay="")
    for name in ("attention", "counting"):
        (root / f"syllabi/papers/{name}.yaml").unlink()
    (root / "notebook/2027").mkdir(parents=True)
    lines = "\n".join(f"- {kind}: {one}" for one in HOSTILE)
    (root / "notebook/2027/2027-01-12.md").write_text(
        f"# 2027-01-12\n\n## 09:40\n{lines}\n", encoding="utf-8", newline="\n"
    )

    said(run(root, "report", today=DAY))

    page = page_of(root)
    body = page.partition('<body class="report">')[2].partition("</body>")[0]
    tree = parsed(body)  # type: ignore[arg-type]  # a page is text
    assert not {one.tag for one in tree.iter()} & {"script", "img", "style"}
    assert "\u202e" not in page
    assert "\x00" not in page
    assert body.count("&lt;script&gt;") >= 2


def test_a_long_list_is_cut_and_says_by_how_much(tmp_path: Path) -> None:
    root = workspace(tmp_path)
    (root / "notebook/2027").mkdir(parents=True)
    lines = "\n".join(f"- finding: number {number} of many" for number in range(30))
    (root / "notebook/2027/2027-01-12.md").write_text(f"# 2027-01-12\n\n## 09:40\n{lines}\n")

    said(run(root, "report", today=DAY))

    page = page_of(root)
    assert page.count("of many") == 12
    assert "and 18 more" in page
    assert len(values_of(root)["findings"]) == 30


def test_large_figures_are_named_and_shown_when_asked_for(tmp_path: Path) -> None:
    root = workspace(tmp_path)
    (root / "notebook/2027").mkdir(parents=True)
    (root / "notebook/files").mkdir()
    links = "\n".join(f"![f{number}](../files/f{number}.png)" for number in range(8))
    (root / "notebook/2027/2027-01-12.md").write_text(
        f"# 2027-01-12\n\n## 09:40\n- finding: x\n\n{links}\n"
    )
    for number in range(8):
        size = 400_000 if number == 0 else 10
        (root / f"notebook/files/f{number}.png").write_bytes(PNG + bytes([number]) * size)

    some = run(root, "report", today=DAY)

    assert page_of(root).count("<img") == 6
    assert "note: figure 'f0.png' is left out: it has 400 kB" in some.stderr
    assert "note: figure 'f1.png' is left out: more than 6 figures" in some.stderr
    said(run(root, "report", "--figures", "all", today=DAY))
    assert page_of(root).count("<img") == 8
