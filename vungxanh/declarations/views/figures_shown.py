"""What the page of figures shows, finished: rows, shares and times in words."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from vungxanh.core.preferences import reader_language
from vungxanh.declarations.queries.residents import Residents
from vungxanh.declarations.rules.figures import NOT_FOLLOWED, Followed, Tally
from vungxanh.declarations.values.care import RESULT_WORDS
from vungxanh.declarations.values.figures import LANGUAGE_WORDS, WAY_WORDS, Asked, Figures
from vungxanh.declarations.values.states import CareResult, Way
from vungxanh.documents import vietnamese
from vungxanh.engines.coverage.ratios import share_percent
from vungxanh.locations.values import Unit, registry


@dataclass(frozen=True, slots=True)
class Row:
    """A unit, a form, a way or a language with its numbers."""

    name: str
    tally: Tally
    followed: Followed = NOT_FOLLOWED
    url: str = ""
    residents: Residents | None = None

    @property
    def share(self) -> str:
        """People of the residents; nothing where nobody knows how many live there."""
        return _share(self.tally.n_people, self.residents.n) if self.residents else ""

    @property
    def ill_share(self) -> str:
        """Ill declarations of all."""
        return _share(self.tally.n_ill, self.tally.n)


def by_unit(found: Figures, living: Mapping[str, Residents], asked: Mapping[str, str]) -> list[Row]:
    """The units below of which anything is known, most declarations first."""
    keys = {*found.by_unit, *found.followed_by_unit}
    rows = [
        Row(
            registry().unit(key).name,
            found.by_unit.get(key, Tally()),
            found.followed_by_unit.get(key, Followed()),
            address({**asked, "dia-ban": key}),
            living.get(key),
        )
        for key in keys
    ]
    return sorted(rows, key=lambda row: (-row.tally.n, row.name))


def by_form(found: Figures, names: Mapping[str, str]) -> list[Row]:
    """The forms, most declarations first."""
    return [Row(names.get(code, code), one) for code, one in found.by_form.items()]


def by_way(found: Figures) -> list[Row]:
    """The ways, most declarations first."""
    lang = reader_language()
    return [Row(WAY_WORDS[Way(one)].in_language(lang), n) for one, n in found.by_way.items()]


def by_language(found: Figures) -> list[tuple[str, int]]:
    """The languages, most declarations first."""
    words, lang = LANGUAGE_WORDS, reader_language()
    return [
        (words[one].in_language(lang) if one in words else one, n)
        for one, n in found.languages.items()
    ]


def by_result(followed: Followed) -> list[tuple[str, int]]:
    """What came of the calls."""
    lang = reader_language()
    return [
        (RESULT_WORDS[CareResult(one)].in_language(lang) if one else _("Chưa ghi kết quả"), n)
        for one, n in followed.by_result
    ]


def time_words(waited: timedelta | None) -> str:
    """How long people waited, in minutes or hours; nothing where too many still wait."""
    if waited is None:
        return ""
    minutes = round(waited.total_seconds() / 60)
    if minutes < 120:
        return _("%(n)s phút") % {"n": vietnamese.count(minutes, reader_language())}
    words = {"h": vietnamese.count(minutes // 60, reader_language()), "m": minutes % 60}
    return _("%(h)s giờ %(m)s phút") % words


def span_words(asked: Asked) -> str:
    """The days in words."""
    lang = reader_language()
    first, last = vietnamese.date(asked.first, lang), vietnamese.date(asked.last, lang)
    if asked.first == asked.last:
        return _("ngày %(day)s") % {"day": last}
    return _("từ %(first)s đến %(last)s") % {"first": first, "last": last}


def parameters(asked: Asked, scope: Unit) -> dict[str, str]:
    """What an address of these figures says."""
    said = {
        "dia-ban": scope.id,
        "tu": asked.first.isoformat(),
        "den": asked.last.isoformat(),
        "bieu-mau": asked.form,
        "cach": asked.way,
    }
    return {key: one for key, one in said.items() if one}


def address(said: Mapping[str, str]) -> str:
    """The page of these figures."""
    return f"{reverse('declarations-figures')}?{urlencode(said)}"


def file_address(form: str, said: Mapping[str, str]) -> str:
    """The same as a file."""
    return f"{reverse('declarations-figures_export', args=[form])}?{urlencode(said)}"


def _share(part: int, whole: int) -> str:
    return vietnamese.share_percent(share_percent(part, whole), reader_language()) if whole else ""
