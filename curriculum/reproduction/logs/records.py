"""The records of a TFRecord file, in chunks; it does not know what a record says."""

from __future__ import annotations

from collections.abc import Iterator
from struct import unpack_from

from curriculum.model.runs import LogError, LogFile

CHUNK = 1 << 20
"""How many bytes are read at once."""

LONGEST = 1 << 28
"""The longest record believed, in bytes."""

_HEADER, _FOOTER = 12, 4


def _row(byte: int) -> int:
    for _ in range(8):
        byte = byte >> 1 ^ (0x82F63B78 if byte & 1 else 0)
    return byte


_TABLE = tuple(_row(byte) for byte in range(256))


def masked_crc(octets: bytes) -> int:
    """Return the masked CRC-32C that TFRecord uses.

    >>> hex(masked_crc(b"123456789"))
    '0xc78ab0e5'
    """
    crc = 0xFFFFFFFF
    for octet in octets:
        crc = _TABLE[(crc ^ octet) & 0xFF] ^ crc >> 8
    crc ^= 0xFFFFFFFF
    return ((crc >> 15 | crc << 17) + 0xA282EAD8) & 0xFFFFFFFF


def records_of(file: LogFile, notes: list[str]) -> Iterator[tuple[bytes, int, int]]:
    """Yield every record as a buffer and the places in it where the record begins and ends.

    What the last record lacks, and a length that does not agree with its checksum, end the reading with a note.
    The checksums of the records themselves are not looked at.

    Raises:
        LogError: The very first length is corrupt.
    """
    lengths: dict[bytes, int] = {}
    with file.open() as stream:
        buffer, here, read = b"", 0, False
        while True:
            header = buffer[here : here + _HEADER]
            length = lengths.get(header)
            if length is None and len(header) == _HEADER:
                length = _checked(header)
                if length < 0:
                    _give_up(file, notes, read)
                    return
                lengths[header] = length
            end = here + _HEADER + (length or 0)
            if length is None or end + _FOOTER > len(buffer):
                chunk = stream.read(max(CHUNK, end + _FOOTER - len(buffer)))
                if not chunk:
                    break
                buffer, here = buffer[here:] + chunk, 0
                continue
            read = True
            yield buffer, here + _HEADER, end
            here = end + _FOOTER
    if here < len(buffer):
        notes.append(f"the last record of '{file.name}' breaks off and was passed over")


def _checked(header: bytes) -> int:
    """Return the length that a header says; -1 when it is corrupt."""
    length, crc = unpack_from("<QI", header)
    return int(length) if length <= LONGEST and crc == masked_crc(header[:8]) else -1


def _give_up(file: LogFile, notes: list[str], read: bool) -> None:  # noqa: FBT001
    if not read:
        raise LogError(
            file.name,
            "is no event file: the length of its first record does not agree with its checksum",
        )
    notes.append(
        f"'{file.name}' is corrupt after what was read: a record's length does not agree with its checksum"
    )
