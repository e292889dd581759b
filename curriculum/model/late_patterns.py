"""Regular expressions that are compiled when they are first used.

Compiling those of all modules as they are imported was a tenth of the time of a command, which uses
few of them.
"""

from __future__ import annotations

import re
from typing import Any, AnyStr, cast


class _LatePattern:
    """Stands for a pattern; after its first use, each method is the compiled pattern's own."""

    def __init__(self, text: Any, flags: int) -> None:  # Any: a text, or bytes
        self._given = (text, flags)

    def __getattr__(self, name: str) -> Any:  # Any: an attribute of a compiled pattern
        if name == "_given":  # a copy that is not filled yet
            raise AttributeError(name)
        found = getattr(re.compile(*self._given), name)
        setattr(self, name, found)
        return found


def late_pattern(text: AnyStr, flags: int = 0) -> re.Pattern[AnyStr]:
    """Return a pattern like that of `re.compile`, which is compiled when it is first used.

    Args:
        text: The regular expression.
        flags: Flags of `re`.

    >>> late_pattern("a+").sub("b", "caat")
    'cbt'
    """
    return cast("re.Pattern[AnyStr]", _LatePattern(text, flags))
