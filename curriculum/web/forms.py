"""What a form must carry before anything is done, and its fields as values."""

from __future__ import annotations

import secrets
from http import HTTPStatus

from starlette.responses import HTMLResponse, Response

from curriculum.model.problems import CurriculumError
from curriculum.views.html.frame import framed
from curriculum.views.html.refusals import outdated_content
from curriculum.web.answers import own_address
from curriculum.web.handlers import Handler
from curriculum.web.page_request import PageRequest
from curriculum.web.seen import changes_since

TOKEN = "token"
SEEN = "seen"


class OldTokenError(CurriculumError):
    """A form without the token of this server."""

    def __init__(self) -> None:
        """Build the sentence."""
        super().__init__(
            "this page is from before the server was started, so nothing was changed; load it "
            "again and repeat what you did"
        )


def require_form(act: Handler) -> Handler:
    """Return an action that is refused without the token, and when its page is out of date."""

    def guarded(asked: PageRequest) -> Response:
        if not secrets.compare_digest(
            asked.form.get(TOKEN, "").encode("utf-8", "surrogatepass"), asked.site.token.encode()
        ):
            raise OldTokenError
        changes = changes_since(asked.workspace, asked.form.get(SEEN, ""))
        return _outdated(asked, changes) if changes else act(asked)

    return guarded


def _outdated(asked: PageRequest, changes: tuple[str, ...]) -> Response:
    frame = asked.frame
    fields = {**asked.form, SEEN: frame.seen}
    back = own_address(asked.form.get("back", "")) or "/"
    content = outdated_content(changes, asked.address, fields, back)
    shown = framed(frame, "", "Something changed meanwhile", content)
    return HTMLResponse(shown, HTTPStatus.CONFLICT, headers={"Cache-Control": "no-store"})
