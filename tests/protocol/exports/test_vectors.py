"""Our own export file, as it is kept for other implementations."""

import base64
from typing import Any

import pytest

from tests.protocol.exports.samples import GIVEN, HEAD, SIGNERS
from vungxanh.protocol.exports import (
    Archive,
    ExportError,
    ExportPath,
    Head,
    Key,
    endorsed,
    index_text,
    opened,
    parsed,
    paths_in,
    public_key,
    trusted_keys,
    verified,
    written,
)

HEADED = Head(**GIVEN["head"])
FILE = base64.b64decode(GIVEN["zip_base64"])
PUBLIC_KEYS = [public_key(one["spki_base64"]) for one in GIVEN["signers"]]


def rows(name: str) -> list[Key]:
    """The keys as the vectors list them."""
    return [Key(**row | {"key": bytes.fromhex(row["key"])}) for row in GIVEN[name]]


def test_the_file_is_written_as_given_to_the_byte_but_for_its_signatures() -> None:
    content = written(HEADED, rows("keys"), SIGNERS, revised=rows("revised_keys"))
    assert opened(content).body.hex() == GIVEN["export_bin_hex"]
    assert len(verified(opened(content), PUBLIC_KEYS)) == 2


def test_the_file_is_read_as_given() -> None:
    found = parsed(opened(FILE).body)
    assert found.head == HEADED
    assert [(info.key_id, info.version) for info in found.infos] == [("452", "v1"), ("452", "v2")]
    assert {info.algorithm for info in found.infos} == {GIVEN["signature_algorithm"]}
    assert set(found.keys) == set(rows("keys"))
    assert set(found.revised) == set(rows("revised_keys"))
    assert [key.key.hex() for key in found.keys] == GIVEN["keys_as_written"]
    assert [key.key.hex() for key in found.revised] == GIVEN["revised_keys_as_written"]


def test_both_signatures_hold_over_the_whole_of_the_body() -> None:
    archive = opened(FILE)
    assert [one.signature.hex() for one in archive.signatures] == GIVEN["signatures_der_hex"]
    assert verified(archive, PUBLIC_KEYS) == archive.signatures
    with pytest.raises(ExportError) as refusal:
        verified(Archive(archive.body[16:], archive.signatures), PUBLIC_KEYS)
    assert refusal.value.code == "protocol.wrong_signature"


def test_phones_that_were_told_the_key_string_believe_the_file() -> None:
    trusted = trusted_keys(GIVEN["key_string"])
    assert trusted.package == "vn.example.app"
    assert [key.name for key in endorsed(opened(FILE), trusted)] == ["452-v1", "452-v2"]


def test_the_index_lists_the_file() -> None:
    paths = paths_in(GIVEN["index"])
    assert GIVEN["path"] in map(str, paths)
    assert index_text(reversed(paths)) == GIVEN["index"]
    assert ExportPath("vn", HEADED.start, HEADED.end, 1) in paths


@pytest.mark.parametrize("one", GIVEN["refused"], ids=lambda one: one["why"])
def test_what_is_to_be_refused_is_refused_for_the_reason_given(one: dict[str, Any]) -> None:
    with pytest.raises(ExportError) as refusal:
        parsed(bytes.fromhex(one["export_bin_hex"]))
    found = refusal.value
    assert (found.code, found.field, found.where) == (one["code"], one["field"], one["where"])


def test_the_given_head_is_the_one_of_the_samples_but_for_its_start() -> None:
    assert HEADED._replace(start=HEAD.start) == HEAD
