"""No part may exceed its whole: users and their base, scans and scanners, active and registered."""

from collections.abc import Iterator, Sequence
from typing import Final

from vungxanh.engines.checks.arithmetic import half_up, share
from vungxanh.engines.checks.heads import label
from vungxanh.engines.checks.rules.case import Case, name_of
from vungxanh.engines.checks.rules.counted import known_count
from vungxanh.engines.checks.sentences import say, shown
from vungxanh.engines.checks.types import BASES, USERS, Finding, Row

Triple = tuple[str, str, str]

# (part, whole, code): each person, phone or point of the part is one of the whole.
_PARTS: Final = (
    ("adults", "population", "bound.adults_over_population"),
    ("bluezone_with_phone", "installs", "bound.with_phone_over_installs"),
    ("points_active", "points_registered", "bound.active_over_registered"),
    ("people_scanned", "scans", "bound.fewer_scans_than_people"),
    ("points_active", "scans", "bound.fewer_scans_than_points"),
)


def numerator_over_base(case: Case) -> Iterator[Finding]:
    """More users than people or phones to use them."""
    triples = [(n, base, "bound.numerator_over_base") for n in USERS for base in BASES]
    kept = _counted(case, triples)
    for row in case.lines():
        for triple in kept:
            yield from _over(case, row, triple)


def part_over_whole(case: Case) -> Iterator[Finding]:
    """More adults than people, more active points than registered, fewer scans than scanners."""
    kept = _counted(case, _PARTS)
    for row in case.lines():
        for triple in kept:
            yield from _over(case, row, triple)


def _counted(case: Case, triples: Sequence[Triple]) -> list[Triple]:
    """Those of which the table counts both."""
    elements = set(case.table.elements)
    return [triple for triple in triples if elements.issuperset(triple[:2])]


def _over(case: Case, row: Row, triple: Triple) -> Iterator[Finding]:
    part, whole, code = triple
    n_part, n_whole = known_count(row, part), known_count(row, whole)
    if n_part is None or n_whole is None or n_part <= n_whole:
        return
    yield Finding(
        code=code,
        severity="error",
        where=case.where(row, part),
        message=say(
            "{name}: {part} ({n_part}) nhiều hơn {whole} ({n_whole}){ratio}; một trong hai số sai,"
            " hỏi lại nơi gửi.",
            "{name}: {part} ({n_part}) exceed {whole} ({n_whole}){ratio}; one of the two is wrong,"
            " ask the sender.",
            name=name_of(row),
            part=label(part),
            whole=label(whole),
            n_part=n_part,
            n_whole=n_whole,
            ratio=say(", {p}", ", {p}", p=half_up(share(n_part, n_whole))) if n_whole else "",
        ),
        claim=shown(n_part),
        found=shown(n_whole),
        expected=f"≤ {shown(n_whole)}",
        unit=row.unit,
        element=part,
    )
