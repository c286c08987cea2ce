"""Bringing boundaries in: read the file, find the unit of each feature, draw, keep as a draft."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from django.db import transaction

from vungxanh.core import files
from vungxanh.core.viewer import Viewer
from vungxanh.locations import queries
from vungxanh.locations.actions.boundaries import MAY_DRAW, NewBoundaries, keep_boundaries
from vungxanh.locations.models.boundaries import BoundaryImport
from vungxanh.locations.queries.maps import schematic_sheet
from vungxanh.locations.values import MapSheet, Unit, UnitId
from vungxanh.locations.values.geojson import BoundaryError, Feature, read_features
from vungxanh.locations.values.plotting import Named, plotted
from vungxanh.refusals import Words

_SAID: Final = 5
# Names of properties as map files have them, in small letters without signs.
IDS: Final = ("unit_id", "unit", "id")
CODES: Final = ("code", "ma", "ma_xa", "maxa", "matinh", "ma_tinh", "ward_code", "gso", "gso_code")
NAMES: Final = (
    "name", "ten", "ten_xa", "tenxa", "ten_tinh", "tentinh", "ward", "ward_name", "name_vi",
    "shapename", "name_1", "name_2", "name_3", "varname_3",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Asked:
    """What somebody brings: the units right below which unit, the file, and where it is from."""

    scope: Unit
    content: bytes
    file_name: str
    source: str
    licence: str
    as_of: date


def bring_boundaries(*, asked: Asked, by: Viewer, at: datetime) -> BoundaryImport:
    """Read, draw and keep a file as a draft; a refusal leaves nothing behind."""
    by.require(MAY_DRAW)
    schematic = schematic_sheet(asked.scope.id)
    if schematic is None:
        raise _no_place(asked.scope)
    features = read_features(asked.content)
    children = queries.children(asked.scope.id)
    placed = units_of_features(features, children)
    left_out = _islands_left_out(placed, children, schematic)
    sheet = plotted(
        asked.scope.code,
        [Named(unit.code, _name(unit, children), n) for n, unit in enumerate(children, start=1)],
        {unit.code: placed[unit.id].land for unit in children if unit.id in placed},
        schematic=schematic,
    )
    with transaction.atomic():
        original = files.keep(
            asked.content, name=asked.file_name, media_type="application/geo+json", by=by, at=at
        )
        new = NewBoundaries(
            unit_id=asked.scope.id,
            file_name=asked.file_name,
            original_id=original.id,
            source=asked.source,
            licence=asked.licence,
            as_of=asked.as_of,
            sheet=sheet,
            remarks=tuple(_remarks(features, left_out)),
        )
        return keep_boundaries(new=new, by=by, at=at)


def units_of_features(
    features: Sequence[Feature], children: Sequence[Unit]
) -> dict[UnitId, Feature]:
    """The feature of each unit; features of no unit, of several or twice of one are refused."""
    finder = _Finder(children)
    placed: dict[UnitId, Feature] = {}
    faults: list[Words] = []
    for feature in features:
        found = finder.find(feature)
        if isinstance(found, Words):
            faults.append(found)
        elif found.id in placed:
            raise _twice(found, placed[found.id], feature)
        else:
            placed[found.id] = feature
    if faults:
        raise _unknown(faults)
    return placed


class _Finder:
    """Units of features by id, by code, by name; two that contradict each other find none."""

    def __init__(self, children: Sequence[Unit]) -> None:
        self._children = children
        self._by_id = {str(unit.id): unit for unit in children}
        self._by_code = {unit.code: unit for unit in children}
        self._matcher = queries.Matcher(children)

    def find(self, feature: Feature) -> Unit | Words:
        """The unit, or the sentence why there is none."""
        said = {key.lower(): text for key, text in feature.properties.items() if text}
        coded = self._coded(said)
        name = next((said[key] for key in NAMES if key in said), "")
        match = self._matcher.match(name) if name else None
        if coded and match and match.candidates and coded not in match.candidates:
            return _contradiction(feature, coded, match.candidates)
        if coded:
            return coded
        if match is None:
            return _unnamed(feature)
        if match.unit:
            return match.unit
        vi, en = f"Hình thứ {feature.number}", f"Feature {feature.number}"
        return Words(f"{vi}: {match.reason.vi}", f"{en}: {match.reason.en}")

    def _coded(self, said: Mapping[str, str]) -> Unit | None:
        for key in (*IDS, *CODES):
            text = said.get(key, "")
            found = self._by_id.get(text) or self._by_code.get(self._padded(text))
            if found:
                return found
        return None

    def _padded(self, text: str) -> str:
        """A code with the leading zeros that spreadsheets drop."""
        width = len(self._children[0].code) if self._children else 0
        return text.zfill(width) if text.isdigit() else text


def _islands_left_out(
    placed: Mapping[UnitId, Feature], children: Sequence[Unit], schematic: MapSheet
) -> list[Unit]:
    """Islands that the file leaves out; any other unit left out is a refusal."""
    islands = {inset.unit_id for inset in schematic.insets if inset.number is not None}
    islands |= {shape.unit_id for shape in schematic.shapes if "a" in shape.d}
    missing = [unit for unit in children if unit.id not in placed]
    wanted = [unit.name for unit in missing if unit.id not in islands]
    if wanted:
        raise _missing(wanted)
    return missing


def _name(unit: Unit, children: Iterable[Unit]) -> str:
    is_shared = sum(other.bare_name == unit.bare_name for other in children) > 1
    return unit.short_name if is_shared else unit.bare_name


def _remarks(features: Iterable[Feature], left_out: Iterable[Unit]) -> Iterable[Mapping[str, str]]:
    for feature in features:
        if feature.n_mended:
            yield {
                "vi": f"Hình thứ {feature.number} “{feature.label}”: đã cắt {feature.n_mended} "
                "vòng nhỏ tự cắt.",
                "en": f"Feature {feature.number} “{feature.label}”: {feature.n_mended} small loops "
                "were cut off.",
            }
    for unit in left_out:
        yield {
            "vi": f"{unit.name} không có trong tệp: vẫn vẽ trong khung riêng.",
            "en": f"{unit.name} is not in the file: it stays in a frame of its own.",
        }


def _unnamed(feature: Feature) -> Words:
    return Words(
        f"Hình thứ {feature.number} không ghi mã hay tên đơn vị (thuộc tính unit_id, code, name, "
        "ma, ten).",
        f"Feature {feature.number} names no unit (property unit_id, code, name, ma or ten).",
    )


def _contradiction(feature: Feature, coded: Unit, named: Sequence[Unit]) -> Words:
    others = ", ".join(unit.name for unit in named[:3])
    return Words(
        f"Hình thứ {feature.number}: mã là của {coded.name}, tên là của {others}.",
        f"Feature {feature.number}: the code is of {coded.name}, the name of {others}.",
    )


def _unknown(faults: Sequence[Words]) -> BoundaryError:
    more_vi = f" Và {len(faults) - _SAID} hình nữa." if len(faults) > _SAID else ""
    more_en = f" And {len(faults) - _SAID} more." if len(faults) > _SAID else ""
    return BoundaryError(
        "locations.boundaries_unit",
        Words(
            " ".join(one.vi for one in faults[:_SAID]) + more_vi,
            " ".join(one.en for one in faults[:_SAID]) + more_en,
        ),
        field="file",
    )


def _twice(unit: Unit, one: Feature, other: Feature) -> BoundaryError:
    return BoundaryError(
        "locations.boundaries_twice",
        Words(
            f"Hình thứ {one.number} và {other.number} đều là {unit.name}. Gộp thành một "
            "MultiPolygon rồi nộp lại.",
            f"Features {one.number} and {other.number} both are {unit.name}. Join them into one "
            "MultiPolygon and bring it again.",
        ),
        field="file",
    )


def _missing(names: Sequence[str]) -> BoundaryError:
    listed = ", ".join(names[:_SAID])
    return BoundaryError(
        "locations.boundaries_missing",
        Words(
            f"Tệp thiếu {len(names)} đơn vị: {listed}… Cần đủ mọi đơn vị, chỉ đảo được thiếu.",
            f"The file lacks {len(names)} units: {listed}… All are needed, islands alone may lack.",
        ),
        field="file",
    )


def _no_place(scope: Unit) -> BoundaryError:
    return BoundaryError(
        "locations.boundaries_scope",
        Words(
            f"Không vẽ được bản đồ các đơn vị của {scope.name}. Chọn cả nước hoặc một tỉnh.",
            f"No map of the units of {scope.name} is drawn. Choose the country or a province.",
        ),
        field="unit",
    )
