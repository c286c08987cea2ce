"""A million inputs of garbage, each of which a parser must answer or refuse.

Every parser of `vungxanh.protocol` gets random bytes and valid inputs that were changed, cut off,
spliced and grown. A value or a `RefusalError` is right; any other exception is printed with the
input in hex, which `--parser NAME --input HEX` repeats, and ends the run with exit code 1.
`python -m tools.fuzz_protocol` runs it; the same seed makes the same inputs.
"""

import argparse
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import dataclass
from random import Random
from typing import Final

from tests.protocol.parsers import TARGETS, Parser, Target
from vungxanh.refusals import RefusalError

N: Final = 1_200_000
BATCH: Final = 2000
MOST_BYTES: Final = 400  # of a random input

MARKS: Final = (b"\x00", b"\xff", b"\x80", b"\n", b"\t", b"-", b'"', b"PK\x05\x06", b"PK\x01\x02")


@dataclass(frozen=True, slots=True)
class Failure:
    """An input that brought neither a value nor a refusal."""

    parser: str
    content: bytes
    said: str


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
