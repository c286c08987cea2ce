"""Short messages by SMPP 3.4: real conversations with the library's own server on this machine."""

import socket
import ssl
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

import pytest
import smpp34
from hypothesis import given
from hypothesis import strategies as st

from tests.messaging.simulators.certificates import self_signed
from tests.messaging.simulators.smsc import (
    SECONDS,
    Smsc,
    answer,
    eventually,
    free_port,
    next_pdu,
    scripted,
    smsc,
)
from vungxanh.core import clock
from vungxanh.core.keys import Use, create_missing
from vungxanh.messaging.gateways.alphabet import decoded, encoded, headed, parts
from vungxanh.messaging.gateways.mail import NotSentError
from vungxanh.messaging.gateways.short_messages import Handed, Outcome, Receipt, ShortMessage
from vungxanh.messaging.gateways.smpp import SmppSmsGateway
from vungxanh.messaging.gateways.smpp_pdus import receipt_in
from vungxanh.messaging.gateways.smpp_session import ENQUIRE_LINK, UNBIND, Account, Session, header
from vungxanh.messaging.gateways.spool import Spool

pytestmark = pytest.mark.slow
SHORT = ShortMessage("0196f0a0", "+84912345678", "Mã: 123", is_unicode=True, language="vi")
# 150 letters with accents: 67 + 67 + 16.
LONG = replace(SHORT, text="Khai báo y tế hằng ngày. " * 6)
# SMPP 3.4, tables 5-2 and 5-7.
ESME_RINVDSTADR = 0xB
ESME_RINVMSGLEN = 0x1
ESME_RINVSRCADR = 0xA
ESME_RMSGQFUL = 0x14
ESME_RSYSERR = 0x8
ESME_RTHROTTLED = 0x58
TLV_MESSAGE_PAYLOAD = 0x424
TLV_MESSAGE_STATE = 0x427
TLV_RECEIPTED_MESSAGE_ID = 0x1E
TLV_SAR_MSG_REF_NUM = 0x20C
TLV_SAR_SEGMENT_SEQNUM = 0x20F
TLV_SAR_TOTAL_SEGMENTS = 0x20E
NOW = datetime(2020, 8, 28, 1, 45, tzinfo=UTC)


@pytest.fixture
def server() -> Iterator[Smsc]:
    with smsc() as running:
        yield running


@pytest.fixture(autouse=True)
def keys() -> None:
    create_missing([Use.DATA])


@pytest.fixture
def spool(tmp_path: Path) -> Spool:
    return Spool(tmp_path / "smpp")


def account(port: int) -> Account:
    return Account("127.0.0.1", port, "tinh", "mat-khau", "none")


@pytest.fixture
def way(server: Smsc, spool: Spool) -> Iterator[SmppSmsGateway]:
    gateway = SmppSmsGateway(account(server.port), "8079", spool)
    yield gateway
    gateway.close()


def failure(gateway: SmppSmsGateway, message: ShortMessage = SHORT) -> tuple[str, bool]:
    with pytest.raises(NotSentError) as failed:
        gateway.send(message)
    return failed.value.problem, failed.value.is_final


def test_vietnamese_with_accents_arrives_as_ucs2(server: Smsc, way: SmppSmsGateway) -> None:
    assert way.send(SHORT) == Handed("m-1", 1)
    [one] = server.submitted
    assert one.short_message.decode("utf-16-be") == SHORT.text
    assert (one.destination_addr, one.dest_addr_ton, one.dest_addr_npi) == ("84912345678", 1, 1)
    assert (one.source_addr, one.source_addr_ton) == ("8079", 3)
    assert (one.data_coding, one.esm_class, one.registered_delivery) == (8, 0, 1)


def test_plain_letters_go_in_the_default_alphabet(server: Smsc, way: SmppSmsGateway) -> None:
    way.send(replace(SHORT, text="Ma @ {1}", is_unicode=False))
    assert server.submitted[0].short_message == b"Ma \x00 \x1b\x281\x1b\x29"
    assert server.submitted[0].data_coding == 0


