"""What SMPP servers deliver, read: delivery reports, and messages of phones in one or more pieces.

Source: SMPP Protocol Specification v3.4, Issue 1.2: 5.2.12 (esm_class), 5.2.19 (data_coding),
5.2.28 (message_state), 5.3.2 (optional parameters), Appendix B (the text of a delivery receipt).
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

import smpp34

from vungxanh.messaging.gateways.alphabet import decoded
from vungxanh.messaging.gateways.short_messages import CameIn, Outcome, Receipt
from vungxanh.messaging.rules.numbers import e164

PATIENCE: Final = timedelta(hours=1)  # for missing pieces; then what came is handed out
# Tags of optional parameters.
MESSAGE_PAYLOAD: Final = 0x0424
_RECEIPTED_MESSAGE_ID: Final = 0x001E
_MESSAGE_STATE: Final = 0x0427
_SAR_NAME, _SAR_TOTAL, _SAR_NUMBER = 0x020C, 0x020E, 0x020F
_SORT: Final = 0x3C
_RECEIPT: Final = 0x04
_HAS_HEADER: Final = 0x40
_BINARY: Final = {2, 4}
_INTERNATIONAL: Final = 1
_FINAL_STATES: Final = {
    2: Outcome.DELIVERED,
    3: Outcome.EXPIRED,
    4: Outcome.FAILED,
    5: Outcome.FAILED,
    7: Outcome.FAILED,
    8: Outcome.FAILED,
}
_FINAL_WORDS: Final = {
    "DELIVRD": Outcome.DELIVERED,
    "EXPIRED": Outcome.EXPIRED,
    "DELETED": Outcome.FAILED,
    "UNDELIV": Outcome.FAILED,
    "UNKNOWN": Outcome.FAILED,
    "REJECTD": Outcome.FAILED,
}
_CODECS: Final = {1: "ascii", 8: "utf-16-be"}
_QUOTED: Final = re.compile(r"\btext:", re.IGNORECASE)  # after it stands the message itself
_FIELD: Final = re.compile(r"\b(id|stat|err):([^\s]+)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Piece:
    """One delivered message of a phone; `name` is what it waits under, `at` when it came."""

    name: str
    at: datetime
    pdu: smpp34.DeliverSm


@dataclass(frozen=True, slots=True)
class Whole:
    """A message put together, and the names of its pieces; None where it was no message to us."""

    names: tuple[str, ...]
    message: CameIn | None


def sort_of(pdu: smpp34.DeliverSm) -> str:
    """ "receipt", "piece", or "" for what says nothing final (SMSC notifications, user acks)."""
    sort = pdu.esm_class & _SORT
    if sort == _RECEIPT or (sort == 0 and _value(pdu, _RECEIPTED_MESSAGE_ID)):
        return "receipt"
    return "piece" if sort == 0 else ""


def receipt_in(pdu: smpp34.DeliverSm, at: datetime) -> Receipt | None:
    """A final delivery report; the optional parameters go before the text. None: not final yet."""
    text = _QUOTED.split(_content(pdu).decode("latin-1"))[0]
    said = {name.lower(): value for name, value in _FIELD.findall(text)}
    name = _value(pdu, _RECEIPTED_MESSAGE_ID).rstrip(b"\0").decode("latin-1")
    state = _FINAL_STATES.get(int.from_bytes(_value(pdu, _MESSAGE_STATE), "big"))
    if not _value(pdu, _MESSAGE_STATE):
        state = _FINAL_WORDS.get(said.get("stat", "").upper())
    provider_id = name or said.get("id", "")
    if state is None or not provider_id:
        return None
    problem = "" if state is Outcome.DELIVERED else said.get("err", "")
    return Receipt(provider_id, state, at, problem[:64])


def wholes(pieces: Iterable[Piece], now: datetime) -> list[Whole]:
    """Messages whose pieces are all there, or waited for long enough, in the order they began."""
    groups: dict[tuple[object, ...], dict[int, Piece]] = {}
    for piece in pieces:
        groups.setdefault(_group(piece), {}).setdefault(_place(piece.pdu)[2], piece)
    return [
        _whole(found)
        for key, found in groups.items()
        if len(found) >= int(str(key[-1])) or now - min(one.at for one in found.values()) > PATIENCE
    ]


def phone(address: str, type_of_number: int) -> str:
    """An address in E.164; empty for a name, a short code or a number of a service.

    Servers that call a national number an international one are understood.

    >>> phone("84912345678", 1), phone("844689393", 2), phone("Viettel", 5), phone("12025550100", 1)
    ('+84912345678', '+84844689393', '', '+12025550100')
    """
    digits = address.removeprefix("+")
    if not re.fullmatch(r"[0-9]{7,15}", digits):
        return ""
    is_whole = type_of_number == _INTERNATIONAL or digits != address
    return (is_whole and e164(f"+{digits}")) or e164(digits)


def _group(piece: Piece) -> tuple[object, ...]:
    name, total, _ = _place(piece.pdu)
    own = "" if total > 1 else piece.name
    return piece.pdu.source_addr, piece.pdu.destination_addr, name, own, total


def _whole(found: dict[int, Piece]) -> Whole:
    ordered = [found[number] for number in sorted(found)]
    first = ordered[0]
    names = tuple(one.name for one in ordered)
    sender = phone(first.pdu.source_addr, first.pdu.source_addr_ton)
    if not sender or first.pdu.data_coding in _BINARY:
        return Whole(names, None)
    text = _text(b"".join(_bare(one.pdu) for one in ordered), first.pdu.data_coding)
    to = first.pdu.destination_addr
    return Whole(names, CameIn(f"smpp-{min(names)}", sender, to, text, first.at))


def _text(content: bytes, coding: int) -> str:
    """In the server's default alphabet, ASCII, UCS-2, or else Latin-1."""
    if coding == 0:
        return decoded(content)
    return content.decode(_CODECS.get(coding, "latin-1"), "replace")


def _place(pdu: smpp34.DeliverSm) -> tuple[int, int, int]:
    """Reference, number of pieces and number of this one, from the header or from sar_*."""
    content = _content(pdu)
    if pdu.esm_class & _HAS_HEADER:
        for kind, value in _elements(content[1 : 1 + content[0]] if content else b""):
            if kind in {0x00, 0x08} and len(value) == 3 + (kind == 0x08) and value[-2]:
                return int.from_bytes(value[:-2], "big"), value[-2], value[-1]
    total = int.from_bytes(_value(pdu, _SAR_TOTAL), "big")
    name, number = (int.from_bytes(_value(pdu, tag), "big") for tag in (_SAR_NAME, _SAR_NUMBER))
    return (name, total, number) if total else (0, 1, 1)


def _elements(header: bytes) -> list[tuple[int, bytes]]:
    """Information elements of a user data header (3GPP TS 23.040, 9.2.3.24)."""
    found = []
    while len(header) >= 2:
        found.append((header[0], header[2 : 2 + header[1]]))
        header = header[2 + header[1] :]
    return found


def _bare(pdu: smpp34.DeliverSm) -> bytes:
    content = _content(pdu)
    has_header = bool(pdu.esm_class & _HAS_HEADER and content)
    return content[1 + content[0] :] if has_header else content


def _content(pdu: smpp34.DeliverSm) -> bytes:
    return pdu.short_message or _value(pdu, MESSAGE_PAYLOAD)


def _value(pdu: smpp34.DeliverSm, tag: int) -> bytes:
    return next((one.value for one in pdu.tlvs if one.tag == tag), b"")
