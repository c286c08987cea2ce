"""Sealed fields and blind indexes: how personal data lies in the database.

A sealed value is `version (1) | key id (4) | nonce (12) | AES-256-GCM ciphertext and tag`. The key
of a column is derived from the data key and the name `table.column`, which is also the associated
data: a value moved to another column does not open. Texts are padded to 32 bytes so that the length
of a name or number says little. Random nonces allow 2^32 values per key and column (NIST
SP 800-38D, 8.3); a new data key starts the count anew.

A blind index is HMAC-SHA256 of the normalised value under the separate index key, so that equal
values are found without opening anything.
"""

import hashlib
import hmac
import secrets
import unicodedata
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.core.exceptions import FieldError
from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper

from vungxanh.core import keys
from vungxanh.core.keys import Use
from vungxanh.refusals import RefusalError, Words

VERSION = b"\x01"
NONCE_BYTES = 12
BLOCK = 32
if TYPE_CHECKING:
    TextBase = models.Field[str, str]
else:
    TextBase = models.Field
_HEAD = len(VERSION) + keys.ID_BYTES + NONCE_BYTES
_END_OF_TEXT = b"\x80"  # padding of ISO/IEC 7816-4


class UnopenableError(RefusalError):
    """A sealed value was changed, moved or cut: it does not open."""

    status = 500

    def __init__(self, place: str) -> None:
        words = Words(
            vi="Một giá trị niêm phong không mở được. Báo người quản trị hệ thống kiểm tra.",
            en="A sealed value does not open. Ask the administrator to check the installation.",
        )
        super().__init__("core.unopenable", words, where=place)


def seal(content: bytes, place: str) -> bytes:
    """Seal bytes for one place ("table.column"), under the current data key."""
    ring = keys.ring(Use.DATA)
    nonce = secrets.token_bytes(NONCE_BYTES)
    cipher = AESGCM(keys.derived(ring.keys[ring.current], place))
    return VERSION + ring.current + nonce + cipher.encrypt(nonce, content, place.encode())


def unseal(sealed: bytes, place: str) -> bytes:
    """Open what `seal` made for the same place."""
    if sealed[:1] != VERSION or len(sealed) < _HEAD:
        raise UnopenableError(place)
    key_id, nonce = sealed[1 : 1 + keys.ID_BYTES], sealed[1 + keys.ID_BYTES : _HEAD]
    cipher = AESGCM(keys.derived(keys.key_of(Use.DATA, key_id), place))
    try:
        return cipher.decrypt(nonce, sealed[_HEAD:], place.encode())
    except InvalidTag as broken:
        raise UnopenableError(place) from broken


def seal_text(text: str, place: str) -> bytes:
    """Seal a text, padded."""
    return seal(padded(text), place)


def unseal_text(sealed: bytes, place: str) -> str:
    """Open a text that `seal_text` made."""
    return unpadded(unseal(sealed, place))


def padded(text: str) -> bytes:
    """A text as bytes whose number says little about its length."""
    content = text.encode() + _END_OF_TEXT
    return content.ljust(-len(content) // BLOCK * -BLOCK, b"\0")


def unpadded(content: bytes) -> str:
    """The text that `padded` filled up."""
    return content.rstrip(b"\0").removesuffix(_END_OF_TEXT).decode()


class SealedField(TextBase):
    """A text that lies sealed in the database: read and written as `str`, never searched."""

    description = "Sealed text"
    empty_strings_allowed = True

    def db_type(self, connection: BaseDatabaseWrapper) -> str:
        """Bytes."""
        return "bytea"

    @property
    def place(self) -> str:
        """The name that a value is bound to."""
        return f"{self.model._meta.db_table}.{self.column}"

    def get_prep_value(self, value: Any) -> bytes | None:
        """Seal on the way in; a fresh nonce each time."""
        return None if value is None else seal_text(str(value), self.place)

    def from_db_value(self, value: Any, expression: object, connection: object) -> str | None:
        """Open on the way out."""
        return None if value is None else unseal_text(bytes(value), self.place)

    def get_lookup(self, lookup_name: str) -> Any:
        """Only "is it there" can be asked of a sealed value; equality needs a blind index."""
        if lookup_name != "isnull":
            message = f"{self.place} is sealed: search its blind index instead"
            raise FieldError(message)
        return super().get_lookup(lookup_name)


if TYPE_CHECKING:
    OptionalBase = models.Field[str | None, str | None]
else:
    OptionalBase = SealedField


class OptionalSealedField(OptionalBase):
    """Sealed as any other, or null where nothing is kept, and read as None."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{**kwargs, "null": True})

    def deconstruct(self) -> Any:
        """As the plain field, which may be null."""
        name, _path, args, kwargs = super().deconstruct()
        return name, "vungxanh.core.sealed.SealedField", args, kwargs


def plain_form(text: str) -> str:
    """The form under which texts count as equal: NFKC, one space, no case (Unicode 3.13, D146)."""
    folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())
    return " ".join(folded.casefold().split())


class IndexKey:
    """Makes the blind index of one purpose: `IndexKey("accounts_staff.email").digest(email)`."""

    def __init__(self, purpose: str, normalise: Callable[[str], str] = plain_form) -> None:
        self.purpose = purpose
        self.normalise = normalise

    @property
    def derivation(self) -> str:
        """What the key of this purpose is derived for."""
        return f"index:{self.purpose}"

    def digest(self, value: str) -> bytes:
        """32 bytes under the current index key."""
        return self.under(keys.ring(Use.INDEX).current, value)

    def digests(self, value: str) -> tuple[bytes, ...]:
        """Under every index key held, the current one first; for use during a change of key.

        Keys of this purpose alone that outlived theirs come last.
        """
        ring = keys.ring(Use.INDEX)
        held = (ring.current, *(key_id for key_id in ring.keys if key_id != ring.current))
        lasting = ring.lasting.get(self.derivation, ())
        found = [self.under(key_id, value) for key_id in held]
        return (*found, *(self._digest(value, key) for key in lasting))

    def under(self, key_id: bytes, value: str) -> bytes:
        """32 bytes under one index key."""
        return self._digest(value, keys.derived(keys.key_of(Use.INDEX, key_id), self.derivation))

    def _digest(self, value: str, key: bytes) -> bytes:
        return hmac.digest(key, self.normalise(value).encode(), hashlib.sha256)
