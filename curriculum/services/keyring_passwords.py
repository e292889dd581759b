"""Read passwords from the keyring of the system; needs the library of that name."""

from __future__ import annotations

import keyring
from keyring.errors import KeyringError


def keyring_password(service: str, account: str) -> str | None:
    """Return a password; None when the keyring does not hold it, or cannot be opened."""
    try:
        return keyring.get_password(service, account)
    except (KeyringError, RuntimeError):  # RuntimeError: some backends, without a desktop session
        return None
