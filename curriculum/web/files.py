"""The stylesheet, the script and the icon of the page."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from curriculum.views.html.rendering import static_text, stylesheet

_TYPES = {
    "page.css": "text/css; charset=utf-8",
    "page.js": "text/javascript; charset=utf-8",
    "icon.svg": "image/svg+xml",
}


def static_routes() -> list[Route]:
    """Return the route of the static files; their addresses change with their texts."""

    async def endpoint(request: Request) -> Response:
        name = request.path_params["name"]
        if name not in _TYPES:
            return Response(status_code=404)
        text = stylesheet() if name == "page.css" else static_text(name)
        headers = {"Cache-Control": "max-age=31536000, immutable"}
        return Response(text, media_type=_TYPES[name], headers=headers)

    return [Route("/static/{name}", endpoint, methods=["GET"])]
