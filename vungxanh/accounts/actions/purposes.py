"""Keeping the closed list of purposes, and the one door to rows of persons."""

import re
from dataclasses import replace
from datetime import date, datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from vungxanh.accounts.actions.refusals import AccountRefusalError
from vungxanh.accounts.models import Purpose, PurposeProposal
from vungxanh.accounts.queries.purposes import purpose_in_force, spec_of
from vungxanh.accounts.rules.purposes import forbidden_word, is_code
from vungxanh.accounts.values.purposes import (
    MANAGE,
    SEE_PERSONS,
    Change,
    Decision,
    PurposeSpec,
    listed,
)
from vungxanh.audit.actions import record
from vungxanh.core.clock import TZ
from vungxanh.core.errors import MissingError
from vungxanh.core.viewer import Viewer
from vungxanh.refusals import Words

# What a room calls a person or a list: a word and an id, nothing that names anybody.
_OPAQUE = re.compile(r"[a-z][a-z_]*:[0-9A-Za-z-]{1,64}")


class ForbiddenPurposeError(AccountRefusalError):
    """A purpose that speaks of policing, prosecution, immigration, debt and the like."""

    def __init__(self, word: str) -> None:
        words = Words(
            vi=f"Mục đích có chữ “{word}” không được đưa vào danh sách: thông tin "
            "người chỉ dùng để phòng, chống dịch, không dùng cho công an, truy tố, xuất nhập "
            "cảnh, nợ, thuế hay quảng cáo. Bỏ mục đích này, hoặc viết lại nếu chữ này dùng với "
            "nghĩa khác.",
            en=f"A purpose with the word “{word}” cannot be listed: persons are looked at for the "
            "epidemic alone, never for police, prosecution, immigration, debts, taxes or "
            "advertising. Drop it, or word it otherwise if another thing was meant.",
        )
        super().__init__("accounts.purpose_forbidden", words, field="vi")


class BadPurposeError(AccountRefusalError):
    """A proposal that lacks something or whose days do not fit."""

    def __init__(self, field: str, words: Words) -> None:
        super().__init__("accounts.purpose_incomplete", words, field=field)


class PurposeTakenError(AccountRefusalError):
    """The code stands on the list, or a proposal about it waits."""

    status = 409

    def __init__(self) -> None:
        words = Words(
            vi="Mã này đã có trong danh sách, hoặc một đề nghị về nó đang chờ. Dùng mã khác, hoặc "
            "quyết định đề nghị đang chờ trước.",
            en="This code is on the list, or a proposal about it waits. Use another code, or "
            "decide the waiting proposal first.",
        )
        super().__init__("accounts.purpose_taken", words, field="code")


class OwnProposalError(AccountRefusalError):
    """Who proposed does not decide."""

    status = 409

    def __init__(self) -> None:
        words = Words(
            vi="Bạn không tự duyệt đề nghị của mình. Nhờ một người quản trị khác quyết định.",
            en="You cannot decide your own proposal. Ask another administrator.",
        )
        super().__init__("accounts.purpose_own", words)


class ProposalDecidedError(AccountRefusalError):
    """Somebody has decided it already, or its day has passed."""

    status = 409

    def __init__(self) -> None:
        words = Words(
            vi="Đề nghị này đã được quyết định hoặc đã quá ngày. Tải lại trang để thấy kết quả.",
            en="This proposal has been decided or its day has passed. Reload the page to see.",
        )
        super().__init__("accounts.purpose_decided", words)


class PurposeNeededError(AccountRefusalError):
    """Persons were to be looked at for no purpose that is in force."""

    status = 403

    def __init__(self) -> None:
        words = Words(
            vi="Chọn một mục đích đang có hiệu lực rồi mới xem được thông tin người.",
            en="Choose a purpose that is in force; only then persons can be looked at.",
        )
        super().__init__("accounts.purpose_needed", words, field="purpose")


