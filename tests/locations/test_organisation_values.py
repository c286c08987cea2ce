"""Numbers, codes, points, hours and names of organisations, as people write them."""

from datetime import datetime
from math import acos, cos, radians, sin
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vungxanh.engines.phones import Kind
from vungxanh.engines.phones.tables import AREAS
from vungxanh.locations.models.organisations import Organisation
from vungxanh.locations.values import UnitId, units_2025
from vungxanh.locations.values.centres import centres
from vungxanh.locations.values.codes import check_digit, email, tax_code, website
from vungxanh.locations.values.entries import read_entry, texts_of
from vungxanh.locations.values.hours import (
    DAY,
    Hours,
    OpenState,
    hours_of_wire,
    merged,
    open_at,
    wire_of_hours,
)
from vungxanh.locations.values.kinds import KINDS, kind_of, kind_of_name
from vungxanh.locations.values.organisations import Entry, entry_of, wire_of
from vungxanh.locations.values.phones import kept_phones, phone, phones
from vungxanh.locations.values.points import (
    GeoPoint,
    Near,
    Spot,
    metres_between,
    nearest,
    point_of,
    point_of_pair,
)
from vungxanh.locations.values.refusals import OrganisationError
from vungxanh.locations.values.similar import same_name_key
from vungxanh.locations.values.week import hours_of_text, text_of_hours

VN = ZoneInfo("Asia/Ho_Chi_Minh")


@pytest.mark.parametrize(
    ("text", "digits", "kind"),
    [
        ("0257.3821982", "02573821982", Kind.LANDLINE),
        ("(0256) 3822-000", "02563822000", Kind.LANDLINE),
        ("024 3846 0000", "02438460000", Kind.LANDLINE),
        ("2563822000", "02563822000", Kind.LANDLINE),
        ("+842563822000", "02563822000", Kind.LANDLINE),
        ("842563822000", "02563822000", Kind.LANDLINE),
        ("0844689393", "0844689393", Kind.MOBILE),
        ("844689393", "0844689393", Kind.MOBILE),
        ("84844689393", "0844689393", Kind.MOBILE),
        ("0084912345678", "0912345678", Kind.MOBILE),
        ("912345678", "0912345678", Kind.MOBILE),
        ("0169.345.6789", "0393456789", Kind.MOBILE),
        ("01201234567", "0701234567", Kind.MOBILE),
        ("1900 9095", "19009095", Kind.SERVICE),
        ("０９１２ 345 678", "0912345678", Kind.MOBILE),
        ("tel:+842563822000", "02563822000", Kind.LANDLINE),
        ("2563822000.0", "02563822000", Kind.LANDLINE),
    ],
)
def test_numbers_are_read_in_every_form(text: str, digits: str, kind: Kind) -> None:
    assert (phone(text).digits, phone(text).read.kind) == (digits, kind)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "12",
        "0951234567",
        "02000000000",
        "+1 202 555 0100",
        "02563822",
        "0256382200012",
        "091234567x",
        "①②",
    ],
)
def test_what_cannot_be_a_number_is_refused(text: str) -> None:
    with pytest.raises(OrganisationError) as refused:
        phone(text)
    assert refused.value.code == "locations.phone_impossible"


def test_several_numbers_stand_in_one_field_each_once() -> None:
    assert kept_phones("0256.3822000 / 0912345678 hoặc 02563822000") == "02563822000; 0912345678"


def test_one_line_in_its_old_and_its_new_form_is_one_number() -> None:
    assert kept_phones("0168 812 3456; 0388 123 456") == "0388123456"


def test_four_numbers_are_too_many() -> None:
    with pytest.raises(OrganisationError):
        phones("0912345671; 0912345672; 0912345673; 0912345674")


@pytest.mark.slow
@given(st.sampled_from(sorted(AREAS)), st.integers(0, 10**7 - 1))
def test_a_landline_reads_back_from_every_form(area: str, number: int) -> None:
    digits = f"0{area}{number:07}"
    found = phone(digits)
    forms = (found.shown, found.url.removeprefix("tel:"), digits[1:])
    assert {phone(form).digits for form in forms} == {digits}


