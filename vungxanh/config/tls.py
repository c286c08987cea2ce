"""An own certificate authority, so that a phone in the same network can open the demo over HTTPS.

The authority may vouch only for this machine's kinds of name: localhost, .local and private
addresses (RFC 5280 4.2.1.10), so its key is of little use to a thief.
"""

import ipaddress
import socket
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

AUTHORITY_DAYS = 3650
# Phones refuse certificates of more than 398 days.
CERTIFICATE_DAYS = 397
RENEW_DAYS = 30
PRIVATE_NETWORKS = (
    "127.0.0.0/8", "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "169.254.0.0/16",
    "100.64.0.0/10", "::1/128", "fc00::/7", "fe80::/10",
)  # fmt: skip
LOCAL_NAMES = ("localhost", "local")

Key = ec.EllipticCurvePrivateKey


@dataclass(frozen=True, slots=True)
class Certificate:
    """The files that the server needs, and the authority's."""

    certificate: Path
    key: Path
    authority: Path


def certificate_for(home: Path, addresses: Sequence[str]) -> Certificate:
    """The server's certificate for localhost and these addresses, made or renewed as needed."""
    folder = home / "tls"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    found = Certificate(folder / "server.crt", folder / "server.key", folder / "ca.crt")
    names = [x509.DNSName("localhost"), *map(_address, ["127.0.0.1", "::1", *addresses])]
    if not _is_good(found, names):
        authority, authority_key = _authority(folder)
        _make_server(found, names, (authority, authority_key))
    return found


def lan_addresses() -> tuple[str, ...]:
    """This machine's private addresses in its networks; nothing is sent to find them."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            # A datagram socket only looks up the route; the address is of documentation (RFC 5737).
            probe.connect(("192.0.2.1", 9))
            address = str(probe.getsockname()[0])
        except OSError:
            return ()
    is_usable = any(_is_within(address, network) for network in PRIVATE_NETWORKS[1:6])
    return (address,) if is_usable else ()


def fingerprint(certificate: Path) -> str:
    """SHA-256 of a certificate, as phones show it."""
    loaded = x509.load_pem_x509_certificate(certificate.read_bytes())
    return loaded.fingerprint(hashes.SHA256()).hex(":").upper()


def _address(text: str) -> x509.IPAddress:
    return x509.IPAddress(ipaddress.ip_address(text))


def _is_within(address: str, network: str) -> bool:
    return ipaddress.ip_address(address) in ipaddress.ip_network(network)


def _is_good(found: Certificate, names: Sequence[x509.GeneralName]) -> bool:
    if not (found.certificate.exists() and found.key.exists() and found.authority.exists()):
        return False
    loaded = x509.load_pem_x509_certificate(found.certificate.read_bytes())
    listed = loaded.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    lasts = loaded.not_valid_after_utc - datetime.now(UTC) > timedelta(days=RENEW_DAYS)
    return lasts and set(names) <= set(listed)


def _authority(folder: Path) -> tuple[x509.Certificate, Key]:
    certificate, key = folder / "ca.crt", folder / "ca.key"
    if certificate.exists() and key.exists():
        loaded = serialization.load_pem_private_key(key.read_bytes(), None)
        if isinstance(loaded, ec.EllipticCurvePrivateKey):
            return x509.load_pem_x509_certificate(certificate.read_bytes()), loaded
    made_key = ec.generate_private_key(ec.SECP256R1())
    name = _name("Vùng Xanh, chứng thư thử của máy này")
    signed = _limited(_unsigned(name, name, made_key.public_key(), days=AUTHORITY_DAYS)).sign(
        made_key, hashes.SHA256()
    )
    _write_key(key, made_key)
    certificate.write_bytes(signed.public_bytes(serialization.Encoding.PEM))
    return signed, made_key


def _make_server(
    found: Certificate, names: Sequence[x509.GeneralName], signer: tuple[x509.Certificate, Key]
) -> None:
    authority, authority_key = signer
    key = ec.generate_private_key(ec.SECP256R1())
    draft = _unsigned(
        _name("localhost"), authority.subject, key.public_key(), days=CERTIFICATE_DAYS
    )
    usage = x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH])
    signed = (
        draft.add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(x509.SubjectAlternativeName(names), critical=False)
        .add_extension(usage, critical=False)
        .sign(authority_key, hashes.SHA256())
    )
    _write_key(found.key, key)
    found.certificate.write_bytes(signed.public_bytes(serialization.Encoding.PEM))


def _name(common_name: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, common_name)])


def _unsigned(
    subject: x509.Name, issuer: x509.Name, key: ec.EllipticCurvePublicKey, *, days: int
) -> x509.CertificateBuilder:
    now = datetime.now(UTC)
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key)
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=days))
    )


def _limited(draft: x509.CertificateBuilder) -> x509.CertificateBuilder:
    networks = [x509.IPAddress(ipaddress.ip_network(network)) for network in PRIVATE_NETWORKS]
    names = [x509.DNSName(name) for name in LOCAL_NAMES]
    limits = x509.NameConstraints(permitted_subtrees=[*names, *networks], excluded_subtrees=None)
    return draft.add_extension(
        x509.BasicConstraints(ca=True, path_length=0), critical=True
    ).add_extension(limits, critical=True)


def _write_key(path: Path, key: Key) -> None:
    path.unlink(missing_ok=True)
    path.touch(mode=0o600)
    path.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
