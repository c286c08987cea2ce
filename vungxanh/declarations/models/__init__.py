"""Tables of health declarations."""

from vungxanh.declarations.models.asking import DeclarationLink, Draft, Obligation
from vungxanh.declarations.models.calls import CareCall, Decision
from vungxanh.declarations.models.care import Care, Contest
from vungxanh.declarations.models.declarations import Declaration, DeclarationCount, Pending
from vungxanh.declarations.models.forms import Questionnaire, RuleSet
from vungxanh.declarations.models.paper import EnteredSheet, Pile, SheetCount
from vungxanh.declarations.models.told import ToldDay

__all__ = [
    "Care",
    "CareCall",
    "Contest",
    "Decision",
    "Declaration",
    "DeclarationCount",
    "DeclarationLink",
    "Draft",
    "EnteredSheet",
    "Obligation",
    "Pending",
    "Pile",
    "Questionnaire",
    "RuleSet",
    "SheetCount",
    "ToldDay",
]
