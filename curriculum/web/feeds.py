"""The published calendars, for programs that subscribe to them."""

from __future__ import annotations

from http import HTTPStatus
from urllib.parse import unquote

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from curriculum.network.feeds import Feed, feed_in
from curriculum.web.site import Site

_METHODS = ("GET", "HEAD")


def feed_routes(site: Site) -> list[Route]:
    """Return the route of the calendars; every other address that ends like one has nothing."""

    async def endpoint(request: Request) -> Response:
        if request.method not in _METHODS:
            return Response(status_code=405, headers={"Allow": ", ".join(_METHODS)})
        feed = await run_in_threadpool(_published, site, request)
        return Response(status_code=404) if feed is None else _answer(feed, request)

    methods = ["GET", "HEAD", "POST", "PUT", "DELETE", "PROPFIND", "OPTIONS", "PATCH"]
    return [Route("/{name}.ics", endpoint, methods=methods)]


def _published(site: Site, request: Request) -> Feed | None:
    # As it was sent: no calendar has a name that would be written with escapes.
    raw: bytes = request.scope.get("raw_path") or request.scope["path"].encode()
    name = raw.partition(b"?")[0].decode("latin-1").removeprefix("/")
    if name != unquote(name):
        return None
    return feed_in(site.root / "calendars", name, site.calendars())


def _answer(feed: Feed, request: Request) -> Response:
    headers = {
        "ETag": feed.etag,
        "Last-Modified": feed.modified,
        # Not "no-store": clients may keep a copy, but have to ask whether it is still right.
        "Cache-Control": "no-cache",
    }
    marks = request.headers.get("if-none-match")
    if feed.is_known(marks, request.headers.get("if-modified-since")):
        return Response(status_code=HTTPStatus.NOT_MODIFIED, headers=headers)
    headers |= {
        "Content-Type": "text/calendar; charset=utf-8",
        "Content-Disposition": f'inline; filename="{feed.name}"',
        "X-Content-Type-Options": "nosniff",
    }
    return Response(feed.data, headers=headers)
