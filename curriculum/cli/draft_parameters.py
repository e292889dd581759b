"""The options that say what a draft is made from, shared by the commands of `new`."""

from __future__ import annotations

import functools
from collections.abc import Callable
from pathlib import Path
from typing import IO, Any

import click

from curriculum.cli.input_file import InputFile
from curriculum.services.draft_sources import DraftSource, NamedBytes
from curriculum.services.drafting import SaidOfWork

_MOST_BYTES = 50_000_000
_STDIN = "<stdin>"
_BOOK = click.Path(exists=True, dir_okay=False, path_type=Path)

_SOURCES = (
    click.option(
        "--pdf", type=_BOOK, metavar="FILE", help="Its PDF: outline, page labels or contents."
    ),
    click.option("--epub", type=_BOOK, metavar="FILE", help="Its EPUB: table of contents."),
    click.option("--bib", type=InputFile(), metavar="FILE|-", help="A bibliography in BibTeX."),
    click.option("--csl", type=InputFile(), metavar="FILE|-", help="A bibliography in CSL JSON."),
    click.option("--arxiv", metavar="ID", help="Its arXiv identifier, as 1707.06347."),
    click.option("--doi", metavar="ID", help="Its DOI."),
    click.option("--fetch", is_flag=True, help="Ask arXiv or doi.org what it is called."),
    click.option(
        "--key", "keys", multiple=True, metavar="KEY", help="An entry of the bibliography."
    ),
    click.option("--all", "all_entries", is_flag=True, help="Every entry of the bibliography."),
)
_SAID = (
    click.option(
        "--id", "name", metavar="NAME", help="What to call it.  [default: as the library]"
    ),
    click.option("--title", metavar="TEXT", help="Its title."),
    click.option("--author", "authors", multiple=True, metavar="NAME", help="One of its authors."),
    click.option("--year", type=click.IntRange(1400, 2200), metavar="YEAR", help="Its year."),
    click.option("--print", "is_printed", is_flag=True, help="Print it; write nothing."),
)


def draft_options(command: Callable[..., None]) -> Callable[..., None]:
    """Add the options of a draft to a command, which receives a `source` and what is `said`."""

    @functools.wraps(command)
    def with_source(
        *arguments: Any,
        name: str | None,
        title: str | None,
        authors: tuple[str, ...],
        year: int | None,
        is_printed: bool,
        **options: Any,  # Any: the fields of `DraftSource`
    ) -> None:
        said = SaidOfWork(name, _line(title), tuple(filter(None, map(_line, authors))), year)
        for option in ("bib", "csl"):
            options[option] = bytes_given(options[option])
        command(*arguments, source=DraftSource(**options), said=said, is_printed=is_printed)

    found: Callable[..., None] = with_source
    for option in reversed((*_SOURCES, *_SAID)):
        found = option(found)
    return found


def _line(text: str | None) -> str | None:
    """Return a text on one line; None of an empty one."""
    return " ".join(text.split()) or None if text is not None else None


def bytes_given(file: IO[bytes] | None) -> NamedBytes | None:
    """Return what a file holds that was given on the command line."""
    if file is None:
        return None
    name = str(getattr(file, "name", _STDIN))
    data = file.read(_MOST_BYTES + 1)
    if len(data) > _MOST_BYTES:
        raise click.BadParameter(f"'{name}' is larger than {_MOST_BYTES // 1_000_000} MB")
    return NamedBytes("" if name == _STDIN else name, data)
