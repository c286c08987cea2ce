"""Short messages by HTTP: a real conversation on this machine; webhooks; files; settings."""

import json
import socket
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pytest_django.fixtures import Settings

from tests.messaging.simulators.certificates import self_signed
from tests.messaging.simulators.http_server import Service, http_service
from vungxanh.config.sms import Oa, Sms, oa, sms
from vungxanh.config.variables import VariableError
from vungxanh.messaging.gateways import (
    CameIn,
    FileSmsGateway,
    Handed,
    HttpSmsGateway,
    MemorySmsGateway,
    NotSentError,
    Outcome,
    Receipt,
    ShortMessage,
    SmppSmsGateway,
    UnreadableError,
    came_in_of,
    is_signed,
    oa_gateway,
    receipt_of,
    sms_gateway,
)

pytestmark = pytest.mark.slow
MESSAGE = ShortMessage(
    "0196f0a0", "+84912345678", "Mã của bạn: 123", is_unicode=True, language="vi"
)
AT = datetime(2020, 8, 28, 1, 45, tzinfo=UTC)
RECEIPT = b'{"id": "b-1", "state": "delivered", "at": "2020-08-28T08:45:00+07:00"}'
CAME = (
    b'{"id": "m-1", "from": "+84912345678", "to": "8079", "text": "KB s\\u1ed1t", '
    b'"at": "2020-08-28T08:45:00+07:00"}'
)


@pytest.fixture
def broker() -> Iterator[Service]:
    with http_service() as running:
        running.answers = [(200, b'{"id": "b-1", "parts": 1}')]
        yield running


def way(port: int, seconds: float = 5) -> HttpSmsGateway:
    return HttpSmsGateway(
        f"http://127.0.0.1:{port}/sms", "mật-mã".encode().hex(), "8079", "", seconds
    )


def failure(gateway: HttpSmsGateway, message: ShortMessage = MESSAGE) -> tuple[str, bool]:
    with pytest.raises(NotSentError) as failed:
        gateway.send(message)
    return failed.value.problem, failed.value.is_final


def test_a_message_is_handed_over_in_the_documented_shape(broker: Service) -> None:
    assert way(broker.port).send(MESSAGE) == Handed("b-1", 1)
    [posted] = broker.posted
    assert json.loads(posted.body) == {
        "reference": "0196f0a0",
        "to": "+84912345678",
        "text": "Mã của bạn: 123",
        "unicode": True,
        "sender": "8079",
    }
    assert posted.headers["Authorization"] == f"Bearer {'mật-mã'.encode().hex()}"
    assert posted.headers["Idempotency-Key"] == "0196f0a0"


def test_a_template_goes_to_an_official_account(broker: Service) -> None:
    way(broker.port).send(replace(MESSAGE, template="T-7", parameters={"code": "123"}))
    said = json.loads(broker.posted[0].body)
    assert (said["channel"], said["template"], said["parameters"]) == ("oa", "T-7", {"code": "123"})


def test_a_second_try_carries_the_same_key(broker: Service) -> None:
    broker.answers = [(503, b""), (200, b'{"id": "b-1", "parts": 1}')]
    gateway = way(broker.port)
    assert failure(gateway) == ("unreachable", False)
    gateway.send(MESSAGE)
    assert [posted.headers["Idempotency-Key"] for posted in broker.posted] == ["0196f0a0"] * 2


@pytest.mark.parametrize(
    ("status", "problem", "is_final"),
    [
        (400, "refused", True),
        (401, "not_admitted", False),
        (403, "not_admitted", False),
        (404, "unreachable", False),
        (408, "unreachable", False),
        (422, "refused", True),
        (429, "throttled", False),
        (500, "unreachable", False),
        (302, "unreachable", False),
    ],
)
def test_only_what_is_said_of_the_message_itself_is_final(
    broker: Service, status: int, problem: str, is_final: bool
) -> None:
    broker.answers = [(status, b"{}")]
    assert failure(way(broker.port)) == (problem, is_final)


def test_a_redirect_is_not_followed(broker: Service) -> None:
    broker.answers = [(307, b"")]
    broker.headers = {"Location": f"http://127.0.0.1:{broker.port}/elsewhere"}
    failure(way(broker.port))
    assert [posted.path for posted in broker.posted] == ["/sms"]


@pytest.mark.parametrize("body", [b"", b"ok", b'{"id": ""}', b'{"parts": 1}', b" " * 70_000])
def test_an_answer_that_names_nothing_is_tried_again(broker: Service, body: bytes) -> None:
    broker.answers = [(200, body)]
    assert failure(way(broker.port)) == ("unreachable", False)


def test_a_broker_that_is_away_is_unreachable() -> None:
    with socket.create_server(("127.0.0.1", 0)) as found:
        port = found.getsockname()[1]
    assert failure(way(port)) == ("unreachable", False)


