"""A large result on its way through the pipe, without a second copy of it at either end."""

from __future__ import annotations

import pickle
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from multiprocessing.connection import Connection


def send(connection: Connection, value: object) -> None:
    """Send a value in pieces; `receive` puts it together at the other end."""
    pickle.Pickler(_Pieces(connection), pickle.HIGHEST_PROTOCOL).dump(value)


def receive(connection: Connection) -> object:
    """Return the value that is being sent; what comes through the pipe is our own worker's."""
    return pickle.Unpickler(_Joined(connection)).load()  # noqa: S301


class _Pieces:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def write(self, data: bytes | pickle.PickleBuffer) -> int:
        """Send what the pickler has ready: some 64 kB, or an array."""
        view = data.raw() if isinstance(data, pickle.PickleBuffer) else memoryview(data)
        self._connection.send_bytes(view)
        return view.nbytes


class _Joined:
    """The pieces as one file. It never asks for a piece that is not needed yet."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._piece = b""
        self._at = 0

    def read(self, size: int) -> bytes:
        """Return so many bytes."""
        parts = []
        while size > 0:
            if self._at == len(self._piece):
                self._piece, self._at = self._connection.recv_bytes(), 0
            part = self._piece[self._at : self._at + size]
            self._at += len(part)
            size -= len(part)
            parts.append(part)
        return b"".join(parts)

    def readline(self) -> bytes:
        """Return bytes up to the end of a line; the protocol in use has none."""
        line = b""
        while not line.endswith(b"\n"):
            line += self.read(1)
        return line
