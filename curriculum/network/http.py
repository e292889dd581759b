"""Ask for a calendar at a web address, within limits of time and size (a conditional GET).

This stays on `urllib` although the CalDAV client uses httpx: busy calendars at addresses are read
without any extra installed, and `plan` would start later if httpx were loaded for them.
"""

from __future__ import annotations

import http.client
import ssl
import urllib.error
import urllib.request
from typing import IO
from urllib.parse import urlsplit

from curriculum.model.problems import CurriculumError
from curriculum.network.answers import HttpAnswer
from curriculum.network.limits import (
    FEED_LIMITS,
    Limits,
    TookTooLongError,
    TooLargeError,
    at_most,
    call_within,
)

_MOST_REDIRECTS = 5
_CHUNK = 1 << 16
# Some servers give a web page to those who do not ask for a calendar.
_CALENDARS = "text/calendar, */*;q=0.1"
_NOT_MODIFIED = 304
_UNAUTHORIZED = 401


class UnreachableError(CurriculumError):
    """An address does not give a calendar; the sentence says why, and never holds the address."""


class _Challenges(urllib.request.BaseHandler):
    """Closes the answer that asks who the person is: urllib leaves it open when it asks again."""

    handler_order = 100

    def http_error_401(
        self,
        req: urllib.request.Request,
        fp: IO[bytes],
        code: int,
        msg: str,
        headers: http.client.HTTPMessage,
    ) -> None:
        """Leave what is to be done to the handlers after this one."""
        fp.close()


class _Redirects(urllib.request.HTTPRedirectHandler):
    """Follows a few redirects, but none that leaves encryption."""

    max_redirections = _MOST_REDIRECTS

    def redirect_request(
        self,
        req: urllib.request.Request,
        fp: IO[bytes],
        code: int,
        msg: str,
        headers: http.client.HTTPMessage,
        newurl: str,
    ) -> urllib.request.Request | None:
        """Return the request to follow."""
        if req.type == "https" and urlsplit(newurl).scheme != "https":
            raise UnreachableError("it redirects to an unencrypted address")
        return super().redirect_request(req, fp, code, msg, headers, newurl)


def ask(
    address: str,
    etag: str | None = None,
    modified: str | None = None,
    *,
    credentials: tuple[str, str] | None = None,
    limits: Limits = FEED_LIMITS,
    accept: str = _CALENDARS,
) -> HttpAnswer:
    """Return the answer of an http or https address.

    Args:
        address: The address.
        etag: The mark of the bytes that are known.
        modified: When they last changed.
        credentials: The user and the password for the host of the address; no other host that it
            leads to is sent them.
        limits: What the answer may take in all.
        accept: The media types that are asked for.

    Raises:
        UnreachableError: There is no answer, or none that can be used.
    """
    headers = {"Accept": accept, "User-Agent": "curriculum"}
    if etag is not None:
        headers["If-None-Match"] = etag
    if modified is not None:
        headers["If-Modified-Since"] = modified
    request = urllib.request.Request(address, headers=headers)
    try:
        return call_within(limits.seconds, lambda: _answer(request, credentials, limits))
    except TookTooLongError as error:
        raise UnreachableError(f"it did not answer within {limits.seconds:g} seconds") from error
    except urllib.error.HTTPError as error:
        raise UnreachableError(_status_fault(error, address, credentials)) from error
    except urllib.error.URLError as error:
        raise UnreachableError(_why(error.reason)) from error
    except ValueError as error:
        if credentials is not None:  # urllib raises it for ways of proof that it does not know
            raise UnreachableError("the server asks for the password in an unknown way") from error
        raise UnreachableError(_why(error)) from error
    except (OSError, http.client.HTTPException) as error:
        raise UnreachableError(_why(error)) from error


def _status_fault(
    error: urllib.error.HTTPError, address: str, credentials: tuple[str, str] | None
) -> str:
    reason = http.client.responses.get(error.code, "")
    status = f"the server answers {error.code} {reason}".rstrip()
    if error.code != _UNAUTHORIZED:
        return status
    if credentials is None:
        return f"{status}; if it wants a password, write 'user' beside 'from'"
    asked = urlsplit(error.url)
    if asked.netloc != urlsplit(address).netloc:
        return f"{status} after a redirect to '{asked.hostname}', to which no password is sent"
    return f"{status}; are user and password right?"


def _answer(
    request: urllib.request.Request,
    credentials: tuple[str, str] | None,
    limits: Limits,
) -> HttpAnswer:
    try:
        with _opener(request.full_url, credentials).open(
            request, timeout=limits.seconds
        ) as response:
            data = _body(response, limits.most_bytes)
            return HttpAnswer(data, response.headers["ETag"], response.headers["Last-Modified"])
    except urllib.error.HTTPError as error:
        error.close()
        if error.code == _NOT_MODIFIED:
            return HttpAnswer(None)
        raise


def _opener(address: str, credentials: tuple[str, str] | None) -> urllib.request.OpenerDirector:
    """Return an opener for the web alone: the usual one also opens files and FTP."""
    opener = urllib.request.OpenerDirector()
    handlers = (
        *_proofs(address, credentials),
        urllib.request.ProxyHandler(),
        urllib.request.HTTPHandler(),
        urllib.request.HTTPSHandler(),
        _Redirects(),
        urllib.request.HTTPDefaultErrorHandler(),
        urllib.request.HTTPErrorProcessor(),
    )
    for handler in handlers:
        opener.add_handler(handler)
    return opener


def _proofs(
    address: str, credentials: tuple[str, str] | None
) -> tuple[urllib.request.BaseHandler, ...]:
    """Return what proves to the host of an address who asks, once the host wants to know."""
    if credentials is None:
        return ()
    user, password = credentials
    parts = urlsplit(address)
    known = urllib.request.HTTPPasswordMgrWithDefaultRealm()
    known.add_password(None, f"{parts.scheme}://{parts.netloc}/", user, password)
    return (
        _Challenges(),
        urllib.request.HTTPDigestAuthHandler(known),
        urllib.request.HTTPBasicAuthHandler(known),
    )


def _body(response: http.client.HTTPResponse, most_bytes: int) -> bytes:
    promised = response.headers["Content-Length"]
    try:
        found = at_most(most_bytes, iter(lambda: response.read(_CHUNK), b""))
    except TooLargeError:
        raise UnreachableError(f"it is larger than {most_bytes // 1_000_000} MB") from None
    # http.client reports a short answer only when all of it is read at once.
    if promised is not None and promised.isdigit() and len(found) < int(promised):
        raise UnreachableError("the answer breaks off")
    return found


def _why(reason: object) -> str:
    match reason:
        case ssl.SSLError():
            return f"its encryption cannot be trusted: {reason.reason or reason}"
        case TimeoutError():
            return "it does not answer"
        case ConnectionRefusedError():
            return "nobody answers there"
        case http.client.IncompleteRead():
            return "the answer breaks off"
        case http.client.InvalidURL() | ValueError():  # what Python says of it holds the address
            return "it is not an address that can be asked"
        case OSError() if reason.strerror:
            return reason.strerror.lower()
        case _:
            return str(reason).lower() or type(reason).__name__
