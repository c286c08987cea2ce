"""What changes in the register of persons."""

from vungxanh.people.actions.cards import end_card, write_card
from vungxanh.people.actions.consent import (
    give_consent,
    give_own_consent,
    must_have_ground,
    withdraw_consent,
)
from vungxanh.people.actions.consent_bases import (
    decide_basis,
    end_basis,
    propose_basis,
    withdraw_basis,
)
from vungxanh.people.actions.devices import (
    end_device,
    note_bluetooth,
    note_seen,
    register_device,
    register_device_once,
)
from vungxanh.people.actions.erasing import erase_person, erase_self, finish_erasure
from vungxanh.people.actions.personal_codes import (
    offline_codes,
    print_card,
    read_code,
    revoke_card,
    screen_code,
)
from vungxanh.people.actions.persons import add_person, change_person, forget_document, keep_longer
from vungxanh.people.actions.proving import ask_code, confirm_code
from vungxanh.people.actions.requests import (
    answer_request,
    ask,
    carry_out,
    drop_request,
    extend_request,
    refuse_request,
)
from vungxanh.people.actions.residence import change_residence
from vungxanh.people.actions.standing import end_standing, write_standing

__all__ = [
    "add_person",
    "answer_request",
    "ask",
    "ask_code",
    "carry_out",
    "change_person",
    "change_residence",
    "confirm_code",
    "decide_basis",
    "drop_request",
    "end_basis",
    "end_card",
    "end_device",
    "end_standing",
    "erase_person",
    "erase_self",
    "extend_request",
    "finish_erasure",
    "forget_document",
    "give_consent",
    "give_own_consent",
    "keep_longer",
    "must_have_ground",
    "note_bluetooth",
    "note_seen",
    "offline_codes",
    "print_card",
    "propose_basis",
    "read_code",
    "refuse_request",
    "register_device",
    "register_device_once",
    "revoke_card",
    "screen_code",
    "withdraw_basis",
    "withdraw_consent",
    "write_card",
    "write_standing",
]
