"""The page of the notebook, and the files that notes link to."""

from __future__ import annotations

from starlette.responses import Response

from curriculum.disk.reading import bytes_of
from curriculum.model.typed_days import EVERY_DAY
from curriculum.practice.entries import LINE_KINDS, LineKind
from curriculum.practice.notebook import FILES, NoteFilter
from curriculum.services.errors import UsageError
from curriculum.services.notebook import notebook
from curriculum.views.html.notebook import NotebookSearch, notebook_content
from curriculum.web.answers import not_found, shown_page
from curriculum.web.fields import days_asked_for
from curriculum.web.page_request import PageRequest


def show_notebook(asked: PageRequest) -> Response:
    """Show the notes that are asked for, the newest first."""
    days = days_asked_for(asked) or EVERY_DAY
    search = NotebookSearch(
        days=asked.query.get("of", "").strip(),
        name=asked.query.get("name", "").strip(),
        kind=asked.query.get("kind", ""),
        words=asked.query.get("words", "").strip(),
    )
    wanted = NoteFilter(search.name or None, _kind(search.kind), search.words or None)
    workspace = asked.workspace
    found = notebook(workspace, days, wanted)
    content = notebook_content(asked.frame, found, search, workspace.today)
    return shown_page(asked, "notebook", "Notebook", content, _commands(search))


def _kind(text: str) -> LineKind | None:
    if not text:
        return None
    if text not in LINE_KINDS:
        raise UsageError(f"'{text}' is not a kind of line; the kinds are {', '.join(LINE_KINDS)}")
    return text


def _commands(search: NotebookSearch) -> tuple[str, ...]:
    shown = ["curriculum notebook", search.days, search.name]
    if search.kind:
        shown.append(f"--kind {search.kind}")
    if search.words:
        shown.append(f'--grep "{search.words}"')
    return " ".join(filter(None, shown)), 'curriculum note "finding: clip 0.1 is enough"'


_SAFE_TYPES = {
    "png": "image/png",
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
    "gif": "image/gif",
    "webp": "image/webp",
    "avif": "image/avif",
}
"""The files that are shown in place: a picture of these kinds can run nothing."""

_TEXT_TYPES = ("txt", "csv", "tsv", "md", "log", "json", "yaml", "py")

_SANDBOX = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; sandbox"


def show_attachment(asked: PageRequest) -> Response:
    """Give out a file that was attached to a note, as what it can do no harm as."""
    name = asked.path["name"]
    if "/" in name or name.startswith(".") or "\0" in name:
        return not_found(asked)
    data = bytes_of(asked.context.root / FILES / name)
    if data is None:
        return not_found(asked)
    ending = name.rpartition(".")[2].lower()
    headers = {"Cache-Control": "no-cache", "Content-Security-Policy": _SANDBOX}
    if ending in _SAFE_TYPES:
        return Response(data, media_type=_SAFE_TYPES[ending], headers=headers)
    if ending == "svg":
        # Behind this policy a drawing may not run scripts, in an image it could not anyway.
        return Response(data, media_type="image/svg+xml", headers=headers)
    if ending in _TEXT_TYPES:
        return Response(data, media_type="text/plain; charset=utf-8", headers=headers)
    headers["Content-Disposition"] = "attachment"
    return Response(data, media_type="application/octet-stream", headers=headers)
