"""The codes of all problems that a YAML file can have, with their meanings."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

CODES: Mapping[str, str] = MappingProxyType(
    {
        "encoding": "the file is not UTF-8",
        "bad-character": "a control character, or a byte-order mark inside the file",
        "merge-conflict": "a conflict marker of a version control system was left in the file",
        "syntax": "the text is not YAML",
        "unsupported-yaml": "YAML that is not supported, such as tags, merge keys or two documents",
        "too-large": "the file is larger or deeper than any syllabus, aliases written out",
        "duplicate-key": "a key is written twice in one mapping",
        "unknown-key": "a key that means nothing in its mapping",
        "missing-key": "a mapping lacks a key that it needs",
        "wrong-type": "text where a list or a mapping belongs, or the other way round",
        "bad-value": "a value that is not one of those allowed, or contradicts its neighbours",
        "bad-number": "text that is not a number of the kind that belongs there",
        "bad-name": "the name of a work, a unit, a topic or a result breaks the rules for names",
        "bad-reference": "text that cannot be the name of a work, a unit or a range of units",
        "bad-address": "text that is not an http address",
        "bad-duration": "text that is not a duration, or a duration that cannot be used",
        "bad-pages": "a value that is not a range of pages",
        "bad-speed": "text that is not a reading speed",
        "bad-share": "text that is not a share, or shares that are all zero",
        "bad-date": "text that is not a date, a local date-time or a range of days",
        "bad-time": "text that is not a time of day",
        "bad-weekday": "text that is not a day of the week or a range of them",
        "bad-window": "text that is not a window of hours",
        "unknown-kind": "a kind of work that does not exist",
        "unknown-timezone": "a time zone that does not exist",
        "unknown-result": "'like' or 'ref' names a result that does not exist",
        "like-cycle": "results are like each other in a cycle",
        "duplicate-unit": "two units of a work have the same id",
        "duplicate-result": "two results of a paper have the same id",
        "duplicate-work": "two files of the workspace define the same work",
    }
)
