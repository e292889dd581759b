"""What servers say of an id becomes a draft; whatever else they do is one sentence."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import pytest

from curriculum.network.limits import Limits
from curriculum.services.draft_sources import DraftSource, drafts_found
from curriculum.services.drafting import SaidOfWork
from curriculum.services.fetched_entries import IdServers, NotFetchedError, fetched_entry
from tests.servers import Handle, answer, answering

FEED = (Path(__file__).parents[1] / "cases/arxiv.xml").read_bytes()
ITEM = {
    "type": "journal-article",
    "title": ["Human-level control through deep <i>reinforcement</i> learning"],
    "author": [{"given": "Volodymyr", "family": "Mnih"}, {"literal": "The Others"}],
    "issued": {"date-parts": [[2015, 2, 25]]},
    "container-title": ["Nature"],
    "DOI": "10.1038/NATURE14236",
    "URL": "http://dx.doi.org/10.1038/nature14236",
}
ARXIV, DOI = ("arxiv", "1707.06347"), ("doi", "10.1038/nature14236")
LAUGHS = "<!DOCTYPE l [<!ENTITY a 'ha'>{}]><feed>&z;</feed>".format(
    "".join(f"<!ENTITY {b} '{f'&{a};' * 10}'>" for a, b in zip("abcdefghi", "bcdefghiz", strict=True))
)  # fmt: skip
OUTSIDE = '<!DOCTYPE l [<!ENTITY x SYSTEM "file:///etc/passwd">]><feed>&x;</feed>'
NOT_THERE = """<feed xmlns="http://www.w3.org/2005/Atom"><entry>
<id>http://arxiv.org/api/errors#incorrect_id_format</id><title>Error</title></entry></feed>"""


def says(status: int, body: bytes | str = b"", **headers: str) -> Handle:
    """Return what answers with a status, a body and headers."""
    data = body.encode() if isinstance(body, str) else body

    def handle(handler: BaseHTTPRequestHandler) -> None:
        answer(handler, status, headers, data)

    return handle


@contextmanager
def servers(handle: Handle) -> Iterator[IdServers]:
    """Answer every question about an id with a function."""
    with answering(handle) as address:
        limits = Limits(seconds=2, most_bytes=1_000_000)
        yield IdServers(f"{address}api/query?id_list=", f"{address}doi/", limits)


def test_each_server_is_asked_for_what_it_can_say() -> None:
    asked: list[tuple[str, str]] = []

    def handle(handler: BaseHTTPRequestHandler) -> None:
        asked.append((handler.path, handler.headers["Accept"]))
        says(200, FEED if "api" in handler.path else json.dumps(ITEM))(handler)

    with servers(handle) as here:
        ppo = fetched_entry(*ARXIV, here)
        dqn = fetched_entry(*DOI, here)
        old = fetched_entry("arxiv", "cs/0412024", here)
    assert asked == [
        ("/api/query?id_list=1707.06347", "application/atom+xml"),
        ("/doi/10.1038/nature14236", "application/vnd.citationstyles.csl+json"),
        ("/api/query?id_list=cs/0412024", "application/atom+xml"),
    ]
    assert (ppo.title, ppo.year) == ("Proximal Policy Optimization Algorithms", 2017)
    assert ppo.authors == ("John Schulman", "Filip Wolski")
    assert (ppo.arxiv, old.arxiv) == ("1707.06347", "cs/0412024")
    assert dqn.title == "Human-level control through deep reinforcement learning"
    assert (dqn.authors, dqn.surnames) == (
        ("Volodymyr Mnih", "The Others"),
        ("Mnih", "The Others"),
    )
    assert (dqn.year, dqn.doi, dqn.venue) == (2015, "10.1038/nature14236", "Nature")


