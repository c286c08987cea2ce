"""What is refused of what people write about a point: one sentence for each, at its field."""

from typing import Final

from vungxanh.checkins.rules.letters import Fault
from vungxanh.checkins.values.refusals import PointError
from vungxanh.documents.vietnamese import count
from vungxanh.refusals import Words

_NAMES: Final = {
    "name": Words("tên điểm", "name of the point"),
    "address": Words("địa chỉ", "address"),
    "entrances": Words("tên lối vào, phòng", "name of an entrance or room"),
    "contact_name": Words("tên người liên hệ", "name of the contact"),
    "contact_phone": Words("số điện thoại", "telephone number"),
}


def missing(field: str) -> PointError:
    """A name is needed and there is none."""
    return PointError(
        "checkins.text_missing",
        Words(f"Chưa ghi {_NAMES[field].vi}.", f"Write the {_NAMES[field].en}."),
        field=field,
    )


def only_digits(field: str) -> PointError:
    """Digits and signs alone name no place."""
    return PointError(
        "checkins.text_only_digits",
        Words(
            f"{_NAMES[field].vi.capitalize()} chỉ có số. Ghi thêm chữ để người khác nhận ra.",
            f"The {_NAMES[field].en} is digits only. Add words that others know it by.",
        ),
        field=field,
    )


def too_long(field: str, most: int) -> PointError:
    """A line longer than there is room for."""
    return PointError(
        "checkins.text_too_long",
        Words(
            f"{_NAMES[field].vi.capitalize()} dài quá {most} chữ cái. Viết gọn hơn.",
            f"The {_NAMES[field].en} is longer than {most} letters. Write it shorter.",
        ),
        field=field,
    )


def bad_signs(fault: Fault, field: str) -> PointError:
    """Signs that nobody sees, that look like others, or that names do not hold."""
    return {Fault.HIDDEN: _hidden, Fault.DISGUISED: _disguised, Fault.ODD: _odd}[fault](field)


def _hidden(field: str) -> PointError:
    return PointError(
        "checkins.text_hidden_signs",
        Words(
            f"{_NAMES[field].vi.capitalize()} có ký tự ẩn, thường do dán từ nơi khác. "
            "Xóa đi rồi gõ lại bằng bàn phím.",
            f"The {_NAMES[field].en} holds hidden signs, mostly from pasting. "
            "Clear it and type it again.",
        ),
        field=field,
    )


def _disguised(field: str) -> PointError:
    return PointError(
        "checkins.text_other_alphabet",
        Words(
            f"{_NAMES[field].vi.capitalize()} có chữ của bảng chữ cái khác, dễ nhìn nhầm. "
            "Gõ lại bằng chữ Việt hoặc chữ Latinh.",
            f"The {_NAMES[field].en} holds letters of another alphabet that can be mistaken. "
            "Type it again in Vietnamese or Latin letters.",
        ),
        field=field,
    )


def _odd(field: str) -> PointError:
    return PointError(
        "checkins.text_odd_signs",
        Words(
            f"{_NAMES[field].vi.capitalize()} có ký tự lạ hoặc hình vẽ. Chỉ dùng chữ, số và dấu "
            "câu thường.",
            f"The {_NAMES[field].en} holds odd signs or pictures. Use letters, digits and "
            "ordinary signs only.",
        ),
        field=field,
    )


def unknown_kind() -> PointError:
    """A kind that is none of the list."""
    return PointError(
        "checkins.unknown_kind",
        Words("Chọn một loại điểm trong danh sách.", "Choose a kind of the list."),
        field="kind",
    )


def no_such_commune() -> PointError:
    """A unit that is no commune of today's map."""
    return PointError(
        "checkins.no_such_commune",
        Words(
            "Chưa tìm thấy xã, phường này trên bản đồ hiện nay. Chọn trong danh sách.",
            "This is no commune of today's map. Choose one of the list.",
        ),
        field="unit",
    )


def too_many_entrances(most: int) -> PointError:
    """More doors and rooms than a point may have."""
    return PointError(
        "checkins.entrances_too_many",
        Words(
            f"Một điểm có nhiều nhất {most} lối vào, phòng. Đăng ký thêm điểm cho các tòa nhà "
            "khác.",
            f"A point has at most {most} entrances and rooms. Register other buildings as points.",
        ),
        field="entrances",
    )


def entrances_alike() -> PointError:
    """Two doors of one name."""
    return PointError(
        "checkins.entrances_alike",
        Words(
            "Có hai lối vào, phòng cùng tên. Đặt tên khác nhau để không dán nhầm mã.",
            "Two entrances or rooms have one name. Name them apart, so that codes are not mixed.",
        ),
        field="entrances",
    )


def bad_hours() -> PointError:
    """Hours that nobody can read."""
    return PointError(
        "checkins.bad_hours",
        Words(
            "Chưa hiểu giờ mở cửa. Ghi như: T2-T6: 7h30-11h30, 13h30-17h; T7: 7h30-11h30. "
            "Không rõ thì để trống.",
            "The hours were not understood. Write them as: T2-T6: 7h30-11h30, 13h30-17h. "
            "Leave them out if unsure.",
        ),
        field="hours",
    )


def bad_stay(most: int) -> PointError:
    """A usual stay that is no number of minutes within two days."""
    return PointError(
        "checkins.bad_stay",
        Words(
            f"Thời gian ở lại ghi bằng phút, từ 1 đến {count(most)}.",
            f"Write the usual stay in minutes, from 1 to {count(most, 'en')}.",
        ),
        field="stay",
    )


def bad_capacity(most: int) -> PointError:
    """A capacity that is no number of people."""
    return PointError(
        "checkins.bad_capacity",
        Words(
            f"Sức chứa ghi bằng số người, từ 1 đến {count(most)}. Không rõ thì để trống.",
            f"Write the capacity as a number of people, from 1 to {count(most, 'en')}, or leave it "
            "out.",
        ),
        field="capacity",
    )


def bad_contact_phone(why: Words) -> PointError:
    """A contact's number that is none."""
    return PointError("checkins.bad_contact_phone", why, field="contact_phone")
