"""Rules, examples and trials as pages show them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from vungxanh.accounts.values import own_units
from vungxanh.core.preferences import reader_language
from vungxanh.core.shown import Mark
from vungxanh.core.viewer import Viewer
from vungxanh.declarations.queries.ruling import may_change
from vungxanh.declarations.values.rule_words import condition_words, fact_value_words
from vungxanh.declarations.values.ruling import RulesVersion, TrialRun
from vungxanh.declarations.values.states import RulesState
from vungxanh.declarations.views.care_shown import colour_mark
from vungxanh.engines.decisions import (
    Colour,
    Example,
    Rule,
    RuleSet,
    compiled,
    in_force,
    written_facts,
)
from vungxanh.locations.values import (
    BadUnitIdError,
    Level,
    UnknownUnitError,
    country_of,
    registry,
)
from vungxanh.people.values.standing import Colour as CardColour


@dataclass(frozen=True, slots=True)
class ShownRule:
    """A rule in words."""

    id: str
    when: str
    because: str
    colour: Mark | None
    advice: tuple[str, ...]
    work: tuple[str, ...]
    is_own: bool
    starts_on: date


@dataclass(frozen=True, slots=True)
class ShownExample:
    """An example in words; `before` where other rules answered otherwise."""

    title: str
    facts: tuple[str, ...]
    colour: Mark
    rules: str
    before: Mark | None = None


@dataclass(frozen=True, slots=True)
class ShownDiffer:
    """A rule before and after; None where it is not there."""

    before: ShownRule | None
    after: ShownRule | None

    @property
    def title(self) -> str:
        """What people are told of it."""
        found = self.before or self.after
        return found.because if found else ""


@dataclass(frozen=True, slots=True)
class ShownMove:
    """So many persons from one colour to another."""

    before: Mark
    after: Mark
    n: int


@dataclass(frozen=True, slots=True)
class ShownUnit:
    """One line of the table of a trial."""

    name: str
    n: int
    n_changed: int
    moves: tuple[ShownMove, ...]


def shown_rules(rules: RuleSet, *, province: str, on: date) -> list[ShownRule]:
    """The rules in force on a day, in their order."""
    return [shown_rule(one, rules) for one in in_force(rules, on=on, province=province)]


def shown_rule(rule: Rule, rules: RuleSet) -> ShownRule:
    """One rule in words."""
    lang = reader_language()
    return ShownRule(
        id=rule.id,
        when=condition_words(rule.when).in_language(lang),
        because=text(rule.because),
        colour=mark(rule.colour) if rule.colour else None,
        advice=tuple(text(rules.advice_texts[name]) for name in rule.advice),
        work=tuple(_work(rules, name) for name in rule.work),
        is_own=rule.province is not None,
        starts_on=rule.valid_from,
    )


def shown_examples(rules: RuleSet, province: str) -> list[ShownExample]:
    """The examples of the place, as they come out."""
    found = [one for one in rules.examples if one.province in ("", province)]
    return [_example(one, one.colour, _numbered(one, rules)) for one in found]


def changed_examples(
    before: RuleSet, after: RuleSet, *, province: str, on: date
) -> list[ShownExample]:
    """Examples of the rules before that come out otherwise by those after, on one day."""
    former, latter = (compiled(rules, on=on, province=province) for rules in (before, after))
    found = []
    for one in before.examples:
        told, then = latter(one.facts), former(one.facts)
        if (told.colour, told.rules, told.advice) != (then.colour, then.rules, then.advice):
            reasons = {rule.id: text(rule.because) for rule in after.rules}
            spoke = " ".join(reasons[name] for name in told.rules)
            found.append(_example(one, told.colour, spoke, before=then.colour))
    return found


def differing(before: RuleSet, after: RuleSet, *, province: str, on: date) -> list[ShownDiffer]:
    """Rules that are otherwise, new or gone."""
    former = {one.id: one for one in in_force(before, on=on, province=province)}
    latter = {one.id: one for one in in_force(after, on=on, province=province)}
    names = [name for name in {**former, **latter} if former.get(name) != latter.get(name)]
    return [
        ShownDiffer(
            shown_rule(former[name], before) if name in former else None,
            shown_rule(latter[name], after) if name in latter else None,
        )
        for name in names
    ]


def shown_units(trial: TrialRun) -> list[ShownUnit]:
    """A line for each unit in which somebody's colour would change, the most first."""
    rows = sorted(trial.units, key=lambda one: (-one.n_changed, one.unit))
    return [
        ShownUnit(
            name=unit_name(one.unit) or _("Chưa rõ nơi ở"),
            n=one.n,
            n_changed=one.n_changed,
            moves=tuple(ShownMove(mark(a), mark(b), n) for a, b, n in one.moves()),
        )
        for one in rows
        if one.n_changed
    ]


