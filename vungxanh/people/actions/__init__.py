"""What changes in the register of persons."""

from vungxanh.people.actions.cards import end_card, write_card
from vungxanh.people.actions.devices import end_device, note_bluetooth, note_seen, register_device
from vungxanh.people.actions.persons import add_person, change_person, forget_document, keep_longer
from vungxanh.people.actions.proving import ask_code, confirm_code
from vungxanh.people.actions.residence import change_residence
from vungxanh.people.actions.standing import end_standing, write_standing

__all__ = [
    "add_person",
    "ask_code",
    "change_person",
    "change_residence",
    "confirm_code",
    "end_card",
    "end_device",
    "end_standing",
    "forget_document",
    "keep_longer",
    "note_bluetooth",
    "note_seen",
    "register_device",
    "write_card",
    "write_standing",
]