@pytest.mark.parametrize("text", ["0100109106", "0100109106-001", "0100109106 001", "100109106"])
def test_tax_codes_with_their_check_digit_are_read(text: str) -> None:
    assert tax_code(text).startswith("0100109106")


@pytest.mark.parametrize(
    "text", ["0100109107", "123", "079203001234", "01001O9106", "0100109106-1"]
)
def test_a_wrong_tax_code_is_refused(text: str) -> None:
    with pytest.raises(OrganisationError) as refused:
        tax_code(text)
    assert refused.value.code == "locations.tax_code_wrong"


@pytest.mark.slow
@given(st.integers(0, 10**9 - 1), st.integers(0, 8), st.integers(1, 9))
def test_one_wrong_digit_is_found(number: int, place: int, by: int) -> None:
    nine = f"{number:09}"
    other = f"{nine[:place]}{(int(nine[place]) + by) % 10}{nine[place + 1 :]}"
    assert check_digit(nine) != check_digit(other)


@pytest.mark.parametrize("text", ["không", "a@b", "a b@c.vn", "<a@b.vn>"])
def test_what_is_no_address_of_mail_is_refused(text: str) -> None:
    with pytest.raises(OrganisationError) as refused:
        email(text)
    assert refused.value.code == "locations.email_impossible"


@pytest.mark.parametrize("text", ["javascript:alert(1)", "syt", 'http://a.vn/"x', "ftp://a.vn"])
def test_what_is_no_web_address_is_refused(text: str) -> None:
    with pytest.raises(OrganisationError) as refused:
        website(text)
    assert refused.value.code == "locations.website_impossible"


def test_a_web_address_is_kept_with_its_scheme() -> None:
    assert website("syt.example.vn/lien-he") == "https://syt.example.vn/lien-he"


@pytest.mark.parametrize(
    ("lat", "lon"),
    [
        ("13,7758", "109,2233"),  # Quy Nhơn
        ("16.53", "111.6"),  # Hoàng Sa
        ("8.64", "111.92"),  # Trường Sa
        ("9.3", "103.47"),  # Thổ Chu
        ("20.13", "107.73"),  # Bạch Long Vĩ
        ("8.68", "106.6"),  # Côn Đảo
        ("23.36", "105.32"),  # Lũng Cú
    ],
)
def test_points_of_the_country_and_its_islands_are_taken(lat: str, lon: str) -> None:
    assert point_of(lat, lon) is not None


@pytest.mark.parametrize(
    ("lat", "lon", "code"),
    [
        ("0", "0", "locations.point_outside"),
        ("109.2233", "13.7758", "locations.point_outside"),
        ("14", "118.5", "locations.point_outside"),
        ("39.9", "116.4", "locations.point_outside"),
        ("13.7758", "", "locations.point_half"),
        ("bắc", "109", "locations.point_unreadable"),
        ("nan", "109", "locations.point_unreadable"),
        ("inf", "109", "locations.point_unreadable"),
    ],
)
def test_a_point_that_cannot_be_is_refused(lat: str, lon: str, code: str) -> None:
    with pytest.raises(OrganisationError) as refused:
        point_of(lat, lon)
    assert refused.value.code == code


@pytest.mark.parametrize("text", ["13.7758, 109.2233", "13.7758;109.2233", "13,7758 109,2233"])
def test_a_point_in_one_cell_is_parted(text: str) -> None:
    assert point_of(*point_of_pair(text)) == GeoPoint(13.7758, 109.2233)


@pytest.mark.slow
def test_every_centre_of_today_s_units_lies_in_the_country() -> None:
    known = centres()
    assert len([one for one in units_2025() if one.id in known]) > 3300
    assert [one for one, at in known.items() if not point_of(f"{at.lat}", f"{at.lon}")] == []


POINTS = st.builds(
    GeoPoint,
    st.floats(8, 23).map(lambda value: round(value, 2)),
    st.floats(102, 110).map(lambda value: round(value, 2)),
)


