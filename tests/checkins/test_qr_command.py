"""`qr read` as a program: one document, one sentence, exit codes; no Django, no network."""

import json
import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner, Result
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from tests.protocol.places import samples
from tests.protocol.vectors import vectors
from vungxanh.config.cli import root
from vungxanh.engines.revocation import revocations_of
from vungxanh.protocol.places import links, payloads, revocations

ROOT = Path(__file__).resolve().parents[2]
NHS = vectors("nhs")
LINK = links.write(samples.SITE, payloads.write(samples.PLACES[1], samples.KEY))
PUBLIC = PublicFormat.SubjectPublicKeyInfo
PEM = samples.KEY.public_key().public_bytes(Encoding.PEM, PUBLIC)
ISSUE = samples.PLACES[1].issue
NEW_ZEALAND = vectors("nz")["codes"][0]["text"]


def ran(*words: str, given: str | bytes | None = None) -> Result:
    return CliRunner().invoke(root, ["qr", "read", "--lang", "en", *words], input=given)


def test_json_is_one_document_of_three_parts() -> None:
    vector = NHS["verified"][0]
    result = ran(vector["text"], "--json", "--public-key", NHS["public_key"])
    assert (result.exit_code, result.stderr) == (0, "")
    document = json.loads(result.stdout)
    assert set(document) == {"format", "fields", "verified"}
    assert (document["format"], document["verified"]) == ("nhs.venue", True)
    assert document["fields"]["opn"] == vector["fields"]["opn"]


@pytest.mark.parametrize("key_id", ["", "00000001,"])
def test_key_may_be_pem_or_a_file_with_an_id_before_it(tmp_path: Path, key_id: str) -> None:
    file = tmp_path / "key.pem"
    file.write_bytes(PEM)
    for key in (PEM.decode(), str(file)):
        result = ran(LINK, "--json", "--public-key", key_id + key)
        assert json.loads(result.stdout)["verified"] is True


def test_signature_that_does_not_hold_is_said_and_is_no_refusal() -> None:
    forged = links.write(samples.SITE, payloads.write(samples.PLACES[1], samples.OTHER_KEY))
    result = ran(forged, "--public-key", PEM.decode())
    assert result.exit_code == 0
    assert "DOES NOT HOLD" in result.stdout
    assert (
        json.loads(ran(forged, "--json", "--public-key", PEM.decode()).stdout)["verified"] is False
    )


def a_list(folder: Path, *revoked: int, upto: int) -> Path:
    """A file with the signed list of two codes, of which these are revoked."""
    issued = np.array([one for one in (3, ISSUE) if one <= upto])
    made = revocations_of(issued, np.array(revoked), upto=upto)
    file = folder / "list.vxrv"
    file.write_bytes(revocations.write(made, built_at=1, key_id=bytes(4), private_key=samples.KEY))
    return file


@pytest.mark.parametrize(
    ("revoked", "upto", "said", "words"),
    [
        ((ISSUE,), ISSUE, True, "WAS REVOKED"),
        ((3,), ISSUE, False, "not on the list"),
        ((3,), ISSUE - 1, None, "Not known"),
    ],
)
def test_list_of_revoked_codes_is_asked_without_a_network(
    tmp_path: Path, revoked: tuple[int, ...], upto: int, said: bool | None, words: str
) -> None:
    asked = (
        LINK,
        "--public-key",
        PEM.decode(),
        "--revoked",
        str(a_list(tmp_path, *revoked, upto=upto)),
    )
    assert json.loads(ran(*asked, "--json").stdout)["revoked"] is said
    assert words in ran(*asked).stdout


def test_list_or_code_that_no_given_key_signed_says_nothing(tmp_path: Path) -> None:
    file = str(a_list(tmp_path, ISSUE, upto=ISSUE))
    other = samples.OTHER_KEY.public_key().public_bytes(Encoding.PEM, PUBLIC).decode()
    for key in ((), ("--public-key", other)):
        assert json.loads(ran(LINK, "--json", "--revoked", file, *key).stdout)["revoked"] is None


def test_file_that_is_no_list_is_refused_in_a_sentence(tmp_path: Path) -> None:
    file = tmp_path / "list.vxrv"
    for content in (b"", b"VXRV", bytes(5_000_000)):
        file.write_bytes(content)
        result = ran(LINK, "--public-key", PEM.decode(), "--revoked", str(file))
        assert (result.exit_code, result.stdout) == (1, "")
        assert result.stderr.count("\n") == 1


def test_code_is_read_from_standard_input() -> None:
    result = ran("-", "--json", given=f"{LINK}\n")
    assert (result.exit_code, result.stderr, result.exception) == (0, "", None)
    assert json.loads(result.stdout)["fields"]["site"] == samples.SITE


def test_line_feeds_of_an_address_are_written_out() -> None:
    result = ran(NEW_ZEALAND)
    assert "  adr: Unit 1, 547 Waikimihia Road\\nRD 2/Dunsandel\\nLeeston\n" in result.stdout
    assert result.stdout.endswith("--public-key lacks.\n")


@pytest.mark.parametrize(
    "words",
    [
        ("javascript:alert(1)",),
        ("data:text/html,x",),
        ("https://e.coronawarn.app@evil.example?v=1#CAES",),
        ("a\u202eb",),
        ("\x1b[2Jx",),
        ("A" * 5000,),
        ("",),
        (LINK, "--public-key", "abc"),
        (LINK, "--public-key", "/dev/null"),
        (LINK, "--public-key", "x" * 10_000),
    ],
    ids=range(10),
)
def test_refusals_are_one_clear_sentence_with_nothing_of_the_input(words: tuple[str, ...]) -> None:
    result = ran(*words)
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr.count("\n") == 1
    assert result.stderr.rstrip().endswith(".")
    assert result.stderr.isascii()
    assert "evil" not in result.stderr


@pytest.mark.parametrize("given", [b"\xff\xfe", b"A" * 100_000, b""])
def test_bytes_that_are_no_code_are_refused(given: bytes) -> None:
    result = ran("-", given=given)
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr.count("\n") == 1


def test_without_a_payload_the_usage_is_wrong() -> None:
    assert ran().exit_code == 2


@pytest.mark.slow
def test_program_starts_without_django_database_settings_and_network() -> None:
    program = (
        "import sys\n"
        "def heard(event, _):\n"
        "    if event.startswith('socket.'):\n"
        "        raise SystemExit(9)\n"
        "sys.addaudithook(heard)\n"
        "from vungxanh.config.cli import root\n"
        "root(['qr', 'read', '--json', sys.argv[1]], standalone_mode=False)\n"
        "sys.exit(len({'django', 'psycopg', 'numpy', 'numba'} & set(sys.modules)))\n"
    )
    kept = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-c", program, LINK]
    result = subprocess.run(
        command, cwd="/", env=kept, capture_output=True, text=True, check=False, timeout=120
    )
    assert (result.returncode, result.stderr) == (0, "")
    assert json.loads(result.stdout)["format"] == "vungxanh.place"
