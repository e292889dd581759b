"""Connections that are closed when their client neither asks nor reads for long."""

from __future__ import annotations

from typing import Any

from uvicorn.protocols.http.h11_impl import H11Protocol

CLIENT_PATIENCE = 30.0
"""Seconds that a client may take to send a request, or to read anything of an answer."""


class PatientProtocol(H11Protocol):
    """A connection that is looked at from time to time, and closed when its client stands still.

    Nobody waits for such a client; but there is no more than a number of connections at once.
    """

    patience = CLIENT_PATIENCE

    def connection_made(self, transport: Any) -> None:  # Any: as in uvicorn
        """Wait for a request, but not for ever."""
        super().connection_made(transport)
        self.loop.call_later(self.patience, self._look, None, 0)

    def _look(self, last_cycle: object, last_unread: int) -> None:
        """Close the connection if nothing happened since the last look, and look again later."""
        if self.transport.is_closing():
            return
        cycle, unread = self.cycle, self.transport.get_write_buffer_size()
        has_asked = cycle is not None and not cycle.response_complete
        is_idle = cycle is last_cycle and not has_asked and not unread
        is_unread = 0 < unread == last_unread
        if is_idle or is_unread:
            self.transport.abort()
        else:
            self.loop.call_later(self.patience, self._look, cycle, unread)