def refuse_forbidden_words(*texts: str) -> None:
    """Refuse texts that speak of policing, prosecution, immigration, debt and the like."""
    if word := forbidden_word(*texts):
        raise ForbiddenPurposeError(word)


def load_purposes(*, by: Viewer, at: datetime) -> int:
    """Put the purposes that the package brings on the list; repeating it changes nothing.

    Records accounts.purposes_loaded when any was added. One that was ended stays ended.
    """
    known = set(Purpose.objects.values_list("code", flat=True))
    missing = [spec for spec in listed() if spec.code not in known]
    if not missing:
        return 0
    with transaction.atomic():
        Purpose.objects.bulk_create(Purpose(**_columns(spec)) for spec in missing)
        detail = {"purposes": len(missing)}
        record(event="accounts.purposes_loaded", by=by, at=at, subject="purposes", detail=detail)
    return len(missing)


def propose_purpose(*, spec: PurposeSpec, by: Viewer, at: datetime) -> UUID:
    """Propose a purpose, which another administrator decides; records accounts.purpose_proposed."""
    by.require(MANAGE)
    _refuse_incomplete(spec, _today(at))
    _refuse_forbidden(spec)
    if Purpose.objects.filter(code=spec.code).exists():
        raise PurposeTakenError
    return _propose(Change.ADD, spec, by=by, at=at)


def propose_end(*, code: str, ends_on: date, by: Viewer, at: datetime) -> UUID:
    """Propose another last day of a purpose; records accounts.purpose_proposed."""
    by.require(MANAGE)
    row = Purpose.objects.filter(code=code).first()
    if row is None:
        raise MissingError
    if ends_on < max(_today(at), row.starts_on):
        raise BadPurposeError("ends_on", _PAST)
    return _propose(Change.END, replace(spec_of(row), ends_on=ends_on), by=by, at=at)


def decide_proposal(*, proposal_id: UUID, approve: bool, by: Viewer, at: datetime) -> None:
    """Approve or refuse what another administrator proposed; what was approved holds at once.

    Records accounts.purpose_approved or accounts.purpose_refused.
    """
    by.require(MANAGE)
    with transaction.atomic():
        proposal = _waiting(proposal_id)
        if proposal.proposed_by == by.id:
            raise OwnProposalError
        if approve:
            _carry_out(proposal, _today(at))
        _decide(proposal, Decision.APPROVED if approve else Decision.REFUSED, by=by, at=at)


def withdraw_proposal(*, proposal_id: UUID, by: Viewer, at: datetime) -> None:
    """Take the own proposal back while it waits; records accounts.purpose_withdrawn."""
    by.require(MANAGE)
    with transaction.atomic():
        proposal = _waiting(proposal_id)
        if proposal.proposed_by != by.id:
            raise MissingError
        _decide(proposal, Decision.WITHDRAWN, by=by, at=at)


def look(*, viewer: Viewer, purpose: str, resource: str, subject: str, at: datetime) -> Viewer:
    """The only door to rows of persons: the viewer who may open this one, for this purpose.

    Records accounts.person_seen with the purpose. `subject` is opaque ("person:<id>"); `resource`
    names what is opened. Rooms read rows of persons only with the viewer that this returns.
    """
    viewer.require(SEE_PERSONS)
    if not _OPAQUE.fullmatch(subject):
        message = f"a look at persons takes an opaque subject such as person:<id>, of {resource}"
        raise ValueError(message)
    looking = for_purpose(viewer, purpose, at)
    with transaction.atomic():
        detail = {"resource": resource}
        record(event="accounts.person_seen", by=looking, at=at, subject=subject, detail=detail)
    return looking


def for_purpose(viewer: Viewer, purpose: str, at: datetime) -> Viewer:
    """The viewer with a purpose that is in force; refused without one."""
    if purpose_in_force(purpose, at) is None:
        raise PurposeNeededError
    return replace(viewer, purpose=purpose)


