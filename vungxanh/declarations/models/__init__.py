"""Tables of health declarations."""

from vungxanh.declarations.models.asking import DeclarationLink, Draft, Obligation
from vungxanh.declarations.models.calls import CareCall, Decision
from vungxanh.declarations.models.care import Care, Contest
from vungxanh.declarations.models.declarations import Declaration, DeclarationCount, Pending
from vungxanh.declarations.models.forms import Questionnaire, RuleSet

__all__ = [
    "Care",
    "CareCall",
    "Contest",
    "Decision",
    "Declaration",
    "DeclarationCount",
    "DeclarationLink",
    "Draft",
    "Obligation",
    "Pending",
    "Questionnaire",
    "RuleSet",
]