def test_a_long_text_goes_in_three_parts_that_belong_together(
    server: Smsc, way: SmppSmsGateway
) -> None:
    assert way.send(LONG) == Handed("m-3", 3)
    said = [one.short_message for one in server.submitted]
    assert [part[:3] + part[4:6] for part in said] == [
        b"\x05\x00\x03\x03\x01",
        b"\x05\x00\x03\x03\x02",
        b"\x05\x00\x03\x03\x03",
    ]
    assert len({part[3] for part in said}) == 1
    assert b"".join(part[6:] for part in said).decode("utf-16-be") == LONG.text
    assert [one.esm_class for one in server.submitted] == [0x40] * 3
    assert [one.registered_delivery for one in server.submitted] == [0, 0, 1]


def test_a_server_that_cuts_itself_gets_the_whole_text(server: Smsc, spool: Spool) -> None:
    gateway = SmppSmsGateway(account(server.port), "SO Y TE", spool, is_payload=True)
    assert gateway.send(LONG) == Handed("m-1", 3)
    gateway.close()
    [one] = server.submitted
    assert (one.short_message, one.source_addr_ton) == (b"", 5)
    assert [tlv.tag for tlv in one.tlvs] == [TLV_MESSAGE_PAYLOAD]
    assert one.tlvs[0].value.decode("utf-16-be") == LONG.text


@pytest.mark.parametrize(
    ("status", "problem", "is_final"),
    [
        (ESME_RTHROTTLED, "throttled", False),
        (ESME_RMSGQFUL, "throttled", False),
        (ESME_RSYSERR, "refused", False),
        (ESME_RINVSRCADR, "refused", False),
        (ESME_RINVDSTADR, "refused", True),
        (ESME_RINVMSGLEN, "refused", True),
    ],
)
def test_only_what_is_said_of_the_message_itself_is_final(
    server: Smsc, way: SmppSmsGateway, status: int, problem: str, is_final: bool
) -> None:
    server.statuses = [status]
    assert failure(way) == (problem, is_final)


def test_a_try_that_stopped_between_parts_is_repeated_whole(
    server: Smsc, way: SmppSmsGateway
) -> None:
    server.statuses = [0, ESME_RTHROTTLED, 0]
    assert failure(way, LONG) == ("throttled", False)
    assert way.send(LONG) == Handed("m-5", 3)
    assert len({one.short_message[3] for one in server.submitted}) == 1


def test_letters_outside_the_alphabet_and_endless_texts_never_leave(
    server: Smsc, way: SmppSmsGateway
) -> None:
    assert failure(way, replace(SHORT, is_unicode=False)) == ("unencodable", True)
    assert failure(way, replace(SHORT, text="ă" * 67 * 256)) == ("too_long", True)
    assert server.submitted == []


def test_a_server_that_is_away_is_unreachable_and_used_again_when_back(spool: Spool) -> None:
    with smsc() as first:
        gateway = SmppSmsGateway(account(first.port), "8079", spool)
        gateway.send(SHORT)
        gateway.close()
    away = SmppSmsGateway(account(free_port()), "8079", spool)
    assert failure(away) == ("unreachable", False)
    assert (list(away.receipts()), list(away.came_in())) == ([], [])


def test_a_server_that_dies_between_parts_gets_all_of_it_again(spool: Spool) -> None:
    seen: list[bytes] = []

    def dies(line: socket.socket) -> None:
        answer(line, body=b"SMSC\0")
        answer(line)
        next_pdu(line)

    def lives(line: socket.socket) -> None:
        answer(line, body=b"SMSC\0")
        for _ in range(3):
            _, number, pdu = next_pdu(line)
            seen.append(pdu)
            line.sendall(header(0x80000004, number, body=b"again\0"))

    with scripted(dies, lives) as port:
        gateway = SmppSmsGateway(account(port), "8079", spool)
        assert failure(gateway, LONG) == ("unreachable", False)
        assert gateway.send(LONG) == Handed("again", 3)
    assert len(seen) == 3
    gateway.close()


@pytest.mark.parametrize(
    ("status", "problem"), [(0x0E, "not_admitted"), (0x0F, "not_admitted"), (0x08, "unreachable")]
)
def test_a_server_that_does_not_let_us_in_is_told_apart(
    spool: Spool, status: int, problem: str
) -> None:
    with scripted(lambda line: _refused(line, status)) as port:
        gateway = SmppSmsGateway(account(port), "8079", spool)
        assert failure(gateway) == (problem, False)


