"""The demo's own authority: phones can trust it, and it can vouch for nothing else."""

import socket
import ssl
import threading
from datetime import UTC, datetime
from pathlib import Path

import pytest
from cryptography import x509

from vungxanh.config import tls

LAN = "192.168.7.20"


@pytest.fixture
def made(tmp_path: Path) -> tls.Certificate:
    return tls.certificate_for(tmp_path, [LAN])


def handshake(made: tls.Certificate, name: str) -> str:
    """The protocol that client and server agree on; raises when the client does not trust."""
    server = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    server.load_cert_chain(made.certificate, made.key)
    client = ssl.create_default_context(cafile=made.authority)
    ours, theirs = socket.socketpair()
    with ours, theirs:
        thread = threading.Thread(target=_accept, args=(server, theirs))
        thread.start()
        try:
            with client.wrap_socket(ours, server_hostname=name) as connection:
                return str(connection.version())
        finally:
            ours.close()
            thread.join()


def _accept(server: ssl.SSLContext, connection: socket.socket) -> None:
    try:
        server.wrap_socket(connection, server_side=True).close()
    except OSError:
        connection.close()


@pytest.mark.parametrize("name", ["localhost", "127.0.0.1", LAN])
def test_client_that_trusts_the_authority_trusts_the_server(
    made: tls.Certificate, name: str
) -> None:
    assert handshake(made, name) == "TLSv1.3"


def test_other_names_are_not_vouched_for(made: tls.Certificate) -> None:
    with pytest.raises(ssl.SSLCertVerificationError):
        handshake(made, "bank.example")


def test_authority_may_vouch_for_local_names_alone(made: tls.Certificate) -> None:
    authority = x509.load_pem_x509_certificate(made.authority.read_bytes())
    limits = authority.extensions.get_extension_for_class(x509.NameConstraints)
    assert limits.critical
    assert {str(name.value) for name in limits.value.permitted_subtrees or []} >= {
        "localhost",
        "192.168.0.0/16",
    }


def test_keys_are_closed_to_others(made: tls.Certificate) -> None:
    keys = [made.key, made.key.with_name("ca.key")]
    assert [key.stat().st_mode & 0o077 for key in keys] == [0, 0]


def test_certificate_is_kept_until_an_address_is_new(made: tls.Certificate, tmp_path: Path) -> None:
    before, authority = made.certificate.read_bytes(), made.authority.read_bytes()
    assert tls.certificate_for(tmp_path, [LAN]).certificate.read_bytes() == before
    again = tls.certificate_for(tmp_path, [LAN, "10.1.2.3"])
    assert again.certificate.read_bytes() != before
    assert again.authority.read_bytes() == authority


def test_certificate_lasts_no_longer_than_phones_accept(made: tls.Certificate) -> None:
    loaded = x509.load_pem_x509_certificate(made.certificate.read_bytes())
    assert (loaded.not_valid_after_utc - loaded.not_valid_before_utc).days <= 398
    assert loaded.not_valid_after_utc > datetime.now(UTC)
