"""The signed day: what an office keeps on paper or sends away, and can later hold against the log.

The signature is Ed25519 (RFC 8032) over the lines of the statement, each ended by a newline.
"""

import hashlib
from dataclasses import dataclass
from datetime import date

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from vungxanh.refusals import RefusalError, Words

TITLE = "vungxanh audit day 1"
_FIELDS = ("day", "seals", "rows", "head", "before", "signed")


class BadSealFileError(RefusalError):
    """A file that should hold a day's seal does not."""

    def __init__(self) -> None:
        words = Words(
            vi="Tệp này không phải dấu niêm phong của một ngày nhật ký, hoặc đã bị sửa. "
            "Lấy lại tệp do “vungxanh audit seal” in ra.",
            en="This file is not the seal of a day of the log, or it was changed. "
            "Take the file that “vungxanh audit seal” printed.",
        )
        super().__init__("audit.bad_seal_file", words)


@dataclass(frozen=True, slots=True)
class DayStatement:
    """What is signed of a day: which seals and rows it had, and the chain before and after it."""

    day: date
    first_seal: int
    last_seal: int
    first_position: int
    last_position: int
    head: bytes
    before: bytes
    signed: str

    @property
    def text(self) -> str:
        """The lines that are signed."""
        values = (
            self.day.isoformat(),
            f"{self.first_seal}-{self.last_seal}",
            f"{self.first_position}-{self.last_position}",
            self.head.hex(),
            self.before.hex(),
            self.signed,
        )
        lines = [f"{name} {value}" for name, value in zip(_FIELDS, values, strict=True)]
        return "\n".join([TITLE, *lines]) + "\n"

    def signature(self, secret: bytes) -> bytes:
        """Sign with the key whose 32 secret bytes these are."""
        return Ed25519PrivateKey.from_private_bytes(secret).sign(self.text.encode())

    def is_signed(self, key: bytes, signature: bytes) -> bool:
        """Whether the holder of this public key signed it."""
        try:
            Ed25519PublicKey.from_public_bytes(key).verify(signature, self.text.encode())
        except (InvalidSignature, ValueError):
            return False
        return True


@dataclass(frozen=True, slots=True)
class KeptSeal:
    """A day's statement with key and signature, as it stands in a file."""

    statement: DayStatement
    key: bytes
    signature: bytes

    @property
    def text(self) -> str:
        """The file."""
        return f"{self.statement.text}key {self.key.hex()}\nsignature {self.signature.hex()}\n"

    @property
    def is_true(self) -> bool:
        """Whether the signature is the named key's."""
        return self.statement.is_signed(self.key, self.signature)


def public_key(secret: bytes) -> bytes:
    """The 32 public bytes that belong to secret ones."""
    return Ed25519PrivateKey.from_private_bytes(secret).public_key().public_bytes_raw()


def public_pem(key: bytes) -> str:
    """A public key as OpenSSL reads it (RFC 8410, PEM)."""
    loaded = Ed25519PublicKey.from_public_bytes(key)
    return loaded.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode()


def fingerprint(key: bytes) -> str:
    """SHA-256 of the key as `openssl pkey -pubin -outform DER` prints it."""
    loaded = Ed25519PublicKey.from_public_bytes(key)
    der = loaded.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    return hashlib.sha256(der).hexdigest()


def read_seal(text: str) -> KeptSeal:
    """A kept seal; spaces, empty lines and CR that mail brings in are borne."""
    lines = [" ".join(line.split()) for line in text.splitlines() if line.strip()]
    named = dict(line.partition(" ")[::2] for line in lines[1:])
    try:
        kept = KeptSeal(
            _statement(named), bytes.fromhex(named["key"]), bytes.fromhex(named["signature"])
        )
    except (KeyError, ValueError) as broken:
        raise BadSealFileError from broken
    if lines[0] != TITLE or not kept.is_true:
        raise BadSealFileError
    return kept


def _statement(named: dict[str, str]) -> DayStatement:
    first_seal, last_seal = (int(part) for part in named["seals"].split("-"))
    first, last = (int(part) for part in named["rows"].split("-"))
    return DayStatement(
        date.fromisoformat(named["day"]),
        first_seal,
        last_seal,
        first,
        last,
        bytes.fromhex(named["head"]),
        bytes.fromhex(named["before"]),
        named["signed"],
    )
