"""The third schema: facts of the kind `missed`, which older programs do not know."""

from __future__ import annotations

ALLOW_MISSED = ()