def test_a_broker_that_says_nothing_costs_no_more_than_its_time() -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        assert failure(way(silent.getsockname()[1], 0.2)) == ("unreachable", False)


def test_a_broker_that_drips_bytes_costs_no_more_than_its_time(broker: Service) -> None:
    broker.drips = True
    assert failure(way(broker.port, 0.4)) == ("unreachable", False)


def test_a_letter_outside_the_alphabet_is_refused_before_it_leaves(broker: Service) -> None:
    message = replace(MESSAGE, is_unicode=False)
    assert failure(way(broker.port), message) == ("unencodable", True)
    assert broker.posted == []


@pytest.mark.parametrize(
    "url",
    ["http://broker.example/sms", "ftp://127.0.0.1/", "https://a:b@broker.example/", "https://"],
)
def test_nothing_leaves_unencrypted_or_to_no_address(url: str) -> None:
    assert failure(HttpSmsGateway(url, "x", "8079")) == ("no_server", False)


def test_tls_holds_under_the_named_authority_alone(tmp_path: Path) -> None:
    authority, server = self_signed(tmp_path)
    with http_service(server) as broker:
        broker.answers = [(202, b'{"id": "b-2", "parts": 2, "cost": 600}')]
        url = f"https://localhost:{broker.port}/sms"
        assert failure(HttpSmsGateway(url, "x", "8079")) == ("unreachable", False)
        assert HttpSmsGateway(url, "x", "8079", str(authority)).send(MESSAGE) == Handed("b-2", 2)
    assert len(broker.posted) == 1


def test_webhooks_are_read_into_utc() -> None:
    assert receipt_of(RECEIPT) == Receipt("b-1", Outcome.DELIVERED, AT, "")
    assert came_in_of(CAME) == CameIn("m-1", "+84912345678", "8079", "KB sốt", AT)


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"[]",
        RECEIPT.replace(b"delivered", b"lost"),
        RECEIPT.replace(b"+07:00", b""),
        RECEIPT.replace(b"{", b'{"more": 1, '),
        RECEIPT.replace(b"b-1", b"b" * 129),
        b" " * 16_385 + RECEIPT,
    ],
)
def test_a_report_of_another_shape_is_unreadable(body: bytes) -> None:
    with pytest.raises(UnreadableError):
        receipt_of(body)


@pytest.mark.parametrize(
    "body",
    [
        CAME.replace(b"+84912345678", b"0912345678"),
        CAME.replace(b"+84912345678", b"+84912345678\\n"),
        CAME.replace(b"8079", b"../x"),
        CAME.replace(b"KB", b"K" * 5000),
    ],
)
def test_a_message_of_another_shape_is_unreadable(body: bytes) -> None:
    with pytest.raises(UnreadableError):
        came_in_of(body)


@pytest.mark.parametrize("read", [receipt_of, came_in_of])
@given(body=st.binary(max_size=200))
def test_garbage_is_unreadable_and_nothing_else(
    read: Callable[[bytes], object], body: bytes
) -> None:
    with pytest.raises(UnreadableError):
        read(body)


def test_a_signature_is_of_this_body_under_this_secret() -> None:
    # RFC 4231, test case 2.
    body, secret = b"what do ya want for nothing?", "Jefe"
    signature = "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"
    assert is_signed(body, signature, secret)
    assert is_signed(body, f"sha256={signature.upper()}", secret)
    assert not is_signed(body + b" ", signature, secret)
    assert not is_signed(body, signature, "jefe")
    assert not is_signed(body, "ă", secret)


def test_without_a_secret_nothing_is_signed() -> None:
    # HMAC-SHA256 of nothing under an empty key.
    empty = "b613679a0814d9ec772f95d778c35fc5ff1697c493715653c6c712144292c5ad"
    assert not is_signed(b"", empty, "")


def test_a_message_becomes_one_file_however_often_it_is_sent(tmp_path: Path) -> None:
    gateway = FileSmsGateway(tmp_path / "sms", "8079")
    gateway.send(MESSAGE)
    assert gateway.send(MESSAGE) == Handed("0196f0a0", 1)
    [file] = (tmp_path / "sms" / "out").iterdir()
    assert (file.name, json.loads(file.read_bytes())["to"]) == ("0196f0a0.json", MESSAGE.to)
    assert file.stat().st_mode & 0o077 == 0


def test_a_folder_that_cannot_be_written_is_unreachable(tmp_path: Path) -> None:
    (tmp_path / "sms").write_text("a file")
    with pytest.raises(NotSentError) as failed:
        FileSmsGateway(tmp_path / "sms", "8079").send(MESSAGE)
    assert failed.value.problem == "unreachable"


