"""The two sieves: one that lets few valid numbers pass, one that knows these from the revoked."""

import hashlib
from typing import Final

import numpy as np

from vungxanh.engines.revocation.sieves import passes, sieve_of
from vungxanh.engines.revocation.types import Answers, Bools, Int64s, checked
from vungxanh.protocol.places.revocations import MOST_BITS, Revocations, Sieve

_CHUNK: Final = 1 << 18  # numbers asked at once, so that memory does not grow with them
_NAME: Final = b"vungxanh.revocation"


def revocations_of(issued: Int64s, revoked: Int64s, *, upto: int) -> Revocations:
    """Which of the codes issued up to `upto` are revoked, exact for every number given.

    `issued` (n): numbers of all codes that somebody may show, with or without the revoked ones;
    `revoked` (m): those revoked. Whole numbers from 0 to `upto`, in any order; given twice is given
    once. The same numbers give the same answer, to the bit. Raises `revocation.bad_numbers`.

    >>> made = revocations_of(np.arange(1, 100), np.array([3, 50]), upto=99)
    >>> [number for number in range(1, 101) if made.holds(number) == "revoked"]
    [3, 50]
    """
    known, gone = (
        checked(issued, upto, name="issued"),
        checked(revoked, upto, name="revoked"),
    )
    valid = np.setdiff1d(known, gone, assume_unique=True)
    digest = digest_of(valid, gone, upto)
    sieves = _sieves(valid, gone, digest) if len(valid) and len(gone) else ()
    return Revocations(upto, len(valid) + len(gone), len(gone), digest, sieves)


def answers(held: Revocations, numbers: Int64s) -> Answers:
    """What a list says of many numbers, int64 (n); of those never issued it may say anything.

    >>> answers(revocations_of(np.arange(5), np.arange(2), upto=4), np.array([1, 3, 5]))
    Answers(is_covered=array([ True,  True, False]), is_revoked=array([ True, False, False]))
    """
    is_covered = numbers <= held.upto
    is_revoked = is_covered & (held.n_revoked > 0)
    for sieve in held.sieves:
        is_revoked[is_revoked] = _passing(sieve, numbers[is_revoked])
    return Answers(is_covered, is_revoked)


def digest_of(valid: Int64s, revoked: Int64s, upto: int) -> bytes:
    """SHA-256 over a name, then `upto`, how many are valid, how many revoked, the valid numbers and
    the revoked ones, ascending; each number in eight bytes, the lowest first.
    """
    found = hashlib.sha256(_NAME)
    found.update(np.array([upto, len(valid), len(revoked)], "<i8").tobytes())
    found.update(valid.astype("<i8").tobytes())
    found.update(revoked.astype("<i8").tobytes())
    return found.digest()


def bits_of(n_valid: int, n_revoked: int) -> int:
    """How many bits a slot of the first sieve has, so that both sieves are smallest; 0: no sieve.

    A revoked number costs `bits` in the first sieve and 1 in the second, a valid one 2^-bits.

    >>> bits_of(3_663_000, 37_000), bits_of(50, 50)
    (6, 0)
    """
    costs = [(bits + 1) * n_revoked + (n_valid >> bits) for bits in range(MOST_BITS + 1)]
    return costs.index(min(costs))


def _sieves(valid: Int64s, revoked: Int64s, digest: bytes) -> tuple[Sieve, ...]:
    bits = bits_of(len(valid), len(revoked))
    first = [sieve_of(revoked, bits=bits, seed=digest + b"\1")] if bits else []
    left = valid[_passing(first[0], valid)] if first else valid
    if not len(left):
        return tuple(first)
    numbers = np.concatenate([revoked, left])
    is_barred = np.arange(len(numbers)) >= len(revoked)
    return (*first, sieve_of(numbers, bits=1, seed=digest + b"\2", is_barred=is_barred))


def _passing(sieve: Sieve, numbers: Int64s) -> Bools:
    chunks = [numbers[at : at + _CHUNK] for at in range(0, len(numbers), _CHUNK)]
    found = [passes(sieve, chunk) for chunk in chunks]
    return np.concatenate(found) if found else np.zeros(0, np.bool_)
