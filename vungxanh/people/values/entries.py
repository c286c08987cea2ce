"""A person as somebody writes them down: at a door, in an interview, as a dependant."""

from dataclasses import dataclass, field

from vungxanh.people.values.persons import Origin, Residence


@dataclass(frozen=True, slots=True, repr=False)
class NewPerson:
    """What is said of a person. `birth` is a year or a day; a dependant names a `guardian`.

    `papers` are (kind, number) pairs as typed; the kind may be empty where the number tells it.
    """

    origin: Origin
    name: str
    birth: str = ""
    sex: str = ""
    phone: str = ""
    papers: tuple[tuple[str, str], ...] = ()
    residence: Residence | None = None
    guardian: int | None = None
    language: str = "vi"


@dataclass(frozen=True, slots=True, repr=False)
class PersonChange:
    """What is corrected of a person; None leaves a field as it is."""

    name: str | None = None
    birth: str | None = None
    sex: str | None = None
    papers: tuple[tuple[str, str], ...] = field(default=())
