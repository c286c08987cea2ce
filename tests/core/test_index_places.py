"""Every index of every room is made again, lasts, or runs out before the former key can go."""

import importlib
import pkgutil

import vungxanh
from vungxanh.core import reseal
from vungxanh.core.index_places import Digests, index_places, lasting_purposes
from vungxanh.core.keys import Use
from vungxanh.core.sealed import IndexKey
from vungxanh.core.tokens import TokenKey

# What is forgotten within a day or two, or says nothing to anybody without its key; and why.
RUNS_OUT = {
    "index:accounts_failedsignins.key": "counts of a day",
    "index:accounts_staffsession.address": "compared with nothing; noise once the key is gone",
    "index:accounts_staffsession.key": "sessions of twelve hours at most",
    "index:django_session.session_key": "sessions of twelve hours at most",
    "index:people_erasureproof.reference": "whom a proof is of is nobody's to find out later",
}
# Made again with the persons whose they are, and with the file store.
MADE_AGAIN = {
    "token:people_searchtoken.birth_year",
    "token:people_searchtoken.pair",
    "token:people_searchtoken.syllable",
    "index:core_storedfile.address",
}


def derivations() -> set[str]:
    """What keys are derived for in all modules of the product."""
    found = set()
    for module in pkgutil.walk_packages(vungxanh.__path__, "vungxanh."):
        if ".migrations" in module.name or not module.name.split(".")[-1].isidentifier():
            continue
        for value in _values(module.name):
            if isinstance(value, IndexKey | TokenKey):
                found.add(value.derivation)
    return found


def _values(name: str) -> list[object]:
    held = list(vars(importlib.import_module(name)).values())
    return [
        one for value in held for one in (value.values() if isinstance(value, dict) else [value])
    ]


def test_every_index_is_made_again_or_lasts_or_runs_out() -> None:
    again = {place.key.derivation for place in index_places() if isinstance(place, Digests)}
    assert derivations() == again | MADE_AGAIN | set(lasting_purposes()) | set(RUNS_OUT)


def test_nothing_is_said_to_end_in_two_ways() -> None:
    again = {place.key.derivation for place in index_places() if isinstance(place, Digests)}
    ways = [again, MADE_AGAIN, set(lasting_purposes()), set(RUNS_OUT)]
    assert sum(map(len, ways)) == len(set.union(*ways))


def test_every_place_has_a_name_of_its_own() -> None:
    names = [place.name for place in reseal.places(Use.INDEX)]
    assert len(names) == len(set(names))
    assert {"people_searchtoken", "people_phone.number_index"} <= set(names)
