"""A person's account on a CalDAV server (RFC 4791): list, read, write and remove events there.

Every request is bounded in time and never repeated, so that the caller knows what was done and can
go on from there.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from urllib.parse import quote, urljoin, urlsplit
from xml.sax.saxutils import escape

from curriculum.model.busy import without_user
from curriculum.model.calendar_store import ChangedError, Resource
from curriculum.network.dav_client import DavAnswer, DavClient
from curriculum.network.errors import RejectedError, ServerError, Task
from curriculum.network.limits import Limits
from curriculum.network.multistatus import (
    CALDAV,
    DAV,
    ResourceAnswer,
    parse_multistatus,
    refusal_reason,
)

SERVER_LIMITS = Limits(seconds=30.0, most_bytes=100_000_000)
"""What one request may take."""

EVENTS_PER_REQUEST = 100
"""How many events are fetched in one request."""

_WELL_KNOWN = "/.well-known/caldav"
_NAMESPACES = f'xmlns:d="{DAV}" xmlns:c="{CALDAV}" xmlns:a="http://apple.com/ns/ical/"'
_HEAD = '<?xml version="1.0" encoding="utf-8"?>'
_XML = {"Content-Type": "application/xml; charset=utf-8"}
_ICALENDAR = {"Content-Type": "text/calendar; charset=utf-8"}


class Server:
    """A person's account on a server."""

    def __init__(
        self, url: str, user: str | None, password: str | None, limits: Limits | None = None
    ) -> None:
        """Prepare to talk to a server; nothing is sent yet.

        Args:
            url: Its address; a user in it does not count.
            user: Who the person is there; None asks without a user.
            password: The person's password.
            limits: What one request may take; `SERVER_LIMITS` by default.
        """
        self.url = without_user(url)
        self._user = user
        self._client = DavClient(self.url, user, password, limits or SERVER_LIMITS)

    def close(self) -> None:
        """End all connections."""
        self._client.close()

    def home(self) -> str:
        """Return the address below which the person's collections are (RFC 4791 §6.2.1).

        Where the address of the person names only a host that knows of no calendars, its well-known
        address is asked (RFC 6764 §5); a server that names no home is taken to be one itself.
        """
        answer = self._principal(self.url)
        home = self._home_named_in(answer)
        if home is None and urlsplit(self.url).path in ("", "/"):
            home = self._home_named_in(self._principal(urljoin(self.url, _WELL_KNOWN)))
        if home is None:
            self._require(answer, (207,), Task.FIND)
        # A home on another host of the domain is trusted: iCloud names one, and the person trusts
        # the server that names it. Without encryption anyone on the way could have named it.
        found = _folder(urljoin(self.url, home or urlsplit(self.url).path))
        if self.url.startswith("https:") and not found.startswith("https:"):
            raise ServerError("the server names an unencrypted address for the calendars")
        self._client.trust(found)
        return found

    def _principal(self, url: str) -> DavAnswer:
        asked = "<d:current-user-principal/><c:calendar-home-set/>"
        return self._propfind(url, asked, depth=0)

    def _home_named_in(self, answer: DavAnswer) -> str | None:
        """Return the home that an answer names, or that the principal it names has."""
        if answer.status != 207:
            return None
        about = _first(answer)
        home = about.address(CALDAV, "calendar-home-set") if about else None
        principal = about.address(DAV, "current-user-principal") if about else None
        if home is not None or principal is None:
            return home
        answer = self._propfind(urljoin(self.url, principal), "<c:calendar-home-set/>", depth=0)
        self._require(answer, (207,), Task.FIND)
        about = _first(answer)
        return about.address(CALDAV, "calendar-home-set") if about else None

    def make(self, collection: str, name: str, colour: str, component: str) -> None:
        """Make a collection (RFC 4791 §5.3.1).

        Args:
            collection: Its address.
            name: What calendar programs call it.
            colour: As `#rrggbb`.
            component: What it holds: `VEVENT`, `VTODO`, or both with a space between.

        Raises:
            RejectedError: The server does not make collections, or not for the user.
        """
        components = "".join(f'<c:comp name="{one}"/>' for one in component.split())
        body = (
            f"{_HEAD}<c:mkcalendar {_NAMESPACES}><d:set><d:prop>"
            f"<d:displayname>{escape(name)}</d:displayname>"
            f"<a:calendar-color>{colour}</a:calendar-color>"
            "<c:supported-calendar-component-set>"
            f"{components}"
            "</c:supported-calendar-component-set>"
            "</d:prop></d:set></c:mkcalendar>"
        )
        answer = self._request("MKCALENDAR", collection, body, _XML)
        self._require(answer, (200, 201), Task.MAKE)

    def resources(self, collection: str) -> dict[str, Resource] | None:
        """Return the resources of a collection by name, without bytes; None if there is none."""
        answer = self._propfind(collection, "<d:getetag/><d:resourcetype/>", depth=1)
        if answer.status == 404:
            return None
        self._require(answer, (207,), Task.LIST)
        found: dict[str, Resource] = {}
        exists = False
        # An answer alone does not make it a collection: servers answer for a single file, too.
        for about in parse_multistatus(answer.body):
            if about.is_collection:
                exists = True
            elif about.name:
                found[about.name] = Resource(about.name, about.etag)
        return found if exists else None

    def fetched(self, collection: str, names: Iterable[str]) -> dict[str, Resource]:
        """Return some of what is in a collection, with its bytes (RFC 4791 §7.9)."""
        wanted = sorted(names)
        found: dict[str, Resource] = {}
        for first in range(0, len(wanted), EVENTS_PER_REQUEST):
            batch = wanted[first : first + EVENTS_PER_REQUEST]
            for resource in self._reported(collection, _multiget(collection, batch)):
                found[resource.name] = resource
        return found

    def between(self, collection: str, first: date, last: date) -> tuple[bytes, ...]:
        """Return the calendars of the events that touch the days from first to last (§7.8).

        Raises:
            ServerError: The server does not give all of them: time would seem free that is not.
        """
        span = f'start="{first:%Y%m%d}T000000Z" end="{last:%Y%m%d}T000000Z"'
        body = (
            f"{_HEAD}<c:calendar-query {_NAMESPACES}>"
            "<d:prop><d:getetag/><c:calendar-data/></d:prop>"
            '<c:filter><c:comp-filter name="VCALENDAR"><c:comp-filter name="VEVENT">'
            f"<c:time-range {span}/>"
            "</c:comp-filter></c:comp-filter></c:filter></c:calendar-query>"
        )
        answers = self._report(collection, body)
        if any(map(_is_withheld, answers)):
            raise ServerError("the server gives only some of the events")
        ordered = sorted(answers, key=lambda about: about.name)
        return tuple(text.encode() for one in ordered if (text := one.calendar_data) is not None)

    def put(self, collection: str, name: str, data: bytes, etag: str | None) -> str | None:
        """Write an event, and return its new mark.

        Args:
            collection: The address of its collection.
            name: Its name there.
            data: Its bytes.
            etag: The version that it replaces; None where there is none yet.

        Raises:
            ChangedError: There is another version.
            RejectedError: The server refuses this event.
        """
        condition = {"If-None-Match": "*"} if etag is None else {"If-Match": etag}
        headers = {**_ICALENDAR, **condition}
        answer = self._request("PUT", address_of(collection, name), data, headers)
        if answer.status == 412:
            raise ChangedError
        self._require(answer, (200, 201, 204), Task.WRITE)
        return answer.headers.get("ETag") or None

    def delete(self, collection: str, name: str, etag: str | None) -> None:
        """Remove an event in the version that is known; one that is gone counts as removed.

        Raises:
            ChangedError: There is another version.
        """
        condition = {} if etag is None else {"If-Match": etag}
        answer = self._request("DELETE", address_of(collection, name), b"", condition)
        if answer.status == 412:
            raise ChangedError
        self._require(answer, (200, 202, 204, 404, 410), Task.REMOVE)

    def _propfind(self, url: str, asked: str, *, depth: int) -> DavAnswer:
        body = f"{_HEAD}<d:propfind {_NAMESPACES}><d:prop>{asked}</d:prop></d:propfind>"
        return self._request("PROPFIND", url, body, {"Depth": str(depth), **_XML})

    def _reported(self, collection: str, body: str) -> Iterator[Resource]:
        for about in self._report(collection, body):
            data = about.calendar_data
            if data is not None:
                yield Resource(about.name, about.etag, data.encode())

    def _report(self, collection: str, body: str) -> tuple[ResourceAnswer, ...]:
        answer = self._request("REPORT", collection, body, {"Depth": "1", **_XML})
        self._require(answer, (207,), Task.READ)
        return parse_multistatus(answer.body)

    def _require(self, answer: DavAnswer, good: tuple[int, ...], task: Task) -> None:
        """Raise unless the status of an answer says that the server did what it was asked."""
        if answer.status in good:
            return
        reason = answer.reason
        why = refusal_reason(answer.body)
        if why:
            reason = f"{reason} ({why})"
        raise RejectedError(task, answer.status, reason, self._user)

    def _request(
        self, method: str, url: str, body: str | bytes, headers: Mapping[str, str]
    ) -> DavAnswer:
        data = body if isinstance(body, bytes) else body.encode()
        return self._client.request(method, url, data, headers)


