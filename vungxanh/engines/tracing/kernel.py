"""The compiled loops that search a store; called by `meeting` and `core`, which check what enters.

Times are whole seconds after the store's base. A visit is one number, a *word*: seconds, then 13
bits of stay, then the code of the partner (the person under a place, the place under a person), so
that words of one key in ascending order are visits in the order of time.
"""

from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from vungxanh.engines.tracing.compiling import compiled

Int32s = NDArray[np.int32]
Int64s = NDArray[np.int64]
Second = int | np.int64

STAY_BITS: Final = 13
NO_END: Final = 8191  # the end is not known
LONG: Final = 8190  # the stay stands beside the words
LONG_S: Final = 7200  # a stay over this stands apart
_NEVER: Final = 2**62


class Rows(NamedTuple):
    """Visits under each key: key k has the words `starts[k]` to `starts[k + 1]`.

    `starts` int64 (n_keys + 1); `words` int64 (n), not negative; `stays` int64 (n) seconds of long
    stays, empty where all are short; `longest` int64 (n_keys) the longest of them under each place,
    empty where all are short and under persons; `base` seconds after the store's base; `bits` of
    the partner.
    """

    starts: Int64s
    words: Int64s
    stays: Int64s
    longest: Int64s
    base: int
    bits: int


class Seeds(NamedTuple):
    """Windows by person code: int64 (n) each."""

    person: Int64s
    since: Int64s
    until: Int64s


class Asked(NamedTuple):
    """Parameters in seconds; `now` is as_of after the base, `reach` the longest short stay.

    `first_place` is the code of the first place of the shard that is looked through.
    """

    default_stay: int
    min_overlap: int
    linger: int
    now: int
    reach: int
    first_place: int = 0


class Stage(NamedTuple):
    """Pairs waiting to be added up, in buckets of neighbouring persons.

    `pairs` int64 (n_chunks, room, 2): person and place, first and last, 32 bits each; direct pairs
    overlap by last - first, lingering ones have last = first. A person's bucket is its code shifted
    right by `shift`; its pairs begin in the chunk of the bucket's number, go on in `following`
    (-1 at the end), and are added in chunk `last`. `filled` pairs are in a chunk; `used` (1) chunks
    are taken.
    """

    pairs: Int64s
    filled: Int64s
    following: Int64s
    last: Int64s
    used: Int64s
    shift: int


class Scratch(NamedTuple):
    """What is known of a few rows at a time: ends int64, whether they pair, which do int32 (n)."""

    ends: Int64s
    is_pair: NDArray[np.bool_]
    chosen: Int32s


class Part(NamedTuple):
    """Index visits int64 (n, 5) as `index_visits` gives them, and the rows in `reach` of each."""

    layers: tuple[Rows, ...]
    visits: Int64s
    reach: Int64s
    asked: Asked


class Work(NamedTuple):
    """One index visit: place, case, start, end, and from when on others linger; what is asked."""

    place: np.int64
    case: np.int64
    start: np.int64
    end: np.int64
    lingers_from: np.int64
    asked: Asked
    scratch: Scratch
    stage: Stage


@compiled
def end_of(rows: Rows, at: int, asked: Asked) -> np.int64:
    """When a stay ended: recorded, or assumed and not after now."""
    start = np.int64(rows.words[at] >> (rows.bits + STAY_BITS)) + rows.base
    if rows.stays.size:
        return start + np.int64(rows.stays[at])
    stay = np.int64(rows.words[at] >> rows.bits) & NO_END
    if stay != NO_END:
        return start + stay
    assumed = start + asked.default_stay
    return assumed if assumed < asked.now else np.int64(asked.now)


@compiled
def index_visits(layers: tuple[Rows, ...], seeds: Seeds, asked: Asked) -> Int64s:
    """Visits of cases inside their windows, int64 (n, 5): place, person, start, end, own end."""
    found = np.empty((256, 5), np.int64)
    n = 0
    for seed in range(seeds.person.size):
        person = seeds.person[seed]
        for rows in layers:
            for at in range(rows.starts[person], rows.starts[person + 1]):
                start = (rows.words[at] >> (rows.bits + STAY_BITS)) + rows.base
                if start > asked.now or start >= seeds.until[seed]:
                    break
                end = end_of(rows, at, asked)
                if end <= seeds.since[seed]:
                    continue
                if n == len(found):
                    found = np.concatenate((found, np.empty_like(found)))
                cut = min(end, seeds.until[seed])
                found[n, 0] = rows.words[at] & ((1 << rows.bits) - 1)
                found[n, 1] = person
                found[n, 2] = max(start, seeds.since[seed])
                found[n, 3] = cut
                found[n, 4] = cut == end
                n += 1
    return found[:n]


