"""Notes are written as Markdown that is read back unchanged, whatever else the file holds."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from curriculum.model.identifiers import UnitId
from curriculum.practice.entries import LINE_KINDS, LineState, Note, read_notes
from curriculum.practice.followup_edits import closed_in, ids_given
from curriculum.practice.followups import next_lines
from curriculum.practice.note_text import NewNote, with_note
from curriculum.practice.user_text import applied, line_end_of, taken_back

DAY = date(2027, 1, 4)
MORNING = datetime(2027, 1, 4, 9, 40, tzinfo=UTC)

CHARACTERS = st.characters(exclude_categories=["Cs"], exclude_characters="\r")
WORDS = st.text(CHARACTERS, min_size=1).map(str.strip).filter(bool)
ODD_LINES = st.sampled_from(
    [
        "## 09:40 x",
        "\\## 09:40",
        "text ^abcd",
        "\\^abcd",
        "^k7q2",
        "# 2027-01-04",
        "---",
        "",
        "  two",
        "finding: it is flat",
        "next:",
        "next:soon",
        "question: why?",
    ]
)
TEXTS = st.lists(ODD_LINES | WORDS, min_size=1).map("\n".join).map(str.strip).filter(bool)
ENTRIES = st.sampled_from(
    [
        "",
        "\ufeff",
        "# 2027-01-04\n",
        "prose",
        "---\nzone: x\n---\n# 2027-01-04\r\n\r\n## 08:00\r\nHi\r\n",
    ]
)


def _noted(text: str, words: str) -> str:
    note = NewNote(MORNING, UnitId("ppo-2017/train"), words)
    return applied(text, with_note(text, DAY, note))


def _last(text: str) -> Note:
    return read_notes(text, DAY).notes[-1]


def _words(note: Note) -> str:
    lines = []
    for line in note.lines:
        box = "" if line.state is LineState.OPEN else "[x] "
        kind = "" if line.kind is None else f"- {box}{line.kind}: "
        lines.append(kind + line.text)
    return "\n".join(lines)


def _meant(words: str) -> list[tuple[str | None, str]]:
    """Return the kind and the text of each line of a kind, and of the prose before them."""
    parts: list[tuple[str | None, str]] = []
    for line in words.split("\n"):
        kind, _, rest = line.partition(":")
        if line[len(kind) :].startswith(":") and kind in LINE_KINDS and rest[:1].strip() == "":
            parts.append((kind, rest))
        elif parts:
            parts[-1] = (parts[-1][0], f"{parts[-1][1]}\n{line}")
        else:
            parts.append((None, line))
    return [(kind, text.strip()) for kind, text in parts]


@given(ENTRIES, TEXTS.filter(lambda text: "- " not in text and "`" not in text and "~" not in text))
def test_any_text_comes_back_as_it_was_noted(entry: str, words: str) -> None:
    found = _last(_noted(entry, words))
    assert [(line.kind, line.text.strip()) for line in found.lines] == _meant(words)
    assert not any(line.id for line in found.lines)
    assert (found.at, found.unit) == ("09:40", "ppo-2017/train")


@given(ENTRIES, st.lists(TEXTS, min_size=1, max_size=4), st.data())
def test_a_note_that_is_taken_back_leaves_all_others(
    entry: str, notes: list[str], data: st.DataObject
) -> None:
    text = entry
    changes = []
    for words in notes:
        change = with_note(text, DAY, NewNote(MORNING, None, words))
        text = applied(text, change)
        changes.append(change)
    order = data.draw(st.permutations(range(len(notes))))
    for number in order:
        text = taken_back(text, changes[number])
    assert text.startswith(entry)
    assert not text[len(entry) :].strip()


@given(ENTRIES, TEXTS)
def test_a_note_changes_nothing_above_it(entry: str, words: str) -> None:
    assert _noted(entry, words).startswith(entry)


@given(st.text(CHARACTERS | st.just("\r")))
def test_any_file_is_read(text: str) -> None:
    shown = read_notes(text, DAY)
    assert all(line.line <= text.count("\n") + 1 for note in shown.notes for line in note.lines)


ENTRY = """\
---
zone: Europe/Berlin
---
# 2027-01-04

Slept badly.

## 09:40 ppo-2017/train
Ran 3 seeds of Pong with clip 0.1.
![kl](../files/2027-01-04-kl.png)
- finding: clip 0.1 is enough
  for all three
- [x] next: rerun without reward clipping ^k7q2
- [-] next: try RMSProp ^p09x

