"""What several pages of the room need: refusals as sentences, units to choose from, ways back."""

from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import get_language

from vungxanh.core.viewer import Viewer
from vungxanh.locations import queries as locations
from vungxanh.locations.values import UnitId
from vungxanh.refusals import RefusalError


def sentence(refusal: RefusalError) -> str:
    """A refusal in the reader's language, with its place."""
    text = refusal.words.in_language(get_language() or "vi")
    return f"{text} ({refusal.where})" if refusal.where else text


def back(letter_id: object, anchor: str = "", query: str = "") -> HttpResponseRedirect:
    """To the page of a letter, at one of its items."""
    address = reverse("directives-letter", args=[letter_id])
    return HttpResponseRedirect(address + query + (f"#{anchor}" if anchor else ""))


def unit_choices(viewer: Viewer) -> list[tuple[str, str]]:
    """One's own units and those right below them, by name."""
    own = locations.units([UnitId(unit) for unit in sorted(viewer.units)])
    below = [child for unit in own for child in locations.children(unit)]
    return [(unit.id, unit.name) for unit in [*own.values(), *below]]