@compiled
def first_at_or_after(rows: Rows, stretch: tuple[int, int], moment: Second) -> int:
    """The first row of a key's stretch whose time is not before a moment."""
    low, high = stretch
    shift = rows.bits + STAY_BITS
    after = min(max(moment - rows.base, 0), (1 << (63 - shift)) - 1)
    word = after << shift
    if moment - rows.base > after:
        return high
    while low < high:
        middle = (low + high) >> 1
        if rows.words[middle] < word:
            low = middle + 1
        else:
            high = middle
    return low


@compiled
def reaches(layers: tuple[Rows, ...], index: Int64s, asked: Asked) -> Int64s:
    """Rows that may have met each index visit, int64 (n, n_layers, 2): from, until."""
    found = np.empty((len(index), len(layers), 2), np.int64)
    for i in range(len(index)):
        key = index[i, 0] - asked.first_place
        until = index[i, 3] + asked.linger if index[i, 4] else index[i, 3]
        for layer in range(len(layers)):
            rows = layers[layer]
            stretch = (rows.starts[key], rows.starts[key + 1])
            back = rows.longest[key] if rows.stays.size else asked.reach
            stretch = (first_at_or_after(rows, stretch, index[i, 2] - back), stretch[1])
            found[i, layer, 0] = stretch[0]
            latest = min(until, asked.now) + 1
            found[i, layer, 1] = max(stretch[0], first_at_or_after(rows, stretch, latest))
    return found


@compiled
def compare_short(rows: Rows, words: Int64s, work: Work) -> None:
    """Write when short stays ended and whether they pair with the index visit."""
    ends, is_pair, _ = work.scratch
    shift, asked = rows.bits + STAY_BITS, work.asked
    for at in range(words.size):
        start = (words[at] >> shift) + rows.base
        stay = (words[at] >> rows.bits) & NO_END
        assumed = min(start + asked.default_stay, asked.now)
        ends[at] = assumed if stay == NO_END else start + stay
        together = min(ends[at], work.end) - max(start, work.start)
        is_pair[at] = (together >= asked.min_overlap) | (start >= work.lingers_from)


@compiled
def compare_long(rows: Rows, words: Int64s, asked: tuple[Int64s, Work]) -> None:
    """The same of long stays, which stand beside their words."""
    stays, work = asked
    ends, is_pair, _ = work.scratch
    shift = rows.bits + STAY_BITS
    for at in range(words.size):
        start = (words[at] >> shift) + rows.base
        ends[at] = start + stays[at]
        together = min(ends[at], work.end) - max(start, work.start)
        is_pair[at] = (together >= work.asked.min_overlap) | (start >= work.lingers_from)


@compiled
def chosen_in(rows: Rows, stretch: tuple[int, int], work: Work) -> np.int64:
    """Which rows of a stretch pair with the index visit; how many.

    Plain loops, of which the compiler makes those that compare work on many rows at once.
    """
    words = rows.words[stretch[0] : stretch[1]]
    if rows.stays.size:
        compare_long(rows, words, (rows.stays[stretch[0] : stretch[1]], work))
    else:
        compare_short(rows, words, work)
    _, is_pair, chosen = work.scratch
    n = np.uint64(0)
    for at in range(words.size):
        chosen[n] = at
        n += np.uint64(is_pair[at])
    return np.int64(n)


@compiled
def put(rows: Rows, span: tuple[int, np.int64], work: Work) -> None:
    """Put the chosen rows after `span[0]`, `span[1]` of them, on the stage."""
    pairs, filled, following, last_chunk, used, bucket_shift = work.stage
    shift, mask = rows.bits + STAY_BITS, (1 << rows.bits) - 1
    words = rows.words[span[0] :]
    for at in range(span[1]):
        row = work.scratch.chosen[at]
        person = words[row] & mask
        if person == work.case:
            continue
        start = (words[row] >> shift) + rows.base
        first, last = max(start, work.start), min(work.scratch.ends[row], work.end)
        if last - first < work.asked.min_overlap:
            first = last = start
        bucket = np.uint64(person >> bucket_shift)
        chunk = np.uint64(last_chunk[bucket])
        if filled[chunk] == pairs.shape[1]:
            following[chunk] = used[0]
            last_chunk[bucket] = used[0]
            chunk = np.uint64(used[0])
            used[0] += 1
        free = np.uint64(filled[chunk])
        pairs[chunk, free, 0] = person << 32 | work.place
        pairs[chunk, free, 1] = first << 32 | last
        filled[chunk] += 1


@compiled
def meet(part: Part, stage: Stage, scratch: Scratch) -> None:
    """Put every pair of the index visits on the stage."""
    layers, visits, reach, asked = part
    step = scratch.ends.size
    for i in range(len(visits)):
        place, case, start, end, own = visits[i]
        lingers_from = end if own else np.int64(_NEVER)
        work = Work(place, case, start, end, lingers_from, asked, scratch, stage)
        for layer in range(len(layers)):
            until = reach[i, layer, 1]
            for begin in range(reach[i, layer, 0], until, step):
                n = chosen_in(layers[layer], (begin, min(until, begin + step)), work)
                put(layers[layer], (begin, n), work)
