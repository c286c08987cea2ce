"""The laws that campaigns rest on where nobody is asked for consent."""

from collections.abc import Iterator
from datetime import date

from vungxanh.people.models import ProcessingBasis
from vungxanh.people.values.rights import Basis, NewBasis
from vungxanh.refusals import Words


def bases() -> tuple[Basis, ...]:
    """Every one that was ever written down, for anyone; one query."""
    return tuple(_basis(row) for row in ProcessingBasis.objects.all())


def told_on(day: date) -> Iterator[tuple[Words, str, str, date, date, date]]:
    """Those in force on a day: words, law, article, day of the law, first and last day."""
    for row in ProcessingBasis.objects.filter(starts_on__lte=day, ends_on__gte=day):
        words = Words(vi=row.vi, en=row.en)
        yield words, row.law, row.article, row.law_on, row.starts_on, row.ends_on


def _basis(row: ProcessingBasis) -> Basis:
    words = Words(vi=row.vi, en=row.en)
    return Basis(
        row.id, NewBasis(words, row.law, row.article, row.law_on, row.starts_on, row.ends_on)
    )
