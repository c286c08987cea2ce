"""The keys under which a person's search tokens are made, one for each sort."""

from vungxanh.core.tokens import TokenKey

KEYS = {sort: TokenKey(f"people_searchtoken.{sort}") for sort in ("syllable", "pair", "birth_year")}
