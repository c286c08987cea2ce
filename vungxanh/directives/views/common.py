"""What several pages of the room need: refusals as sentences, units to choose from, ways back."""

from django.http import HttpResponseRedirect
from django.urls import reverse

from vungxanh.accounts.values import area_of, told_apart
from vungxanh.core.preferences import reader_language
from vungxanh.core.viewer import Viewer
from vungxanh.locations import queries as locations
from vungxanh.locations.values import Level, Unit, UnitId
from vungxanh.refusals import RefusalError


def sentence(refusal: RefusalError) -> str:
    """A refusal in the reader's language, with its place."""
    text = refusal.words.in_language(reader_language())
    return f"{text} ({refusal.where})" if refusal.where else text


def back(letter_id: object, anchor: str = "", query: str = "") -> HttpResponseRedirect:
    """To the page of a letter, at one of its items."""
    address = reverse("directives-letter", args=[letter_id])
    return HttpResponseRedirect(address + query + (f"#{anchor}" if anchor else ""))


def unit_choices(viewer: Viewer) -> list[tuple[str, str]]:
    """One's own units and those right below them by name, then those of the other era that lie
    wholly in them: letters of before the reform are brought in for the units of then."""
    own = locations.units([UnitId(unit) for unit in sorted(viewer.units)])
    below = [child for unit in own for child in locations.children(unit)]
    whole = area_of(viewer.units).whole
    others = locations.units(one for one in whole if one not in viewer.units).values()
    past = sorted(others, key=lambda unit: (list(Level).index(unit.level), unit.sort_key, unit.id))
    return [(unit.id, _named(unit, viewer)) for unit in [*own.values(), *below, *past]]


def _named(unit: Unit, viewer: Viewer) -> str:
    language = reader_language()
    return told_apart(unit.name, unit.id, beside=viewer.units, language=language)
