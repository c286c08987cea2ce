"""Why the own card has its colour, in plain words, with the source of each statement."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from vungxanh.core import clock
from vungxanh.core.access import citizen_of
from vungxanh.core.preferences import reader_language
from vungxanh.declarations.queries.card_statements import Spoke, Why, why_of
from vungxanh.declarations.values.form_words import text_of
from vungxanh.documents import vietnamese
from vungxanh.locations.values.area_levels import WAY_WORDS, LevelOn
from vungxanh.people.values.standing import COLOUR_SAYS, COLOUR_WORDS

Statement = dict[str, str]


@never_cache
@require_GET
def why(request: HttpRequest) -> HttpResponse:
    """Statements with their source and end; where the holder may say that they are wrong."""
    found = why_of(citizen_of(request), clock.now())
    return render(request, "declarations/card/why.html", {**_shown(found), "tab": "home"})


def _shown(found: Why | None) -> dict[str, object]:
    if found is None:
        return {"card": None}
    language = reader_language()
    return {
        "card": found.card,
        "colour": COLOUR_WORDS[found.card.colour].in_language(language).lower(),
        "says": COLOUR_SAYS[found.card.colour].in_language(language),
        "declaration": found.declaration,
        "statements": _statements(found, language),
        "is_corrected": found.corrected_at is not None,
    }


def _statements(found: Why, language: str) -> list[Statement]:
    said = [_declared(found, language)] if found.declared_at else []
    coloured = [one for one in found.rules if one.colour] or list(found.rules)
    said += [_by_rule(one, language) for one in coloured]
    if found.level is not None:
        said.append(_level(found.level, language))
    if found.corrected_at is not None:
        at = vietnamese.moment(found.corrected_at, language)
        source = _("Quyết định của cán bộ phụ trách")
        said.append({"words": _("Kết quả được xem lại và sửa lúc %s.") % at, "source": source})
    return said


def _declared(found: Why, language: str) -> Statement:
    at = vietnamese.moment(found.declared_at, language)
    signs = ", ".join(one.in_language(language) for one in found.signs)
    words = _("Bạn khai lúc %(at)s: không có dấu hiệu bệnh nào.") % {"at": at}
    if signs:
        words = _("Bạn khai lúc %(at)s: %(signs)s.") % {"at": at, "signs": signs}
    return {"words": words, "source": text_of(found.form, language)}


def _by_rule(rule: Spoke, language: str) -> Statement:
    return {"words": text_of(rule.because, language), "source": text_of(rule.rules, language)}


def _level(level: LevelOn, language: str) -> Statement:
    source = WAY_WORDS[level.way].in_language(language)
    if level.decision is not None:
        source = f"{level.decision.number}, {level.decision.body}"
    since = vietnamese.date(level.since, language)
    words = _("Cấp độ dịch nơi bạn ở: %(level)s, từ %(since)s.")
    return {"words": words % {"level": level.level, "since": since}, "source": source}
