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
    """Return the text of a file beside the templates, as `page.js`."""
    return files(_PACKAGE).joinpath("static", name).read_text(encoding="utf-8")


@cache
def stylesheet() -> str:
    """Return the one stylesheet: that of the page, and that of the charts after it."""
    return "".join(map(static_text, ("page.css", "charts.css")))


@cache
def version_of(text: str) -> str:
    """Return a mark that changes with a text, for the address at which it is given out."""
    return sha256(text.encode()).hexdigest()[:12]
