"""Questionnaires and answers as HL7 FHIR R4 (4.0.1), out and in, without loss."""

from vungxanh.engines.forms.fhir.answers import response_from_fhir, response_to_fhir
from vungxanh.engines.forms.fhir.reading import from_fhir
from vungxanh.engines.forms.fhir.writing import to_fhir

__all__ = ["from_fhir", "response_from_fhir", "response_to_fhir", "to_fhir"]
