"""The country's rules that come with the software."""

import json
from functools import lru_cache
from importlib import resources
from typing import Final

from vungxanh.engines.decisions import RuleSet, read_rules

_PLACE: Final = "vendored/rules/country-1.json"


@lru_cache(maxsize=1)
def shipped_rules() -> RuleSet:
    """Their newest version."""
    place = resources.files("vungxanh.declarations").joinpath(_PLACE)
    return read_rules(json.loads(place.read_text("utf-8")))
