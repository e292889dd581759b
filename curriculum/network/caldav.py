"""Talk to a CalDAV server (RFC 4791) through the library of that name; what events say is not known here.

Every request is bounded in time and none is repeated: who asks knows what was done, and goes on from there.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, NoReturn
from urllib.parse import quote, unquote, urljoin, urlsplit
from xml.sax.saxutils import escape

from curriculum.model.problems import CurriculumError
from curriculum.network.limits import TookTooLongError, TooLargeError, at_most, ended_within

if TYPE_CHECKING:
    from caldav.response import DAVResponse
    from lxml.etree import _Element as Element

PATIENCE = 30.0
"""Seconds that one request may take."""

LARGEST = 100_000_000
"""The most bytes of one answer."""

_CHUNK = 1 << 16

AT_ONCE = 100
"""How many events are asked for in one request."""

DAV, CALDAV = "DAV:", "urn:ietf:params:xml:ns:caldav"
_NAMESPACES = f'xmlns:d="{DAV}" xmlns:c="{CALDAV}" xmlns:a="http://apple.com/ns/ical/"'
_XML = {"Content-Type": "application/xml; charset=utf-8"}
_ICALENDAR = {"Content-Type": "text/calendar; charset=utf-8"}


class ServerError(CurriculumError):
    """A CalDAV server that does not do what it is asked; the sentence says why, and holds no password."""


class RefusedError(ServerError):
    """A server that does not know the user, or lets the user do nothing there."""


class ChangedError(ServerError):
    """An event that was changed on the server in the meantime."""


class NoLibraryError(CurriculumError):
    """The library that speaks CalDAV is not installed."""

    def __init__(self) -> None:
        """Build the sentence."""
        super().__init__("to talk to a CalDAV server, install 'curriculum[caldav]'")


@dataclass(frozen=True, slots=True)
class Resource:
    """An event or to-do on the server.

    Attributes:
        name: The last part of its address, with nothing encoded.
        etag: The mark of its version; None when the server gives none.
        data: Its bytes; None when they were not asked for.
    """

    name: str
    etag: str | None
    data: bytes | None = None


class Server:
    """A person's account on a server."""

    def __init__(
        self, url: str, user: str | None, password: str | None, patience: float | None = None
    ) -> None:
        """Prepare to talk to a server; nothing is asked yet.

        Raises:
            NoLibraryError: The library is missing.
        """
        try:
            from caldav.davclient import DAVClient
        except ImportError as error:
            raise NoLibraryError from error
        self.url, self.user, self._patience = url, user, patience or PATIENCE
        self._client = DAVClient(
            url,
            username=user,
            password=password,
            timeout=int(self._patience) + 1,
            enable_rfc6764=False,
            require_tls=False,
            rate_limit_handle=False,
        )
        self._client.session.hooks["response"].append(_read)

    def close(self) -> None:
        """End all connections."""
        self._client.close()

    def home(self) -> str:
        """Return the address below which the person's collections stand (RFC 4791 §6.2.1)."""
        asked = "<d:current-user-principal/><c:calendar-home-set/>"
        found = self._first(self._propfind(self.url, asked, 0))
        home = _href(found, CALDAV, "calendar-home-set")
        principal = _href(found, DAV, "current-user-principal")
        if home is None and principal is not None:
            found = self._first(
                self._propfind(urljoin(self.url, principal), "<c:calendar-home-set/>", 0)
            )
            home = _href(found, CALDAV, "calendar-home-set")
        found_at = _folder(urljoin(self.url, home if home is not None else urlsplit(self.url).path))
        if self.url.startswith("https:") and not found_at.startswith("https:"):
            raise ServerError("the server names an unencrypted address for the calendars")
        return found_at

    def _first(self, responses: Iterable[Element]) -> Element | None:
        return next(iter(responses), None)

    def make(self, collection: str, name: str, colour: str, component: str) -> None:
        """Make a collection (RFC 4791 §5.3.1).

        Args:
            collection: Its address.
            name: What calendar programs call it.
            colour: As `#rrggbb`.
            component: What it holds, `VEVENT` or `VTODO`.

        Raises:
            ServerError: The server makes none.
        """
        body = (
            f'<?xml version="1.0" encoding="utf-8"?><c:mkcalendar {_NAMESPACES}><d:set><d:prop>'
            f"<d:displayname>{escape(name)}</d:displayname><a:calendar-color>{colour}</a:calendar-color>"
            f'<c:supported-calendar-component-set><c:comp name="{component}"/></c:supported-calendar-component-set>'
            "</d:prop></d:set></c:mkcalendar>"
        )
        response = self._request("MKCALENDAR", collection, body, _XML)
        if response.status in (403, 405, 501):
            raise ServerError(
                "the server makes no calendars; make them by hand, and name them as 'collections' of 'caldav'"
            )
        self._require(response, (200, 201), "make a calendar")

    def resources(self, collection: str) -> dict[str, Resource] | None:
        """Return what stands in a collection, without its bytes, by name; None when there is no such collection."""
        asked = _propfind("<d:getetag/><d:resourcetype/>")
        response = self._request("PROPFIND", collection, asked, {"Depth": "1", **_XML})
        if response.status == 404:
            return None
        self._require(response, (207,), "say what it holds")
        found, is_there = {}, False
        for one in _responses(response):
            if one.find(f".//{{{DAV}}}collection") is not None:
                is_there = True
            elif name := _name(one):
                found[name] = Resource(name, _text(one, DAV, "getetag"))
        return found if is_there else None

    def fetched(self, collection: str, names: Iterable[str]) -> dict[str, Resource]:
        """Return some of what stands in a collection, with its bytes (RFC 4791 §7.9)."""
        wanted = sorted(names)
        found: dict[str, Resource] = {}
        for first in range(0, len(wanted), AT_ONCE):
            hrefs = "".join(
                f"<d:href>{escape(urlsplit(address_of(collection, name)).path)}</d:href>"
                for name in wanted[first : first + AT_ONCE]
            )
            body = (
                f'<?xml version="1.0" encoding="utf-8"?><c:calendar-multiget {_NAMESPACES}>'
                f"<d:prop><d:getetag/><c:calendar-data/></d:prop>{hrefs}</c:calendar-multiget>"
            )
            found |= {one.name: one for one in self._reported(collection, body)}
        return found

    def between(self, collection: str, first: date, last: date) -> tuple[bytes, ...]:
        """Return the calendars of all events that touch the days from first to last (RFC 4791 §7.8)."""
        span = f'start="{first:%Y%m%d}T000000Z" end="{last:%Y%m%d}T000000Z"'
        body = (
            f'<?xml version="1.0" encoding="utf-8"?><c:calendar-query {_NAMESPACES}>'
            "<d:prop><d:getetag/><c:calendar-data/></d:prop><c:filter>"
            f'<c:comp-filter name="VCALENDAR"><c:comp-filter name="VEVENT"><c:time-range {span}/></c:comp-filter>'
            "</c:comp-filter></c:filter></c:calendar-query>"
        )
        found = sorted(self._reported(collection, body), key=lambda one: one.name)
        return tuple(one.data for one in found if one.data is not None)

    def put(self, collection: str, name: str, data: bytes, etag: str | None) -> str | None:
        """Write an event: over the version that is known, or where there is none yet. Return its new mark.

        Raises:
            ChangedError: Another version stands there.
        """
        condition = {"If-None-Match": "*"} if etag is None else {"If-Match": etag}
        response = self._request(
            "PUT", address_of(collection, name), data.decode(), {**_ICALENDAR, **condition}
        )
        if response.status == 412:
            raise ChangedError("the event was changed there in the meantime")
        self._require(response, (200, 201, 204), "write an event")
        found = response.headers.get("ETag")
        return str(found) if found else None

    def delete(self, collection: str, name: str, etag: str | None) -> None:
        """Remove an event in the version that is known; one that is gone is removed.

        Raises:
            ChangedError: Another version stands there.
        """
        condition = {} if etag is None else {"If-Match": etag}
        response = self._request("DELETE", address_of(collection, name), "", condition)
        if response.status == 412:
            raise ChangedError("the event was changed there in the meantime")
        self._require(response, (200, 202, 204, 404, 410), "remove an event")

    def _propfind(self, url: str, asked: str, depth: int) -> Iterator[Element]:
        response = self._request("PROPFIND", url, _propfind(asked), {"Depth": str(depth), **_XML})
        self._require(response, (207,), "say what it holds")
        return _responses(response)

    def _reported(self, collection: str, body: str) -> Iterator[Resource]:
        response = self._request("REPORT", collection, body, {"Depth": "1", **_XML})
        self._require(response, (207,), "give its events")
        for found in _responses(response):
            data = _text(found, CALDAV, "calendar-data")
            if data is not None:
                yield Resource(_name(found), _text(found, DAV, "getetag"), data.encode())

    def _require(self, response: DAVResponse, good: tuple[int, ...], what: str) -> None:
        if response.status not in good:
            raise ServerError(
                f"the server does not {what}: it answers {response.status} {response.reason}".rstrip()
            )

    def _request(self, method: str, url: str, body: str, headers: Mapping[str, str]) -> DAVResponse:
        """Return the answer to a request, whatever its status but 401 and 403.

        Raises:
            ServerError: There is none, or none in time.
        """
        from caldav.lib.error import AuthorizationError, DAVError, RateLimitError
        from lxml.etree import LxmlError
        from niquests.exceptions import RequestException

        def ask() -> DAVResponse:
            return self._client.request(url, method, body, dict(headers))

        try:
            response = ended_within(self._patience, ask)
        except TookTooLongError:
            _fail(f"the server did not answer within {self._patience:g} seconds")
        except AuthorizationError as error:
            who = f"'{self.user}'" if self.user else "a request without a user"
            raise RefusedError(f"the server refuses {who}; are user and password right?") from error
        except RateLimitError:
            _fail("the server has too much to do; try again later")
        except (RequestException, OSError):
            _fail("the connection to the server broke off, or there was none")
        except (DAVError, LxmlError, ValueError, KeyError, TypeError, AssertionError):
            _fail("the server gives an answer that cannot be read")
        return response