def _refused(line: socket.socket, status: int) -> None:
    answer(line, status, b"")
    next_pdu(line)


@pytest.mark.parametrize(
    "said",
    [b"", b"\0\0\0\x08", b"\xff\xff\xff\xff", b"HTTP/1.1 400 Bad Request\r\n\r\n"],
    ids=["nothing", "short", "endless", "http"],
)
def test_what_is_no_smpp_server_is_unreachable(spool: Spool, said: bytes) -> None:
    with scripted(lambda line: line.sendall(said)) as port:
        gateway = SmppSmsGateway(account(port), "8079", spool)
        assert failure(gateway) == ("unreachable", False)


def test_a_silent_line_is_asked_for_and_given_up(spool: Spool) -> None:
    asked: list[int] = []

    def silent(line: socket.socket) -> None:
        answer(line, body=b"SMSC\0")
        answer(line)
        asked.extend(next_pdu(line)[0] for _ in range(3))

    with scripted(silent) as port:
        gateway = SmppSmsGateway(account(port), "8079", spool, idle_seconds=0.1)
        gateway.send(SHORT)
    assert asked == [ENQUIRE_LINK, ENQUIRE_LINK, 0]


def test_a_server_that_asks_and_leaves_is_answered(spool: Spool) -> None:
    heard: list[tuple[int, int]] = []

    def asks(line: socket.socket) -> None:
        answer(line, body=b"SMSC\0")
        answer(line)
        for number, command in enumerate((ENQUIRE_LINK, 0x103, UNBIND), start=7):
            line.sendall(header(command, number))
            heard.append(next_pdu(line)[:2])

    with scripted(asks, asks) as port:
        gateway = SmppSmsGateway(account(port), "8079", spool)
        gateway.send(SHORT)
        eventually(lambda: len(heard) == 3)
        eventually(lambda: gateway.send(SHORT) == Handed("m-1", 1))
    assert heard[:3] == [(0x80000015, 7), (0x80000000, 8), (0x80000006, 9)]


def test_a_session_holds_over_tls(spool: Spool, tmp_path: Path) -> None:
    authority, certificate = self_signed(tmp_path)

    with scripted(partial(over_tls, certificate)) as port:
        safe = Account("localhost", port, "tinh", "mat-khau", "tls", str(authority))
        gateway = SmppSmsGateway(safe, "8079", spool)
        assert gateway.send(SHORT) == Handed("m-1", 1)
        gateway.close()


def test_tickets_of_tls_that_come_first_do_not_keep_from_asking(tmp_path: Path) -> None:
    authority, certificate = self_signed(tmp_path)
    context = ssl.create_default_context(cafile=authority)
    with scripted(partial(over_tls, certificate)) as port:
        plain = socket.create_connection(("localhost", port), SECONDS)
        line = context.wrap_socket(plain, server_hostname="localhost")
        session = Session(line, lambda _: None, idle_seconds=SECONDS)
        eventually(lambda: line.session is not None and line.session.has_ticket)
        answers = [session.ask(ENQUIRE_LINK, partial(header, ENQUIRE_LINK)) for _ in range(2)]
        session.close()
    assert [one.status for one in answers] == [0, 0]


