"""Push messages: a real service on this machine, a browser's keys, and what may not be called."""

import base64
import json
import socket
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import http_ece
import pytest
from cryptography.hazmat.primitives.asymmetric.ec import (
    SECP256R1,
    EllipticCurvePrivateKey,
    derive_private_key,
    generate_private_key,
)
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from py_vapid import Vapid02
from pytest_django.fixtures import Settings

from tests.architecture.sources import ROOT
from tests.messaging.simulators.http_server import Service, http_service
from vungxanh.config.push import KNOWN_HOSTS, Push, push
from vungxanh.config.variables import VariableError
from vungxanh.core import clock
from vungxanh.core.keys import KeysMissingError
from vungxanh.messaging.gateways import (
    FilePushGateway,
    MemoryPushGateway,
    NotSentError,
    PushMessage,
    WebPushGateway,
    push_gateway,
    push_public_key,
)
from vungxanh.messaging.gateways import push as push_module
from vungxanh.messaging.gateways.push_targets import is_public, target_of

pytestmark = pytest.mark.slow
AT = datetime(2020, 8, 28, 1, 45, tzinfo=UTC)
CONTACT = "mailto:truc@tinh.example"
TEXT = "Bạn có thông báo mới từ trạm y tế."


def b64(content: bytes) -> str:
    return base64.urlsafe_b64encode(content).rstrip(b"=").decode()