@pytest.mark.slow
@given(POINTS, POINTS)
def test_distances_are_those_of_the_law_of_cosines(one: GeoPoint, other: GeoPoint) -> None:
    a, b, away = radians(one.lat), radians(other.lat), radians(one.lon - other.lon)
    angle = acos(max(-1, min(1, sin(a) * sin(b) + cos(a) * cos(b) * cos(away))))
    assert metres_between(one, other) == pytest.approx(6_371_008.8 * angle, abs=2)
    assert metres_between(one, other) == metres_between(other, one)


@pytest.mark.slow
@given(POINTS, st.lists(POINTS, max_size=60), st.integers(1, 10))
def test_the_nearest_are_those_of_a_full_sort(
    here: GeoPoint, points: list[GeoPoint], limit: int
) -> None:
    spots = [Spot(f"{number:03}", at) for number, at in enumerate(points)]
    every = sorted((metres_between(here, one.at), one.key) for one in spots)
    assert nearest(here, spots, limit) == tuple(Near(key, far) for far, key in every[:limit])


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("T2–T6: 7:30-11:30, 13:30-17:00; CN nghỉ", "T2-T6: 07:30-11:30, 13:30-17:00"),
        ("Thứ Hai đến thứ Sáu: sáng 7h30 - 11h30; chiều 13h30 - 17h", None),
        ("24/24", "24/7"),
        ("Hằng ngày 22:00-06:00", "T2-CN: 00:00-06:00, 22:00-24:00"),
        ("T7, CN: 8h-12h", "T7-CN: 08:00-12:00"),
        ("Mon-Fri 8:00-17:00", "T2-T6: 08:00-17:00"),
        ("thứ tư: từ 7h đến 11h", "T4: 07:00-11:00"),
        ("CN 22:00-02:00", "T2: 00:00-02:00; CN: 22:00-24:00"),
    ],
)
def test_hours_are_read_as_offices_write_them(text: str, kept: str | None) -> None:
    wanted = kept or "T2-T6: 07:30-11:30, 13:30-17:00"
    assert text_of_hours(hours_of_text(text)) == wanted


@pytest.mark.parametrize(
    "text",
    ["giờ hành chính", "7h-17h", "T2-T6 7:30", "T2-", "T2: 25:00-26:00", "CN nghỉ", "x" * 400],
)
def test_hours_that_are_not_understood_are_refused(text: str) -> None:
    with pytest.raises(OrganisationError) as refused:
        hours_of_text(text)
    assert refused.value.code == "locations.hours_unreadable"


STRETCHES = st.lists(
    st.tuples(st.integers(0, DAY - 1), st.integers(1, DAY)).filter(lambda one: one[0] < one[1]),
    max_size=3,
).map(merged)
WEEKS = st.lists(STRETCHES, min_size=7, max_size=7).map(lambda days: Hours(tuple(days)))


@pytest.mark.slow
@given(WEEKS.filter(lambda week: any(week.days)))
def test_hours_read_back_from_their_text_and_their_wire(week: Hours) -> None:
    assert hours_of_text(text_of_hours(week)) == week
    assert hours_of_wire(wire_of_hours(week)) == week


