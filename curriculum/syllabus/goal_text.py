"""Add a goal to the text of the settings, and leave all else as the person wrote it."""

from __future__ import annotations

from collections.abc import Iterable

from curriculum.model.late_patterns import late_pattern

_KEY = late_pattern(r"goals:[ \t]*(?P<rest>.*)")
_ITEM = late_pattern(r"(?P<indent>[ \t]*)- .*")
_BRACKETS = late_pattern(r"\[[^#]*\][ \t]*(#[^\]]*)?")
_COMMENT = late_pattern(r"[ \t]*(#.*)?")


def with_goal(text: str, goal: str) -> str | None:
    """Return the settings with one more goal, the last; None where the list has another shape.

    Args:
        text: The text of `curriculum.yaml`.
        goal: The goal as YAML on one line, such as `ppo-2017` or `{work: ppo-2017, by: ...}`.
    """
    lines = text.split("\n")
    for position, line in enumerate(lines):
        match = _KEY.fullmatch(line.rstrip("\r"))
        if match is None:
            continue
        if _COMMENT.fullmatch(match["rest"]):
            return _after_last_item(lines, position, goal)
        if _BRACKETS.fullmatch(match["rest"]):
            lines[position] = _in_brackets(line, goal)
            return "\n".join(lines)
        return None
    return None


def with_goals(text: str, goals: Iterable[str]) -> str:
    """Return settings that name no goals with a list of them at the end."""
    end = "" if text.endswith("\n") or not text else "\n"
    return "\n".join([f"{text}{end}goals:", *(f"  - {goal}" for goal in goals), ""])


def _in_brackets(line: str, goal: str) -> str:
    """Return a list on one line with one more entry."""
    before, _, after = line.rpartition("]")
    separator = "" if before.rstrip().endswith("[") else ", "
    return f"{before.rstrip()}{separator}{goal}]{after}"


def _after_last_item(lines: list[str], key: int, goal: str) -> str | None:
    """Return the text with an entry after the last one of a list in lines."""
    last = None
    indent = "  "
    for position in range(key + 1, len(lines)):
        line = lines[position].rstrip("\r")
        item = _ITEM.fullmatch(line)
        if item is not None and (last is None or item["indent"] == indent):
            last, indent = position, item["indent"]
        elif last is not None and line.startswith(f"{indent} "):
            last = position
        elif not _COMMENT.fullmatch(line):
            break
    if last is None:
        return None
    end = "\r" if lines[last].endswith("\r") else ""
    return "\n".join([*lines[: last + 1], f"{indent}- {goal}{end}", *lines[last + 1 :]])
