"""Finding persons by what the keyed index holds; only the block that it selects is opened."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from django.db.models import Q, QuerySet

from vungxanh.accounts.queries import readable
from vungxanh.core.viewer import Viewer
from vungxanh.engines.papers import Paper
from vungxanh.engines.persons import Block as Demands
from vungxanh.engines.persons import Demand, Part, PersonAsked, block_of
from vungxanh.people.models import DOCUMENTS, PHONES, Document, Person, Phone, SearchToken
from vungxanh.people.models.tokens import KEYS
from vungxanh.people.rules.tokens import BIRTH_YEAR, PAIR, SYLLABLE

# So many rows are opened and compared at most; more means that the search says too little.
MOST_OPENED = 400
# With so many candidates no more forgiving question is asked.
ENOUGH = 20
_SORTS: Mapping[Part, str] = MappingProxyType(
    {Part.PAIR: PAIR, Part.SYLLABLE: SYLLABLE, Part.BIRTH_YEAR: BIRTH_YEAR}
)


@dataclass(frozen=True, slots=True)
class Block:
    """The persons of the viewer's area that an index selected; `is_cut`: there are more."""

    persons: tuple[Person, ...]
    is_cut: bool = False


@dataclass(frozen=True, slots=True)
class Within:
    """What bounds a search beside the viewer's area: these communes, if any are named."""

    communes: frozenset[str] = field(default_factory=frozenset)


ANYWHERE = Within()


def with_number(viewer: Viewer, e164: str) -> tuple[Person, ...]:
    """Whose number this is, in what the viewer may read; one query, by one index."""
    digests = list(PHONES.digests(e164))
    holders = Phone.objects.filter(number_index__in=digests).order_by().values("person")
    return _within(viewer, Q(pk__in=holders))


def with_paper(viewer: Viewer, paper: Paper) -> tuple[Person, ...]:
    """Whose identity paper this is, in what the viewer may read; one query, by one index."""
    digests = list(DOCUMENTS.digests(paper.number))
    holders = Document.objects.filter(number_index__in=digests).order_by().values("person")
    return _within(viewer, Q(pk__in=holders))


def with_tokens(viewer: Viewer, groups: Iterable[tuple[str, Iterable[str]]]) -> Block:
    """The persons of the area that have all tokens of the groups, each (sort, values); one query.

    The rarest token leads in the database's own plan: each is one range of one index.
    """
    tokens = [KEYS[sort].all_tokens([value]) for sort, values in groups for value in values]
    return _block(viewer, tokens, ANYWHERE)


def candidates(viewer: Viewer, asked: PersonAsked, within: Within = ANYWHERE) -> Block:
    """Who of the area may be meant by a name, told by the index alone; six queries at most.

    The most telling question first, pairs with the year of birth; then what forgives more, down
    to one syllable, until there are enough. A question that would open too many ends the search:
    what was found before it stands, else its first rows do and the block says that it is cut.
    """
    found: dict[int, Person] = {}
    for demands in block_of(asked):
        block = _block(viewer, _tokens(demands), within)
        if block.is_cut:
            return Block(tuple(found.values())) if found else block
        found |= {person.pk: person for person in block.persons}
        if len(found) >= ENOUGH:
            break
    return Block(tuple(found[pk] for pk in sorted(found))[:MOST_OPENED])


def _tokens(demands: Demands) -> list[list[bytes]]:
    """For each condition the tokens of which a person must have one."""
    return [tokens for demand in demands for tokens in _forms(demand)]


def _forms(demand: Demand) -> list[list[bytes]]:
    key = KEYS[_SORTS[demand.part]]
    if demand.is_all:
        return [key.all_tokens([value]) for value in demand.values]
    return [key.all_tokens(demand.values)]


def _block(viewer: Viewer, tokens: list[list[bytes]], within: Within) -> Block:
    if not tokens:
        return Block(())
    found = _readable(viewer)
    if within.communes:
        found = found.filter(residence__in=sorted(within.communes))
    for forms in tokens:
        having = SearchToken.objects.filter(token__in=forms).order_by().values("person")
        found = found.filter(pk__in=having)
    persons = tuple(found.order_by("id")[: MOST_OPENED + 1])
    return Block(persons[:MOST_OPENED], is_cut=len(persons) > MOST_OPENED)


def _within(viewer: Viewer, wanted: Q) -> tuple[Person, ...]:
    return tuple(_readable(viewer).filter(wanted).order_by("id")[:MOST_OPENED])


def _readable(viewer: Viewer) -> QuerySet[Person]:
    if "system" in viewer.roles:
        return Person.objects.all()
    return Person.objects.filter(readable(viewer, ref="persons", unit="residence"))
