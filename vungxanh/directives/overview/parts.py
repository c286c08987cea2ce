"""Everything of a letter beside its orders: head, figures, goals, citations, tail, tables."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

from vungxanh.core.preferences import reader_language
from vungxanh.core.shown import Mark
from vungxanh.directives.overview import words
from vungxanh.directives.overview.cards import steps_of
from vungxanh.directives.overview.eras import candidates_of
from vungxanh.directives.pages import Card, FindingView, HeadFact, Line, Section, TableView
from vungxanh.directives.rules import Item, ItemKind, ItemState, doubts, span_of

SHOWN_ROWS = 12


def head_facts(document: Mapping[str, Any]) -> tuple[HeadFact, ...]:
    """Type, number and symbol, date, agency: what is missing or inferred says so."""
    return (
        HeadFact(_("Loại"), _capital(document.get("type") or _("chưa rõ"))),
        _number(document),
        _date(document),
        _agency(document),
    )


def _number(document: Mapping[str, Any]) -> HeadFact:
    label = _("Số, ký hiệu")
    symbol = document.get("symbol")
    evidence = str(document.get("symbol_evidence") or "")
    if document.get("number"):
        return HeadFact(label, str(document["number"]), evidence=evidence)
    missing = Mark("warn", _("thiếu số"))
    return HeadFact(label, f"/{symbol}" if symbol else "", missing, evidence)


def _date(document: Mapping[str, Any]) -> HeadFact:
    label, evidence = _("Ngày"), str(document.get("date_evidence") or "")
    if document.get("date"):
        return HeadFact(label, words.day_of(document["date"]), evidence=evidence)
    parts = [words.day_of(document["date_partial"])] if document.get("date_partial") else []
    if document.get("date_not_before"):
        parts.append(_("từ %(day)s") % {"day": words.day_of(document["date_not_before"])})
    if document.get("date_not_after"):
        parts.append(_("không sau %(day)s") % {"day": words.day_of(document["date_not_after"])})
    return HeadFact(label, ", ".join(parts), Mark("warn", _("thiếu ngày")), evidence)


def _agency(document: Mapping[str, Any]) -> HeadFact:
    label, evidence = _("Nơi gửi"), str(document.get("agency_evidence") or "")
    name = document.get("issuing_agency")
    if not name:
        return HeadFact(label, "", Mark("warn", _("chưa rõ nơi gửi")), evidence)
    return HeadFact(label, str(name), Mark("info", _("suy ra")) if evidence else None, evidence)


def head_lines(document: Mapping[str, Any]) -> tuple[Line, ...]:
    """The rest of the head: parent, place, subject, urgency."""
    subject = document.get("subject") or document.get("subject_inferred")
    rows = (
        (_("Cơ quan chủ quản"), document.get("parent_agency")),
        (_("Nơi ban hành"), document.get("place")),
        (_("Trích yếu"), subject),
        (_("Độ khẩn"), document.get("urgency")),
    )
    return tuple(Line(icon="", words=f"{label}: {said}") for label, said in rows if said)


def title_of(document: Mapping[str, Any]) -> str:
    """What the letter is about, or else what kind of letter it is."""
    subject = document.get("subject") or document.get("subject_inferred")
    return _capital(str(subject or document.get("type") or _("Văn bản chưa rõ trích yếu")))


def crumb_of(document: Mapping[str, Any]) -> str:
    """Type and number: "Công văn …/STTTT-TTBCXB"."""
    number = document.get("number") or (f"…/{document['symbol']}" if document.get("symbol") else "")
    return " ".join(part for part in (_capital(document.get("type") or ""), number) if part)


def sections_of(
    items: Sequence[Item], trace: Sequence[Mapping[str, Any]], *, editing: str
) -> tuple[Section, ...]:
    """Figures, goals, citations, addressees, recipients, contacts, signer; empty ones left out."""
    kinds = (
        (ItemKind.TARGET, _("Chỉ tiêu chung")),
        (ItemKind.FACT, _("Số liệu nêu trong văn bản")),
        (ItemKind.CITATION, _("Văn bản viện dẫn")),
        (ItemKind.ADDRESSEE, _("Kính gửi")),
        (ItemKind.RECIPIENT, _("Nơi nhận")),
        (ItemKind.CONTACT, _("Liên hệ")),
        (ItemKind.SIGNER, _("Người ký")),
    )
    found = []
    for kind, title in kinds:
        cards = tuple(
            small_card(item, trace, editing=editing)
            for item in items
            if item.kind is kind and any(item.value.values())
        )
        if cards:
            is_open = any(card.is_editing or card.doubts for card in cards)
            found.append(Section(kind.value, title, cards, is_open=is_open))
    return tuple(found)


def small_card(item: Item, trace: Sequence[Mapping[str, Any]], *, editing: str) -> Card:
    """Anything but an order, in one or two lines."""
    title, lines = _SPOKEN[item.kind](item.value)
    return Card(
        key=item.key,
        label="",
        title=title,
        state=item.state.value,
        version=item.version,
        marks=_marks(item),
        lines=tuple(lines),
        doubts=tuple(one.in_language(reader_language()) for one in doubts(item)),
        steps=steps_of(item, trace),
        anchor=f"cho-{item.key}" if span_of(item)[1] else "",
        is_editing=item.key == editing,
    )


def _marks(item: Item) -> tuple[Mark, ...]:
    if item.state is ItemState.CONFIRMED:
        return (Mark("ok", _("đã xác nhận")),)
    if item.state is ItemState.DROPPED:
        return (Mark("none", _("đã bỏ"), icon="x"),)
    return (Mark("info", _("có người sửa"), icon="edit"),) if item.is_own else ()


Spoken = tuple[str, Iterable[Line]]


def _named(value: Mapping[str, Any]) -> Spoken:
    purpose = value.get("purpose") or value.get("note")
    title = str(value.get("name") or value.get("value") or "")
    return title, _lines(Line(icon="info-circle", words=str(purpose or "")))


def _citation(value: Mapping[str, Any]) -> Spoken:
    parts = (
        _capital(value.get("type") or ""),
        value.get("number"),
        _("ngày %(day)s") % {"day": words.day_of(value["date"])} if value.get("date") else "",
    )
    title = " ".join(str(part) for part in parts if part)
    return title, _lines(
        Line(icon="users", words=str(value.get("issuer") or "")),
        Line(icon="file-text", words=str(value.get("subject") or "")),
    )


def _fact(value: Mapping[str, Any]) -> Spoken:
    rank = value.get("metric") == "rank"
    much = _("thứ %(n)s") % {"n": value.get("value")} if rank else ""
    title = much or words.amount(value.get("value"), value.get("unit"))
    base = value.get("denominator")
    lines = _lines(
        Line(icon="map-pin", words=str(value.get("locality") or "")),
        Line(icon="calendar-time", words=words.day_of(value.get("as_of"))),
        Line(icon="file-text", words=_("trên %(base)s") % {"base": base} if base else ""),
    )
    return title, [*lines, *_quote(value)]


def _goal(value: Mapping[str, Any]) -> Spoken:
    base = value.get("denominator")
    due = words.day_of(value.get("due"))
    last = _("hết ngày %(day)s") % {"day": due} if due else ""
    lines = _lines(
        Line(icon="file-text", words=_("trên %(base)s") % {"base": base} if base else ""),
        Line(icon="calendar-time", words=last),
        Line(icon="map-pin", words=str(value.get("scope") or "")),
    )
    return words.amount(value.get("value"), value.get("unit")), [*lines, *_quote(value)]


def _signer(value: Mapping[str, Any]) -> Spoken:
    title = str(value.get("name") or _("chưa có tên người ký"))
    post = " ".join(str(value[n]) for n in ("authority", "role") if value.get(n))
    lines = (Line(icon="users", words=post),)
    return title, _lines(*lines)


def _quote(value: Mapping[str, Any]) -> list[Line]:
    said = str(value.get("text") or "")
    return [Line(icon="", words="", raw=said)] if said else []


def _lines(*lines: Line) -> list[Line]:
    return [line for line in lines if line.words]


_SPOKEN = {
    ItemKind.TARGET: _goal,
    ItemKind.FACT: _fact,
    ItemKind.CITATION: _citation,
    ItemKind.ADDRESSEE: _named,
    ItemKind.RECIPIENT: _named,
    ItemKind.CONTACT: _named,
    ItemKind.SIGNER: _signer,
}


def tables_of(items: Iterable[Item]) -> tuple[TableView, ...]:
    """The tables, their first rows shown."""
    tables = [item for item in items if item.kind is ItemKind.TABLE]
    open_names = candidates_of(tables)
    return tuple(_table(item, open_names.get(item.key, ())) for item in tables)


def _table(item: Item, hints: tuple[str, ...]) -> TableView:
    value = item.value
    rows = value.get("rows") or ()
    notes = [_("biểu mẫu để trống")] if value.get("is_blank_form") else []
    if value.get("as_of"):
        notes.append(_("số liệu đến %(day)s") % {"day": words.day_of(value["as_of"])})
    if rows:
        notes.append(_("%(n)s dòng") % {"n": len(rows)})
    heads = [_head(str(column)) for column in value.get("columns") or ()]
    shown = tuple(
        tuple((heads[n] if n < len(heads) else "", words.amount(c, "")) for n, c in enumerate(row))
        for row in rows[:SHOWN_ROWS]
    )
    return TableView(
        key=item.key,
        title=str(value.get("title") or _("Bảng không có tên")),
        note=" · ".join(notes),
        columns=tuple(heads),
        rows=shown,
        n_more=max(0, len(rows) - SHOWN_ROWS),
        hints=hints,
    )


def _head(column: str) -> str:
    """A head as printed; that of the codes that were added says of which year they are."""
    year = column.removeprefix("gso_") if column.startswith("gso_") else ""
    return _("Mã đơn vị (%(year)s)") % {"year": year} if year.isdecimal() else column


def changes_figures(item: Item) -> bool:
    """Whether a person changed or dropped what the findings were told from."""
    is_figure = item.kind in {ItemKind.HEAD, ItemKind.FACT, ItemKind.TARGET, ItemKind.TABLE}
    return is_figure and (item.is_own or item.state is ItemState.DROPPED)


def findings_view(
    findings: Iterable[Mapping[str, Any]], starts: Sequence[int]
) -> tuple[FindingView, ...]:
    """Findings, the worst first, each with the paragraph it is about."""
    order = {"error": 0, "warning": 1, "info": 2}
    ordered = sorted(findings, key=lambda one: order.get(str(one.get("severity")), 3))
    return tuple(
        FindingView(
            severity=str(one.get("severity")),
            message=str((one.get("message") or {}).get(reader_language(), "")),
            where=str(one.get("where") or ""),
            code=str(one.get("code") or ""),
            url=_paragraph_of(one.get("span"), starts),
        )
        for one in ordered
    )


def _paragraph_of(span: Sequence[int] | None, starts: Sequence[int]) -> str:
    before = [start for start in starts if span and start <= span[0]]
    return f"#doan-{max(before)}" if before else ""


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
