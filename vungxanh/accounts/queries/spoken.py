"""What this room's codes in the log mean, by the key of the detail that holds them."""

from collections.abc import Mapping

from vungxanh.accounts.queries.exports import person_lists
from vungxanh.accounts.rules.devices import SCOPES
from vungxanh.accounts.rules.roles import ROLES
from vungxanh.accounts.values.devices import KIND_WORDS
from vungxanh.accounts.values.sessions import WHY_WORDS
from vungxanh.refusals import Words


def detail_words() -> Mapping[str, Mapping[str, Words]]:
    """Words by code: kinds and scopes of devices, roles, ends of sessions, lists of persons."""
    return {
        "kind": {str(kind): words for kind, words in KIND_WORDS.items()},
        "scope": {scope: spec.words for scope, spec in SCOPES.items()},
        "roles": {str(role): spec.words for role, spec in ROLES.items()},
        "why": {str(why): words for why, words in WHY_WORDS.items()},
        "resource": {name: listed.title for name, listed in person_lists().items()},
    }
