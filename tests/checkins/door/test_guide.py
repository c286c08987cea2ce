"""The guide for guards: whoever has not scanned is shown how, and nobody is listed."""

import re

import pytest
from django.conf import LazySettings
from django.test import Client

from vungxanh.config.sms import Sms


def test_the_guide_shows_three_steps_the_ways_without_a_phone_and_no_list() -> None:
    reply = Client().get("/huong-dan-vao/")
    page = reply.content.decode()
    shown = " ".join(re.sub(r"<[^>]+>", " ", page).split())
    assert re.findall(r"<b>([123])\. ", page) == ["1", "2", "3"]
    assert "soạn VAO và 9 ký tự" in shown
    assert "không lập danh sách" in shown
    assert re.search(r"<(input|textarea|form)", page) is None


def test_the_guide_is_the_same_for_everybody_and_may_be_kept_by_phones() -> None:
    reply = Client().get("/huong-dan-vao/")
    assert "no-store" not in reply["Cache-Control"]
    assert reply.cookies == {}


@pytest.mark.parametrize(("sender", "is_told"), [("8055", True), ("VUNGXANH", False), ("", False)])
def test_the_guide_names_the_number_for_sms_where_there_is_one(
    settings: LazySettings, sender: str, is_told: bool
) -> None:
    settings.SMS = Sms("none", sender=sender)
    page = Client().get("/huong-dan-vao/").content.decode()
    assert ('Gửi đến <b class="vx-num">8055</b>.' in page) is is_told
    assert ("chưa có số thì hỏi trạm y tế" in page) is not is_told
