"""Look for a key in the bytes of a syllabus, before it is worth parsing."""

from __future__ import annotations

import re


def says_key(data: bytes, key: str) -> bool:
    r"""Say whether a line begins with a key, as those of the work as a whole do.

    >>> says_key(b"title: A\ngap: 3d\n", "gap"), says_key(b"title: A gap: 3d\n", "gap")
    (True, False)
    """
    # Few files hold the word at all, and looking for it takes a hundredth of the time.
    word = key.encode()
    if word not in data:
        return False
    return re.search(rb"""^["']?%s["']?[ \t]*:""" % re.escape(word), data, re.MULTILINE) is not None
