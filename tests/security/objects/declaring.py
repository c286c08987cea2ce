"""Forms that everybody may open, a version and rules that nobody has put into use."""

from dataclasses import replace

from tests.factories.people import Colleague
from tests.security.doors import Thing
from vungxanh.core import clock
from vungxanh.core.viewer import SYSTEM
from vungxanh.declarations.actions.form_versions import add_form, load_forms
from vungxanh.declarations.models import RuleSet
from vungxanh.declarations.values.forms import shipped_forms
from vungxanh.declarations.values.shipped_rules import shipped_rules
from vungxanh.engines import decisions
from vungxanh.engines.forms import to_data

# Markup is refused with the file; what is left to try is the end of an attribute and templates.
PLAIN_PAYLOAD = '"\'> {{ 6|add:"1" }} {% now "Y" %}'


def things(owner: Colleague) -> list[Thing]:
    """A form, its first page, drafts of a form and of rules."""
    load_forms(by=SYSTEM, at=clock.now())
    draft = add_form(data=_draft(), by=SYSTEM, at=clock.now())
    return [
        Thing("/khai/", "code", "general", is_secret=False),
        Thing("/khai/", "page", "you", is_secret=False),
        Thing("/api/v1/questionnaires/", "name", "general@2", is_secret=False),
        Thing("/to-khai/bieu-mau/", "version_id", str(draft), is_secret=False),
        Thing("/to-khai/quy-tac/", "rules_id", str(_rules()), is_secret=False),
        Thing("/to-khai/quy-tac/", "rule", "signs", is_secret=False),
    ]


def _rules() -> int:
    """A draft of rules with hostile words that nobody has approved."""
    rules = shipped_rules()
    hostile = replace(rules.rules[0], because={"vi": PLAIN_PAYLOAD, "en": PLAIN_PAYLOAD})
    content = decisions.to_data(replace(rules, rules=(hostile, *rules.rules[1:]), version=2))
    at = clock.now()
    row = RuleSet.objects.create(version=2, content=content, starts_on=at.date(), at=at, by="x")
    return row.pk


def _draft() -> dict[str, object]:
    """A version with hostile words that nobody has put into use."""
    form = next(one for one in shipped_forms() if one.name == "daily@1")
    return {**to_data(form), "version": 2, "source": PLAIN_PAYLOAD}