def test_files_that_came_are_put_away_once_they_are_kept(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "1.in.json").write_bytes(CAME)
    (tmp_path / "in" / "2.in.json").write_bytes(b"broken")
    (tmp_path / "in" / "3.receipt.json").write_bytes(RECEIPT)
    gateway = FileSmsGateway(tmp_path, "8079")
    first = next(iter(gateway.came_in()))
    assert first.text == "KB sốt"
    assert list(gateway.came_in()) == [first]
    assert [one.provider_id for one in gateway.receipts()] == ["b-1"]
    assert [file.name for file in (tmp_path / "in").iterdir()] == ["2.in.json.unreadable"]


def test_memory_keeps_fails_and_forgets_as_told() -> None:
    gateway = MemorySmsGateway(failures=[NotSentError("throttled")], reported=[receipt_of(RECEIPT)])
    with pytest.raises(NotSentError):
        gateway.send(MESSAGE)
    assert gateway.send(MESSAGE).provider_id == "memory-0196f0a0"
    assert (len(list(gateway.receipts())), list(gateway.receipts())) == (1, [])


SAID = {
    "VUNGXANH_SMS_FROM": "8079",
    "VUNGXANH_SMS_URL": "https://broker.example/sms",
    "VUNGXANH_SMS_TOKEN": "bí mật",
    "VUNGXANH_SMS_HOST": "smpp.example",
    "VUNGXANH_SMS_USER": "tinh",
    "VUNGXANH_SMS_PASSWORD": "mat-khau",
    "VUNGXANH_SMS_FOLDER": "sms",
}


def environment(monkeypatch: pytest.MonkeyPatch, **changed: str) -> None:
    for name, value in (SAID | changed).items():
        monkeypatch.setenv(name, value)


def test_the_environment_says_how_short_messages_leave(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "password").write_text("mat-khau\n")
    environment(monkeypatch, VUNGXANH_SMS="smpp", VUNGXANH_SMS_LONG="payload")
    monkeypatch.delenv("VUNGXANH_SMS_PASSWORD")
    monkeypatch.setenv("VUNGXANH_SMS_PASSWORD_FILE", str(tmp_path / "password"))
    said = sms()
    assert (said.host, said.port, said.security, said.long) == (
        "smpp.example",
        3550,
        "tls",
        "payload",
    )
    assert said.password == "mat-khau"
    assert "mat-khau" not in repr(said)


@pytest.mark.parametrize(
    ("form", "name", "value"),
    [
        ("http", "VUNGXANH_SMS_FROM", ""),
        ("http", "VUNGXANH_SMS_FROM", "SỞ Y TẾ"),
        ("http", "VUNGXANH_SMS_URL", "http://broker.example/"),
        ("http", "VUNGXANH_SMS_URL", "https://[broken"),
        ("http", "VUNGXANH_SMS_TOKEN", ""),
        ("smpp", "VUNGXANH_SMS_HOST", ""),
        ("smpp", "VUNGXANH_SMS_USER", "tỉnh"),
        ("smpp", "VUNGXANH_SMS_PASSWORD", ""),
        ("file", "VUNGXANH_SMS_FOLDER", ""),
    ],
)
def test_an_incomplete_answer_is_refused(
    monkeypatch: pytest.MonkeyPatch, form: str, name: str, value: str
) -> None:
    environment(monkeypatch, VUNGXANH_SMS=form, **{name: value})
    with pytest.raises(VariableError) as refused:
        sms()
    assert refused.value.field == name


def test_official_accounts_need_a_token(monkeypatch: pytest.MonkeyPatch) -> None:
    assert oa() == Oa()
    monkeypatch.setenv("VUNGXANH_OA_URL", "https://oa.example/send")
    with pytest.raises(VariableError):
        oa()


def test_the_settings_choose_the_way(settings: Settings) -> None:
    settings.SMS = Sms("none")
    with pytest.raises(NotSentError, match="no_server"):
        sms_gateway().send(MESSAGE)
    with pytest.raises(NotSentError, match="no_server"):
        oa_gateway().send(MESSAGE)
    settings.SMS = Sms("http", sender="8079", url="https://broker.example/", token="x")
    settings.OA = Oa("https://oa.example/", "x")
    assert isinstance(sms_gateway(), HttpSmsGateway)
    assert isinstance(oa_gateway(), HttpSmsGateway)
    settings.SMS = Sms("file", sender="8079", folder="sms")
    assert sms_gateway() == FileSmsGateway(Path("sms"), "8079")


def test_one_smpp_session_serves_the_whole_process(settings: Settings) -> None:
    settings.SMS = Sms("smpp", sender="8079", host="localhost", port=1, user="a", password="b")
    assert isinstance(sms_gateway(), SmppSmsGateway)
    assert sms_gateway() is sms_gateway()
