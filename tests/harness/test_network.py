"""The network guard lets this machine through and nothing else, and swallowed refusals show."""

from __future__ import annotations

import socket
import urllib.request

import pytest

from tests.harness.network import NetworkGuard, OutsideConnectionError


@pytest.fixture
def attempts(network_guard: NetworkGuard) -> list[str]:
    """The attempts noted so far; the test answers for them by clearing them."""
    return network_guard.attempts


# Addresses kept free for documentation: nobody answers there, should the guard ever fail.
@pytest.mark.parametrize("address", ["192.0.2.1", "2001:db8::1", "example.org", "10.0.0.1", b"example.org"])
def test_another_machine_is_refused(attempts: list[str], address: str | bytes) -> None:
    with pytest.raises(OutsideConnectionError):
        socket.create_connection((address, 80), timeout=1)  # type: ignore[arg-type]  # bytes are accepted as well
    assert len(attempts) == 1
    attempts.clear()


def test_a_swallowed_refusal_is_remembered(attempts: list[str]) -> None:
    with pytest.raises(OSError, match="only talk to this machine"):
        urllib.request.urlopen("http://example.org/", timeout=1)
    assert attempts == ["example.org"]
    attempts.clear()


def test_datagrams_are_refused(attempts: list[str]) -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sender, pytest.raises(OutsideConnectionError):
        sender.sendto(b"", ("192.0.2.1", 53))
    attempts.clear()


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost"])
def test_this_machine_is_let_through(attempts: list[str], host: str) -> None:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        with socket.create_connection((host, listener.getsockname()[1]), timeout=5):
            pass
    assert attempts == []
