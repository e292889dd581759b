"""Let requests in that may come in, and have every answer say what a page may do.

A page of another site can make a browser send requests here. It cannot read the answers, nor know
the token that a change needs; a name of its own for this machine (DNS rebinding) is refused, and so
is a change that the browser says comes from another site.
"""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from curriculum.model.busy import is_loopback
from curriculum.network.host_names import host_of, is_own
from curriculum.web.site import Site

CONTENT_POLICY = "; ".join(
    (
        "default-src 'none'",
        "style-src 'self'",
        "script-src 'self'",
        "img-src 'self'",
        "connect-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)
"""What a page may load and do: what is from here."""

_HEADERS = {
    "Content-Security-Policy": CONTENT_POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}

NOT_OUR_NAME = (
    "This server does not answer to the name that you asked for. If it is a name of this machine, "
    "or of a proxy in front of it, start it with 'curriculum serve --public-name NAME'.\n"
)
NO_PAGE_HERE = (
    "Only the calendars are served to other machines. To show them the page, too, and let them "
    "change what it can change, start it with 'curriculum serve --page'.\n"
)
OTHER_SITE = "This change comes from a page of another site, and was refused.\n"

_FORWARDED = ("forwarded", "x-forwarded-for", "x-forwarded-host", "via")
"""Headers by which a proxy says that it passes a request on."""


class Guard:
    """An application behind the checks of names and origins."""

    def __init__(self, app: ASGIApp, site: Site) -> None:
        """Guard an application."""
        self.app = app
        self.site = site

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Refuse a request, or hand it on and add the headers to its answer."""
        if scope["type"] != "http":
            return
        refusal = self._refusal(scope)
        if refusal is not None:
            await refusal(scope, receive, send)
            return

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                # A page that is remembered is answered with more than once.
                message = {**message, "headers": list(message["headers"])}
                headers = MutableHeaders(scope=message)
                for name, value in _HEADERS.items():
                    headers.setdefault(name, value)
            await send(message)

        await self.app(scope, receive, with_headers)

    def _refusal(self, scope: Scope) -> Response | None:
        host = _host(scope)
        if host is None:
            return Response(status_code=400)
        if not is_own(host, self.site.names):
            return PlainTextResponse(NOT_OUR_NAME, 403)
        if _is_feed(scope["path"]):
            return None
        if not self.site.is_open and not _is_here(scope, host):
            return PlainTextResponse(NO_PAGE_HERE, 403)
        if scope["method"] not in ("GET", "HEAD") and _is_from_elsewhere(scope):
            return PlainTextResponse(OTHER_SITE, 403)
        return None


def _host(scope: Scope) -> str | None:
    """Return the host that is asked; None when it is not said as it must be (RFC 9112 §3.2)."""
    named = Headers(scope=scope).getlist("host")
    # HTTP/1.0 clients send no Host; a browser always does.
    if not named and scope.get("http_version") == "1.0":
        return "localhost"
    return host_of(named[0]) if len(named) == 1 else None


def _is_feed(path: str) -> bool:
    return path.endswith(".ics") and "/" not in path[1:]


def _is_here(scope: Scope, host: str) -> bool:
    """Whether a client on this machine asks by a name that only this machine has for itself."""
    client = scope.get("client")
    is_local = client is None or is_loopback(client[0])
    is_passed_on = any(name in _FORWARDED for name in _names_of_headers(scope))
    return is_local and is_loopback(host) and not is_passed_on


def _names_of_headers(scope: Scope) -> Iterator[str]:
    for name, _ in scope["headers"]:
        yield name.decode("latin-1")


def _is_from_elsewhere(scope: Scope) -> bool:
    """Whether a browser says that a change was asked for by a page of another site."""
    headers = Headers(scope=scope)
    if headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none"):
        return True
    origin = headers.get("origin")
    return origin is not None and urlsplit(origin).netloc != headers.get("host")
