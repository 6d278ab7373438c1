"""Tests talk to this machine only."""

from __future__ import annotations

import socket
from typing import Any

import pytest

NAMES_OF_THIS_MACHINE = frozenset({"", "127.0.0.1", "::1", "localhost", "testserver"})


class NetworkRefused(RuntimeError):
    """A test tried to reach another machine."""


def shut(patch: pytest.MonkeyPatch) -> None:
    """Refuses connections and name look-ups that would leave this machine."""
    connect, connect_ex = socket.socket.connect, socket.socket.connect_ex
    getaddrinfo = socket.getaddrinfo

    def guarded_connect(self: socket.socket, address: Any) -> None:
        _refuse_foreign(self, address)
        connect(self, address)

    def guarded_connect_ex(self: socket.socket, address: Any) -> int:
        _refuse_foreign(self, address)
        return connect_ex(self, address)

    def guarded_getaddrinfo(host: Any, *arguments: Any, **named: Any) -> Any:
        _refuse_foreign_name(host)
        return getaddrinfo(host, *arguments, **named)

    patch.setattr(socket.socket, "connect", guarded_connect)
    patch.setattr(socket.socket, "connect_ex", guarded_connect_ex)
    patch.setattr(socket, "getaddrinfo", guarded_getaddrinfo)


def _refuse_foreign(connection: socket.socket, address: Any) -> None:
    if connection.family in (socket.AF_INET, socket.AF_INET6):
        _refuse_foreign_name(address[0])


def _refuse_foreign_name(host: Any) -> None:
    name = host.decode("ascii", "replace") if isinstance(host, bytes) else host
    if name is not None and name not in NAMES_OF_THIS_MACHINE:
        raise NetworkRefused(f"tests talk to this machine only, not to {name}")
