"""The shapes of drawings, painted in the colours of the page.

A class sets the colour, so that a shape is right in the light and in the dark; shapes have it as
their current colour. Nothing has a style of its own: the page's policy would refuse it.
"""

from __future__ import annotations

from collections.abc import Iterable

from markupsafe import Markup

from curriculum.model.late_dataclasses import dataclass
from curriculum.views.html.markup import AttributeValue, element

Spot = tuple[float, float]
"""Pixels from the left and from the top."""


@dataclass(frozen=True, slots=True)
class Paint:
    """How a shape is painted.

    Attributes:
        colour: The name of a colour of the page; with `-soft` its tone for a ground.
        fill: How opaque its inside is, from 0 to 1.
        stroke: The width of its outline in pixels.
        dashes: The pattern of the outline, as in SVG; empty for none.
    """

    colour: str
    fill: float = 0.0
    stroke: float = 0.0
    dashes: str = ""

    @property
    def attributes(self) -> dict[str, AttributeValue]:
        """The attributes of a shape that is painted so."""
        name = self.colour.removesuffix("-soft")
        kind = "c" if name == self.colour else "s"
        found: dict[str, AttributeValue] = {"class_": f"{kind}-{name}"}
        found["fill"] = "currentColor" if self.fill else "none"
        if 0 < self.fill < 1:
            found["fill_opacity"] = f"{self.fill:g}"
        if self.stroke:
            found["stroke"] = "currentColor"
            found["stroke_width"] = f"{self.stroke:g}"
        if self.dashes:
            found["stroke_dasharray"] = self.dashes
        return found


def filled(colour: str, opacity: float = 1.0) -> Paint:
    """Return the paint of a shape without an outline."""
    return Paint(colour, fill=opacity)


def outlined(colour: str, width: float = 1.0, dashes: str = "") -> Paint:
    """Return the paint of a line, or of a shape that is not filled."""
    return Paint(colour, stroke=width, dashes=dashes)


_HALO: dict[str, AttributeValue] = {
    "stroke": "currentColor",
    "stroke_width": "3",
    "paint_order": "stroke",
}
GRID = outlined("line")
AXIS = outlined("ink-3")


def text_at(place: Spot, text: str, anchor: str = "start", style: str = "label small") -> Markup:
    """Return a label with its base line at a place; lines behind it leave it some room.

    Args:
        place: Where its start is, or its middle or end, as `anchor` says.
        text: What it says.
        anchor: `start`, `middle` or `end`.
        style: Classes of the page: `label`, `small` and `strong`, and the colour of the ground.
    """
    return element(
        "text",
        text,
        x=place[0],
        y=place[1],
        text_anchor=None if anchor == "start" else anchor,
        class_=style,
        **(_HALO if " c-" in style else {}),
    )


def line_between(start: Spot, end: Spot, paint: Paint = GRID) -> Markup:
    """Return a straight line."""
    ends = {"x1": start[0], "y1": start[1], "x2": end[0], "y2": end[1]}
    return element("line", **ends, **paint.attributes)


def box(corner: Spot, size: Spot, paint: Paint, about: str = "", rounded: float = 0) -> Markup:
    """Return a rectangle.

    Args:
        corner: Its upper left corner.
        size: Its width and height.
        paint: How it is painted.
        about: What is said of it where it is pointed at.
        rounded: The radius of its corners.
    """
    attributes: dict[str, AttributeValue] = {
        "x": corner[0],
        "y": corner[1],
        "width": max(0.0, size[0]),
        "height": max(0.0, size[1]),
        "rx": rounded or None,
    }
    return element("rect", *_about(about), **attributes, **paint.attributes)


def polygon(corners: Iterable[Spot], paint: Paint, about: str = "") -> Markup:
    """Return a polygon, with what is said of it where it is pointed at."""
    return element("polygon", *_about(about), points=_places(corners), **paint.attributes)


def path_through(places: Iterable[Spot], paint: Paint) -> Markup:
    """Return straight lines from each place to the next."""
    return element("polyline", points=_places(places), **paint.attributes)


def dot(centre: Spot, radius: float, paint: Paint, about: str = "") -> Markup:
    """Return a dot, with what is said of it where it is pointed at."""
    where = {"cx": centre[0], "cy": centre[1], "r": radius}
    return element("circle", *_about(about), **where, **paint.attributes)


def diamond(centre: Spot, radius: float, paint: Paint, about: str = "") -> Markup:
    """Return a square that stands on a corner."""
    x, y = centre
    corners = [(x - radius, y), (x, y - radius), (x + radius, y), (x, y + radius)]
    return polygon(corners, paint, about)


def _about(about: str) -> tuple[Markup, ...]:
    return (element("title", about),) if about else ()


def _places(places: Iterable[Spot]) -> str:
    return " ".join(f"{x:.1f},{y:.1f}" for x, y in places)
