"""Words of report forms for pages."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from vungxanh.core.preferences import reader_language
from vungxanh.refusals import Words
from vungxanh.uptake.forms.report_forms import PLAIN
from vungxanh.uptake.models import ReportForm
from vungxanh.uptake.rules.columns import ColumnRole, FormColumn, columns_of
from vungxanh.uptake.values import ELEMENTS
from vungxanh.uptake.values.reporting import NewForm


@dataclass(frozen=True, slots=True)
class ColumnWords:
    """A column: its head as printed and in the reader's language, what it holds, its base."""

    head: str
    also: str
    holds: str
    base: str


def column_words(column: FormColumn) -> ColumnWords:
    """A column in the reader's language."""
    also = said(column.head)
    return ColumnWords(
        head=column.head.vi,
        also=also if also != column.head.vi else "",
        holds=_holds(column),
        base=said(ELEMENTS[column.base].label) if column.base in ELEMENTS else "",
    )


def new_form_of(form: ReportForm) -> NewForm:
    """A form that stands, as the beginning of another."""
    return NewForm(
        number=form.number,
        title=form.title,
        heading=form.heading,
        attached_to=form.attached_to,
        level=form.level,
        columns=columns_of(form.columns),
        due_time=form.due_time,
        table_time=form.table_time,
        is_illustrative=form.is_illustrative,
    )


def said(words: Words) -> str:
    """Words in the reader's language."""
    return words.in_language(reader_language())


def _holds(column: FormColumn) -> str:
    if column.role is ColumnRole.COUNT:
        return _("Số đếm: %(of)s") % {"of": said(ELEMENTS[column.element].label)}
    if column.role is ColumnRole.SHARE:
        return _("Tỷ lệ: %(of)s") % {"of": said(ELEMENTS[column.numerator].label)}
    return str(PLAIN[column.role])
