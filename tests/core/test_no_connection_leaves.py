"""The guard of tests/conftest.py holds."""

import socket

import pytest

from tests.conftest import refuse_to_leave, stays_here


@pytest.mark.parametrize("address", [("192.0.2.1", 80), ("2001:db8::1", 443), ("example.org", 80)])
def test_another_machine_is_refused(address: tuple[str, int]) -> None:
    with pytest.raises(ConnectionRefusedError):
        refuse_to_leave(address)
    family = socket.AF_INET6 if ":" in address[0] else socket.AF_INET
    with socket.socket(family) as client, pytest.raises(ConnectionRefusedError):
        client.connect(address)


@pytest.mark.parametrize("address", [("127.0.0.1", 80), ("::1", 443), ("localhost", 80), "/run/x"])
def test_this_machine_is_reached(address: object) -> None:
    assert stays_here(address)
    refuse_to_leave(address)


def test_high_level_clients_are_guarded_too() -> None:
    with pytest.raises(OSError, match="tried to reach"):
        socket.create_connection(("192.0.2.1", 80), timeout=1)
