"""Texts in Markdown and LaTeX are shown as they are, whatever stands in a syllabus."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from curriculum.views.documents.latex import aligned, escaped_latex
from curriculum.views.documents.markdown import escaped_markdown

# What markup is made of, among words; a text of a syllabus has no control characters.
TEXTS = st.text(
    st.one_of(
        st.sampled_from(r"\`*_{}[]<>|~$&#!^%\"'-,.()+ ab1Δ±−é"),
        st.characters(categories=("L", "N", "P", "S"), max_codepoint=0x2FF),
    ),
    min_size=1,
    max_size=30,
).filter(lambda text: text.strip() == text and text)

MARKDOWN = MarkdownIt("commonmark").enable("table")


def markdown_cells(table: str) -> list[str]:
    """Return the texts of the cells of a table, as Markdown shows them."""
    found = []
    for token in MARKDOWN.parse(table):
        if token.type == "inline":
            assert token.children is not None
            assert {child.type for child in token.children} <= {"text", "text_special"}
            found.append("".join(child.content for child in token.children))
    return found


@given(TEXTS, TEXTS)
def test_markdown_shows_the_cells_of_a_table_as_they_are(one: str, other: str) -> None:
    row = f"| {escaped_markdown(one)} | {escaped_markdown(other)} |"
    shown = [" ".join(one.split()), " ".join(other.split())]

    assert markdown_cells(f"| a | b |\n| --- | --- |\n{row}\n") == ["a", "b", *shown]


COMMANDS = {
    r"\textbackslash{}": "\\",
    r"\textasciitilde{}": "~",
    r"\textasciicircum{}": "^",
    r"\textless{}": "<",
    r"\textgreater{}": ">",
    r"\textbar{}": "|",
    r"\textasciigrave{}": "`",
    r"\char34{}": '"',
    r"$\ll$": "«",
    r"$\gg$": "»",
    r"$\pm$": "±",
    "$-$": "−",
    r"$\times$": "×",
    r"$\cdot$": "·",
    r"$\Delta$": "Δ",
    r"$\mu$": "µ",
    "$^2$": "²",
    "$^3$": "³",
    r"$^\circ$": "°",
    "~": " ",
    "{}": "",
    r"\,": " ",
}
TOKEN = re.compile(
    r"\\[{}$&%#_]|\\[a-z0-9]+\{\}|\\,|\$[^$]+\$|\{\}|~|[^\\{}$&%#_^~<>|`\"]", re.DOTALL
)


def latex_shows(written: str) -> str:
    """Return what LaTeX prints of a text; it must hold nothing that means something else to it."""
    found = []
    end = 0
    for token in TOKEN.finditer(written):
        assert token.start() == end, f"{written!r} breaks at {written[end:]!r}"
        end = token.end()
        name = token[0]
        plain = name[1:] if re.fullmatch(r"\\[{}$&%#_]", name) else name
        found.append(COMMANDS.get(name, plain))
    assert end == len(written)
    return "".join(found)


@given(TEXTS)
def test_latex_prints_a_text_as_it_is(text: str) -> None:
    written = escaped_latex(text)

    shown = latex_shows(written)
    assert shown.replace("\N{NO-BREAK SPACE}", " ") == " ".join(text.split())
    assert not re.search("--|''|,,", written)


@given(
    st.lists(
        st.decimals(-99_999, 99_999, allow_nan=False, places=None).map(lambda one: f"{one:f}"),
        max_size=6,
    )
)
def test_aligned_numbers_have_their_points_at_one_place(numbers: list[str]) -> None:
    texts = [number.replace("-", "−") for number in numbers]
    made = aligned(texts)

    for number, one in zip(numbers, made, strict=True):
        assert re.sub(r"\\phantom\{.*?\}|\$", "", one) == number
    # What is not printed takes room, too: behind each point there are as many digits.
    widths = {
        len(one.replace(r"\phantom{", "").replace("}", "").replace(".", "").strip("$"))
        - len(one.replace(r"\phantom{", "").partition(".")[0].strip("$"))
        for one in made
        if "." in one
    }
    assert len(widths) <= 1
