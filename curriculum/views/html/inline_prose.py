"""A line of the person's Markdown on a page that is sent away: emphasis and code, and nothing else.

Links are shown by their words, for where they lead is on the person's machine.
"""

from __future__ import annotations

from functools import cache

from markdown_it import MarkdownIt
from markupsafe import Markup

from curriculum.views.html.markup import plain_text

_RULES = ["emphasis", "backticks", "escape", "entity", "link", "image", "newline"]


@cache
def _parser() -> MarkdownIt:
    parser = MarkdownIt("zero", {"html": False}).enable(_RULES)
    for name in ("link_open", "link_close"):
        parser.add_render_rule(name, lambda *_: "")
    parser.add_render_rule(
        "image", lambda _, tokens, index, *__: _image_words(tokens[index].content)
    )
    return parser


def _image_words(caption: str) -> str:
    return str(Markup.escape(caption))


def inline_prose(text: str) -> Markup:
    """Return a line of Markdown.

    >>> str(inline_prose("*KL* below `0.02`, see [notes](../x.md) <b>"))
    '<em>KL</em> below <code>0.02</code>, see notes &lt;b&gt;'
    """
    return Markup(_parser().renderInline(plain_text(text)))
