"""Network guard: a test may talk to this machine and to nothing else.

It watches Python's own sockets. The browser is held by its launch options, PostgreSQL's C library by the settings.
"""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Callable, Iterator
from typing import Any

import pytest

_LOCAL_NAMES = frozenset({"localhost", "testserver", ""})


class OutsideConnectionError(OSError):
    """A test tried to reach another machine; the message says which."""


class NetworkGuard:
    """Refuses connections to other machines and remembers each attempt, so that swallowed errors show as well."""

    def __init__(self) -> None:
        self.attempts: list[str] = []

    def check(self, host: object) -> None:
        """Raise OutsideConnectionError if `host` is neither this machine's name nor a loopback address."""
        name = host.decode() if isinstance(host, bytes) else host
        if name is None or (isinstance(name, str) and name.lower() in _LOCAL_NAMES):
            return
        try:
            # The unspecified address is where a test server listens; it never leads to another machine.
            address = ipaddress.ip_address(str(name).partition("%")[0])
            local = address.is_loopback or address.is_unspecified
        except ValueError:
            local = False
        if not local:
            self.attempts.append(str(name))
            raise OutsideConnectionError(f"A test tried to reach {name}; tests may only talk to this machine.")

    def check_address(self, family: int, address: object) -> None:
        """Check the address given to a socket; sockets of the file system are local by nature."""
        if family in {socket.AF_INET, socket.AF_INET6} and isinstance(address, tuple):
            self.check(address[0])


def _guarded_method(guard: NetworkGuard, name: str) -> Callable[..., Any]:
    original = getattr(socket.socket, name)

    def method(self: socket.socket, *args: Any) -> Any:
        guard.check_address(self.family, args[-1])
        return original(self, *args)

    return method


def _guarded_lookup(guard: NetworkGuard, name: str) -> Callable[..., Any]:
    original = getattr(socket, name)

    def lookup(host: Any, *args: Any, **kwargs: Any) -> Any:
        guard.check(host)
        return original(host, *args, **kwargs)

    return lookup


@pytest.fixture(scope="session", autouse=True)
def network_guard() -> Iterator[NetworkGuard]:
    """Install the guard for the whole session; gives the guard."""
    guard = NetworkGuard()
    with pytest.MonkeyPatch.context() as patch:
        for name in ("connect", "connect_ex", "sendto"):
            patch.setattr(socket.socket, name, _guarded_method(guard, name), raising=True)
        for name in ("getaddrinfo", "gethostbyname", "gethostbyname_ex"):
            patch.setattr(socket, name, _guarded_lookup(guard, name))
        yield guard


@pytest.fixture(autouse=True)
def no_outside_connection(network_guard: NetworkGuard) -> Iterator[None]:
    """Fail a test that tried to reach another machine, even if its code swallowed the refusal."""
    network_guard.attempts.clear()
    yield
    attempts = network_guard.attempts[:]
    network_guard.attempts.clear()
    if attempts:
        pytest.fail(f"tried to reach other machines: {', '.join(attempts)}", pytrace=False)
