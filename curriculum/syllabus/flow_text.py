"""Write values as YAML on one line, as people write them, so that they read back as they are."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping

from curriculum.model.late_patterns import late_pattern
from curriculum.model.setting_in_force import SettingValue

_WIDTH = 100
_PLAIN = late_pattern(r"[A-Za-z0-9][A-Za-z0-9 ._/()'+-]*")
_UNSET = ("null", "Null", "NULL")


def flow_text(value: SettingValue) -> str:
    """Return a value as YAML on one line.

    >>> flow_text({"work": "ppo-2017", "units": ["1-4", "9"], "why": "short: it works"})
    '{work: ppo-2017, units: [1-4, 9], why: "short: it works"}'
    """
    match value:
        case None:
            return "null"
        case dict():
            return f"{{{', '.join(f'{key}: {flow_text(one)}' for key, one in value.items())}}}"
        case list():
            return f"[{', '.join(map(flow_text, value))}]"
        case _:
            return _scalar(value)


def list_item_lines(value: Mapping[str, SettingValue]) -> Iterator[str]:
    """Yield the lines of a mapping as an entry of a list: one line where it is short enough."""
    line = f"  - {flow_text(dict(value))}"
    if len(line) <= _WIDTH:
        yield line
        return
    start = "  - "
    for key, one in value.items():
        yield f"{start}{key}: {flow_text(one)}"
        start = "    "


def _scalar(text: str) -> str:
    """Return a text as it is where YAML takes it for nothing else, and in quotes elsewhere."""
    if _PLAIN.fullmatch(text) and text not in _UNSET and text == text.strip():
        return text
    return json.dumps(text, ensure_ascii=False)
