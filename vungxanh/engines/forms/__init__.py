"""Questionnaires as versioned data: which questions are asked, which answers are taken?"""

from vungxanh.engines.forms.answers import read_answers
from vungxanh.engines.forms.comparing import Difference, differences
from vungxanh.engines.forms.conditions import carried, shown
from vungxanh.engines.forms.faults import Fault
from vungxanh.engines.forms.languages import completeness, missing, said
from vungxanh.engines.forms.reading import read_questionnaire
from vungxanh.engines.forms.types import (
    Answer,
    Answers,
    AnswersError,
    Clause,
    Condition,
    FormError,
    Option,
    Page,
    Question,
    QuestionKind,
    Questionnaire,
    Texts,
)
from vungxanh.engines.forms.writing import to_data

__all__ = [
    "Answer",
    "Answers",
    "AnswersError",
    "Clause",
    "Condition",
    "Difference",
    "Fault",
    "FormError",
    "Option",
    "Page",
    "Question",
    "QuestionKind",
    "Questionnaire",
    "Texts",
    "carried",
    "completeness",
    "differences",
    "missing",
    "read_answers",
    "read_questionnaire",
    "said",
    "shown",
    "to_data",
]
