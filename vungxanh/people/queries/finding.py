"""Finding persons by what the keyed index holds; only the block that it selects is opened."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q, QuerySet

from vungxanh.accounts.queries import readable
from vungxanh.core.viewer import Viewer
from vungxanh.engines.papers import Paper
from vungxanh.people.models import DOCUMENTS, PHONES, Person, SearchToken
from vungxanh.people.models.tokens import KEYS

# So many rows are opened and compared at most; more means that the search says too little.
MOST_OPENED = 400


@dataclass(frozen=True, slots=True)
class Block:
    """The persons of the viewer's area that an index selected; `is_cut`: there are more."""

    persons: tuple[Person, ...]
    is_cut: bool = False


def with_number(viewer: Viewer, e164: str) -> tuple[Person, ...]:
    """Whose number this is, in what the viewer may read; two queries at most."""
    digests = list(PHONES.digests(e164))
    return _within(viewer, Q(phones__number_index__in=digests))


def with_paper(viewer: Viewer, paper: Paper) -> tuple[Person, ...]:
    """Whose identity paper this is, in what the viewer may read."""
    digests = list(DOCUMENTS.digests(paper.number))
    return _within(viewer, Q(documents__number_index__in=digests))


def with_tokens(viewer: Viewer, groups: Iterable[tuple[str, Iterable[str]]]) -> Block:
    """The persons of the area that have all tokens of the groups, each (sort, values); one query.

    The rarest token leads in the database's own plan: each is one range of one index.
    """
    tokens = [KEYS[sort].all_tokens([value]) for sort, values in groups for value in values]
    if not tokens:
        return Block(())
    found = _readable(viewer)
    for forms in tokens:
        found = found.filter(Exists(_TOKENS.filter(token__in=forms)))
    persons = tuple(found.order_by("id")[: MOST_OPENED + 1])
    return Block(persons[:MOST_OPENED], is_cut=len(persons) > MOST_OPENED)


_TOKENS = SearchToken.objects.filter(person=OuterRef("pk")).order_by()


def _within(viewer: Viewer, wanted: Q) -> tuple[Person, ...]:
    return tuple(_readable(viewer).filter(wanted).distinct().order_by("id")[:MOST_OPENED])


def _readable(viewer: Viewer) -> QuerySet[Person]:
    if "system" in viewer.roles:
        return Person.objects.all()
    return Person.objects.filter(readable(viewer, ref="persons", unit="residence"))
