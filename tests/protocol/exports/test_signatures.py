"""Signatures of export files: who is believed, over which bytes, and keys that are no keys."""

import base64

import pytest
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from cryptography.hazmat.primitives.asymmetric.types import PublicKeyTypes
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
)
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.protocol.exports.samples import (
    GIVEN,
    HEAD,
    KEY,
    OTHER,
    PUBLIC,
    SIGNER,
    SIGNERS,
    outcome,
)
from vungxanh.protocol.exports import (
    Archive,
    ExportError,
    Signature,
    SignatureInfo,
    endorsed,
    opened,
    public_key,
    signing_key,
    trusted_keys,
    verified,
    written,
)

ONE = opened(written(HEAD, [KEY], [SIGNER]))
BOTH = opened(written(HEAD, [KEY], SIGNERS))
OTHER_PUBLIC = OTHER.key.public_key()
SPKI = GIVEN["signers"][0]["spki_base64"]
SPKI_OTHER = GIVEN["signers"][1]["spki_base64"]
PEM = PUBLIC.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode()
SIGNING_PEM = SIGNER.key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
P384 = ec.derive_private_key(7, ec.SECP384R1())


def with_signature(signature: bytes, algorithm: str = "1.2.840.10045.4.3.2") -> Archive:
    """The file with another signature."""
    return Archive(ONE.body, (Signature(SignatureInfo("452", "v1", algorithm), signature),))


def test_every_signature_holds_by_one_of_the_keys() -> None:
    assert verified(ONE, [PUBLIC]) == ONE.signatures
    assert verified(BOTH, [OTHER_PUBLIC, PUBLIC]) == BOTH.signatures
    assert verified(ONE, [OTHER_PUBLIC, PUBLIC]) == ONE.signatures


def test_a_signer_who_is_not_known_is_named_by_row() -> None:
    with pytest.raises(ExportError) as refusal:
        verified(BOTH, [PUBLIC])
    assert refusal.value.code == "protocol.wrong_signature"
    assert refusal.value.where == "signatures, row 2"


@settings(deadline=None)
@given(st.integers(0, len(ONE.body) - 1), st.integers(1, 255))
def test_one_changed_byte_of_the_body_is_seen(at: int, by: int) -> None:
    body = bytes([*ONE.body[:at], ONE.body[at] ^ by, *ONE.body[at + 1 :]])
    said = outcome(lambda: verified(Archive(body, ONE.signatures), [PUBLIC]))
    assert said == "protocol.wrong_signature"


def test_a_signature_over_the_message_without_its_header_does_not_hold() -> None:
    signature = SIGNER.key.sign(ONE.body[16:], ec.ECDSA(SHA256()))
    assert outcome(lambda: verified(with_signature(signature), [PUBLIC])) == (
        "protocol.wrong_signature"
    )


def test_a_file_without_signatures_is_refused() -> None:
    unsigned = Archive(ONE.body, ())
    assert outcome(lambda: verified(unsigned, [PUBLIC])) == "protocol.unsigned"
    trusted = trusted_keys(GIVEN["key_string"])
    assert outcome(lambda: endorsed(unsigned, trusted)) == "protocol.unsigned"


@pytest.mark.parametrize(
    "signature",
    [
        b"",
        ONE.signatures[0].signature[:-1],
        ONE.signatures[0].signature + b"\x00",
        b"\x30\x80" + ONE.signatures[0].signature[2:],
        bytes(64),
        b"\x30\x00",
    ],
    # Signatures differ from run to run; what a test is called must not.
    ids=["nothing", "cut", "more behind", "no length", "no sequence", "empty sequence"],
)
def test_a_signature_that_is_no_der_is_refused(signature: bytes) -> None:
    archive, trusted = with_signature(signature), trusted_keys(GIVEN["key_string"])
    assert outcome(lambda: verified(archive, [PUBLIC])) == "protocol.malformed_signature"
    assert outcome(lambda: endorsed(archive, trusted)) == "protocol.malformed_signature"


@pytest.mark.parametrize("numbers", [(0, 0), (1, 0), (2**256, 1), (2**300, 2**300)])
def test_numbers_that_no_signature_has_do_not_hold(numbers: tuple[int, int]) -> None:
    archive = with_signature(encode_dss_signature(*numbers))
    assert outcome(lambda: verified(archive, [PUBLIC])) == "protocol.wrong_signature"


def test_an_algorithm_that_is_not_said_is_ours_and_another_is_refused() -> None:
    signature = ONE.signatures[0].signature
    assert verified(with_signature(signature, ""), [PUBLIC])
    sha512 = with_signature(signature, "1.2.840.10045.4.3.4")
    assert outcome(lambda: verified(sha512, [PUBLIC])) == "protocol.unknown_algorithm"


@pytest.mark.parametrize(
    "text", [SPKI, f" {SPKI[:40]}\n{SPKI[40:]}\n", PEM, f"\n{PEM}\n"], ids=lambda one: one[:20]
)
def test_a_public_key_is_read_as_base64_or_pem(text: str) -> None:
    assert public_key(text).public_numbers() == PUBLIC.public_numbers()


