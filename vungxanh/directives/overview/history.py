"""What people changed at a letter: who, when, from what to what."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from vungxanh.accounts.values import STAFF
from vungxanh.core.preferences import reader_language
from vungxanh.core.viewer import Viewer
from vungxanh.directives import queries
from vungxanh.directives.models import ReceivedLetter
from vungxanh.directives.overview import words
from vungxanh.directives.pages import ChangeView
from vungxanh.directives.rules import ChangeKind, Item, ItemKind, may_be_undone
from vungxanh.directives.values.changes import CHANGE_WORDS
from vungxanh.documents import vietnamese

LONGEST = 160


def newest(letter: ReceivedLetter, *, viewer: Viewer, at: datetime) -> ChangeView | None:
    """The last change, while it can be taken back in one press."""
    found = queries.newest_change(letter)
    if found is None or not may_be_undone(found.changed_at, at):
        return None
    return change_views([found], letter, viewer=viewer, at=at)[0]


def change_views(
    changes: Iterable[queries.Change], letter: ReceivedLetter, *, viewer: Viewer, at: datetime
) -> list[ChangeView]:
    """Changes in words; who may not correct the letter takes none of them back."""
    may_edit = queries.may_edit(viewer, letter)
    return [_change_view(one, may_edit=may_edit, viewer=viewer, at=at) for one in changes]


def _change_view(
    change: queries.Change, *, may_edit: bool, viewer: Viewer, at: datetime
) -> ChangeView:
    return ChangeView(
        number=change.number,
        words=CHANGE_WORDS[ChangeKind(change.kind)].in_language(reader_language()),
        about=", ".join(_about(one) for one in _newest_forms(change)),
        at=vietnamese.moment(change.changed_at, reader_language()),
        by=_who(change.changed_by, viewer),
        by_url=_card_of(change.changed_by, viewer),
        differences=tuple(_differences(change)),
        is_undone=change.is_undone,
        may_undo=may_edit and not change.is_undone,
        is_recent=may_be_undone(change.changed_at, at),
    )


def _newest_forms(change: queries.Change) -> list[Item]:
    both = [change.after[key] or change.before.get(key) for key in change.after]
    return [item for item in both if item]


def _about(item: Item) -> str:
    if item.kind is ItemKind.TASK:
        return _("việc %(id)s") % {"id": item.value.get("id") or "+"}
    return kind_words(item.kind)


def kind_words(kind: ItemKind) -> str:
    """What an item is, in a word."""
    return {
        ItemKind.HEAD: _("thể thức"),
        ItemKind.ADDRESSEE: _("nơi gửi tới"),
        ItemKind.CITATION: _("văn bản viện dẫn"),
        ItemKind.FACT: _("số liệu"),
        ItemKind.TARGET: _("chỉ tiêu chung"),
        ItemKind.TASK: _("việc"),
        ItemKind.TABLE: _("bảng"),
        ItemKind.CONTACT: _("liên hệ"),
        ItemKind.RECIPIENT: _("nơi nhận"),
        ItemKind.SIGNER: _("người ký"),
    }[kind]


def _who(by: str, viewer: Viewer) -> str:
    if by == viewer.id:
        return _("bạn")
    return _("cán bộ khác") if by.startswith(STAFF) else _("hệ thống")


def _card_of(by: str, viewer: Viewer) -> str:
    """The account's card, for those who may open it."""
    may_see = by == viewer.id or viewer.may("accounts.manage") or viewer.may("audit.view")
    if not by.startswith(STAFF) or not may_see:
        return ""
    return reverse("staff", args=[by.removeprefix(STAFF)])


def _differences(change: queries.Change) -> Iterator[tuple[str, str, str]]:
    """Field, before, after, in words, for what was edited."""
    for key, after in change.after.items():
        before = change.before.get(key)
        if before is None or after is None or before.value == after.value:
            continue
        for name in dict.fromkeys([*before.value, *after.value]):
            old, new = before.value.get(name), after.value.get(name)
            if old != new and name in FIELDS:
                yield FIELDS[name](), _written(name, old), _written(name, new)


def _written(name: str, value: object) -> str:
    if name == "deadline" and isinstance(value, Mapping):
        return words.due(value) or _("không ghi hạn")
    if name == "target":
        return words.target(value if isinstance(value, Mapping) else None) or "–"
    if name in {"date", "date_partial", "as_of", "due"}:
        return words.day_of(value) or "–"
    text = "; ".join(map(str, value)) if isinstance(value, list) else str(value or "–")
    return text if len(text) <= LONGEST else text[:LONGEST] + "…"


FIELDS: dict[str, Any] = {
    "action": lambda: _("việc"),
    "assignee": lambda: _("ai làm"),
    "deadline": lambda: _("hạn"),
    "target": lambda: _("chỉ tiêu"),
    "deliver_to": lambda: _("gửi tới"),
    "form": lambda: _("biểu mẫu"),
    "modality": lambda: _("mức yêu cầu"),
    "id": lambda: _("số thứ tự"),
    "name": lambda: _("tên"),
    "purpose": lambda: _("để làm gì"),
    "note": lambda: _("để làm gì"),
    "value": lambda: _("giá trị"),
    "unit": lambda: _("đơn vị tính"),
    "denominator": lambda: _("mẫu số"),
    "locality": lambda: _("địa bàn"),
    "scope": lambda: _("địa bàn"),
    "as_of": lambda: _("số liệu đến ngày"),
    "due": lambda: _("hết ngày"),
    "type": lambda: _("loại"),
    "number": lambda: _("số"),
    "symbol": lambda: _("ký hiệu"),
    "date": lambda: _("ngày"),
    "date_partial": lambda: _("ngày"),
    "issuing_agency": lambda: _("nơi gửi"),
    "parent_agency": lambda: _("cơ quan chủ quản"),
    "place": lambda: _("nơi ban hành"),
    "subject": lambda: _("trích yếu"),
    "urgency": lambda: _("độ khẩn"),
    "issuer": lambda: _("nơi ban hành"),
    "authority": lambda: _("thẩm quyền ký"),
    "role": lambda: _("chức vụ"),
}
