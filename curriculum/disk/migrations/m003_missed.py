"""The third schema: the columns of before, and facts of the kind `missed`, which older programs do not know."""

from __future__ import annotations

STATEMENTS = ()
