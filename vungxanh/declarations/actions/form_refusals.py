"""Refusals of versions of forms."""

from vungxanh.refusals import RefusalError, Words


class FormVersionError(RefusalError):
    """A version of a form that cannot be added."""


class FormStateError(FormVersionError):
    """Somebody did something with the version meanwhile."""

    status = 409


def version_taken(name: str, free: int) -> FormVersionError:
    """The number is not later than those that are there."""
    words = Words(
        f"Mẫu “{name}” đã có bản này hoặc bản mới hơn. Sửa “version” trong tệp thành {free} rồi "
        "nộp lại.",
        f"“{name}”, or a later version, is there already. Write “version”: {free} in the file and "
        "send it again.",
    )
    return FormVersionError("declarations.form_version", words, field="file")


def name_too_long(key: str) -> FormVersionError:
    """The name of a form has more letters than the table keeps."""
    words = Words(
        f"Mục “{key}” dài quá: “id” có nhiều nhất 24 ký tự, “kind” 16. Đặt tên ngắn hơn.",
        f"“{key}” is too long: “id” has at most 24 characters, “kind” 16. Give a shorter one.",
    )
    return FormVersionError("declarations.form_name", words, field="file")


def unreadable() -> FormVersionError:
    """The file is no JSON."""
    words = Words(
        "Tệp này không phải JSON, hoặc lớn hơn 1 MB. Tải một mẫu đang dùng về để xem cách ghi.",
        "This file is no JSON, or larger than 1 MB. Download a form in use to see how it is "
        "written.",
    )
    return FormVersionError("declarations.form_file", words, field="file")


def state_changed() -> FormStateError:
    """The version is not what the page said."""
    words = Words(
        "Bản này vừa được đổi ở máy khác. Chưa làm gì thêm. Tải lại trang để xem.",
        "This version was changed meanwhile on another machine. Nothing more was done. Reload.",
    )
    return FormStateError("declarations.form_changed", words)
