"""Leave the results out of a syllabus, which most commands do not look at."""

from __future__ import annotations

import re

from curriculum.model.late_patterns import late_pattern

_RESULTS = late_pattern(r"^(?:defaults|results):", re.MULTILINE)
_OTHER_KEY = late_pattern(r"^(?!defaults:|results:)[^\s#-]", re.MULTILINE)


def without_results(text: str) -> str:
    r"""Return a syllabus without the results at its end; all of it where another key follows.

    What is left keeps its lines, so that places stay right.

    >>> without_results("title: A\ndefaults: {method: PPO}\nresults:\n  - {id: pong}\n")
    'title: A\n'
    >>> without_results("results: []\ntitle: A\n")
    'results: []\ntitle: A\n'
    """
    found = _RESULTS.search(text)
    if found is None or _OTHER_KEY.search(text, found.start()):
        return text
    return text[: found.start()]
