"""How pictures look, and their bytes: the same for the same numbers, on any day."""

from __future__ import annotations

import io
import warnings
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from types import MappingProxyType
from typing import Any

import matplotlib
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from matplotlib.textpath import TextToPath

from curriculum.views.figures.formats import MADE_BY, PictureFormat, PictureWidth

SMALL, NORMAL_SIZE = 7.0, 8.0
"""Sizes of type, in points."""

MINE, PAPER, GREY = "#0072B2", "#D55E00", "0.35"
"""Colours that differ for everybody (Okabe and Ito 2008); lines and markers differ as well."""

WIDTHS: Mapping[PictureWidth, float] = MappingProxyType({"column": 3.25, "page": 6.75})
"""Inches of a column and of a page with two of them."""

_STYLE: dict[Any, Any] = {  # Any: settings of matplotlib, and their values
    "axes.linewidth": 0.6,
    "axes.spines.right": False,
    "axes.spines.top": False,
    "axes.unicode_minus": True,
    "figure.constrained_layout.h_pad": 0.03,
    "figure.constrained_layout.w_pad": 0.03,
    "font.family": ["DejaVu Sans"],
    "font.size": SMALL,
    "hatch.linewidth": 0.4,
    "legend.frameon": False,
    "pdf.fonttype": 42,
    "savefig.dpi": 300,
    "svg.hashsalt": "curriculum",
    "text.parse_math": False,
    "xtick.major.width": 0.6,
    "ytick.major.width": 0.6,
}
_METADATA: Mapping[PictureFormat, dict[str, str | None]] = {
    "png": {"Software": MADE_BY},
    "svg": {"Creator": MADE_BY, "Date": None},
    "pdf": {"Creator": MADE_BY, "CreationDate": None},
}


@contextmanager
def house_style() -> Iterator[None]:
    """Draw in the style of these pictures, whatever the person's own settings are."""
    with matplotlib.rc_context(), warnings.catch_warnings():
        matplotlib.rcdefaults()
        matplotlib.rcParams.update(_STYLE)
        # A script that the font lacks is drawn as boxes.
        warnings.filterwarnings("ignore", "Glyph .* missing from font")
        yield


def picture(figure: Figure, form: PictureFormat) -> bytes:
    """Return the bytes of a figure."""
    written = io.BytesIO()
    with house_style():
        figure.savefig(written, format=form, metadata=_METADATA[form])
    return written.getvalue()


def text_width(text: str, size: float) -> float:
    """Return the width of a text in inches."""
    font = FontProperties(family=["DejaVu Sans"], size=size)
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", "Glyph .* missing from font")
        width, _, _ = TextToPath().get_text_width_height_descent(text, font, ismath=False)
    return float(width) / 72


def cut_to_width(text: str, size: float, inches: float) -> str:
    """Return a text that is no wider; the middle of a longer one is left out."""
    width = text_width(text, size)
    if width <= inches:
        return text
    # Letters differ in width, so that a few more than the average may find room.
    most = int(1.2 * len(text) * inches / width)
    for kept in range(min(most, len(text) - 1), 1, -1):
        front = (kept + 1) // 2
        cut = f"{text[:front].rstrip()}…{text[len(text) - kept + front :].lstrip()}"
        if text_width(cut, size) <= inches:
            return cut
    return "…"
