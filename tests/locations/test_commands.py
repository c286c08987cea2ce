"""`vungxanh places`: look-ups of units of both eras without a database."""

import json
import subprocess
import sys

import pytest
from click.testing import CliRunner, Result

from vungxanh.config.cli import root

pytestmark = pytest.mark.slow  # the first look-up reads both trees


def asked(*words: str) -> Result:
    return CliRunner().invoke(root, ["places", *words], env={"VUNGXANH_LANG": "vi"})


def test_a_past_unit_is_shown_with_what_it_became() -> None:
    told = asked("show", "vn-2021:540")
    assert told.exit_code == 0
    lines = told.stdout.splitlines()
    assert lines[0] == "Thành phố Quy Nhơn, Bình Định [vn-2021:540]"
    assert "Từ 1/7/2025: 5 phường và 1 xã" in told.stdout
    assert lines[-1].strip().startswith("Xã Nhơn Châu, Gia Lai [vn-2025:21607]: chắc chắn")


def test_a_unit_of_today_is_shown_with_what_it_was_made_from_and_was_called() -> None:
    told = asked("show", "vn-2025:24", "--lang", "en", "--on", "2026-09-01")
    assert told.stdout.splitlines() == [
        "Thành phố Bắc Ninh [vn-2025:24]",
        "  Valid from 1 Jul 2025",
        "  Next unit up on 1 Sep 2026: Việt Nam [vn-2025:vn]",
        "  Name before: Tỉnh Bắc Ninh (resolution 39/2026/QH16 of 24 Aug 2026)",
        "  Made from: 2 provinces",
        "    Tỉnh Bắc Giang [vn-2021:24]: sure, passed whole",
        "    Tỉnh Bắc Ninh [vn-2021:27]: sure, passed whole",
    ]


def test_one_json_document_holds_all_that_is_known_of_a_unit() -> None:
    told = json.loads(asked("show", "vn-2021:540", "--on", "2021-05-26", "--json").stdout)
    assert (told["unit"], told["next_up"], told["valid_to"]) == (
        "vn-2021:540",
        "vn-2021:52",
        "2025-07-01",
    )
    assert len(told["successors"]) == 6
    assert told["predecessors"] == []


def test_the_successors_of_a_parted_commune_have_a_default_and_are_uncertain() -> None:
    told = json.loads(asked("successors", "vn-2021:00016", "--json").stdout)
    assert [one["is_default"] for one in told] == [True, *[False] * (len(told) - 1)]
    assert {(one["share"], one["certainty"], one["source"]) for one in told} == {
        (None, "uncertain", "split")
    }


def test_an_ambiguous_name_is_answered_with_every_candidate_and_the_reason() -> None:
    told = asked("search", "huyện An Lão", "--on", "2021-05-26")
    assert told.exit_code == 0
    assert "Huyện An Lão, TP. Hải Phòng [vn-2021:313]\n" in told.stdout
    assert "Huyện An Lão, Bình Định [vn-2021:542]\n" in told.stdout
    assert "có thể là" in told.stderr


def test_a_name_of_both_eras_is_answered_with_both() -> None:
    told = json.loads(asked("search", "Quy Nhơn", "--json").stdout)
    assert (told["kind"], told["unit"]) == ("candidates", None)
    assert [one["unit"] for one in told["candidates"]] == ["vn-2021:540", "vn-2025:21583"]


def test_a_day_decides_between_the_eras() -> None:
    told = json.loads(asked("search", "Quy Nhơn", "--on", "2025-06-30", "--json").stdout)
    assert told["unit"] == "vn-2021:540"


def test_a_unit_sought_on_a_day_without_it_is_a_candidate_and_says_so() -> None:
    told = asked("search", "TP. Quy Nhơn", "--on", "2025-07-01")
    assert "Ngày đó không có" in told.stderr
    assert "5 phường và 1 xã" in told.stdout


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["show", "540"], "không phải mã địa bàn"),
        (["show", "vn-2021:99"], "Không có địa bàn nào mang mã vn-2021:99"),
        (["show", "vn-2021:540", "--on", "2025-07-01"], "không còn vào ngày 1/7/2025"),
        (["show", "vn-2025:52", "--on", "2025-06-30"], "chưa có vào ngày 30/6/2025"),
        (["show", "vn-2025:52", "--on", "hôm qua"], "không phải một ngày"),
        (["successors", "vn-2025:52"], "đang có hiệu lực"),
        (["search", "xyzzy"], "Không có “xyzzy”"),
        (["search", "Quy Nhơn", "--within", "vn-2021:99"], "Không có địa bàn nào"),
    ],
)
def test_what_cannot_be_answered_is_refused_in_one_sentence(
    words: list[str], sentence: str
) -> None:
    told = asked(*words)
    assert (told.exit_code, told.stdout) == (1, "")
    assert sentence in told.stderr


def test_looking_up_needs_neither_django_nor_a_database() -> None:
    code = (
        "import sys; sys.argv = ['vungxanh', 'places', 'show', 'vn-2021:540'];"
        "from vungxanh.config.cli import root; root(standalone_mode=False);"
        "print(sorted(m for m in sys.modules if m in ('django', 'psycopg')))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip().endswith("[]")
