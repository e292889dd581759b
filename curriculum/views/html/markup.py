"""Elements of HTML and SVG, with everything in them escaped that is not markup already."""

from __future__ import annotations

from collections.abc import Iterable

from markupsafe import Markup, escape

_JOINERS = "\u200c\u200d"
"""Characters that join letters and emoji: not printable by themselves, but part of a word."""

AttributeValue = str | float | None


def element(name: str, *content: str, **attributes: AttributeValue) -> Markup:
    """Return an element; an underscore in the name of an attribute stands for a hyphen.

    An attribute that is None is left out, and `class_` is `class`.

    >>> str(element("text", "a < b", x=1.50, text_anchor="end", class_="tick"))
    '<text x="1.5" text-anchor="end" class="tick">a &lt; b</text>'
    """
    written = "".join(
        f' {_attribute_name(key)}="{_attribute_text(value)}"'
        for key, value in attributes.items()
        if value is not None
    )
    inside = "".join(_escaped(one) for one in content)
    return Markup(f"<{name}{written}>{inside}</{name}>")


def void(name: str, **attributes: AttributeValue) -> Markup:
    """Return an element of HTML that has no content and no end, as `img`."""
    return Markup(element(name, **attributes).removesuffix(f"</{name}>"))


def together(parts: Iterable[str]) -> Markup:
    """Return parts after one another; those that are not markup are escaped."""
    return Markup("".join(_escaped(one) for one in parts))


def plain_text(text: str) -> str:
    r"""Return text on one line, with a space for what has no shape or would turn the text around.

    >>> plain_text("one\ttwo\u202ethree")
    'one two three'
    """
    if text.isprintable():
        return text
    kept = (one if one.isprintable() or one in _JOINERS else " " for one in text)
    return " ".join("".join(kept).split())


def _attribute_name(key: str) -> str:
    if key == "viewBox":
        return key
    return key.removesuffix("_").replace("_", "-")


def _attribute_text(value: str | float) -> str:
    if isinstance(value, str):
        return str(escape(value if isinstance(value, Markup) else plain_text(value)))
    return number_text(value)


def number_text(value: float) -> str:
    """Return a coordinate with one digit after its point at most.

    >>> number_text(12.04), number_text(-0.01), number_text(3.25)
    ('12', '0', '3.2')
    """
    text = f"{value:.1f}".removesuffix(".0")
    return "0" if text == "-0" else text


def _escaped(content: str) -> str:
    if isinstance(content, Markup):
        return content
    return str(escape(plain_text(content)))
