"""Leave out of a syllabus what most commands do not look at: its results; what stays keeps its place in the file."""

from __future__ import annotations

import re

_RESULTS = re.compile(r"^(?:defaults|results):", re.MULTILINE)
_OTHER_KEY = re.compile(r"^(?!defaults:|results:)[^\s#-]", re.MULTILINE)


def without_results(text: str) -> str:
    r"""Return a syllabus without the results at its end; where anything else comes after them, return all of it.

    >>> outline("title: A\ndefaults: {method: PPO}\nresults:\n  - {id: pong}\n")
    'title: A\n'
    >>> outline("results: []\ntitle: A\n")
    'results: []\ntitle: A\n'
    """
    found = _RESULTS.search(text)
    if found is None or _OTHER_KEY.search(text, found.start()):
        return text
    return text[: found.start()]
