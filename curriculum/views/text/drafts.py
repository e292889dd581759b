"""Say what was drafted, and what to do with it next."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from curriculum.model.formatting import counted, hours_text, names_text
from curriculum.model.problems import Problem
from curriculum.views.text.lines import StyledLine, advice

_MOST_LOSSES = 5
_MOST_NAMES = 8


def drafted_line(file: str, units: int, minutes: int, guesses: int) -> str:
    """Return one line on a syllabus that was drafted: where it is, how much it holds."""
    if not units:
        return f"made {file}, a template to be filled in"
    line = f"made {file}: {counted(units, 'unit')}, {hours_text(minutes)}"
    if guesses:
        line += f"; {counted(guesses, 'line')} marked '# guessed'"
    return line


def passed_over_line(names: Iterable[str]) -> str:
    """Return what was not drafted, because the library has it already."""
    return f"there already, and left as it is: {names_text(list(names), _MOST_NAMES)}"


def next_steps(name: str, *, is_named_by_rule: bool, is_template: bool) -> Iterator[StyledLine]:
    """Yield what a person does with a new syllabus."""
    if is_template:
        yield advice("Fill it in and name it after the work; 'curriculum check' reads it.")
        return
    if is_named_by_rule:
        yield advice(f"It is called '{name}'; '--id NAME' calls it otherwise.")
    yield advice(
        f"Look it over, add '{name}' to the goals in syllabi/curriculum.yaml, then run "
        "'curriculum plan'. 'curriculum undo' takes it back."
    )


def added_lines(file: str, ids: Sequence[str], guesses: int) -> Iterator[str | StyledLine]:
    """Yield which results were added, and what a person does with them."""
    line = f"added {counted(len(ids), 'result')} to {file}: {names_text(ids, _MOST_NAMES)}"
    if guesses:
        line += f"; {counted(guesses, 'line')} marked '# guessed'"
    yield line
    yield advice("'curriculum results' shows them. 'curriculum undo' takes them back.")


def loss_lines(problems: Iterable[Problem]) -> Iterator[str]:
    """Yield what was lost of a file, at most a few lines of it."""
    lost = list(problems)
    for problem in lost[:_MOST_LOSSES]:
        place = f"line {problem.place.line}: " if problem.place.line else ""
        yield f"note: {place}{problem.message}"
    if len(lost) > _MOST_LOSSES:
        yield f"note: {len(lost) - _MOST_LOSSES} more losses like these"
