"""The lines of a text file, one at a time; it does not know what they say."""

from __future__ import annotations

from collections.abc import Iterator

from curriculum.model.runs import LogError, LogFile

MARK = b"\xef\xbb\xbf"
"""The byte order mark that some programs put before UTF-8."""


def log_lines(file: LogFile, limit: int) -> Iterator[tuple[int, str]]:
    """Yield the number and text of each line, with its line end if it has one.

    Args:
        file: What to read.
        limit: The greatest length of a line in bytes.

    Raises:
        LogError: A line is longer, holds NUL or is not UTF-8.
    """
    with file.open() as stream:
        number = 0
        while raw := stream.readline(limit + 1):
            number += 1
            if len(raw) > limit:
                raise LogError(f"{file.name}:{number}", f"is a line of more than {limit} bytes")
            yield (
                number,
                _decoded(raw.removeprefix(MARK) if number == 1 else raw, f"{file.name}:{number}"),
            )


def _decoded(raw: bytes, place: str) -> str:
    if b"\0" in raw:
        raise LogError(place, "holds a NUL byte, so it is no text")
    try:
        return raw.decode()
    except UnicodeDecodeError as fault:
        # A file that breaks off may do so inside a character.
        if fault.reason == "unexpected end of data" and not raw.endswith(b"\n"):
            return raw[: fault.start].decode()
        raise LogError(place, "is not UTF-8") from None
