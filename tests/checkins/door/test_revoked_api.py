"""The list as phones fetch it: by number for ever, the newest by its ETag."""

from datetime import timedelta

import pytest
from django.test import Client

from tests.factories.points import a_point, code_of
from tests.factories.register import AT
from vungxanh.checkins.actions.listing import list_revoked
from vungxanh.checkins.models import RevocationList
from vungxanh.core.viewer import SYSTEM
from vungxanh.people.queries.code_keys import public_keys
from vungxanh.protocol.places.revocations import Verdict, read

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("places_of_both_eras")]
NEWEST = "/api/v1/points/revoked"


def a_list() -> RevocationList:
    made = list_revoked(by=SYSTEM, at=AT)
    assert made is not None
    return made


def test_anybody_fetches_the_newest_list_and_reads_it() -> None:
    code = code_of(a_point())
    a_list()
    reply = Client().get(NEWEST)
    assert reply["Content-Type"] == "application/octet-stream"
    assert read(reply.content, public_keys()).holds(code.pk) is Verdict.NOT_REVOKED


def test_whoever_holds_the_newest_is_told_so_without_its_bytes() -> None:
    a_list()
    etag = Client().get(NEWEST)["ETag"]
    reply = Client().get(NEWEST, headers={"If-None-Match": etag})
    assert (reply.status_code, reply.content) == (304, b"")


def test_after_another_list_the_former_etag_no_longer_holds() -> None:
    a_list()
    etag = Client().get(NEWEST)["ETag"]
    list_revoked(by=SYSTEM, at=AT + timedelta(days=2))
    assert Client().get(NEWEST, headers={"If-None-Match": etag}).status_code == 200


def test_a_list_by_its_number_may_be_kept_for_ever() -> None:
    number = a_list().pk
    reply = Client().get(f"{NEWEST}/{number}")
    assert "immutable" in reply["Cache-Control"]
    assert Client().get(NEWEST)["Content-Location"] == f"{NEWEST}/{number}"
    assert "max-age=60" in Client().get(NEWEST)["Cache-Control"]


@pytest.mark.parametrize("number", ["0", "-1", "999", str(2**80)])
def test_a_list_that_was_never_made_is_missing(number: str) -> None:
    assert Client().get(f"{NEWEST}/{number}").status_code == 404


def test_before_the_first_list_the_answer_says_so() -> None:
    reply = Client().get(NEWEST)
    assert (reply.status_code, reply.json()["code"]) == (404, "checkins.no_list_yet")