def unb64(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


class Browser:
    """A subscription and the keys that open what comes for it."""

    def __init__(self, port: int) -> None:
        self.key = generate_private_key(SECP256R1())
        self.auth = b"sixteen bytes 01"
        public = self.key.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
        self.subscription = json.dumps(
            {
                "endpoint": f"http://127.0.0.1:{port}/push/abc",
                "expirationTime": None,
                "keys": {"p256dh": b64(public), "auth": b64(self.auth)},
            }
        )

    def opened(self, body: bytes) -> str:
        opened: bytes = http_ece.decrypt(
            body, private_key=self.key, auth_secret=self.auth, version="aes128gcm"
        )
        return opened.decode()


@pytest.fixture(autouse=True)
def keys_folder(settings: Settings, tmp_path: Path) -> Path:
    settings.KEYS = tmp_path / "keys"
    return tmp_path / "keys"


@pytest.fixture
def service() -> Iterator[Service]:
    with http_service() as running:
        running.answers = [(201, b"")]
        yield running


def way(port: int) -> WebPushGateway:
    return WebPushGateway(CONTACT, (*KNOWN_HOSTS, f"127.0.0.1:{port}"), seconds=5)


def message(subscription: str) -> PushMessage:
    return PushMessage("0196f0a0", subscription, TEXT, "", 3600)


def failure(gateway: WebPushGateway, sent: PushMessage) -> tuple[str, bool]:
    with pytest.raises(NotSentError) as failed:
        gateway.send(sent)
    return failed.value.problem, failed.value.is_final


def test_the_browser_reads_the_text_and_nobody_between(service: Service) -> None:
    browser = Browser(service.port)
    way(service.port).send(message(browser.subscription))
    [posted] = service.posted
    assert browser.opened(posted.body) == TEXT
    assert "trạm".encode() not in posted.body
    assert (posted.path, posted.headers["Content-Encoding"], posted.headers["TTL"]) == (
        "/push/abc",
        "aes128gcm",
        "3600",
    )


def test_the_service_can_tell_who_sends(service: Service) -> None:
    with clock.frozen_at(clock.now()) as now:
        way(service.port).send(message(Browser(service.port).subscription))
    said = service.posted[0].headers["Authorization"]
    assert Vapid02.verify(said)
    token, key = said.removeprefix("vapid t=").split(",k=")
    claims = json.loads(unb64(token.split(".")[1]))
    assert claims["aud"] == f"http://127.0.0.1:{service.port}"
    assert (claims["sub"], claims["exp"] - int(now.timestamp())) == (CONTACT, 12 * 3600)
    assert key == push_public_key()


def test_a_repeat_replaces_what_still_waits(service: Service) -> None:
    sent = message(Browser(service.port).subscription)
    way(service.port).send(sent)
    way(service.port).send(sent)
    way(service.port).send(replace(sent, reference="0196f0a1"))
    way(service.port).send(replace(sent, topic="0196f0a0"))
    topics = [posted.headers["Topic"] for posted in service.posted]
    assert (topics[0] == topics[1], len(set(topics)), {len(topic) for topic in topics}) == (
        True,
        3,
        {32},
    )


@pytest.mark.parametrize(
    ("status", "problem", "is_final"),
    [
        (404, "gone", True),
        (410, "gone", True),
        (400, "refused", True),
        (403, "refused", False),
        (413, "refused", True),
        (429, "throttled", False),
        (503, "unreachable", False),
        (302, "refused", False),
    ],
)
def test_a_subscription_that_is_gone_is_told_apart(
    service: Service, status: int, problem: str, is_final: bool
) -> None:
    service.answers = [(status, b"")]
    service.headers = {"Location": f"http://127.0.0.1:{service.port}/elsewhere"}
    sent = message(Browser(service.port).subscription)
    assert failure(way(service.port), sent) == (problem, is_final)
    assert len(service.posted) == 1


def test_a_service_that_is_away_is_unreachable() -> None:
    with socket.create_server(("127.0.0.1", 0)) as found:
        port = found.getsockname()[1]
    assert failure(way(port), message(Browser(port).subscription)) == ("unreachable", False)


def test_a_text_over_one_record_is_refused(service: Service) -> None:
    browser = Browser(service.port)
    sent = message(browser.subscription)
    way(service.port).send(replace(sent, text="x" * 3993))
    assert len(service.posted[0].body) <= 4096
    assert failure(way(service.port), replace(sent, text="x" * 3994)) == ("too_long", True)


@pytest.mark.parametrize(
    "spoilt",
    [
        lambda said: "",
        lambda said: "[]",
        lambda said: said.replace("p256dh", "other"),
        lambda said: said.replace('"auth": "', '"auth": "ă'),
        lambda said: said.replace('"p256dh": "B', '"p256dh": "A'),
        lambda said: said + " " * 5000,
        lambda said: "\ud800",
    ],
    ids=["empty", "list", "no key", "accent", "no point", "long", "surrogate"],
)
def test_what_is_no_subscription_is_refused_for_good(
    service: Service, spoilt: Callable[[str], str]
) -> None:
    sent = message(spoilt(Browser(service.port).subscription))
    assert failure(way(service.port), sent) == ("endpoint_refused", True)
    assert service.posted == []


@pytest.mark.parametrize(
    "endpoint",
    [
        "http://127.0.0.1:1/",
        "https://127.0.0.1/",
        "https://localhost/",
        "https://169.254.169.254/latest/meta-data",
        "https://10.0.0.1/",
        "https://[::1]/",
        "https://evil.example/",
        "https://fcm.googleapis.com.evil.example/",
        "https://xpush.apple.com/",
        "https://fcm.googleapis.com:8443/",
        "https://fcm.googleapis.com@evil.example/",
        "http://fcm.googleapis.com/",
        "https://fcm.googleapis.com/a b",
        "https://fcm.googleapis.com\r\nHost: x/",
        "file:///etc/passwd",
        "https://fcm.googleapis.com:99999/",
    ],
)
def test_only_known_push_services_are_called(endpoint: str) -> None:
    with pytest.raises(NotSentError) as refused:
        target_of(endpoint, KNOWN_HOSTS)
    assert (refused.value.problem, refused.value.is_final) == ("endpoint_refused", True)


@pytest.mark.parametrize(
    "addresses",
    [["10.0.0.7"], ["127.0.0.1"], ["142.250.1.1", "192.168.1.1"], ["::ffff:10.0.0.1"], ["fd00::1"]],
)
def test_a_known_name_that_leads_inside_is_refused(
    monkeypatch: pytest.MonkeyPatch, addresses: list[str]
) -> None:
    names_say(monkeypatch, *addresses)
    with pytest.raises(NotSentError, match="endpoint_refused"):
        target_of("https://fcm.googleapis.com/fcm/send/x", KNOWN_HOSTS)


def test_what_was_checked_is_what_is_called(monkeypatch: pytest.MonkeyPatch) -> None:
    names_say(monkeypatch, "142.250.1.1")
    found = target_of("https://updates.push.services.mozilla.com/wpush/x", KNOWN_HOSTS)
    assert found.address == "142.250.1.1"
    assert found.origin == "https://updates.push.services.mozilla.com"


def test_a_name_is_asked_for_once_and_never_again(
    service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []

    def nobody(host: str, *_: object, **__: object) -> list[object]:
        asked.append(host)
        return []

    def watched(endpoint: str, hosts: tuple[str, ...]) -> object:
        found = target_of(endpoint, hosts)
        monkeypatch.setattr(socket, "getaddrinfo", nobody)
        return found

    monkeypatch.setattr(push_module, "target_of", watched)
    browser = Browser(service.port)
    with pytest.raises(NotSentError):  # no address is found a second time
        way(service.port).send(message(browser.subscription))
    assert asked == ["127.0.0.1"]


def names_say(monkeypatch: pytest.MonkeyPatch, *addresses: str) -> None:
    found = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, 443)) for address in addresses]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: found)


