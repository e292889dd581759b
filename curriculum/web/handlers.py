"""How a request is answered: a function of what it asks."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

from starlette.responses import Response

from curriculum.web.page_request import PageRequest

Handler: TypeAlias = Callable[[PageRequest], Response]
"""Answers a request; a page changes nothing."""
