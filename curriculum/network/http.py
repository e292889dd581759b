"""Ask for what stands at an address, within limits of time and size; what it holds is not known here."""

from __future__ import annotations

import http.client
import ssl
import urllib.error
import urllib.request
from dataclasses import dataclass
from typing import IO
from urllib.parse import urlsplit

from curriculum.model.problems import CurriculumError
from curriculum.network.limits import TookTooLongError, TooLargeError, at_most, ended_within

PATIENCE = 20.0
"""Seconds that an answer may take in all."""

LARGEST = 50_000_000
"""The most bytes of an answer."""

MOST_REDIRECTS = 5
_CHUNK = 1 << 16
_NOT_MODIFIED = 304


class UnreachableError(CurriculumError):
    """An address that does not give a calendar; the sentence says why, and never holds the address."""


@dataclass(frozen=True, slots=True)
class HttpAnswer:
    """What an address answers.

    Attributes:
        data: The bytes; None when they are those that were known.
        etag: Their mark (RFC 9110 §8.8.3).
        modified: When they last changed, as the server writes it.
    """

    data: bytes | None
    etag: str | None = None
    modified: str | None = None


class _Redirects(urllib.request.HTTPRedirectHandler):
    """Follows a few redirects, and none that leaves encryption."""

    max_redirections = MOST_REDIRECTS

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
    patience: float = PATIENCE,
    largest: int = LARGEST,
) -> HttpAnswer:
    """Return what stands at an http or https address.

    Args:
        address: The address.
        etag: The mark of the bytes that are known.
        modified: When they last changed.
        patience: Seconds that it may take in all.
        largest: The most bytes to take.

    Raises:
        UnreachableError: There is no answer, or none that can be used.
    """
    known = {"If-None-Match": etag, "If-Modified-Since": modified}
    headers = {"Accept": "text/calendar, */*;q=0.1", "User-Agent": "curriculum"}
    headers |= {name: value for name, value in known.items() if value is not None}
    try:
        return ended_within(
            patience,
            lambda: _answer(urllib.request.Request(address, headers=headers), patience, largest),
        )
    except TookTooLongError as error:
        raise UnreachableError(f"it did not answer within {patience:g} seconds") from error
    except urllib.error.HTTPError as error:
        raise UnreachableError(
            f"the server answers {error.code} {http.client.responses.get(error.code, '')}".rstrip()
        ) from error
    except urllib.error.URLError as error:
        raise UnreachableError(_why(error.reason)) from error
    except (OSError, http.client.HTTPException, ValueError) as error:
        raise UnreachableError(_why(error)) from error


def _answer(request: urllib.request.Request, patience: float, largest: int) -> HttpAnswer:
    opener = urllib.request.OpenerDirector()
    for handler in (
        urllib.request.ProxyHandler(),
        urllib.request.HTTPHandler(),
        urllib.request.HTTPSHandler(),
        _Redirects(),
        urllib.request.HTTPDefaultErrorHandler(),
        urllib.request.HTTPErrorProcessor(),
    ):
        opener.add_handler(handler)
    try:
        with opener.open(request, timeout=patience) as response:
            return HttpAnswer(
                _body(response, largest),
                response.headers["ETag"],
                response.headers["Last-Modified"],
            )
    except urllib.error.HTTPError as error:
        error.close()
        if error.code == _NOT_MODIFIED:
            return HttpAnswer(None)
        raise


def _body(response: http.client.HTTPResponse, largest: int) -> bytes:
    promised = response.headers["Content-Length"]
    try:
        found = at_most(largest, iter(lambda: response.read(_CHUNK), b""))
    except TooLargeError:
        raise UnreachableError(f"it is larger than {largest // 1_000_000} MB") from None
    if promised is not None and promised.isdigit() and len(found) < int(promised):
        raise UnreachableError("the answer breaks off")
    return found


def _why(reason: object) -> str:
    if isinstance(reason, ssl.SSLError):
        return f"its encryption cannot be trusted: {reason.reason or reason}"
    if isinstance(reason, TimeoutError):
        return "it does not answer"
    if isinstance(reason, ConnectionRefusedError):
        return "nobody answers there"
    if isinstance(reason, http.client.IncompleteRead):
        return "the answer breaks off"
    if isinstance(reason, OSError) and reason.strerror:
        return reason.strerror.lower()
    return str(reason).lower() or type(reason).__name__
