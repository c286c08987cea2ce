"""The compiled loops of clusters; called by `clusters`, which checks what enters.

Times are seconds after the store's base, slots are numbers. What a word is, stands in `kernel`.
"""

from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from vungxanh.engines.tracing.compiling import compiled
from vungxanh.engines.tracing.kernel import (
    NO_END,
    STAY_BITS,
    Int32s,
    Int64s,
    Rows,
    Second,
    first_at_or_after,
)

LEAST_TAG_BITS: Final = 13  # 16 kilobytes: the nearest cache of a core holds it
MOST_TAG_BITS: Final = 17


class Stretches(NamedTuple):
    """Slots from `first` to `last`, both included, under keys that ascend: int64 (n) each."""

    key: Int64s
    first: Int64s
    last: Int64s


class Look(NamedTuple):
    """What a missing end is; `now` is as_of after the base.

    `reach` is the longest stay of layers without stays beside them.
    """

    default_stay: int
    now: int
    reach: int


class Present(NamedTuple):
    """Room for people: int32 codes, int64 ends of stays and int32 codes put by, of one length.

    `tags` uint16 (2 ** MOST_TAG_BITS). `marks` uint64 has a bit a person, all 0. `names` int32
    takes the codes of those counted, slot after slot; it may be empty.
    """

    person: Int32s
    end: Int64s
    put_by: Int32s
    tags: NDArray[np.uint16]
    marks: NDArray[np.uint64]
    names: Int32s


@compiled
def united(stretches: Stretches) -> int:
    """Make overlapping stretches of a key one, in place; how many are left.

    With starts and ends each ascending, whoever began by the k-th start has ended before the next
    where the k-th end lies before it.
    """
    key, first, last = stretches
    n = begin = 0
    for end in range(1, key.size + 1):
        if end < key.size and key[end] == key[begin]:
            continue
        if end - begin > 1:
            first[begin:end].sort()
            last[begin:end].sort()
        since = first[begin]
        for at in range(begin, end):
            if at + 1 == end or last[at] < first[at + 1]:
                after = first[min(at + 1, end - 1)]
                key[n], first[n], last[n] = key[begin], since, last[at]
                since = after
                n += 1
        begin = end
    return n


@compiled
def runs(stretches: Stretches, min_cases: int) -> Int64s:
    """Runs of slots that as many stretches cover, int64 (n, 4): key, first, until, how many.

    At least `min_cases` of a key cover them. Sorts starts and ends of each key in place.
    """
    key, first, last = stretches
    found = np.empty((2 * key.size, 4), np.int64)
    n = begin = 0
    for end in range(1, key.size + 1):
        if end < key.size and key[end] == key[begin]:
            continue
        if end - begin >= min_cases:
            first[begin:end].sort()
            last[begin:end].sort()
            n_here = covered(first[begin:end], last[begin:end], found[n:])
            for at in range(n, n + n_here):
                if found[at, 3] >= min_cases:
                    found[at, 0] = key[begin]
                    found[n] = found[at]
                    n += 1
        begin = end
    return found[:n]


@compiled
def covered(first: Int64s, last: Int64s, to: Int64s) -> int:
    """Write first, until and how many cover, wherever the number may change; how many rows."""
    n = begun = ended = 0
    while ended < last.size:
        since = last[ended] + 1
        if begun < first.size:
            since = min(since, first[begun])
        while begun < first.size and first[begun] == since:
            begun += 1
        while ended < last.size and last[ended] + 1 == since:
            ended += 1
        if ended < last.size:
            until = last[ended] + 1
            if begun < first.size:
                until = min(until, first[begun])
            to[n, 1], to[n, 2], to[n, 3] = since, until, begun - ended
            n += 1
    return n


@compiled
def slots_covered(stretches: Stretches, places: Int64s, slots: Int64s) -> Int64s:
    """Which slots each stretch covers, int64 (n, 2): row of the slot, row of the stretch.

    `key` of a stretch is its place; `places` and `slots` (int64) ascend together.
    """
    found = np.empty((256, 2), np.int64)
    n = begin = 0
    for row in range(stretches.key.size):
        place = stretches.key[row]
        while begin < places.size and places[begin] < place:
            begin += 1
        low, high = begin, places.size
        while low < high:
            middle = (low + high) >> 1
            if places[middle] == place and slots[middle] < stretches.first[row]:
                low = middle + 1
            else:
                high = middle
        while low < places.size and places[low] == place and slots[low] <= stretches.last[row]:
            if n == len(found):
                found = np.concatenate((found, np.empty_like(found)))
            found[n, 0], found[n, 1] = low, row
            n += 1
            low += 1
    return found[:n]


