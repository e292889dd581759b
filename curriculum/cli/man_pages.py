"""Manual pages, written from the help texts: one for the program and one for each command."""

from __future__ import annotations

import inspect
from collections.abc import Iterable, Iterator, Mapping

import click

from curriculum.views import text

_PROGRAM = "curriculum"
_AS_IT_IS = "\b"
"""Stands alone before a paragraph whose lines click leaves as they are."""

_EXAMPLES = "Examples:"
_EXIT_STATUS = (
    ("0", "Everything was done."),
    ("1", "Something in your files or on your machine is in the way; stderr says what."),
    ("2", "The command line cannot be meant."),
    ("141", "The program that read the output went away; the work was done all the same."),
)
# In a manual page, a plain '-' may come out as a hyphen, and quotes as typographic ones.
_ESCAPES = str.maketrans(
    {"\\": r"\e", "-": r"\-", "'": r"\(aq", "`": r"\(ga", "^": r"\(ha", "~": r"\(ti"}
)


def man_pages(program: click.Group) -> Mapping[str, str]:
    """Return the name of each file, as `curriculum-plan.1`, and its text."""
    pages = _pages(_context(program, _PROGRAM))
    return {f"{name}.1": page for name, page in pages}


def _pages(ctx: click.Context) -> Iterator[tuple[str, str]]:
    """Yield the name and the text of the page of a command and of those below it."""
    yield _name(ctx), "\n".join(_page(ctx)) + "\n"
    for below in _commands(ctx):
        yield from _pages(below)


def _commands(ctx: click.Context) -> list[click.Context]:
    """Return the commands of a group; none of a command that is not a group."""
    group = ctx.command
    if not isinstance(group, click.Group):
        return []
    names = group.list_commands(ctx)
    found = [(name, group.get_command(ctx, name)) for name in names]
    return [_context(command, name, ctx) for name, command in found if command is not None]


def _context(
    command: click.Command, name: str, parent: click.Context | None = None
) -> click.Context:
    return click.Context(command, parent=parent, info_name=name, **command.context_settings)


def _name(ctx: click.Context) -> str:
    return ctx.command_path.replace(" ", "-")


def _page(ctx: click.Context) -> Iterator[str]:
    summary, *paragraphs = _paragraphs(ctx.command)
    name = _name(ctx)
    yield f'.TH "{_roff(name.upper())}" 1 "" {_PROGRAM} "User Commands"'
    # Commands and paths must not be broken between lines.
    yield from (".nh", ".ad l")
    yield from (".SH NAME", f"{_roff(name)} \\- {_roff(_as_a_clause(summary))}")
    yield from (".SH SYNOPSIS", f".B {_roff(ctx.command_path)}")
    yield _roff(" ".join(ctx.command.collect_usage_pieces(ctx)))
    yield from _description(paragraphs)
    yield from _options(ctx)
    yield from _commands_below(ctx)
    if ctx.info_name == "help":
        yield from _topics()
    yield from _examples(paragraphs)
    if ctx.parent is None:
        yield from _exit_status()
    yield from _see_also(ctx)


def _paragraphs(command: click.Command) -> list[str]:
    return inspect.cleandoc(command.help or "").split("\n\n")


def _as_a_clause(summary: str) -> str:
    """Return a sentence as it stands after the name of a page."""
    return summary[:1].lower() + summary[1:].rstrip(".")


def _description(paragraphs: Iterable[str]) -> Iterator[str]:
    yield ".SH DESCRIPTION"
    for paragraph in paragraphs:
        if paragraph.startswith(_AS_IT_IS):
            continue
        yield ".PP"
        yield from map(_roff, paragraph.splitlines())


def _options(ctx: click.Context) -> Iterator[str]:
    yield ".SH OPTIONS"
    for parameter in ctx.command.get_params(ctx):
        record = parameter.get_help_record(ctx)
        if isinstance(parameter, click.Option) and record is not None:
            names, explanation = record
            yield from (".TP", _names(names), _roff(explanation))


def _names(names: str) -> str:
    """Return the names of an option in bold, and what it takes in italics."""
    *options, last = names.split(" ")
    if last.startswith("-"):
        return f".B {_roff(names)}"
    return f'.BI "{_roff(" ".join(options))} " "{_roff(last)}"'


def _commands_below(ctx: click.Context) -> Iterator[str]:
    below = _commands(ctx)
    if not below:
        return
    yield ".SH COMMANDS"
    for one in below:
        yield from (".TP", f".BR {_roff(_name(one))} (1)", _roff(_paragraphs(one.command)[0]))


def _topics() -> Iterator[str]:
    for name, explanation in text.help_topics.TOPICS.items():
        yield f".SH TOPIC {_roff(name.upper())}"
        yield from _lines_as_they_are(explanation.splitlines())


def _examples(paragraphs: Iterable[str]) -> Iterator[str]:
    for paragraph in paragraphs:
        lines = paragraph.splitlines()
        if lines[:2] == [_AS_IT_IS, _EXAMPLES]:
            yield ".SH EXAMPLES"
            yield from _lines_as_they_are([line.removeprefix("  ") for line in lines[2:]])


def _lines_as_they_are(lines: Iterable[str]) -> Iterator[str]:
    yield ".nf"
    yield from map(_roff, lines)
    yield ".fi"


def _exit_status() -> Iterator[str]:
    yield ".SH EXIT STATUS"
    for status, meaning in _EXIT_STATUS:
        yield from (".TP", f".B {status}", _roff(meaning))


def _see_also(ctx: click.Context) -> Iterator[str]:
    if ctx.parent is None:
        return
    yield from (".SH SEE ALSO", f".BR {_roff(_name(ctx.parent))} (1)")


def _roff(line: str) -> str:
    """Return a line of text for troff, which takes a dot at its start for a request."""
    escaped = line.translate(_ESCAPES)
    return f"\\&{escaped}" if escaped.startswith(".") else escaped
