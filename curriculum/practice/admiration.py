"""What the person admires: the list, and a new entry of it."""

from __future__ import annotations

from collections import Counter

from curriculum.model.predictions import Admired
from curriculum.practice.ideas import written_text
from curriculum.practice.predictions import TASTE
from curriculum.practice.yaml_entries import EntryList, read_entry_list

ADMIRED = f"{TASTE}/admired.yaml"

AdmiredList = EntryList[Admired]


def read_admired(text: str) -> AdmiredList:
    """Return what a text says is admired, and what is wrong with the rest."""
    return read_entry_list(ADMIRED, text, Admired, "work")


def kinds_of(admired: AdmiredList) -> tuple[tuple[str, int], ...]:
    """Return how many works of each kind are admired, the most first."""
    kinds = Counter(entry.value.kind or "no kind" for entry in admired.entries)
    return tuple(sorted(kinds.items(), key=lambda item: (-item[1], item[0])))


def admired_lines(one: Admired) -> list[str]:
    """Return the keys of a new entry with their values, each on a line."""
    name = one.work if one.work.replace("-", "").isalnum() else written_text(one.work)
    lines = [f"work: {name}", f"on: {one.on}"]
    if one.kind is not None:
        lines.append(f"kind: {written_text(one.kind)}")
    return [*lines, f"why: {written_text(one.why)}"]
