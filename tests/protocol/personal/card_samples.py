"""Signed cards with the key that everybody knows, and the file of vectors made of them.

`python -m tests.protocol.personal.card_samples` writes the file again.
"""

import json
from datetime import date
from pathlib import Path
from typing import Any, Final

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from tests.protocol.personal import samples
from tests.protocol.personal.samples import ENDS, FROM, KEY, KEY_ID, OTHER_KEY
from vungxanh.protocol.personal import own, signed_card
from vungxanh.protocol.personal.own import Kind
from vungxanh.protocol.personal.signed_card import Colour, Said

FILE: Final = Path(__file__).with_name("vectors") / "signed_card.json"
DAY: Final = date(2021, 10, 1)


def written(
    colour: Colour = Colour.GREEN,
    kind: Kind = Kind.SCREEN,
    *,
    until: int = FROM + 60,
    key: Ed25519PrivateKey = KEY,
    key_id: bytes = KEY_ID,
) -> str:
    """A code of a kind and a card beside it."""
    said = Said(colour, DAY, until)
    return signed_card.write(samples.written(kind), said, key_id=key_id, private_key=key)


def changed(place: int, value: int) -> str:
    """A card with one byte of its head changed, and signed again for its own code."""
    code, said = signed_card.parts_of(written())
    head = bytearray(signed_card._bytes(said)[:12])
    head[place] = value
    handle = own.read(code, {}).handle
    signature = KEY.sign(b"vungxanh.card 1" + handle + bytes(head))
    return code + signed_card.PREFIX + signed_card._text(bytes(head) + signature)


def refused() -> list[tuple[str, str, str]]:
    """Texts whose second part a reader turns away: text, code, why."""
    good = written()
    code, said = signed_card.parts_of(good)
    return [
        (good[:-1], "protocol.not_own_code", "a character is missing"),
        (good + "A", "protocol.not_own_code", "a character too many"),
        (code + said.lower().replace("vx1c", "VX1C"), "protocol.not_own_code", "small letters"),
        (good[:-1] + "1", "protocol.not_own_code", "a character that base32 does not have"),
        (samples.unused_bits(good), "protocol.not_own_code", "unused bits are not 0"),
        (changed(0, 2), "protocol.newer_own_code", "version 2"),
        (changed(1, 0), "protocol.not_own_code", "colour 0"),
        (changed(1, 5), "protocol.not_own_code", "colour 5"),
        (changed(7, 0xBD), "protocol.not_own_code", "ends a second after its code"),
        (changed(4, 0), "protocol.not_own_code", "ends before its code begins"),
        (samples.written(Kind.CARD) + said, "protocol.not_own_code", "beside a printed code"),
    ]


def one_vector(colour: Colour, kind: Kind, until: int) -> dict[str, Any]:
    """A code and a card with everything that the card is made of."""
    text = written(colour, kind, until=until)
    content = signed_card._bytes(signed_card.parts_of(text)[1])
    return {
        "colour": int(colour),
        "colour_name": colour.name.lower(),
        "declared_on": DAY.isoformat(),
        "valid_until": until,
        "key_id_hex": KEY_ID.hex(),
        "head_hex": content[:12].hex(),
        "signature_hex": content[12:].hex(),
        "text": text,
    }


def made() -> dict[str, Any]:
    """All vectors."""
    codes = [(colour, Kind.SCREEN, FROM + 60) for colour in Colour]
    codes += [(Colour.GREEN, Kind.ONE_TIME, ENDS[Kind.ONE_TIME] - 300)]
    moved = samples.written(Kind.ONE_TIME) + signed_card.parts_of(written())[1]
    return {
        "source": "ours (Vùng Xanh), Apache-2.0; made by vungxanh.protocol.personal.signed_card "
        "itself with the key of own.json, which is for examples only",
        "format": "a code of own.json, then VX1C. + base32 (RFC 4648, capitals, no padding) of: "
        "version u8 | colour u8 | days since 1970 u16 | valid_until u32 | key_id 4 | Ed25519 over "
        "'vungxanh.card 1', the 44 bytes of the code's handle, all before; numbers big-endian",
        "cards": [one_vector(*one) for one in codes],
        "not_verified": written(key=OTHER_KEY),
        "of_another_code": moved,
        "unknown_key": written(key_id=bytes(4)),
        "refused": [{"text": text, "code": code, "why": why} for text, code, why in refused()],
    }


if __name__ == "__main__":
    FILE.write_text(json.dumps(made(), ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
