"""JSON as text, for people and for programs."""

from __future__ import annotations

import json
from typing import Any

_LONG = 200
"""How many items a list has that is not indented: indenting takes ten times as long."""

_one_line = json.JSONEncoder(ensure_ascii=False).encode


def json_text(value: Any) -> str:  # Any: a tree of JSON values
    """Return JSON, indented; a list of more than 200 items has a line for each.

    >>> print(json_text({"a": [1, {"b": None}], "c": []}))
    {
      "a": [
        1,
        {
          "b": null
        }
      ],
      "c": []
    }
    """
    return _text(value, "\n")


def _text(value: Any, line: str) -> str:  # Any: a tree of JSON values
    """Return JSON whose lines begin with `line`, which is a line's end and an indentation."""
    inner = f"{line}  "
    if isinstance(value, dict) and value:
        fields = [f"{_one_line(str(key))}: {_text(one, inner)}" for key, one in value.items()]
        return f"{{{inner}{f',{inner}'.join(fields)}{line}}}"
    if isinstance(value, (list, tuple)) and value:
        write = _one_line if len(value) > _LONG else lambda one: _text(one, inner)
        return f"[{inner}{f',{inner}'.join(map(write, value))}{line}]"
    return _one_line(value)
