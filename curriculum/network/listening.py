"""Take the address that a server of this machine listens on."""

from __future__ import annotations

import socket

from curriculum.model.problems import CurriculumError


class PortError(CurriculumError):
    """An address cannot be listened on."""

    def __init__(self, host: str, port: int, error: OSError) -> None:
        """Build the sentence from the address and what the system said."""
        reason = (error.strerror or str(error)).lower()
        super().__init__(f"cannot listen on '{host}' port {port}: {reason}")


def listening_socket(host: str, port: int) -> socket.socket:
    """Return a socket that listens on an address; port 0 takes a free one.

    Raises:
        PortError: The system does not allow it.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listening = socket.socket(family, socket.SOCK_STREAM)
    try:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind((host, port))
        listening.listen(_WAITING)
    except OSError as error:
        listening.close()
        raise PortError(host, port, error) from error
    return listening


_WAITING = 512
"""How many clients may wait to be let in."""
