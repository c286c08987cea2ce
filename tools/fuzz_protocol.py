"""A million inputs of garbage, each of which a parser must answer or refuse.

Every parser of `vungxanh.protocol` gets random bytes and valid inputs that were changed, cut off,
spliced and grown. A value or a `RefusalError` is right; any other exception is printed with the
input in hex, which `--parser NAME --input HEX` repeats, and ends the run with exit code 1.
`python -m tools.fuzz_protocol` runs it; the same seed makes the same inputs.
"""

import argparse
import io
import sys
import time
import zipfile
from base64 import b64encode
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import dataclass
from random import Random
from typing import Final

from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, derive_private_key
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
)

from vungxanh.protocol import advertising, bluezone, exports, gaen
from vungxanh.protocol.exports import archives, messages
from vungxanh.refusals import RefusalError

Parser = Callable[[bytes], object]
N: Final = 1_200_000
BATCH: Final = 2000
MOST_BYTES: Final = 400  # of a random input
SLOTS: Final = 200  # looked at of each case

DAY: Final = 2_650_032
SIGNER: Final = exports.Signer(derive_private_key(20_200_521, SECP256R1()), "452", "v1")
PUBLIC: Final = SIGNER.key.public_key()
KEYS: Final = [
    exports.Key(bytes([n]) * 16, DAY - n, 144 - n, n % 9, n % 6, n - 3) for n in range(4)
]
HEAD: Final = exports.Head(DAY * 600, (DAY + 144) * 600, "VN")
FILE: Final = exports.written(HEAD, KEYS, [SIGNER], revised=KEYS[:1])
ARCHIVE: Final = exports.opened(FILE)
SPKI: Final = PUBLIC.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
PEM: Final = PUBLIC.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
OWN_PEM: Final = SIGNER.key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
ID: Final = bytes(range(12))
F0: Final = (
    b'{"data":[{"daily_key":"%s","time_start":1597017600,"max":96,"time_end":1597190399}]}'
    % (b"2F287B4D3D4910F6" * 4)
)
MARKS: Final = (b"\x00", b"\xff", b"\x80", b"\n", b"\t", b"-", b'"', b"PK\x05\x06", b"PK\x01\x02")


@dataclass(frozen=True, slots=True)
class Target:
    """A parser and inputs that it answers."""

    parse: Parser
    valid: tuple[bytes, ...]


@dataclass(frozen=True, slots=True)
class Failure:
    """An input that brought neither a value nor a refusal."""

    parser: str
    content: bytes
    said: str


def _text(parse: Callable[[str], object]) -> Parser:
    """A parser of text, given bytes as a program may read them: any byte is some character."""
    return lambda content: parse(content.decode(errors="surrogateescape"))


def _slots(text: str) -> object:
    return [
        slot
        for case in bluezone.case_keys(text)[:3]
        for slot, _ in zip(bluezone.slots_of(case), range(SLOTS), strict=False)
    ]


def _opened(content: bytes) -> object:
    archive = exports.opened(content)
    return exports.verified(archive, [PUBLIC]), exports.parsed(archive.body)


def _verified(signature: bytes) -> object:
    one = ARCHIVE.signatures[0]._replace(signature=signature)
    return exports.verified(exports.Archive(ARCHIVE.body, (one,)), [PUBLIC])


