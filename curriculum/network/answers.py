"""The answer of a web address, as a value that needs no HTTP library."""

from __future__ import annotations

from curriculum.model.late_dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class HttpAnswer:
    """The answer of an address.

    Attributes:
        data: The bytes; None when they are those that were known.
        etag: Their mark (RFC 9110 §8.8.3).
        modified: When they last changed, as the server writes it.
    """

    data: bytes | None
    etag: str | None = None
    modified: str | None = None
