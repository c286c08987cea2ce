"""Where the register's digests and search tokens lie, for a change of the index key."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice

from vungxanh.core import keys
from vungxanh.core.enveloped import opened
from vungxanh.core.index_places import UNKNOWN, Digests, held_keys, next_rows
from vungxanh.core.keys import Use
from vungxanh.core.sealed_places import Place, Renewed
from vungxanh.people.models import (
    DOCUMENTS,
    DOOR_PROVED,
    NATIONAL_CODES,
    PHONES,
    Document,
    DoorProof,
    NationalCode,
    Person,
    Phone,
    PhoneProof,
    SearchToken,
)
from vungxanh.people.models.phones import PROVED
from vungxanh.people.models.tokens import KEYS
from vungxanh.people.queries.persons import envelope_of
from vungxanh.people.rules.births import year_of
from vungxanh.people.rules.tokens import findable

_AT_ONCE = 500


class SearchTokens:
    """The tokens of every person, each person's made again together."""

    name = "people_searchtoken"
    tables = ("people_searchtoken", "people_person")

    def counts(self) -> Counter[bytes]:
        """By the key under which the person's name and year make the same token."""
        found: Counter[bytes] = Counter()
        everybody = Person.objects.order_by("id").iterator(_AT_ONCE)
        while persons := list(islice(everybody, _AT_ONCE)):
            lying = _lying(persons)
            for person in persons:
                found.update(_keys_of(person, lying[person.pk]))
        return found

    def renew(self, after: str, n: int) -> Renewed:
        """By person."""
        persons: list[Person] = next_rows(Person.objects.all(), after, n)
        lying, current = _lying(persons), keys.ring(Use.INDEX).current
        made = {person.pk: _made(person, current) for person in persons}
        changed = [pk for pk, tokens in made.items() if tokens != lying[pk]]
        SearchToken.objects.filter(person__in=changed).delete()
        SearchToken.objects.bulk_create(
            SearchToken(token=token, person_id=pk) for pk in changed for token in sorted(made[pk])
        )
        return Renewed(len(changed), str(persons[-1].pk) if persons else after, len(persons) < n)


def index_places() -> tuple[Place, ...]:
    """Every column of the register that is made again under a new index key."""
    phones, papers, codes = (
        Phone.objects.select_related("person"),
        Document.objects.select_related("person"),
        NationalCode.objects.select_related("person"),
    )
    return (
        SearchTokens(),
        Digests(phones.all, "number_index", PHONES, _number),
        Digests(papers.all, "number_index", DOCUMENTS, _number),
        Digests(codes.all, "code_index", NATIONAL_CODES, _code),
        Digests(PhoneProof.objects.all, "number_index", PROVED, lambda row: row.number),
        Digests(DoorProof.objects.all, "number_index", DOOR_PROVED, lambda row: row.number),
    )


def _number(row: Phone | Document) -> str:
    return opened(envelope_of(row.person), row, "number")


def _code(row: NationalCode) -> str:
    return opened(envelope_of(row.person), row, "code")


def _made(person: Person, key_id: bytes) -> set[bytes]:
    envelope = envelope_of(person)
    name, birth = opened(envelope, person, "name"), opened(envelope, person, "birth")
    values = findable(name, year_of(birth))
    return {token for sort, found in values.items() for token in KEYS[sort].under(key_id, found)}


def _lying(persons: Sequence[Person]) -> Mapping[int, set[bytes]]:
    """The tokens that lie in the table, of each person; one query."""
    found: dict[int, set[bytes]] = {person.pk: set() for person in persons}
    rows = SearchToken.objects.filter(person__in=list(found)).order_by()
    for pk, token in rows.values_list("person", "token"):
        found[pk].add(bytes(token))
    return found


def _keys_of(person: Person, tokens: Iterable[bytes]) -> Iterator[bytes]:
    """Under which key each token was made."""
    made = {token: one for one in reversed(list(held_keys())) for token in _made(person, one)}
    return (made.get(token, UNKNOWN) for token in tokens)
