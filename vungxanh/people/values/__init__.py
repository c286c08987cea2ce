"""Words and forms of the register of persons."""

from vungxanh.people.values.persons import (
    PERSON,
    Origin,
    Platform,
    Residence,
    person_ref,
)

__all__ = ["PERSON", "Origin", "Platform", "Residence", "person_ref"]