_DECIDED = {
    Decision.APPROVED: "accounts.purpose_approved",
    Decision.REFUSED: "accounts.purpose_refused",
    Decision.WITHDRAWN: "accounts.purpose_withdrawn",
}
_PAST = Words(
    vi="Chọn ngày từ hôm nay trở đi; ngày cuối không trước ngày đầu.",
    en="Choose a day from today on; the last day is not before the first.",
)
_EMPTY = Words(vi="Điền ô này.", en="Fill this in.")
_CODE = Words(
    vi="Mã gồm 3 đến 32 chữ thường không dấu và gạch dưới, ví dụ follow_up.",
    en="A code is 3 to 32 small letters and underscores, for example follow_up.",
)


def _today(at: datetime) -> date:
    return at.astimezone(TZ).date()


def _refuse_incomplete(spec: PurposeSpec, today: date) -> None:
    if not is_code(spec.code):
        raise BadPurposeError("code", _CODE)
    texts = {"vi": spec.words.vi, "en": spec.words.en}
    texts |= {"law": spec.basis.law, "article": spec.basis.article}
    for field, text in texts.items():
        if not text.strip():
            raise BadPurposeError(field, _EMPTY)
    if spec.starts_on < today:
        raise BadPurposeError("starts_on", _PAST)
    if spec.ends_on is None or spec.ends_on < spec.starts_on:
        raise BadPurposeError("ends_on", _PAST)


def _refuse_forbidden(spec: PurposeSpec) -> None:
    said = (spec.words.vi, spec.words.en, spec.code.replace("_", " "))
    refuse_forbidden_words(*said, spec.basis.law, spec.basis.article)


def _columns(spec: PurposeSpec) -> dict[str, object]:
    return {
        "code": spec.code,
        "vi": spec.words.vi,
        "en": spec.words.en,
        "law": spec.basis.law,
        "article": spec.basis.article,
        "law_on": spec.basis.law_on,
        "starts_on": spec.starts_on,
        "ends_on": spec.ends_on,
    }


def _propose(change: Change, spec: PurposeSpec, *, by: Viewer, at: datetime) -> UUID:
    row = PurposeProposal(change=change, proposed_by=by.id, proposed_at=at, **_columns(spec))
    try:
        with transaction.atomic():
            row.save(force_insert=True)
            detail = {"change": str(change), "purpose": spec.code}
            subject = _ref(row)
            record(event="accounts.purpose_proposed", by=by, at=at, subject=subject, detail=detail)
    except IntegrityError as clash:
        raise PurposeTakenError from clash
    return row.id


def _waiting(proposal_id: UUID) -> PurposeProposal:
    proposal = PurposeProposal.objects.select_for_update().filter(id=proposal_id).first()
    if proposal is None:
        raise MissingError
    if proposal.decision != Decision.WAITING:
        raise ProposalDecidedError
    return proposal


def _carry_out(proposal: PurposeProposal, today: date) -> None:
    """Change the list; a proposal whose last day went by while it waited changes nothing."""
    spec = spec_of(proposal)
    if spec.ends_on is None or spec.ends_on < today:
        raise ProposalDecidedError
    if proposal.change == Change.END:
        Purpose.objects.filter(code=spec.code).update(ends_on=spec.ends_on)
        return
    Purpose.objects.create(**_columns(replace(spec, starts_on=max(spec.starts_on, today))))


def _decide(proposal: PurposeProposal, decision: Decision, *, by: Viewer, at: datetime) -> None:
    proposal.decision, proposal.decided_by, proposal.decided_at = decision, by.id, at
    proposal.save(update_fields=["decision", "decided_by", "decided_at"])
    detail = {"change": proposal.change, "purpose": proposal.code}
    record(event=_DECIDED[decision], by=by, at=at, subject=_ref(proposal), detail=detail)


def _ref(proposal: PurposeProposal) -> str:
    return f"proposal:{proposal.pk}"