@pytest.mark.slow
@given(WEEKS, st.integers(0, 7 * DAY - 1))
def test_open_or_not_and_until_when_agrees_with_walking_the_minutes(week: Hours, at: int) -> None:
    flags = [any(start <= m < end for start, end in day) for day in week.days for m in range(DAY)]
    moment = datetime(2026, 11, 16 + at // DAY, at % DAY // 60, at % 60, tzinfo=VN)
    found = open_at(week, moment)
    ahead = [step for step in range(1, len(flags)) if flags[(at + step) % len(flags)] != flags[at]]
    assert (found.state is OpenState.OPEN) is flags[at]
    away = None if found.until is None else round((found.until - moment).total_seconds() / 60)
    assert away == next(iter(ahead), None)


@pytest.mark.parametrize(
    ("hour", "minute", "state"),
    [(7, 29, "closed"), (7, 30, "open"), (11, 30, "closed"), (12, 0, "closed"), (16, 59, "open")],
)
def test_a_lunch_break_is_closed(hour: int, minute: int, state: str) -> None:
    week = hours_of_text("T2-T6: 7:30-11:30, 13:30-17:00")
    assert open_at(week, datetime(2026, 11, 23, hour, minute, tzinfo=VN)).state == state


def test_hours_that_are_not_known_are_neither_open_nor_closed() -> None:
    assert open_at(None, datetime(2026, 11, 23, tzinfo=VN)).state is OpenState.UNKNOWN


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("TYT xã Nhơn Hội", "Trạm Y tế Nhơn Hội"),
        ("BVĐK tỉnh Bình Định", "Bệnh viện đa khoa Bình Định"),
        ("Cty TNHH Hoà Bình", "Công ty Hòa Bình"),
        ("Sở Thông tin & Truyền thông", "so thong tin va truyen thong"),
        ("UBND phường Quy Nhơn", "Ủy ban nhân dân P. Quy Nhơn"),
    ],
)
def test_names_that_may_be_one_are_alike(one: str, other: str) -> None:
    assert same_name_key(one) == same_name_key(other)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Trạm y tế", "commune_station"),
        ("nhà mạng", "telecom"),
        ("Laboratory", "laboratory"),
        ("UBND", "committee"),
        ("commune_station", "commune_station"),
    ],
)
def test_kinds_are_recognised(text: str, code: str) -> None:
    assert kind_of(text) == code


@pytest.mark.parametrize(
    ("name", "code"),
    [("TYT xã A", "commune_station"), ("Phòng khám B", "clinic"), ("Trường THPT C", "school")],
)
def test_a_name_tells_its_kind(name: str, code: str) -> None:
    assert kind_of_name(name) == code


def test_every_kind_has_its_names_and_the_table_knows_it() -> None:
    words = [text for kind in KINDS.values() for text in (kind.words.vi, kind.words.en)]
    constraint = next(
        one for one in Organisation._meta.constraints if one.name == "organisation_kind_is_known"
    )
    assert len(set(words)) == len(words)
    assert all(code in str(constraint) for code in KINDS)


def test_an_entry_reads_back_from_its_texts_and_its_wire() -> None:
    texts = {
        "name": "Trạm Y tế A", "kind": "TYT", "telephone": "0256.3822000 / 0912345678",
        "lat": "13,7", "lon": "109,2", "hours": "T2-T6: 7h-17h", "valid_from": "1/3/2025",
        "valid_to": "2025-07-01", "source": "Sở Y tế", "as_of": "1/7/2025", "address": " Số  1 ",
    }  # fmt: skip
    entry, faults = read_entry(texts, UnitId("vn-2021:540"))
    assert faults == ()
    assert read_entry(texts_of(entry), entry.unit_id) == (entry, ())
    assert entry_of(wire_of(entry)) == entry


def test_the_wire_holds_relatives() -> None:
    texts = {"name": "A", "kind": "khác", "source": "x", "as_of": "1/7/2025"}
    entry: Entry = read_entry(texts, UnitId("vn-2021:540"))[0]
    said = {**wire_of(entry), "parent_id": str(UUID(int=1))}
    assert entry_of(said).parent_id == UUID(int=1)


def test_all_faults_of_an_entry_are_said_at_once() -> None:
    texts = {"kind": "?", "telephone": "1", "valid_from": "2/1/2020", "valid_to": "1/1/2020"}
    faults = read_entry(texts, UnitId("vn-2021:540"))[1]
    assert [one.field for one in faults] == [
        "name", "kind", "telephone", "source", "as_of", "valid_to",
    ]  # fmt: skip


@pytest.mark.slow
@given(st.dictionaries(st.sampled_from(["name", "kind", "telephone", "hours", "lat"]), st.text()))
def test_any_texts_are_read_or_refused(texts: dict[str, str]) -> None:
    faults = read_entry(texts, UnitId("vn-2021:540"))[1]
    assert all(one.words.vi and one.words.en for one in faults)
