"""Where a work, a unit or a result is written, and what is wrong there after it was edited."""

from __future__ import annotations

from curriculum.graph.unit_lookup import works_by_name
from curriculum.model.late_dataclasses import dataclass
from curriculum.model.problems import Problem
from curriculum.model.sources import Items, Keys, Node, Text
from curriculum.model.suggestions import suggestion
from curriculum.services.checking import check
from curriculum.services.errors import UsageError
from curriculum.services.workspace import Workspace
from curriculum.syllabus.trees import read_tree


@dataclass(frozen=True, slots=True)
class EditTarget:
    """What is to be edited.

    Attributes:
        work: The work.
        file: Its syllabus, as problems call it.
        line: The line, from 1, at which the unit or the result that was named begins.
        is_own: Whether the workspace has it; a built-in one has to be copied first.
    """

    work: str
    file: str
    line: int
    is_own: bool


def edit_target(workspace: Workspace, name: str) -> EditTarget:
    """Return where `WORK`, `WORK/UNIT` or `WORK#RESULT` is written; the file may have problems.

    Raises:
        UsageError: It names nothing, or several works.
        CurriculumError: A file cannot be read.
    """
    word, mark, result = name.partition("#")
    word, slash, unit = word.partition("/")
    found = works_by_name(word, workspace.names)
    chosen = [one for one in found if one in workspace.preferred] or found
    if len(chosen) > 1:
        raise UsageError(f"'{word}' is ambiguous: {', '.join(chosen)}", "WORK")
    if not chosen:
        hint = suggestion(word, workspace.names, "see 'curriculum library'", most=3)
        raise UsageError(f"no syllabus defines '{word}'; {hint}", "WORK")
    work = chosen[0]
    text = workspace.syllabus_text(work)
    line = 1
    if slash or mark:
        line = _line_of(work, text.text, ("results",) if mark else _UNITS, result or unit)
    return EditTarget(work, text.file, line, text.is_own)


_UNITS = ("chapters", "steps")


def _line_of(work: str, text: str, keys: tuple[str, ...], name: str) -> int:
    """Return the line of a unit or a result.

    Raises:
        UsageError: There is none of that id.
    """
    tree = read_tree(text.removeprefix("\ufeff"))
    lines: dict[str, int] = {}
    for key in keys:
        entries = tree.get(key) if isinstance(tree, Keys) else None
        for entry in entries if isinstance(entries, Items) else ():
            written = _id_of(entry)
            if written is not None:
                lines.setdefault(str(written), written.line)
    if name in lines:
        return lines[name]
    kind = "result" if keys == ("results",) else "unit"
    listed = ", ".join(list(lines)[:_MOST_LISTED])
    hint = suggestion(name, lines, f"choose from {listed}" if listed else "it has none")
    raise UsageError(f"'{work}' has no {kind} '{name}'; {hint}", "WORK")


_MOST_LISTED = 8


def _id_of(entry: Node) -> Text | None:
    written = entry.get("id") if isinstance(entry, Keys) else None
    return written if isinstance(written, Text) else None


def problems_after_edit(workspace: Workspace, file: str) -> tuple[Problem, ...]:
    """Return what is wrong in one file of a workspace that was opened after it was edited.

    Raises:
        CurriculumError: A file cannot be read.
    """
    return tuple(one for one in check(workspace).problems if one.place.file == file)
