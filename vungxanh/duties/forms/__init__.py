"""What people type about duties."""

from vungxanh.duties.forms.acts import AnswerForm, EndForm, NoteForm, SettleForm
from vungxanh.duties.forms.duties import DutyForm

__all__ = ["AnswerForm", "DutyForm", "EndForm", "NoteForm", "SettleForm"]