def state_mark(version: RulesVersion, today: date) -> Mark:
    """Where a version stands."""
    if version.state is RulesState.DRAFT:
        return Mark("none", _("Nháp"))
    if version.state is RulesState.ENDED:
        return Mark("none", _("Đã ngừng"))
    if version.starts_on and version.starts_on > today:
        return Mark("info", _("Đã duyệt, chưa đến ngày"))
    return Mark("ok", _("Đã duyệt"))


def places(viewer: Viewer) -> list[tuple[str, str]]:
    """The country and the provinces whose rules somebody may look at, by their names."""
    found = {one for one in own_units(viewer.units) if _level(one) is Level.PROVINCE}
    trees = {one.partition(":")[0] for one in viewer.units}
    for tree in sorted(trees):
        if country_of(tree) in viewer.units:
            found |= {one.id for one in registry().units(tree) if one.level is Level.PROVINCE}
    named = sorted((registry().unit(one).sort_key, one, registry().unit(one).name) for one in found)
    return [("", _("Cả nước")), *((one, name) for _key, one, name in named)]


def place_of(viewer: Viewer, asked: str | None) -> str:
    """The province that is asked about; the viewer's own where nothing else may be looked at."""
    offered = [one for one, _name in places(viewer)]
    if asked in offered:
        return str(asked)
    own = [one for one in offered if one and may_change(viewer, one)]
    return own[0] if own and not may_change(viewer, "") else ""


def unit_name(unit: str) -> str:
    """The name of a unit, its id where it is not known; empty for none."""
    try:
        return registry().unit(unit).name if unit else ""
    except (BadUnitIdError, UnknownUnitError):
        return unit


def mark(colour: Colour | CardColour) -> Mark:
    """A colour with its word and shape."""
    return colour_mark(CardColour(str(colour)))


def text(texts: Mapping[str, str]) -> str:
    """A text in the reader's language, Vietnamese where it is not written."""
    return texts.get(reader_language()[:2], texts["vi"])


def _work(rules: RuleSet, name: str) -> str:
    work = rules.work[name]
    hours, minutes = divmod(work.within_minutes, 60)
    title = text(work.title)
    if minutes:
        return _("%(work)s (trong %(n)d phút)") % {"work": title, "n": work.within_minutes}
    return _("%(work)s (trong %(n)d giờ)") % {"work": title, "n": hours}


def _example(
    one: Example, colour: Colour, spoke: str, *, before: Colour | None = None
) -> ShownExample:
    lang = reader_language()
    facts = written_facts(one.facts).items()
    return ShownExample(
        title=text(one.title),
        facts=tuple(fact_value_words(name, value).in_language(lang) for name, value in facts),
        colour=mark(colour),
        rules=spoke,
        before=mark(before) if before else None,
    )


def _numbered(one: Example, rules: RuleSet) -> str:
    """The rules that speak, by their numbers on the page."""
    listed = [rule.id for rule in in_force(rules, on=one.on, province=one.province)]
    return ", ".join(str(1 + listed.index(name)) for name in one.rules if name in listed)


def _level(unit: str) -> Level | None:
    try:
        return registry().unit(unit).level
    except (BadUnitIdError, UnknownUnitError):
        return None
