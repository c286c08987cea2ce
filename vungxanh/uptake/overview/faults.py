"""What is wrong with the figures shown: the worst first, in words and bars."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from vungxanh.core.drawings.compare import Bar
from vungxanh.core.shown import Link
from vungxanh.documents import vietnamese
from vungxanh.locations.values import Unit
from vungxanh.uptake import rules
from vungxanh.uptake.models import Claim, FindingRecord
from vungxanh.uptake.overview.look import Scene
from vungxanh.uptake.overview.origins import figure_at
from vungxanh.uptake.overview.words import state_mark
from vungxanh.uptake.pages import Action, FindingLine, Findings, Severity
from vungxanh.uptake.rules import Node
from vungxanh.uptake.values import ELEMENTS

N_LINES = 3
_SEVERITIES: dict[str, Severity] = {"error": "error", "warning": "warning", "info": "info"}


@dataclass(frozen=True, slots=True)
class Dispute:
    """A count that a text states and the figures contradict; `unit` is its origin elsewhere."""

    element: str
    stated: int
    used: int
    base: int | None
    unit: Unit | None = None


def card(scene: Scene, claims: list[Claim]) -> Findings:
    """The findings of this as-of, those of the origins too; without any, what was checked."""
    told = (*scene.findings, *scene.origins.findings)
    found = sorted(told, key=lambda finding: rules.SEVERITIES.index(finding.severity))
    serious = [f for f in found if f.severity != "info"]
    shown = serious or found
    first = shown[: 1 + N_LINES]
    disputed = _disputed(scene, claims) or _disputed_at_origin(scene)
    return Findings(
        n_errors=sum(f.severity == "error" for f in found),
        n_warnings=sum(f.severity == "warning" for f in found),
        head=_line(scene, shown[0]) if shown else None,
        lines=tuple(_line(scene, f) for f in first[1:]),
        rest=tuple(_line(scene, f) for f in found if f not in first),
        bars=_bars(scene, disputed) if shown else (),
        bars_sentence=_bars_sentence(scene, disputed),
        decision=_decision(scene, disputed),
        actions=_actions(scene, shown),
        all_url=reverse("uptake-findings", args=[scene.unit.id]) if found else "",
        checked="" if found else _checked(scene),
        is_checked=scene.is_checked or scene.origins.is_checked,
        origins=_origins(scene),
    )


def message_of(scene: Scene, finding: FindingRecord) -> str:
    """The sentence of a finding; of one at the origin of re-based figures, with its unit."""
    message = finding.message(scene.look.lang)
    if finding not in scene.origins.findings:
        return message
    name = rules.era_name(scene.origins.unit_of(finding))
    return _("Ở số nguồn của %(name)s: %(message)s") % {"name": name, "message": message}


def at_origin_of(scene: Scene, node: Node) -> FindingRecord | None:
    """The worst finding, more than a remark, about an origin of a unit's re-based figures."""
    pairs = (scene.pair(node), scene.pair(node, scene.look.other))
    figures = (figure for pair in pairs for figure in (pair.numerator, pair.denominator))
    origins = {one for figure in figures for one in figure.carried_from}
    doubts = (f for f in scene.origins.findings if f.severity != "info")
    return next((f for f in doubts if f.about_unit in origins), None)


def address_of(finding: FindingRecord) -> str:
    """Where a finding stands in its table."""
    table = reverse("uptake-submission", args=[finding.submission_id])
    return f"{table}#phat-hien-{finding.id}"


def _checked(scene: Scene) -> str:
    """What was checked without a finding; where no table was, that none was."""
    if not (scene.is_checked or scene.origins.is_checked):
        return _(
            "Số đang hiện không đến từ bảng nào của đơn vị này hay của cấp trên; "
            "xem bảng của từng đơn vị dưới."
        )
    if not scene.node.parts:
        return _("Bảng của các số đang hiện đã kiểm.")
    return _("%(n)s đơn vị đã kiểm, không thấy sai lệch") % {"n": len(scene.node.parts)}


def _origins(scene: Scene) -> tuple[Link, ...]:
    """The pages of findings of the units that some findings are about."""
    units = {one.id: one for f in scene.origins.findings for one in (scene.origins.unit_of(f),)}
    return tuple(
        Link(rules.era_name(one), reverse("uptake-findings", args=[one.id]))
        for one in units.values()
    )


def _disputed(scene: Scene, claims: list[Claim]) -> Dispute | None:
    """The first count that a text states and the figures contradict."""
    base = rules.figure(scene.node, "smartphones").value
    for claim in claims:
        used = rules.figure(scene.node, claim.element).value
        if claim.value is not None and used is not None and claim.value != used:
            return Dispute(claim.element, claim.value, used, base)
    return None


def _disputed_at_origin(scene: Scene) -> Dispute | None:
    """The same of a unit of the other era, against what that unit hands on whole."""
    for claim in scene.origins.claims:
        found = figure_at(scene.node, claim.unit_id, claim.element)
        base = figure_at(scene.node, claim.unit_id, "smartphones")
        if found is None or None in (claim.value, found.value) or claim.value == found.value:
            continue
        unit = scene.origins.units[claim.unit_id]
        stated, used = claim.value or 0, found.value or 0
        return Dispute(claim.element, stated, used, base.value if base else None, unit)
    return None


def _line(scene: Scene, finding: FindingRecord) -> FindingLine:
    return FindingLine(
        severity=_SEVERITIES[finding.severity],
        message=message_of(scene, finding),
        where=finding.place,
        anchor=f"phat-hien-{finding.id}",
        url=reverse("uptake-submission", args=[finding.submission_id]),
        state=state_mark(finding.state),
    )


def _bars(scene: Scene, disputed: Dispute | None) -> tuple[Bar, ...]:
    if disputed is None:
        return ()
    lang = scene.look.lang
    bars = [Bar(_("Thân văn bản nêu"), disputed.stated, "claim")]
    if disputed.base is not None:
        label = ELEMENTS["smartphones"].short.in_language(lang)
        bars.append(Bar(_("%(label)s, cộng phụ lục") % {"label": label}, disputed.base, "base"))
    label = ELEMENTS[disputed.element].short.in_language(lang)
    bars.append(Bar(_("%(label)s, cộng phụ lục") % {"label": label}, disputed.used, "count"))
    return tuple(bars)


def _bars_sentence(scene: Scene, disputed: Dispute | None) -> str:
    bars = _bars(scene, disputed)
    lang = scene.look.lang
    return "; ".join(f"{bar.label}: {vietnamese.count(bar.value, lang)}" for bar in bars)


def _decision(scene: Scene, disputed: Dispute | None) -> tuple[str, ...]:
    if disputed is None:
        return ()
    lang = scene.look.lang
    used = vietnamese.count(disputed.used, lang)
    stated = vietnamese.count(disputed.stated, lang)
    where = (f"{rules.era_name(disputed.unit)}:",) if disputed.unit else ()
    return (
        *where,
        _("Đang dùng %(used)s;") % {"used": used},
        _("%(claimed)s ghi là “tranh chấp”.") % {"claimed": stated},
    )


def _actions(scene: Scene, shown: list[FindingRecord]) -> tuple[Action, ...]:
    if not shown:
        return ()
    submission = reverse("uptake-submission", args=[shown[0].submission_id])
    see = Action(_("Xem bảng gốc"), submission, "eye")
    if not scene.viewer.may("uptake.import"):
        return (see,)
    return (see, Action(_("Hỏi nơi gửi"), f"{submission}#phat-hien-{shown[0].id}", "mail"))