def test_a_name_nobody_knows_may_be_known_later(monkeypatch: pytest.MonkeyPatch) -> None:
    def unknown(*_: object, **__: object) -> object:
        raise socket.gaierror

    monkeypatch.setattr(socket, "getaddrinfo", unknown)
    with pytest.raises(NotSentError) as failed:
        target_of("https://fcm.googleapis.com/x", KNOWN_HOSTS)
    assert (failed.value.problem, failed.value.is_final) == ("unreachable", False)


@pytest.mark.parametrize(
    "address",
    [
        "0.0.0.1",
        "100.64.0.1",
        "192.0.2.1",
        "224.0.0.1",
        "64:ff9b::a00:1",
        "2002:a00:1::",
        "fe80::1",
    ],
)
def test_addresses_of_no_open_net_are_not_public(address: str) -> None:
    assert not is_public(address)


def test_encryption_gives_the_published_bytes() -> None:
    said = json.loads((ROOT / "tests/data/webpush/rfc8291.json").read_text("ascii"))
    sealed = http_ece.encrypt(
        said["plaintext"].encode(),
        salt=unb64(said["salt"]),
        private_key=key_of(said["sender_private_key"]),
        dh=unb64(said["receiver_public_key"]),
        auth_secret=unb64(said["auth_secret"]),
        version="aes128gcm",
    )
    assert b64(sealed) == said["message"]


def key_of(text: str) -> EllipticCurvePrivateKey:
    return derive_private_key(int.from_bytes(unb64(text), "big"), SECP256R1())


def test_the_key_is_made_once_and_kept_for_the_owner_alone(keys_folder: Path) -> None:
    first = push_public_key()
    assert (len(unb64(first)), push_public_key()) == (65, first)
    [file] = keys_folder.iterdir()
    assert (file.name, file.stat().st_mode & 0o777) == ("push.pem", 0o600)


def test_a_file_that_holds_another_key_is_not_used(keys_folder: Path) -> None:
    keys_folder.mkdir()
    (keys_folder / "push.pem").write_text("no key")
    with pytest.raises(KeysMissingError):
        push_public_key()


def test_a_message_becomes_one_file_however_often_it_is_sent(tmp_path: Path) -> None:
    gateway = FilePushGateway(tmp_path / "push")
    gateway.send(message("{}"))
    gateway.send(message("{}"))
    [file] = (tmp_path / "push").iterdir()
    assert (file.name, json.loads(file.read_bytes())["text"]) == ("0196f0a0.json", TEXT)
    assert file.stat().st_mode & 0o077 == 0


def test_a_folder_that_cannot_be_written_is_unreachable(tmp_path: Path) -> None:
    (tmp_path / "push").write_text("a file")
    with pytest.raises(NotSentError, match="unreachable"):
        FilePushGateway(tmp_path / "push").send(message("{}"))


def test_memory_keeps_and_fails_as_told() -> None:
    gateway = MemoryPushGateway(failures=[NotSentError("gone", is_final=True)])
    with pytest.raises(NotSentError):
        gateway.send(message("{}"))
    gateway.send(message("{}"))
    assert [sent.text for sent in gateway.sent] == [TEXT]


def test_the_environment_says_how_push_leaves(monkeypatch: pytest.MonkeyPatch) -> None:
    assert push() == Push("none")
    monkeypatch.setenv("VUNGXANH_PUSH", "web")
    monkeypatch.setenv("VUNGXANH_PUSH_CONTACT", CONTACT)
    assert push() == Push("web", CONTACT, KNOWN_HOSTS)
    monkeypatch.setenv("VUNGXANH_PUSH_HOSTS", "Push.example, 127.0.0.1:8181")
    assert push().hosts == ("push.example", "127.0.0.1:8181")


@pytest.mark.parametrize(
    ("form", "name", "value"),
    [
        ("web", "VUNGXANH_PUSH_CONTACT", ""),
        ("web", "VUNGXANH_PUSH_CONTACT", "trực ban"),
        ("web", "VUNGXANH_PUSH_HOSTS", "https://push.example/"),
        ("file", "VUNGXANH_PUSH_FOLDER", ""),
    ],
)
def test_an_incomplete_answer_is_refused(
    monkeypatch: pytest.MonkeyPatch, form: str, name: str, value: str
) -> None:
    monkeypatch.setenv("VUNGXANH_PUSH_CONTACT", CONTACT)
    monkeypatch.setenv("VUNGXANH_PUSH", form)
    monkeypatch.setenv(name, value)
    with pytest.raises(VariableError) as refused:
        push()
    assert refused.value.field == name


def test_the_settings_choose_the_way(settings: Settings) -> None:
    settings.PUSH = Push("none")
    with pytest.raises(NotSentError, match="no_server"):
        push_gateway().send(message("{}"))
    settings.PUSH = Push("web", CONTACT)
    assert push_gateway() == WebPushGateway(CONTACT, KNOWN_HOSTS)
    settings.PUSH = Push("file", folder="push")
    assert push_gateway() == FilePushGateway(Path("push"))
