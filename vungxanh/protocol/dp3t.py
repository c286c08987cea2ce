"""DP-3T: identifiers of the low-cost and of the unlinkable design, 16 bytes each.

Source: the DP-3T white paper of 25 May 2020, sections 2.1 and 2.2; vectors of the reference
implementation in `tests/data/vectors/dp3t.json`.
"""

from hashlib import sha256
from hmac import digest
from typing import Final

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

from vungxanh.protocol.lengths import exactly, within

EPOCHS_A_DAY: Final = 96
KEY_BYTES: Final = 32
ID_BYTES: Final = 16
_LABEL: Final = b"broadcast key"


def next_day_key(key: bytes) -> bytes:
    """The secret of the following UTC day. Raises `protocol.wrong_length`."""
    return sha256(exactly(key, KEY_BYTES, name="SK")).digest()


def low_cost_identifiers(key: bytes) -> tuple[bytes, ...]:
    """The 96 identifiers of one day's secret; phones send them in a random order.

    Raises `protocol.wrong_length`.
    """
    stream_key = digest(exactly(key, KEY_BYTES, name="SK"), _LABEL, "sha256")
    cipher = Cipher(algorithms.AES256(stream_key), modes.CTR(bytes(ID_BYTES))).encryptor()
    stream = cipher.update(bytes(EPOCHS_A_DAY * ID_BYTES)) + cipher.finalize()
    return tuple(stream[at : at + ID_BYTES] for at in range(0, len(stream), ID_BYTES))


def unlinkable_identifier(seed: bytes) -> bytes:
    """The identifier of one epoch's seed. Raises `protocol.wrong_length`."""
    return sha256(exactly(seed, KEY_BYTES, name="seed")).digest()[:ID_BYTES]


def hashed_observation(identifier: bytes, epoch: int) -> bytes:
    """What a phone keeps of an identifier heard in an epoch, 32 bytes.

    Raises `protocol.wrong_length`, `protocol.out_of_bounds` (epoch a uint32).
    """
    within(epoch, (0, 2**32 - 1), name="epoch")
    content = exactly(identifier, ID_BYTES, name="EphID") + epoch.to_bytes(4, "big")
    return sha256(content).digest()
