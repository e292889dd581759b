"""A page in process: a client of the application, forms as a person fills them in."""

from __future__ import annotations

import asyncio
import html
import re
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from httpx import ASGITransport, AsyncClient, Response
from starlette.types import ASGIApp

from curriculum.web.app import page_app
from curriculum.web.server import site_of
from curriculum.web.site import Site

_FIELD = re.compile(r'<input type="hidden" name="(\w+)" value="([^"]*)">')


@dataclass(frozen=True)
class Browser:
    """A client that clicks: it sends what the forms of a page hold."""

    site: Site
    app: ASGIApp

    def get(self, address: str = "/", status: int = 200) -> str:
        """Return the text of a page."""
        answer = self.request("GET", address)
        assert answer.status_code == status, (address, answer.status_code, answer.text)
        return answer.text

    def post(self, address: str, seen_on: str = "/", **fields: str) -> Response:
        """Send a form with the marks of a page, and return what is shown after it."""
        return self.send(address, self.marks(seen_on) | fields)

    def send(self, address: str, fields: dict[str, str]) -> Response:
        """Send a form as a browser does."""
        headers = {"origin": "http://127.0.0.1:8117", "sec-fetch-site": "same-origin"}
        return self.request("POST", address, fields, headers)

    def request(
        self,
        method: str,
        address: str,
        fields: dict[str, str] | None = None,
        headers: dict[str, str] | None = None,
        client: str = "127.0.0.1",
    ) -> Response:
        """Send a request from an address, and follow where it leads."""

        async def send() -> Response:
            transport = ASGITransport(self.app, client=(client, 50000))
            async with AsyncClient(
                transport=transport, base_url="http://127.0.0.1:8117", follow_redirects=True
            ) as asking:
                return await asking.request(method, address, data=fields, headers=headers)

        return asyncio.run(send())

    def marks(self, address: str = "/") -> dict[str, str]:
        """Return the hidden marks that the forms of a page carry."""
        found = dict(_FIELD.findall(self.get(address)))
        return {name: html.unescape(found[name]) for name in ("token", "seen")}


def browser(root: Path, today: str = "2027-01-04") -> Browser:
    """Return a client of the page of a workspace, on a fixed day."""
    day = date.fromisoformat(today)
    site = site_of(root, "127.0.0.1", (), day=day, is_open=False)
    return Browser(site, page_app(site))