OTHER_PUBLIC_KEYS: list[PublicKeyTypes] = [
    P384.public_key(),
    ed25519.Ed25519PrivateKey.from_private_bytes(bytes(32)).public_key(),
    rsa.RSAPublicNumbers(65_537, (1 << 2047) + 1).public_key(),
]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "no key",
        SPKI[:-4],
        SPKI + "AAAA",
        SPKI.replace("A", "É", 1),
        PEM.replace("PUBLIC", "PRIVATE"),
        PEM[:60],
        PEM.replace("M", "N", 1),
        "-----BEGIN",
        "\udcff",
        "-----BEGIN PUBLIC KEY-----\udcff",
        "A" * 100_000,
        base64.b64encode(bytes(91)).decode(),
        *(
            base64.b64encode(
                one.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
            ).decode()
            for one in OTHER_PUBLIC_KEYS
        ),
    ],
    ids=lambda one: ascii(one)[:30],
)
def test_what_is_no_public_key_on_p256_is_refused(text: str) -> None:
    assert outcome(lambda: public_key(text)) == "protocol.bad_public_key"


def test_a_signing_key_is_read_and_signs() -> None:
    assert signing_key(SIGNING_PEM).private_numbers() == SIGNER.key.private_numbers()
    sec1 = SIGNER.key.private_bytes(Encoding.PEM, PrivateFormat.TraditionalOpenSSL, NoEncryption())
    assert signing_key(sec1).private_numbers() == SIGNER.key.private_numbers()


@pytest.mark.parametrize(
    "pem",
    [
        b"",
        b"no key",
        SIGNING_PEM[:50],
        PEM.encode(),
        b"\xff" * 100,
        b"A" * 100_000,
        SIGNER.key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption()),
        SIGNER.key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, BestAvailableEncryption(b"x")),
        P384.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()),
    ],
    ids=lambda one: ascii(one)[:30],
)
def test_what_is_no_private_key_on_p256_is_refused(pem: bytes) -> None:
    assert outcome(lambda: signing_key(pem)) == "protocol.bad_signing_key"


@pytest.mark.parametrize(
    ("sets", "names"),
    [
        (f"452-v1,{SPKI}", ["452-v1"]),
        (f"452-v1,{SPKI}&452-v2,{SPKI_OTHER}", ["452-v1", "452-v2"]),
        (f"452-v9,{SPKI}|452-v2,{SPKI_OTHER}", ["452-v2"]),
        (f"452-v1,{SPKI_OTHER}|452-v1,{SPKI}", ["452-v1"]),
        (f"452-v1,{SPKI}|452-v2,{SPKI_OTHER}", ["452-v1"]),
    ],
)
def test_a_set_holds_of_which_every_key_signed(sets: str, names: list[str]) -> None:
    found = endorsed(BOTH, trusted_keys(f"vn.example.app:{sets}\n"))
    assert [key.name for key in found] == names


@pytest.mark.parametrize(
    "sets",
    [
        f"452-v2,{SPKI_OTHER}",
        f"452-v1,{SPKI_OTHER}",
        f"452-v1,{SPKI}&452-v2,{SPKI_OTHER}",
        f"451-v1,{SPKI}|452-v11,{SPKI}|45-2-v1,{SPKI}",
    ],
)
def test_no_set_holds_that_lacks_a_signature(sets: str) -> None:
    trusted = trusted_keys(f"vn.example.app:{sets}")
    assert outcome(lambda: endorsed(ONE, trusted)) == "protocol.not_endorsed"


def test_a_signature_without_a_name_counts_only_where_it_stands_alone() -> None:
    (one,) = ONE.signatures
    nameless = one._replace(of=SignatureInfo("", ""))
    single = trusted_keys(f"vn.example.app:452-v1,{SPKI}")
    assert endorsed(Archive(ONE.body, (nameless,)), single) == single.sets[0]
    among = Archive(ONE.body, (nameless, BOTH.signatures[1]))
    assert outcome(lambda: endorsed(among, single)) == "protocol.not_endorsed"
    pair = trusted_keys(f"vn.example.app:452-v1,{SPKI}&452-v2,{SPKI}")
    alone = Archive(ONE.body, (nameless,))
    assert outcome(lambda: endorsed(alone, pair)) == "protocol.not_endorsed"


@pytest.mark.parametrize(
    ("text", "where"),
    [
        ("", "package"),
        (f"452-v1,{SPKI}", "package"),
        (f":452-v1,{SPKI}", "package"),
        (f"no package:452-v1,{SPKI}", "package"),
        ("vn.app:", "set 1, key 1"),
        (f"vn.app:{SPKI}", "set 1, key 1"),
        (f"vn.app:452,{SPKI}", "set 1, key 1"),
        (f"vn.app:452-v1,{SPKI}&", "set 1, key 2"),
        (f"vn.app:452-v1,{SPKI}|", "set 2, key 1"),
        (f"vn.app:452-v1,{SPKI}|452-v2,{SPKI[:-8]}", "set 2, key 1"),
        (f"vn.app:452-v1,{SPKI}&452-v1,{SPKI_OTHER}", "set 1"),
        ("vn.app:" + "A" * 70_000, "package"),
    ],
    ids=lambda one: one[:30],
)
def test_a_key_string_of_another_form_is_refused_by_place(text: str, where: str) -> None:
    with pytest.raises(ExportError) as refusal:
        trusted_keys(text)
    assert (refusal.value.code, refusal.value.where) == ("protocol.bad_key_string", where)
