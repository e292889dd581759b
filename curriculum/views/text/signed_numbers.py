"""Numbers whose sign or side matters, as text."""

from __future__ import annotations

import math

_FLOAT_ERROR = 1e-9


def signed_number(value: float, digits: int) -> str:
    """Return a number with its sign, a true minus sign for a negative one; zero has none."""
    text = f"{value:+.{digits}f}"
    if float(text) == 0:
        return text.lstrip("+-")
    return text.replace("-", "−")


def rounded_up(size: float) -> str:
    """Return a positive number with two digits, or all of those before its point, not below it."""
    digits = max(0, 1 - math.floor(math.log10(size)))
    # A number that has no more digits must not be moved up by the error of a float.
    steps = math.ceil(size * 10**digits - _FLOAT_ERROR)
    return f"{steps / 10**digits:.{digits}f}"