def over_tls(certificate: Path, line: socket.socket) -> None:
    """A server that answers twice at most, and waits for the goodbye."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    with context.wrap_socket(line, server_side=True) as safe:
        answer_tls(safe)
        answer_tls(safe)
        safe.recv(100)


def answer_tls(line: ssl.SSLSocket) -> None:
    """As `answer`; a TLS line gives a small PDU whole."""
    pdu = line.recv(1000)
    command = int.from_bytes(pdu[4:8], "big") | 0x80000000
    line.sendall(header(command, int.from_bytes(pdu[12:16], "big"), body=b"m-1\0"))


def test_an_unknown_certificate_is_refused(spool: Spool, tmp_path: Path) -> None:
    _, certificate = self_signed(tmp_path)

    def over_tls(line: socket.socket) -> None:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate)
        with pytest.raises(OSError, match=r".*"):
            context.wrap_socket(line, server_side=True)

    with scripted(over_tls) as port:
        gateway = SmppSmsGateway(Account("localhost", port, "a", "b"), "8079", spool)
        assert failure(gateway) == ("unreachable", False)


def test_a_report_comes_as_optional_parameters(server: Smsc, way: SmppSmsGateway) -> None:
    way.send(SHORT)
    name = smpp34.Tlv(TLV_RECEIPTED_MESSAGE_ID, b"m-1\0")
    state = smpp34.Tlv(TLV_MESSAGE_STATE, b"\x02")
    server.deliver("8079", b"", source_addr="84912345678", esm_class=4, tlvs=[name, state])
    [report] = way.receipts()
    assert (report.provider_id, report.state, report.problem) == ("m-1", Outcome.DELIVERED, "")
    assert abs(report.at - clock.now()) < timedelta(minutes=1)
    assert list(way.receipts()) == []


# SMPP 3.4, Appendix B, table B-1 and the example below it.
TEXT = (
    "id:m-1 sub:001 dlvrd:001 submit date:2008280845 done date:2008280846 "
    "stat:{} err:{} text:Ma stat:X"
)


@pytest.mark.parametrize(
    ("word", "error", "state", "problem"),
    [
        ("DELIVRD", "000", Outcome.DELIVERED, ""),
        ("EXPIRED", "027", Outcome.EXPIRED, "027"),
        ("UNDELIV", "034", Outcome.FAILED, "034"),
        ("REJECTD", "001", Outcome.FAILED, "001"),
        ("DELETED", "000", Outcome.FAILED, "000"),
    ],
)
def test_a_report_comes_as_text(word: str, error: str, state: Outcome, problem: str) -> None:
    text = TEXT.format(word, error).encode()
    pdu = smpp34.DeliverSm("84912345678", "8079", text, esm_class=4)
    assert receipt_in(pdu, NOW) == Receipt("m-1", state, NOW, problem)


@pytest.mark.parametrize("word", ["ENROUTE", "ACCEPTD", "???"])
def test_a_report_that_is_not_final_says_nothing(word: str) -> None:
    text = TEXT.format(word, "000").encode()
    assert receipt_in(smpp34.DeliverSm("84912345678", "8079", text, esm_class=4), NOW) is None


def test_a_message_of_a_phone_comes_in_and_is_put_away_once_kept(
    server: Smsc, way: SmppSmsGateway, spool: Spool
) -> None:
    way.send(SHORT)
    content = "KB sốt, ho".encode("utf-16-be")
    server.deliver("8079", content, source_addr="0912345678", source_addr_ton=2, data_coding=8)
    first = next(iter(way.came_in()))
    assert (first.sender, first.to, first.text) == ("+84912345678", "8079", "KB sốt, ho")
    assert list(way.came_in()) == [first]
    assert list(way.came_in()) == []
    assert list(spool.folder.iterdir()) == []


def test_what_waits_is_sealed_and_outlives_the_program(
    server: Smsc, way: SmppSmsGateway, spool: Spool
) -> None:
    way.send(SHORT)
    server.deliver("8079", b"KB rieng tu", source_addr="84912345678", source_addr_ton=1)
    [file] = spool.folder.iterdir()
    assert b"rieng" not in file.read_bytes()
    assert b"912345678" not in file.read_bytes()
    another = SmppSmsGateway(account(free_port()), "8079", spool)
    assert [one.text for one in another.came_in()] == ["KB rieng tu"]


def test_a_message_that_cannot_be_kept_is_left_with_the_server(
    server: Smsc, way: SmppSmsGateway, spool: Spool
) -> None:
    spool.folder.write_text("a file where the folder should be")
    way.send(SHORT)
    assert server.deliver("8079", b"KB", source_addr="84912345678") == 0x64
    spool.folder.unlink()
    assert server.deliver("8079", b"KB", source_addr="84912345678") == 0
    assert [one.text for one in way.came_in()] == ["KB"]


def test_pieces_are_put_together_in_whatever_order_they_come(
    server: Smsc, way: SmppSmsGateway
) -> None:
    way.send(SHORT)
    text = "Tôi ở gần ổ dịch, đã khai báo và đang tự cách ly tại nhà. " * 2
    one, two = headed(parts(text, is_unicode=True), "x")
    said = {"source_addr": "84912345678", "source_addr_ton": 1, "data_coding": 8}
    server.deliver("8079", two, esm_class=0x40, **said)
    assert list(way.came_in()) == []
    server.deliver("8079", one, esm_class=0x40, **said)
    assert [found.text for found in way.came_in()] == [text]
    assert list(way.came_in()) == []


def test_a_piece_that_never_comes_does_not_hold_the_others(
    server: Smsc, way: SmppSmsGateway
) -> None:
    way.send(SHORT)
    _, two = headed(parts("ă" * 80, is_unicode=True), "x")
    server.deliver("8079", two, source_addr="84912345678", esm_class=0x40, data_coding=8)
    with clock.frozen_at(clock.now() + timedelta(hours=2)):
        assert [found.text for found in way.came_in()] == ["ă" * 13]


def test_pieces_may_be_told_by_optional_parameters(server: Smsc, way: SmppSmsGateway) -> None:
    way.send(SHORT)
    server.deliver("8079", b"mot ", source_addr="84912345678", tlvs=sar(1))
    server.deliver("8079", b"hai", source_addr="84912345678", tlvs=sar(2))
    assert [found.text for found in way.came_in()] == ["mot hai"]


def sar(number: int) -> list[smpp34.Tlv]:
    return [
        smpp34.Tlv(TLV_SAR_MSG_REF_NUM, b"\x00\x09"),
        smpp34.Tlv(TLV_SAR_TOTAL_SEGMENTS, b"\x02"),
        smpp34.Tlv(TLV_SAR_SEGMENT_SEQNUM, bytes([number])),
    ]


@pytest.mark.parametrize(
    "fields",
    [{"source_addr": "Viettel", "source_addr_ton": 5}, {"data_coding": 4}],
    ids=["advertisement", "binary"],
)
def test_what_no_phone_wrote_is_dropped(
    server: Smsc, way: SmppSmsGateway, spool: Spool, fields: dict[str, object]
) -> None:
    way.send(SHORT)
    server.deliver("8079", b"x", **({"source_addr": "84912345678"} | fields))
    assert list(way.came_in()) == []
    assert list(spool.folder.iterdir()) == []


@given(
    content=st.binary(max_size=140),
    kind=st.sampled_from([0, 0x04, 0x40]),
    coding=st.integers(0, 255),
)
def test_garbage_from_the_server_breaks_nothing(
    tmp_path_factory: pytest.TempPathFactory, content: bytes, kind: int, coding: int
) -> None:
    spool = Spool(tmp_path_factory.mktemp("smpp"))
    pdu = smpp34.DeliverSm("84912345678", "8079", content, esm_class=kind, data_coding=coding)
    spool.keep("receipt" if kind == 0x04 else "piece", pdu.encode())
    gateway = SmppSmsGateway(account(1), "8079", spool)
    with clock.frozen_at(clock.now() + timedelta(hours=2)):
        assert len([*gateway.receipts(), *gateway.came_in()]) <= 1
    assert list(spool.folder.iterdir()) == []


GSM = st.text("@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !abcXYZäöñüà019{}[]~\\|^€\f", max_size=700)


@given(text=GSM)
def test_the_default_alphabet_comes_back_as_it_went(text: str) -> None:
    assert decoded(b"".join(encoded(text, is_unicode=False))) == text


@given(text=st.text(st.characters(exclude_categories=["Cs"]), max_size=700))
def test_parts_in_ucs2_fit_and_split_no_letter(text: str) -> None:
    pieces = parts(text, is_unicode=True)
    assert "".join(piece.decode("utf-16-be") for piece in pieces) == text
    assert max(map(len, headed(pieces, "x"))) <= 140


@pytest.mark.parametrize(
    ("letter", "n_letters", "n_parts"),
    [("a", 160, 1), ("a", 161, 2), ("a", 306, 2), ("a", 307, 3), ("{", 80, 1), ("{", 153, 3)],
)
def test_parts_in_the_default_alphabet_are_those_that_are_paid(
    letter: str, n_letters: int, n_parts: int
) -> None:
    # 3GPP TS 23.040: 160 septets alone, 153 beside a header; an escaped letter is never split.
    assert len(parts(letter * n_letters, is_unicode=False)) == n_parts