@compiled
def people_in(layers: tuple[Rows, ...], slots: Int64s, asked: tuple[Look, Present]) -> Int64s:
    """How many persons were present in each slot, int64 (n).

    `slots` int64 (n, 3): key of the place in `layers`, from, until; ascending, no two the same. A
    place is walked through once: who stays on into the next slot is kept.
    """
    look, present = asked
    counts = np.empty(len(slots), np.int64)
    row = np.empty(len(layers), np.int64)
    n = n_named = 0
    for at in range(len(slots)):
        place, since, _ = slots[at]
        if at == 0 or place != slots[at - 1, 0]:
            n = 0
            for layer in range(len(layers)):
                row[layer] = layers[layer].starts[place]
        n = staying(present.person[:n], present.end[:n], since)
        for layer in range(len(layers)):
            row[layer], n = arrived(layers[layer], slots[at], (row[layer], n, look, present))
        if present.names.size:
            counts[at] = named(present.person[:n], present.marks, present.names[n_named:])
            n_named += counts[at]
        else:
            counts[at] = counted(present, n)
    return counts


@compiled
def staying(person: Int32s, end: Int64s, since: Second) -> int:
    """Move those whose stay ends after a moment to the front; how many."""
    n = 0
    for at in range(person.size):
        person[n] = person[at]
        end[n] = end[at]
        n += end[at] > since
    return n


@compiled
def arrived(rows: Rows, slot: Int64s, asked: tuple[int, int, Look, Present]) -> tuple[int, int]:
    """Let in who came before the slot ends and was there in it, behind the `n` who are there.

    `asked` begins with the next row and `n`; gives both. Whoever comes within the slot is there,
    also without staying; who came before must end in it.
    """
    row, n, look, present = asked
    place, since, until = slot
    stop = rows.starts[place + 1]
    back = rows.longest[place] if rows.stays.size else look.reach
    row = first_at_or_after(rows, (row, stop), since - back)
    last = first_at_or_after(rows, (row, stop), min(until, look.now + 1))
    within = first_at_or_after(rows, (row, last), since)
    before = read(rows, (row, within), (look, present.person[n:], present.end[n:]))
    n += staying(present.person[n : n + before], present.end[n : n + before], since)
    n += read(rows, (within, last), (look, present.person[n:], present.end[n:]))
    return last, n


@compiled
def read(rows: Rows, stretch: tuple[int, int], to: tuple[Look, Int32s, Int64s]) -> int:
    """Write the person and the end of each row of a stretch; how many."""
    look, person, end = to
    words = rows.words[stretch[0] : stretch[1]]
    shift, mask = rows.bits + STAY_BITS, (1 << rows.bits) - 1
    for at in range(words.size):
        person[at] = words[at] & mask
    if rows.stays.size:
        stays = rows.stays[stretch[0] : stretch[1]]
        for at in range(words.size):
            end[at] = (words[at] >> shift) + rows.base + stays[at]
        return words.size
    for at in range(words.size):
        start = (words[at] >> shift) + rows.base
        stay = (words[at] >> rows.bits) & NO_END
        assumed = min(start + look.default_stay, look.now)
        end[at] = assumed if stay == NO_END else start + stay
    return words.size


@compiled
def counted(present: Present, n_here: int) -> int:
    """How many of the first so many people are different.

    A small table holds one person a place, the first to come, as the part of the code that the
    place does not tell. Whoever finds another there is put by and marked in the large table: nearly
    all work stays in the cache of a core.
    """
    people, put_by = present.person[:n_here], present.put_by
    n_bits = tag_bits(n_here, present.marks.size << 6)
    tags, bits = present.tags[: 1 << n_bits], np.uint64(n_bits)
    tags[:] = 0
    mask = np.uint64(tags.size - 1)
    n = n_put_by = 0
    for code in people:
        person = np.uint64(code)
        tag = np.uint16((person >> bits) + np.uint64(1))
        found = tags[person & mask]
        tags[person & mask] = found if found else tag
        put_by[n_put_by] = code
        n += found == 0
        n_put_by += (found != 0) & (found != tag)
    return n + named(put_by[:n_put_by], present.marks, put_by[:0])


@compiled
def tag_bits(n_here: int, n_persons: int) -> int:
    """Bits of a place in the table: half the places stay free, and a tag fits 16 bits."""
    bits = LEAST_TAG_BITS
    while bits < MOST_TAG_BITS and (2 * n_here > 1 << bits or n_persons >> bits >= 65_535):
        bits += 1
    return bits


@compiled
def named(people: Int32s, marks: NDArray[np.uint64], names: Int32s) -> int:
    """How many different people there are; their codes go into `names` if it has room."""
    n = 0
    for code in people:
        word, bit = np.uint64(code) >> np.uint64(6), np.uint64(1) << np.uint64(code & 63)
        is_new = (marks[word] & bit) == 0
        marks[word] |= bit
        if is_new and names.size:
            names[n] = code
        n += is_new
    for code in people:
        marks[np.uint64(code) >> np.uint64(6)] = 0
    return n
