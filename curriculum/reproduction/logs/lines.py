"""The lines of a text file, one at a time."""

from __future__ import annotations

from collections.abc import Iterator

from curriculum.model.runs import LogError, LogFile

BYTE_ORDER_MARK = b"\xef\xbb\xbf"
"""What some programs put before UTF-8."""


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
            place = f"{file.name}:{number}"
            if len(raw) > limit:
                raise LogError(place, f"is a line of more than {limit} bytes")
            if number == 1:
                raw = raw.removeprefix(BYTE_ORDER_MARK)
            yield number, _decoded(raw, place)


def _decoded(raw: bytes, place: str) -> str:
    if b"\0" in raw:
        raise LogError(place, "holds a NUL byte, so it is not text")
    try:
        return raw.decode()
    except UnicodeDecodeError as fault:
        # A run that was killed may end its file inside a character.
        if fault.reason == "unexpected end of data" and not raw.endswith(b"\n"):
            return raw[: fault.start].decode()
        raise LogError(place, "is not UTF-8") from None
