"""Short messages by SMPP 3.4: a standing session with a broker's or an operator's server.

A message may arrive twice: where the session breaks between handing over and the answer, or
between two parts, the next try sends all of it again. Its parts carry the same reference then.
"""

import threading
from collections.abc import Iterator
from datetime import datetime
from typing import Final
from uuid import UUID

import smpp34

from vungxanh.core import clock
from vungxanh.core.ids import made_at
from vungxanh.messaging.gateways.alphabet import MOST_PARTS, LetterError, encoded, headed, parts
from vungxanh.messaging.gateways.mail import NotSentError
from vungxanh.messaging.gateways.short_messages import CameIn, Handed, Receipt, ShortMessage
from vungxanh.messaging.gateways.smpp_pdus import (
    MESSAGE_PAYLOAD,
    Piece,
    receipt_in,
    sort_of,
    wholes,
)
from vungxanh.messaging.gateways.smpp_session import IDLE_SECONDS, Account, Reply, Session, bound
from vungxanh.messaging.gateways.spool import Kept, Spool

SUBMIT_SM: Final = 0x00000004
_UCS2: Final = 8
_HAS_HEADER: Final = 0x40
_ALPHANUMERIC, _INTERNATIONAL, _OWN_NETWORK = 5, 1, 3
_ISDN: Final = 1
# What says something of this message; everything else may pass.
_FOR_GOOD: Final = {0x00000001, 0x0000000B, 0x00000050, 0x00000051}
_THROTTLED: Final = {0x00000014, 0x00000058}  # ESME_RMSGQFUL, ESME_RTHROTTLED


class SmppSmsGateway:
    """A session that is opened when first needed and again when it broke.

    `is_payload`: long texts go whole as message_payload, and the server cuts them; otherwise they
    go in parts with a user data header.
    """

    def __init__(
        self,
        account: Account,
        sender: str,
        spool: Spool,
        *,
        is_payload: bool = False,
        idle_seconds: float = IDLE_SECONDS,
    ) -> None:
        self._account, self._sender, self._spool = account, sender, spool
        self._is_payload, self._idle_seconds = is_payload, idle_seconds
        self._opening = threading.Lock()
        self._session: Session | None = None

    def send(self, message: ShortMessage) -> Handed:
        """Submit it; the name is that of its last part, on which the delivery report is asked."""
        try:
            pieces = parts(message.text, is_unicode=message.is_unicode)
            whole = b"".join(encoded(message.text, is_unicode=message.is_unicode))
        except LetterError as unknown:
            raise NotSentError("unencodable", is_final=True) from unknown
        if len(pieces) > MOST_PARTS:
            raise NotSentError("too_long", is_final=True)
        session = self._up()
        if len(pieces) > 1 and self._is_payload:
            return Handed(self._submit(session, message, whole, how="payload"), len(pieces))
        *before, last = headed(pieces, message.reference)
        how = "header" if before else "alone"
        for piece in before:
            self._submit(session, message, piece, how=how, is_last=False)
        return Handed(self._submit(session, message, last, how=how), len(pieces))

    def receipts(self) -> Iterator[Receipt]:
        """Final delivery reports that the session brought, each put away once it is kept."""
        self._try_to_be_up()
        for kept in self._spool.waiting("receipt"):
            found = receipt_in(_pdu(kept), _came_at(kept))
            if found is not None:
                yield found
            self._spool.drop(kept.name)

    def came_in(self) -> Iterator[CameIn]:
        """Messages of phones, put together from their pieces."""
        self._try_to_be_up()
        waiting = [
            Piece(kept.name, _came_at(kept), _pdu(kept)) for kept in self._spool.waiting("piece")
        ]
        for whole in wholes(waiting, clock.now()):
            if whole.message is not None:
                yield whole.message
            self._spool.drop(*whole.names)

    def close(self) -> None:
        """Unbind; the next use binds again."""
        with self._opening:
            if self._session is not None:
                self._session.close()
            self._session = None

    def _up(self) -> Session:
        with self._opening:
            if self._session is None or not self._session.is_up:
                self._session = bound(self._account, self._keep, self._idle_seconds)
            return self._session

    def _try_to_be_up(self) -> None:
        """A server that is away is told of by `send`; what came before can still be read."""
        try:
            self._up()
        except NotSentError:
            return

    def _keep(self, pdu: smpp34.DeliverSm) -> None:
        sort = sort_of(pdu)
        if sort:
            self._spool.keep(sort, pdu.encode())

    def _submit(
        self,
        session: Session,
        message: ShortMessage,
        content: bytes,
        *,
        how: str,
        is_last: bool = True,
    ) -> str:
        """Submit one part; the name that the server gave it."""
        is_payload = how == "payload"
        ton, npi, source = source_of(self._sender)

        def pdu(number: int) -> bytes:
            return smpp34.SubmitSm(
                source,
                message.to.removeprefix("+"),
                b"" if is_payload else content,
                source_addr_ton=ton,
                source_addr_npi=npi,
                dest_addr_ton=_INTERNATIONAL,
                dest_addr_npi=_ISDN,
                esm_class=_HAS_HEADER if how == "header" else 0,
                registered_delivery=int(is_last),
                data_coding=_UCS2 if message.is_unicode else 0,
                tlvs=[smpp34.Tlv(MESSAGE_PAYLOAD, content)] if is_payload else [],
                sequence_number=number,
            ).encode()

        try:
            reply = session.ask(SUBMIT_SM, pdu)
        except OSError as failure:
            raise NotSentError("unreachable") from failure
        return _name_in(reply)


def source_of(sender: str) -> tuple[int, int, str]:
    """TON, NPI and address of a sender: a number in E.164, a short code, or a brand's name.

    >>> source_of("+84236123456"), source_of("8079"), source_of("SO YTE")
    ((1, 1, '84236123456'), (3, 0, '8079'), (5, 0, 'SO YTE'))
    """
    if sender.startswith("+"):
        return _INTERNATIONAL, _ISDN, sender[1:]
    return (_OWN_NETWORK if sender.isdigit() else _ALPHANUMERIC), 0, sender


def _name_in(reply: Reply) -> str:
    if reply.status == 0:
        return reply.body.split(b"\0")[0].decode("latin-1")
    if reply.status in _THROTTLED:
        raise NotSentError("throttled")
    raise NotSentError("refused", is_final=reply.status in _FOR_GOOD)


def _pdu(kept: Kept) -> smpp34.DeliverSm:
    found = smpp34.decode(kept.content)
    if not isinstance(found, smpp34.DeliverSm):
        raise TypeError(kept.name)
    return found


def _came_at(kept: Kept) -> datetime:
    return made_at(UUID(kept.name.partition(".")[0]))
