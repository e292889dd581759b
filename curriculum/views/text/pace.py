"""The person's own pace in words: how fast works were read, and what plans assume now."""

from __future__ import annotations

from fractions import Fraction

from curriculum.model.pace import PaceNote

_THIS = {"textbook": "this book", "thesis": "this thesis", "paper": "this paper"}
_THESE = {"textbook": "textbooks", "thesis": "theses", "paper": "papers"}


def pace_sentence(note: PaceNote) -> str:
    """Return what a note says, as `you read this book at 7.4 pages/h; planned 10, from now on 8.3`.

    Where the hours of a work do not come from its pages, the pace is given in times of its
    estimate.
    """
    what = _THESE[note.kind]
    if note.work is not None:
        what = _THIS[note.kind]
    if note.planned is None or note.observed is None or note.from_now_on is None:
        return _without_pages(note, what)
    observed = _number(note.observed)
    planned = _number(note.planned)
    sentence = f"you read {what} at {observed} pages/h; planned {planned}"
    if note.factor == 1:
        return sentence
    speed = _number(note.from_now_on)
    return f"{sentence}, from now on {speed}"


def work_pace_line(note: PaceNote) -> str:
    """Return what a note says, after the work that it is about."""
    sentence = pace_sentence(note)
    return f"{note.work}: {sentence}" if note.work else sentence


def _without_pages(note: PaceNote, what: str) -> str:
    verb = "takes" if note.work is not None else "take"
    ratio = _number(note.ratio)
    sentence = f"{what} {verb} you {ratio} times as long as estimated"
    if ratio == "1":
        sentence = f"{what} {verb} you as long as estimated"
    if note.factor == 1:
        return sentence
    factor = _number(note.factor)
    return f"{sentence}; from now on planned at {factor} times"


def _number(value: float | Fraction) -> str:
    """Return a number with at most one decimal, two below 2.

    >>> _number(7.41), _number(Fraction(10)), _number(1.25)
    ('7.4', '10', '1.25')
    """
    digits = 1
    if value < 2:
        digits = 2
    text = f"{float(value):.{digits}f}"
    return text.rstrip("0").rstrip(".")
