"""The unit that a row means: by its id, its code, or names from the top down inside the scope."""

from collections.abc import Mapping

from vungxanh.engines.names import fold
from vungxanh.locations import queries
from vungxanh.locations.values import BadUnitIdError, Match, Unit, find_address, parse_unit_id
from vungxanh.locations.values.entries import Fault
from vungxanh.locations.values.refusals import UNCLEAR_NAME, UNKNOWN_NAME
from vungxanh.refusals import RefusalError, Words

UNIT_MISSING = "locations.unit_missing"
FIELDS = ("unit_id", "province", "district", "commune", "area")


class UnitFinder:
    """Units of rows below one scope; each unit and each list of names is read once."""

    def __init__(self, scope: Unit) -> None:
        self._scope = scope
        self._above = (*queries.ancestors(scope.id), scope)
        self._matchers: dict[str, queries.Matcher] = {}
        self._units: dict[str, Unit | Fault] = {}

    def find(self, texts: Mapping[str, str]) -> Unit | Fault:
        """The unit of a row, or why there is none, at the field that says so."""
        if not any(field in texts for field in FIELDS):
            return self._scope
        written = texts.get("unit_id", "")
        if written:
            return self._by_id(written)
        return self._by_names(texts)

    def _by_id(self, written: str) -> Unit | Fault:
        code = written.strip()
        wanted = code if ":" in code else f"{self._scope.tree}:{code}"
        if wanted not in self._units:
            try:
                self._units[wanted] = queries.unit(parse_unit_id(wanted))
            except RefusalError as refusal:
                shown = BadUnitIdError(code) if ":" not in code else refusal
                self._units[wanted] = Fault("unit_id", shown.code, shown.words)
        return self._units[wanted]

    def _by_names(self, texts: Mapping[str, str]) -> Unit | Fault:
        here = self._scope
        for field, name in _parts(texts):
            if self._is_above(name):
                continue
            match = self._matcher(here).match(name)
            if match.unit is None:
                return self._by_address(texts, field, match)
            here = match.unit
        is_named = any(texts.get(field) for field in FIELDS)
        return here if is_named else _unnamed(texts)

    def _by_address(self, texts: Mapping[str, str], field: str, tried: Match) -> Unit | Fault:
        """All that a row says of its place, read as one address inside the scope.

        Where that is no unit either, an address written in one cell says why; of names in cells
        of their own the one that was not found does.
        """
        written = ", ".join(name for _, name in reversed(_parts(texts)))
        if written not in self._units:
            found = find_address(written, within=self._scope.id)
            known = queries.units([found.unit.id]) if found.unit else {}
            told = found if field == "area" and found.candidates else tried
            code = UNCLEAR_NAME if told.candidates else UNKNOWN_NAME
            fault = Fault(field, code, told.reason)
            self._units[written] = known.get(found.unit.id, fault) if found.unit else fault
        return self._units[written]

    def _matcher(self, unit: Unit) -> queries.Matcher:
        if unit.id not in self._matchers:
            self._matchers[unit.id] = queries.matcher(unit.id)
        return self._matchers[unit.id]

    def _is_above(self, name: str) -> bool:
        """Whether a name is that of the scope or of a unit above it."""
        keys = {fold(text) for one in self._above for text in (one.name, one.short_name)}
        keys |= {fold(one.bare_name) for one in self._above}
        return fold(name) in keys


def _parts(texts: Mapping[str, str]) -> list[tuple[str, str]]:
    """Field and name from the top down; one cell may name several units, parted by commas."""
    found: list[tuple[str, str]] = []
    for field in ("province", "district", "commune", "area"):
        names = [part.strip() for part in texts.get(field, "").split(",")]
        found += [(field, name) for name in reversed(names) if name]
    return found


def _unnamed(texts: Mapping[str, str]) -> Fault:
    field = next(one for one in reversed(FIELDS) if one in texts)
    return Fault(
        field,
        UNIT_MISSING,
        Words(
            "Dòng này không ghi địa bàn. Ghi tên xã, phường hoặc mã địa bàn.",
            "This row names no area. Write the commune or the id of the area.",
        ),
    )