def _stored(body: bytes) -> object:
    """A whole container of an `export.bin` that is wrong inside."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        archive.writestr(archives.BODY, body)
        archive.writestr(archives.SIGNATURES, messages.signature_list(ARCHIVE.signatures))
    return _opened(content.getvalue())


def _zipped_again(method: int) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", method) as archive:
        archive.writestr(archives.SIGNATURES, messages.signature_list(ARCHIVE.signatures))
        archive.writestr(archives.BODY, ARCHIVE.body)
    return content.getvalue()


_SIGHTING: Final = gaen.advertisement(gaen.Sighting(bytes(16), bytes(4)))
_ANDROID: Final = bluezone.android_advertisement(ID)
_IOS: Final = bluezone.ios_advertisement()
_BACKGROUND: Final = bluezone.ios_background_advertisement()
_ON_AIR: Final = (_SIGHTING, _ANDROID, _IOS, _BACKGROUND, _ANDROID + _IOS)
_SPKI: Final = b64encode(SPKI)
_KEY_STRING: Final = b"vn.app:452-v1,%s&452-v2,%s|452-v3,%s" % (_SPKI, _SPKI, _SPKI)
_LINE: Final = bluezone.HistoryLine(ID, ID, -67, 1_596_844_801_234)
_OWN: Final = bluezone.own_key(bytes(32), 1_596_844_800, at=1_598_144_400)
_PATH: Final = exports.ExportPath("vn", HEAD.start, HEAD.end, 1)

TARGETS: Final[Mapping[str, Target]] = {
    "advertising": Target(lambda content: list(advertising.structures_in(content)), _ON_AIR),
    "gaen.sighting_in": Target(gaen.sighting_in, _ON_AIR),
    "gaen.metadata_of": Target(gaen.metadata_of, (b"\x40\x08\x00\x00",)),
    "bluezone.identifier_in": Target(bluezone.identifier_in, _ON_AIR),
    "bluezone.is_ios": Target(bluezone.is_ios, _ON_AIR),
    "bluezone.is_ios_in_background": Target(bluezone.is_ios_in_background, _ON_AIR),
    "bluezone.identifier_read": Target(bluezone.identifier_read, (ID,)),
    "bluezone.case_keys": Target(_text(_slots), (F0,)),
    "bluezone.history_in": Target(
        _text(bluezone.history_in), (bluezone.history_text([_LINE] * 2).encode(),)
    ),
    "bluezone.own_key_in": Target(
        _text(bluezone.own_key_in), (bluezone.own_key_text(_OWN).encode(),)
    ),
    "exports.opened": Target(_opened, (FILE, _zipped_again(0), _zipped_again(8))),
    "exports.parsed": Target(exports.parsed, (ARCHIVE.body,)),
    "exports.opened a wrong body": Target(_stored, (ARCHIVE.body,)),
    "exports.signatures_in": Target(
        messages.signatures_in, (messages.signature_list(ARCHIVE.signatures),)
    ),
    "exports.verified": Target(_verified, (ARCHIVE.signatures[0].signature,)),
    "exports.public_key": Target(_text(exports.public_key), (PEM, b64encode(SPKI))),
    "exports.signing_key": Target(exports.signing_key, (OWN_PEM,)),
    "exports.trusted_keys": Target(_text(exports.trusted_keys), (_KEY_STRING,)),
    "exports.paths_in": Target(
        _text(exports.paths_in),
        (exports.index_text([_PATH, _PATH._replace(number=2)]).encode(),),
    ),
}


def main(arguments: Sequence[str]) -> int:
    """Give every parser as many inputs as asked, on all cores."""
    asked = _asked(arguments)
    if asked.input is not None:
        return _again(asked.parser, bytes.fromhex(asked.input))
    began, counts = time.monotonic(), dict.fromkeys(TARGETS, 0)
    answered = dict.fromkeys(TARGETS, 0)
    n_batches = -(-asked.inputs // (BATCH * len(TARGETS)))
    with ProcessPoolExecutor(asked.processes) as pool:
        jobs = {
            pool.submit(run_batch, name, asked.seed, batch): name
            for batch in range(n_batches)
            for name in TARGETS
        }
        for job in as_completed(jobs):
            n_answered, failure = job.result()
            if failure is not None:
                pool.shutdown(cancel_futures=True)
                print(report(failure, asked.seed))
                return 1
            counts[jobs[job]] += BATCH
            answered[jobs[job]] += n_answered
    _say(counts, answered, took=time.monotonic() - began, seed=asked.seed)
    return 0


def _asked(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="fuzz_protocol", description="Garbage, much of it.")
    parser.add_argument("--inputs", type=int, default=N)
    parser.add_argument("--seed", type=int, default=int(time.time()))
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--parser", choices=sorted(TARGETS))
    parser.add_argument("--input", help="one input in hex, for --parser")
    return parser.parse_args(arguments)


def _say(counts: Mapping[str, int], answered: Mapping[str, int], *, took: float, seed: int) -> None:
    for name, n in counts.items():
        print(f"{name:<32} {n:>10,} inputs, {answered[name]:>9,} answered, the rest refused")
    total = sum(counts.values())
    print(f"{total:,} inputs of seed {seed}: a value or a refusal each; {total / took:,.0f}/s")


def _again(name: str, content: bytes) -> int:
    is_answered, said = tried(TARGETS[name].parse, content)
    print(said or ("answered" if is_answered else "refused"))
    return 1 if said else 0


def report(found: Failure, seed: int) -> str:
    """What a person needs to see it again."""
    return (
        f"{found.parser} of seed {seed}: {found.said}\n"
        f'Again: python -m tools.fuzz_protocol --parser "{found.parser}" '
        f"--input {found.content.hex()}"
    )


def run_batch(
    name: str, seed: int, batch: int, *, n: int = BATCH, target: Target | None = None
) -> tuple[int, Failure | None]:
    """How many of `n` inputs a parser answered, and the first that it neither did nor refused."""
    chance, target = Random(f"{name} {seed} {batch}"), target or TARGETS[name]  # noqa: S311 (no secret)
    n_answered = 0
    for content in inputs(chance, target.valid, n):
        is_answered, said = tried(target.parse, content)
        if said:
            return n_answered, Failure(name, content, said)
        n_answered += is_answered
    return n_answered, None


def tried(parse: Parser, content: bytes) -> tuple[bool, str]:
    """Whether an input was answered, and what went wrong otherwise, but for a refusal."""
    try:
        parse(content)
    except RefusalError:
        return False, ""
    except Exception as error:  # whatever it is, the input that brought it is what we look for
        return False, f"{type(error).__name__}: {error}"
    return True, ""


def inputs(chance: Random, valid: Sequence[bytes], n: int) -> Iterator[bytes]:
    """Inputs of a parser: one in eight is random, the others were valid before."""
    for _ in range(n):
        if chance.random() < 0.125:
            yield chance.randbytes(chance.randrange(MOST_BYTES))
            continue
        content = chance.choice(valid)
        for _ in range(chance.choice((1, 1, 1, 2, 3, 8))):
            content = chance.choice(CHANGES)(chance, content)
        yield content


def _flipped(chance: Random, content: bytes) -> bytes:
    at = chance.randrange(len(content) + 1)
    return (
        content[:at]
        + bytes(b ^ 1 << chance.randrange(8) for b in content[at : at + 1])
        + (content[at + 1 :])
    )


def _replaced(chance: Random, content: bytes) -> bytes:
    at = chance.randrange(len(content) + 1)
    return content[:at] + chance.randbytes(1) + content[at + 1 :]


def _cut(chance: Random, content: bytes) -> bytes:
    return content[: chance.randrange(len(content) + 1)]


def _without(chance: Random, content: bytes) -> bytes:
    at = chance.randrange(len(content) + 1)
    return content[:at] + content[at + chance.randrange(1, 9) :]


def _with_mark(chance: Random, content: bytes) -> bytes:
    at = chance.randrange(len(content) + 1)
    return content[:at] + chance.choice(MARKS) * chance.choice((1, 1, 2, 9)) + content[at:]


def _spliced(chance: Random, content: bytes) -> bytes:
    """A piece of it once more, somewhere else; at most doubled."""
    begin, end, at = (chance.randrange(len(content) + 1) for _ in range(3))
    return content[:at] + content[begin:end] + content[at:]


def _overwritten(chance: Random, content: bytes) -> bytes:
    """Some bytes together, as a length or a number is several."""
    at, n = chance.randrange(len(content) + 1), chance.choice((2, 4, 8))
    filling = chance.choice((bytes(n), b"\xff" * n, chance.randbytes(n)))
    return content[:at] + filling + content[at + n :]


CHANGES: Final = (_flipped, _replaced, _cut, _without, _with_mark, _spliced, _overwritten)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
