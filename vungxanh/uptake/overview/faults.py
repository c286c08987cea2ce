"""What is wrong with the figures shown: the worst first, in words and bars."""

from django.urls import reverse
from django.utils.translation import gettext as _

from vungxanh.core.drawings.compare import Bar
from vungxanh.documents import vietnamese
from vungxanh.uptake import rules
from vungxanh.uptake.models import Claim, FindingRecord
from vungxanh.uptake.overview.look import Scene
from vungxanh.uptake.overview.words import state_mark
from vungxanh.uptake.pages import Action, FindingLine, Findings, Severity
from vungxanh.uptake.values import ELEMENTS

N_LINES = 3
_SEVERITIES: dict[str, Severity] = {"error": "error", "warning": "warning", "info": "info"}


def card(scene: Scene, claims: list[Claim]) -> Findings:
    """The findings of this as-of; without any, what was checked."""
    found = scene.findings
    serious = [f for f in found if f.severity != "info"]
    shown = serious or list(found)
    first = shown[: 1 + N_LINES]
    disputed = _disputed(scene, claims)
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
        checked=""
        if found
        else _("%(n)s đơn vị đã kiểm, không thấy sai lệch") % {"n": len(scene.node.parts)},
    )


def _disputed(scene: Scene, claims: list[Claim]) -> Claim | None:
    """The first count that a text states and the figures contradict."""
    for claim in claims:
        used = rules.figure(scene.node, claim.element)
        if None not in (claim.value, used.value) and claim.value != used.value:
            return claim
    return None


def _line(scene: Scene, finding: FindingRecord) -> FindingLine:
    return FindingLine(
        severity=_SEVERITIES[finding.severity],
        message=finding.message(scene.look.lang),
        where=finding.place,
        anchor=f"phat-hien-{finding.id}",
        url=reverse("uptake-submission", args=[finding.submission_id]),
        state=state_mark(finding.state),
    )


def _bars(scene: Scene, disputed: Claim | None) -> tuple[Bar, ...]:
    if disputed is None or disputed.value is None:
        return ()
    lang = scene.look.lang
    counted = rules.figure(scene.node, disputed.element)
    base = rules.figure(scene.node, "smartphones")
    bars = [Bar(_("Thân văn bản nêu"), disputed.value, "claim")]
    if base.value is not None:
        label = ELEMENTS[base.element].short.in_language(lang)
        bars.append(Bar(_("%(label)s, cộng phụ lục") % {"label": label}, base.value, "base"))
    if counted.value is not None:
        label = ELEMENTS[counted.element].short.in_language(lang)
        bars.append(Bar(_("%(label)s, cộng phụ lục") % {"label": label}, counted.value, "count"))
    return tuple(bars)


def _bars_sentence(scene: Scene, disputed: Claim | None) -> str:
    bars = _bars(scene, disputed)
    lang = scene.look.lang
    return "; ".join(f"{bar.label}: {vietnamese.count(bar.value, lang)}" for bar in bars)


def _decision(scene: Scene, disputed: Claim | None) -> tuple[str, ...]:
    if disputed is None or disputed.value is None:
        return ()
    lang = scene.look.lang
    used = rules.figure(scene.node, disputed.element)
    if used.value is None or used.value == disputed.value:
        return ()
    return (
        _("Đang dùng %(used)s;") % {"used": vietnamese.count(used.value, lang)},
        _("%(claimed)s ghi là “tranh chấp”.") % {"claimed": vietnamese.count(disputed.value, lang)},
    )


def _actions(scene: Scene, shown: list[FindingRecord]) -> tuple[Action, ...]:
    if not shown:
        return ()
    submission = reverse("uptake-submission", args=[shown[0].submission_id])
    see = Action(_("Xem bảng gốc"), submission, "eye")
    if not scene.viewer.may("uptake.import"):
        return (see,)
    return (see, Action(_("Hỏi nơi gửi"), f"{submission}#phat-hien-{shown[0].id}", "mail"))
