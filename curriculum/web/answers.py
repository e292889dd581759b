"""Answers to requests: pages, what follows a change, and refusals that say what to do."""

from __future__ import annotations

from collections.abc import Iterable
from http import HTTPStatus
from urllib.parse import urlencode, urlsplit

from markupsafe import Markup
from starlette.responses import HTMLResponse, RedirectResponse, Response

from curriculum.model.problems import CurriculumError
from curriculum.services.errors import ProblemsError
from curriculum.views.html.frame import Frame, News, framed
from curriculum.views.html.refusals import problems_content, refusal_content
from curriculum.web.page_request import PageRequest

_NO_STORE = {"Cache-Control": "no-store"}


def shown_page(
    asked: PageRequest, view: str, title: str, content: Markup, commands: Iterable[str] = ()
) -> Response:
    """Return a page of a view.

    Args:
        asked: The request.
        view: The view that it belongs to.
        title: Its title.
        content: What it shows.
        commands: The command lines that say the same.
    """
    return HTMLResponse(framed(asked.frame, view, title, content, commands), headers=_NO_STORE)


def after_change(
    asked: PageRequest, news: Iterable[str], otherwise: str = "/", *, can_be_undone: bool = True
) -> Response:
    """Return the way back to the page from which something was changed, with what was recorded."""
    back = own_address(asked.form.get("back", "")) or otherwise
    separator = "&" if "?" in back else "?"
    query = urlencode({"news": asked.site.news.put(News(tuple(news), can_be_undone))})
    return RedirectResponse(f"{back}{separator}{query}", HTTPStatus.SEE_OTHER)


def own_address(text: str) -> str:
    """Return an address of this server without its news; empty where it is another's.

    >>> own_address("/road?weeks=2&news=x"), own_address("//evil.example/")
    ('/road?weeks=2', '')
    """
    parts = urlsplit(text)
    if parts.scheme or parts.netloc or not text.startswith("/") or text.startswith(("//", "/\\")):
        return ""
    kept = [one for one in parts.query.split("&") if one and not one.startswith("news=")]
    return f"{parts.path}?{'&'.join(kept)}" if kept else parts.path


def refusal(asked: PageRequest, error: CurriculumError, status: HTTPStatus) -> Response:
    """Return a page that says why nothing was done."""
    content = refusal_content(str(error), own_address(asked.form.get("back", "")) or "/")
    title = "Nothing was done" if asked.form else "This page cannot be shown"
    return _bare(asked, title, content, status)


def problems_page(asked: PageRequest, error: ProblemsError) -> Response:
    """Return the page of a workspace whose files have errors, with the lines that they are in."""
    content = problems_content(error.problems, error.texts)
    return _bare(
        asked, "Something is wrong in your files", content, HTTPStatus.UNPROCESSABLE_ENTITY
    )


def not_found(asked: PageRequest) -> Response:
    """Return the page of an address at which there is nothing."""
    content = refusal_content("There is nothing at this address.", "/")
    return _bare(asked, "Not found", content, HTTPStatus.NOT_FOUND)


def _bare(asked: PageRequest, title: str, content: Markup, status: HTTPStatus) -> Response:
    """Return a page that can be shown whatever is wrong with the workspace."""
    frame = Frame("curriculum", asked.site.token)
    commands = ("curriculum check",) if status is HTTPStatus.UNPROCESSABLE_ENTITY else ()
    return HTMLResponse(framed(frame, "", title, content, commands), status, headers=_NO_STORE)
