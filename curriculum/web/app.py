"""The application: routes, each with what a request asks of it, behind one guard."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from http import HTTPStatus
from urllib.parse import parse_qsl

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import ClientDisconnect, Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from curriculum.model.problems import CurriculumError
from curriculum.model.settings import Settings
from curriculum.services.errors import ProblemsError, UsageError
from curriculum.web.answers import not_found, problems_page, refusal
from curriculum.web.feeds import feed_routes
from curriculum.web.files import static_routes
from curriculum.web.forms import require_form
from curriculum.web.guard import Guard
from curriculum.web.handlers import Handler
from curriculum.web.page_request import PageRequest
from curriculum.web.patience import CLIENT_PATIENCE
from curriculum.web.routes import ACTIONS, SHOWN
from curriculum.web.site import Site

MOST_OF_FORM = 1_000_000
"""Bytes that a form may have."""


def page_app(site: Site) -> Starlette:
    """Return the application that serves the page and the feeds of a workspace."""
    turn = asyncio.Lock()
    routes = [
        *feed_routes(site),
        *static_routes(),
        *(Route(address, _shown(site, show), methods=["GET"]) for address, show in SHOWN.items()),
        *(
            Route(address, _done(site, act, turn), methods=["POST"])
            for address, act in ACTIONS.items()
        ),
    ]
    app = Starlette(
        routes=routes,
        middleware=[Middleware(Guard, site=site)],
        exception_handlers={HTTPException: _refused(site)},
    )
    app.router.redirect_slashes = False
    return app


_WITH_PLAN = ("/road", "/plan", "/goals")
"""Pages for which a plan is made, of busy calendars too, which may be outside the workspace."""


_WITH_LOGS = "/results/"
"""Pages with curves from logs of runs, which may be anywhere."""


def _rests_on_own_files(asked: PageRequest) -> bool:
    """Whether a page reads no log, and no busy calendar but those in the workspace."""
    if asked.address.startswith(_WITH_LOGS):
        return False
    return asked.address not in _WITH_PLAN or asked.workspace.settings.busy == Settings().busy


def warm_up(site: Site) -> None:
    """Make the first page before it is asked for, so that it is there at once."""
    context = site.context()
    asked = PageRequest(site, context, site.memory.look(context))
    site.memory.page("/", context, asked.files, lambda: answered(SHOWN["/"], asked))


_Endpoint = Callable[[Request], Awaitable[Response]]


def _shown(site: Site, show: Handler) -> _Endpoint:
    async def endpoint(request: Request) -> Response:
        return await run_in_threadpool(_page, site, show, request)

    return endpoint


def _done(site: Site, act: Handler, turn: asyncio.Lock) -> _Endpoint:
    async def endpoint(request: Request) -> Response:
        form = await _form(request)
        # One after the other: what the first changes makes the page of the second out of date.
        async with turn:
            return await run_in_threadpool(_change, site, act, request, form)

    return endpoint


def _page(site: Site, show: Handler, request: Request) -> Response:
    """Return a page; one that says what was just recorded is made for that once."""
    asked = _asked(site, request)
    if "news" in asked.query:
        return answered(show, asked)
    return site.memory.page(
        asked.whole_address,
        asked.context,
        asked.files,
        lambda: answered(show, asked),
        lambda: _rests_on_own_files(asked),
    )


def _change(site: Site, act: Handler, request: Request, form: Mapping[str, str]) -> Response:
    return answered(require_form(act), _asked(site, request, form))


def answered(handler: Handler, asked: PageRequest) -> Response:
    """Return the answer to a request; what stops it is said on a page."""
    try:
        answer = handler(asked)
        asked.site.memory.keep(asked.workspace, asked.files)
        return answer
    except ProblemsError as error:
        return problems_page(asked, error)
    except UsageError as error:
        return refusal(asked, error, HTTPStatus.BAD_REQUEST)
    except CurriculumError as error:
        return refusal(asked, error, HTTPStatus.CONFLICT)


def _asked(site: Site, request: Request, form: Mapping[str, str] | None = None) -> PageRequest:
    context = site.context()
    return PageRequest(
        site=site,
        context=context,
        files=site.memory.look(context),
        address=request.scope["path"],
        path=request.path_params,
        query=dict(request.query_params),
        form=form or {},
    )


async def _form(request: Request) -> Mapping[str, str]:
    """Return what a form says; a client that is slow or says too much is refused."""
    data = bytearray()
    try:
        async with asyncio.timeout(CLIENT_PATIENCE):
            async for part in request.stream():
                data += part
                if len(data) > MOST_OF_FORM:
                    raise HTTPException(HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
    except TimeoutError:
        raise HTTPException(HTTPStatus.REQUEST_TIMEOUT) from None
    except ClientDisconnect:
        raise HTTPException(HTTPStatus.BAD_REQUEST) from None
    text = data.decode("utf-8", "replace")
    return dict(parse_qsl(text, keep_blank_values=True, max_num_fields=200))


def _refused(site: Site) -> Callable[[Request, Exception], Response]:
    def handler(request: Request, error: Exception) -> Response:
        assert isinstance(error, HTTPException), "it is registered for these alone"
        if error.status_code == HTTPStatus.NOT_FOUND:
            return not_found(_asked(site, request))
        return PlainTextResponse(
            f"{error.detail}\n", error.status_code, headers=dict(error.headers or {})
        )

    return handler
