"""Frozen parameters and results of re-basing: figures of one era's units on those of another."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from vungxanh.refusals import Words


@dataclass(frozen=True, slots=True)
class Way:
    """Where an old unit went: all of it (`share` None or 1, its only row) or a part of it.

    `share` is the part of the old unit's people, over 0 and at most 1, None where nobody knows;
    `is_default` marks the one target that is taken when nothing better is known; `is_sure` is
    False where the target itself was inferred.
    """

    old: str
    new: str
    share: Fraction | None = None
    is_default: bool = False
    is_sure: bool = True


@dataclass(frozen=True, slots=True)
class Splitting:
    """What divides an old unit: the people counted in its parts, before shares of long ago.

    `weights` holds whole numbers (people) of the parts, by (old, new); they serve only where each
    part of an old unit has one. `default_takes_all` gives the whole figure to the default target:
    asked for by a person, never on its own; all targets are then marked as estimated.
    """

    weights: Mapping[tuple[str, str], int] = field(default_factory=dict)
    default_takes_all: bool = False


@dataclass(frozen=True, slots=True)
class UnitTable:
    """Figures of units: `values` int64 (n_units, n_columns), not negative, 0 where not known.

    `is_known` bool of the same shape; False is "not known", never zero. `units` are unique.
    """

    units: tuple[str, ...]
    values: NDArray[np.int64]
    is_known: NDArray[np.bool_]


class Basis(StrEnum):
    """How an old unit's figure is handed on."""

    WHOLE = "whole"
    SHARE = "share"
    WEIGHT = "weight"
    DEFAULT = "default"
    NONE = "none"


class Missing(StrEnum):
    """Why a part of a new unit adds nothing to its figure."""

    NOT_KNOWN = "not_known"
    NO_BASE = "no_base"


class NotCarried(StrEnum):
    """Why an old unit's figures stand on no new unit."""

    NO_SUCCESSOR = "no_successor"
    NO_BASE = "no_base"


MISSING_WORDS = {
    Missing.NOT_KNOWN: Words("chưa có số liệu", "has no figure"),
    Missing.NO_BASE: Words(
        "không chia được: chưa biết phần của từng đơn vị",
        "cannot be divided: the parts are not known",
    ),
}
NOT_CARRIED_WORDS = {
    NotCarried.NO_SUCCESSOR: Words(
        "không có đơn vị tương ứng ở thời kỳ kia", "has no counterpart in the other era"
    ),
    NotCarried.NO_BASE: Words(
        "không chia được: chưa biết phần của từng đơn vị",
        "cannot be divided: the parts are not known",
    ),
}


@dataclass(frozen=True, slots=True)
class Left:
    """An old unit that was not carried, and why."""

    old: str
    reason: NotCarried


@dataclass(frozen=True, slots=True)
class Part:
    """What one old unit adds to one figure of a new unit; `value` is None when `missing` says why.

    `is_estimated` when it was divided, or when the target was inferred.
    """

    old: str
    value: int | None
    is_estimated: bool
    basis: Basis
    missing: Missing | None = None