| seed | return |
|-----:|-------:|
| 1 | 20.1 |

```
- next: not a line of a kind
```

## 21:15 an evening at the whiteboard
- question: why [this](../../syllabi/papers/ppo-2017.yaml), see https://example.org
- todo: no kind
"""


def test_an_entry_is_read_with_the_lines_where_its_parts_stand() -> None:
    above, morning, evening = read_notes(ENTRY, DAY).notes
    assert (above.at, above.lines[0].text) == (None, "Slept badly.")
    assert (morning.unit, morning.title, morning.line) == ("ppo-2017/train", "", 8)
    assert [(line.kind, line.line, line.id, line.state.value) for line in morning.lines] == [
        (None, 9, None, "open"),
        ("finding", 11, None, "open"),
        ("next", 13, "k7q2", "done"),
        ("next", 14, "p09x", "dropped"),
        (None, 16, None, "open"),
    ]
    assert morning.lines[1].text == "clip 0.1 is enough\nfor all three"
    assert [(link.path, link.line, link.is_image) for link in morning.links] == [
        ("../files/2027-01-04-kl.png", 10, True)
    ]
    assert (evening.unit, evening.title) == (None, "an evening at the whiteboard")
    assert [line.kind for line in evening.lines] == ["question", None]
    assert [link.path for link in evening.links] == ["../../syllabi/papers/ppo-2017.yaml"]


def test_a_file_with_other_line_ends_keeps_them() -> None:
    text = _noted("# 2027-01-04\r\n\r\n## 08:00\r\nHi", "one\ntwo")
    assert text == (
        "# 2027-01-04\r\n\r\n## 08:00\r\nHi\r\n\r\n## 09:40 ppo-2017/train\r\none\r\ntwo\r\n"
    )


@pytest.mark.parametrize(("fold", "heading"), [(0, "## 02:30"), (1, "## 02:30+01:00")])
def test_the_second_of_two_equal_hours_has_an_offset(fold: int, heading: str) -> None:
    at = datetime(2026, 10, 25, 2, 30, tzinfo=ZoneInfo("Europe/Berlin"), fold=fold)
    assert heading in with_note("", at.date(), NewNote(at, None, "late")).after.split("\n")


TOPS = (
    "",
    "\ufeff",
    "---\nzone: Europe/Berlin\nx-mine: [1, 2]\n---\n",
    "\n\n",
    "# another title\n",
)
BODIES = (
    "# 2027-01-04\n\n## 08:00\nHi  \n\n\n\n",
    "## 08:00\n```\n## 09:00\n- next: in code ^k7q2\n```",
    "## 8:00\nno heading\n~~~\nnever closed\n",
    "## 08:00 ppo-2017/train\n| a | b |\n|---|---|\n| 1 | 2 |\t \n\x0c\u2028\x85",
    "- [ ] next: rerun it ^k7q2\n  done: never\n<!-- curriculum time 3f9a1c -->\n",
)
ENDS = ("", "\n", "\n\n\n", " ")
ODD_FILES = [
    (top + body + end).replace("\n", newline)
    for top in TOPS
    for body in BODIES
    for end in ENDS
    for newline in ("\n", "\r\n")
]


def test_odd_files_stay_byte_for_byte_whatever_is_noted_and_taken_back() -> None:
    assert len(ODD_FILES) == 200
    for text in ODD_FILES:
        change = with_note(text, DAY, NewNote(MORNING, None, "finding: clip it"))
        noted = applied(text, change)
        assert noted.encode().startswith(text.encode())
        assert noted.endswith(f"- finding: clip it{line_end_of(text)}")
        assert taken_back(noted, change) == text


def test_ids_and_boxes_change_their_own_lines_of_odd_files_alone() -> None:
    for text in ODD_FILES:
        asked = text + line_end_of(text) + "- next: try it" + line_end_of(text) + "after"
        every = next_lines(read_notes(asked, DAY))
        line = next((one for one in every if one.text.startswith("try")), None)
        if line is None:
            assert "```" in text or "~~~" in text  # in code, nothing is a follow-up
            continue
        given = asked
        for change in ids_given(asked, {line: "zzzz"}):
            given = applied(given, change)
        assert given.replace(" ^zzzz", "") == asked
        closed = given
        for change in closed_in(given, replace(line, id="zzzz"), "x", "done: 2027-01-05"):
            closed = applied(closed, change)
        end = line_end_of(text)
        reopened = closed.replace("- [x] next: try", "- next: try")
        assert reopened.replace(f"{end}  done: 2027-01-05", "") == given
