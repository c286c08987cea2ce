"""What other rooms hand over and get, and the words for it."""

from vungxanh.messaging.rules import Channel, Grade, Incoming, State
from vungxanh.messaging.rules.numbers import e164
from vungxanh.messaging.rules.words import Asked, Verb
from vungxanh.messaging.values.messages import (
    Budget,
    Cost,
    Costs,
    Instead,
    MailLine,
    MessageLine,
    NewMessage,
    SmsLine,
    Taken,
)
from vungxanh.messaging.values.templates import (
    LANGUAGES,
    BadTemplateError,
    Template,
    Version,
    Wording,
    Wordings,
    read_templates,
)
from vungxanh.messaging.values.words import (
    ASIDE,
    CHANNEL_WORDS,
    GRADE_WORDS,
    INCOMING_WORDS,
    KIND_WORDS,
    LANGUAGE_WORDS,
    STATE_WORDS,
    problem_words,
)

__all__ = [
    "ASIDE",
    "CHANNEL_WORDS",
    "GRADE_WORDS",
    "INCOMING_WORDS",
    "KIND_WORDS",
    "LANGUAGES",
    "LANGUAGE_WORDS",
    "STATE_WORDS",
    "Asked",
    "BadTemplateError",
    "Budget",
    "Channel",
    "Cost",
    "Costs",
    "Grade",
    "Incoming",
    "Instead",
    "MailLine",
    "MessageLine",
    "NewMessage",
    "SmsLine",
    "State",
    "Taken",
    "Template",
    "Verb",
    "Version",
    "Wording",
    "Wordings",
    "e164",
    "problem_words",
    "read_templates",
]