def _multiget(collection: str, names: Iterable[str]) -> str:
    hrefs: list[str] = []
    for name in names:
        # Paths rather than whole addresses: behind a proxy a server may not know its own host.
        path = urlsplit(address_of(collection, name)).path
        hrefs.append(f"<d:href>{escape(path)}</d:href>")
    return (
        f"{_HEAD}<c:calendar-multiget {_NAMESPACES}>"
        "<d:prop><d:getetag/><c:calendar-data/></d:prop>"
        f"{''.join(hrefs)}</c:calendar-multiget>"
    )


def _is_withheld(about: ResourceAnswer) -> bool:
    """Whether an event is missing from an answer, or all those after it (507, §7.8)."""
    if about.calendar_data is not None or about.status in (404, 410):
        return False
    return about.status is not None or about.name != ""


def address_of(collection: str, name: str) -> str:
    """Return the address of a resource.

    >>> address_of("https://example.org/cal/", "a@b.ics")
    'https://example.org/cal/a%40b.ics'
    """
    return _folder(collection) + quote(name, safe="")


def _folder(url: str) -> str:
    return url if url.endswith("/") else f"{url}/"


def _first(answer: DavAnswer) -> ResourceAnswer | None:
    return next(iter(parse_multistatus(answer.body)), None)
