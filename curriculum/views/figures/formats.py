"""The formats of pictures, and how a picture of ours is known; without the library that draws."""

from __future__ import annotations

from typing import Literal, TypeAlias

PictureFormat: TypeAlias = Literal["png", "svg", "pdf"]
PictureWidth: TypeAlias = Literal["column", "page"]

MADE_BY = "curriculum plot"
"""What every picture names as its program."""