def _read(response: Any, *_: Any, **__: Any) -> None:  # Any: the library that the library uses
    """Read an answer, and refuse it as soon as it is too large, or says so; what is packed counts unpacked."""
    said = response.headers.get("Content-Length") or ""
    try:
        if said.isdigit() and int(said) > LARGEST:
            raise TooLargeError
        response._content = at_most(
            LARGEST, response.iter_content(_CHUNK)
        )  # where the library keeps what it has read
    except TooLargeError:
        response.close()
        raise ServerError(
            f"the server gives an answer of more than {LARGEST // 1_000_000} MB"
        ) from None


def _fail(what: str) -> NoReturn:
    """Raise without the cause: what libraries say may hold headers."""
    raise ServerError(what) from None


def address_of(collection: str, name: str) -> str:
    """Return the address of a resource.

    >>> address_of("https://example.org/cal/", "a@b.ics")
    'https://example.org/cal/a%40b.ics'
    """
    return _folder(collection) + quote(name, safe="")


def _folder(url: str) -> str:
    return url if url.endswith("/") else f"{url}/"


def _propfind(asked: str) -> str:
    return f'<?xml version="1.0" encoding="utf-8"?><d:propfind {_NAMESPACES}><d:prop>{asked}</d:prop></d:propfind>'


def _responses(response: DAVResponse) -> Iterator[Element]:
    tree: Any = response.tree  # Any: the library does not say
    if tree is None:
        _fail("the server gives an answer that cannot be read")
    yield from tree.iter(f"{{{DAV}}}response")


def _name(response: Element) -> str:
    return unquote((response.findtext(f"{{{DAV}}}href") or "").rpartition("/")[2])


def _text(response: Element, namespace: str, tag: str) -> str | None:
    return response.findtext(f".//{{{namespace}}}{tag}") or None


def _href(response: Element | None, namespace: str, tag: str) -> str | None:
    found = None if response is None else response.find(f".//{{{namespace}}}{tag}/{{{DAV}}}href")
    return None if found is None else found.text
