"""Fill templates in; all that is put into them is escaped unless it is markup already."""

from __future__ import annotations

from functools import cache
from hashlib import sha256
from importlib.resources import files

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from curriculum.model.formatting import counted, hours_text
from curriculum.views.text.signs import SIGNS

_PACKAGE = "curriculum.views.html"


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader(_PACKAGE),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    environment.filters["hours"] = hours_text
    environment.globals["counted"] = counted
    environment.globals["SIGNS"] = SIGNS
    return environment


def rendered(template: str, **values: object) -> Markup:
    """Return a template with its values filled in."""
    return Markup(_environment().get_template(template).render(values))


@cache
def static_text(name: str) -> str:
    """Return the text of a file beside the templates: `page.css` or `page.js`."""
    return files(_PACKAGE).joinpath("static", name).read_text(encoding="utf-8")


@cache
def static_version(name: str) -> str:
    """Return a mark of a static file that changes with its text, for its address."""
    return sha256(static_text(name).encode()).hexdigest()[:12]