def test_what_is_learned_becomes_a_draft_of_the_kind_that_is_meant() -> None:
    item = {**ITEM, "type": "book", "title": "Deep <b>Learning</b>"}
    with servers(says(200, json.dumps(item))) as here:
        source = DraftSource(doi="https://doi.org/10.1038/nature14236", fetch=True)
        (draft,) = drafts_found("paper", source, SaidOfWork(year=2016), here).drafts
    assert (draft.entry.kind, draft.entry.title) == ("paper", "Deep Learning")
    assert draft.entry.year == 2016


def test_a_redirect_is_followed_to_who_knows_it() -> None:
    def handle(handler: BaseHTTPRequestHandler) -> None:
        if handler.path.startswith("/doi/"):
            says(302, Location="/crossref/x")(handler)
        else:
            says(200, json.dumps([ITEM]))(handler)

    with servers(handle) as here:
        assert fetched_entry(*DOI, here).surnames[0] == "Mnih"


def late(handler: BaseHTTPRequestHandler) -> None:
    """Answer too late."""
    time.sleep(3)
    says(200, FEED)(handler)


@pytest.mark.parametrize(
    ("asked", "handle", "why"),
    [
        (ARXIV, says(404), "the server answers 404 Not Found"),
        (DOI, says(401), "the server answers 401 Unauthorized"),
        (DOI, says(500), "the server answers 500 Internal Server Error"),
        (ARXIV, says(429), "the server answers 429 Too Many Requests, which asks to wait some minu"),
        (ARXIV, says(503), "the server answers 503 Service Unavailable, which asks to wait some mi"),
        (ARXIV, late, "it did not answer within 2 seconds"),
        (ARXIV, says(200, b" " * 2_000_000), "it is larger than 1 MB"),
        (DOI, says(302, Location="/doi/10.1038/nature14236"), "the server answers 302"),
        (DOI, says(302, Location="file:///etc/passwd"), "the server answers 302"),
        (ARXIV, says(200), "its server answers with something else than a feed in Atom"),
        (ARXIV, says(200, "<!doctype html><p>Sign in<br>"), "its server answers with something els"),
        (ARXIV, says(200, "<html><body>Sign in</body></html>"), "its server answers with something"),
        (ARXIV, says(200, LAUGHS), "its server answers with something else than a feed in Atom"),
        (ARXIV, says(200, OUTSIDE), "its server answers with something else than a feed in Atom"),
        (ARXIV, says(200, "<feed>" * 50_000), "its server answers with something else than a feed"),
        (ARXIV, says(200, b"\xff\xfe\x00<feed/>"), "its server answers with something else than a"),
        (ARXIV, says(200, NOT_THERE), "its server knows no such paper"),
        (ARXIV, says(200, "<feed/>"), "its server knows no such paper"),
        (DOI, says(200, "<html>Not found</html>"), "its server answers with something else than CSL"),
        (DOI, says(200, "[" * 200_000), "its server answers with something else than CSL JSON"),
        (DOI, says(200, "{" + '"a":' * 3), "its server answers with something else than CSL JSON"),
        (DOI, says(200, '"a"'), "its server answers with something else than CSL JSON"),
        (DOI, says(200, '{"id": 1, "title": []}'), "its server knows no such paper"),
        (DOI, says(200, "[]"), "its server knows no such paper"),
    ],
)  # fmt: skip
def test_what_else_a_server_does_is_one_sentence(
    asked: tuple[str, str], handle: Handle, why: str
) -> None:
    with servers(handle) as here, pytest.raises(NotFetchedError) as error:
        fetched_entry(*asked, here)
    sentence = str(error.value)
    assert sentence.startswith(f"nothing was learned of '{asked[1]}': {why}")
    assert sentence.endswith("; without --fetch, it is drafted with the id alone")
    assert "\n" not in sentence
    assert "127.0.0.1" not in sentence


def test_a_server_that_nobody_runs_is_one_sentence() -> None:
    with answering(says(200)) as address:
        gone = IdServers(address, address)
    with pytest.raises(NotFetchedError, match="nobody answers there"):
        fetched_entry(*DOI, gone)
