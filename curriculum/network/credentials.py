"""Prove to a server who asks, in the way the server wants (RFC 9110 §11.6, RFC 7616, RFC 7617)."""

from __future__ import annotations

import re
from collections.abc import Generator

import httpx

from curriculum.model.late_patterns import late_pattern

_BASIC = late_pattern(r"(?:^|,)\s*basic\b", re.IGNORECASE)


class NegotiatedAuth(httpx.Auth):
    """Sends no credentials until a server asks for them, and from then on in the way it named.

    Digest is preferred to Basic wherever both are offered: it never sends the password.
    """

    def __init__(self, user: str | None, password: str | None) -> None:
        """Know the credentials; without them nothing is ever sent."""
        self._user, self._password = user, password
        self._chosen: httpx.Auth | None = None

    def another(self) -> NegotiatedAuth:
        """Return one for requests that are sent at the same time, in the way that is known by now.

        Digest counts what it proves, so that each has a challenge of its own.
        """
        found = NegotiatedAuth(self._user, self._password)
        if isinstance(self._chosen, httpx.BasicAuth):
            found._chosen = self._chosen
        return found

    def auth_flow(self, request: httpx.Request) -> Generator[httpx.Request, httpx.Response, None]:
        """Yield the request, and after a challenge the request with credentials."""
        if self._chosen is None:
            response = yield request
            self._chosen = self._answer_to(response)
        if self._chosen is not None:
            yield from self._chosen.auth_flow(request)

    def _answer_to(self, response: httpx.Response) -> httpx.Auth | None:
        """Return the way to answer a challenge; None where there is no challenge, or no way."""
        if response.status_code != httpx.codes.UNAUTHORIZED:
            return None
        if self._user is None or self._password is None:
            return None
        challenges = response.headers.get_list("WWW-Authenticate")
        if any(challenge.lower().startswith("digest ") for challenge in challenges):
            return httpx.DigestAuth(self._user, self._password)
        if any(_BASIC.search(challenge) for challenge in challenges):
            return httpx.BasicAuth(self._user, self._password)
        # Some servers (Yahoo's) break RFC 9110 §15.5.2 and name no way at all. Basic is the likely
        # one, and what it shows of the password is hidden as long as the connection is encrypted.
        if not challenges and response.url.scheme == "https":
            return httpx.BasicAuth(self._user, self._password)
        return None
