"""Which page or action is at which address."""

from __future__ import annotations

from collections.abc import Mapping

from curriculum.web.handlers import Handler
from curriculum.web.pages.today import show_today

SHOWN: Mapping[str, Handler] = {
    "/": show_today,
}
"""What is shown at an address."""

ACTIONS: Mapping[str, Handler] = {}
"""What is done when a form is sent to an address."""
