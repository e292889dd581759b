"""Markdown of the person as HTML; what is HTML in it is shown as text."""

from __future__ import annotations

import posixpath
import re
from functools import cache
from urllib.parse import quote, unquote, urlsplit

from markdown_it import MarkdownIt
from markdown_it.token import Token
from markupsafe import Markup

from curriculum.model.late_patterns import late_pattern
from curriculum.practice.notebook import FILES, entry_day

_ADDRESS = "/notebook/files/"


@cache
def _parser() -> MarkdownIt:
    return MarkdownIt("commonmark", {"html": False, "linkify": False}).enable("table")


def markdown_html(text: str, file: str, level: int = 3) -> Markup:
    """Return Markdown as HTML; links lead to attached files and to the web, and nowhere else.

    Args:
        text: The Markdown.
        file: The file that it is in, by its path in the workspace, for links from there.
        level: The level of its highest headings: one below the heading that it stands under.
    """
    parser = _parser()
    tokens = parser.parse(text)
    _name_classes(tokens)
    for token in tokens:
        for child in token.children or ():
            _redirect(child, file)
            if child.type == "text":
                child.content = _BOX.sub(_box_sign, child.content)
        if token.type in ("heading_open", "heading_close"):
            token.tag = f"h{min(6, int(token.tag[1]) + level - 1)}"
    html = parser.renderer.render(tokens, parser.options, {})
    for tag, scrolled in _SCROLLED.items():
        html = html.replace(tag, scrolled)
    return Markup(html)


_SCROLLED = {
    "<table>": '<div class="table" tabindex="0" role="group" aria-label="Table"><table>',
    "</table>": "</table></div>",
    "<pre>": '<pre tabindex="0">',
}
"""What may be wider than a screen, and how it is scrolled; a text of the person has no tags."""


_BOX = late_pattern(r"^\[([ xX])\](?= )")
"""The box of a task, as it begins a line."""


def _box_sign(box: re.Match[str]) -> str:
    return "☐" if box[1] == " " else "☑"


def _name_classes(tokens: list[Token]) -> None:
    """Say by a class how cells are aligned, and let those that head nothing be no headings."""
    for number, token in enumerate(tokens):
        if token.type not in ("th_open", "td_open"):
            continue
        style = token.attrs.pop("style", "")
        if style == "text-align:right":
            token.attrSet("class", "num")
        inside, end = tokens[number + 1], tokens[number + 2]
        if token.tag == "th" and not inside.content.strip():
            token.tag = end.tag = "td"


def _redirect(token: Token, file: str) -> None:
    """Let a link or an image of a file lead to where it is served."""
    for name in ("href", "src"):
        address = token.attrGet(name)
        if address is None:
            continue
        token.attrSet(name, _served(str(address), file, is_image=name == "src"))
        if name == "href":
            token.attrSet("rel", "noreferrer")


def _served(address: str, file: str, *, is_image: bool) -> str:
    parts = urlsplit(address)
    if parts.scheme or parts.netloc:
        # An image of another machine would tell it when the page is looked at.
        is_web = parts.scheme in ("http", "https", "mailto")
        return address if is_web and not is_image else "#"
    path = posixpath.normpath(posixpath.join(posixpath.dirname(file), unquote(parts.path)))
    entry = entry_day(path)
    if entry is not None and not is_image:
        return f"/notebook?of={entry}"
    if not path.startswith(f"{FILES}/"):
        return "#"
    return _ADDRESS + quote(path.removeprefix(f"{FILES}/"))
