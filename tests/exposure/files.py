"""Files as users have them: keys that sign, keys of cases, export files, a phone's log."""

from collections.abc import Iterable
from pathlib import Path

from click.testing import CliRunner, Result
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
)

from tests.protocol.vectors import vectors
from vungxanh.exposure.commands import exposure
from vungxanh.protocol import exports, gaen
from vungxanh.refusals import RefusalError

GAEN = vectors("gaen")
TEK = bytes.fromhex(GAEN["tek"])
START = GAEN["rolling_start_interval_number"]
BEGIN = START * gaen.INTERVAL_S
RPIS = [one["rpi"] for one in GAEN["intervals"]]
AEMS = [one["aem"] for one in GAEN["intervals"]]
HEAD = "at,id,aem,rssi\n"
KEYS_HEAD = "key,rolling_start,rolling_period,transmission_risk,report_type,days_since_onset\n"
SIGNER = ec.derive_private_key(20_210_526, ec.SECP256R1())
OTHER = ec.derive_private_key(20_200_808, ec.SECP256R1())


def run(*arguments: object, lang: str = "vi") -> Result:
    """`vungxanh exposure` with these words."""
    return CliRunner().invoke(exposure, list(map(str, arguments)), env={"VUNGXANH_LANG": lang})


def refusal(*arguments: object) -> RefusalError:
    """Why a call is turned away: with exit code 1, one sentence, nothing on standard output."""
    ended = run(*arguments)
    assert (ended.exit_code, ended.stdout) == (1, "")
    assert isinstance(ended.exception, RefusalError), ended.exception
    assert ended.exception.words.vi.count("\n") == 0
    return ended.exception


def written(path: Path, content: str | bytes) -> Path:
    """A file."""
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def log(path: Path, rows: Iterable[tuple[object, ...]]) -> Path:
    """A phone's log."""
    return written(path, HEAD + "".join(",".join(map(str, row)) + "\n" for row in rows))


def heard(at: int = 30, *, interval: int = 0, rssi: int = -60) -> tuple[object, ...]:
    """A row of the published vector, `at` seconds after the key's begin."""
    return BEGIN + at, RPIS[interval], AEMS[interval], rssi


def export(
    path: Path,
    *keys: exports.Key,
    signers: Iterable[ec.EllipticCurvePrivateKey] = (SIGNER,),
    revised: Iterable[exports.Key] = (),
) -> Path:
    """An export file, by default of the published vector's key."""
    names = [exports.Signer(key, "452", f"v{n}") for n, key in enumerate(signers, start=1)]
    head = exports.Head(BEGIN, BEGIN + 2 * 86_400, "VN")
    content = exports.written(head, keys or [exports.Key(TEK, START)], names, revised=list(revised))
    return written(path, content)


def private_pem(key: ec.EllipticCurvePrivateKey = SIGNER) -> bytes:
    """A private key as OpenSSL writes it."""
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())


def public_pem(key: ec.EllipticCurvePrivateKey = SIGNER) -> bytes:
    """Its public key."""
    return key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)


def public_base64(key: ec.EllipticCurvePrivateKey = SIGNER) -> str:
    """The same as SPKI in base64."""
    return "".join(public_pem(key).decode().splitlines()[1:-1])
