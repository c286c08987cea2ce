"""Why posters are not printed; each says what to do."""

from vungxanh.documents.vietnamese import count
from vungxanh.refusals import RefusalError, Words


class PosterError(RefusalError):
    """Posters that cannot be asked for, or that a job could not print."""


def no_posters() -> PosterError:
    """Nothing fits what was asked for."""
    code = "checkins.no_posters"
    return PosterError(
        code,
        Words(
            "Không có điểm nào đang hoạt động khớp với lựa chọn. Nới bộ lọc, hoặc xem lại mã điểm.",
            "No living point fits the choice. Widen the filter, or look at the codes again.",
        ),
        field="text",
    )


def too_many_posters(most: int) -> PosterError:
    """More than one job prints."""
    code = "checkins.too_many_posters"
    return PosterError(
        code,
        Words(
            f"Một lần in nhiều nhất {count(most)} tờ. Chia theo xã hoặc theo loại điểm.",
            f"At most {count(most, 'en')} posters at once. Divide them by commune or by kind.",
        ),
        field="text",
    )


def unknown_codes(codes: str) -> PosterError:
    """Codes of points that nobody knows here, or that are mistyped."""
    code = "checkins.poster_codes"
    return PosterError(
        code,
        Words(
            f"Không tìm thấy điểm có mã: {codes}. Sửa hoặc bỏ các mã này.",
            f"There are no points with the codes: {codes}. Correct or leave them out.",
        ),
        field="codes",
    )


def no_code() -> PosterError:
    """A point that is closed or suspended, or an entrance that has no code."""
    code = "checkins.poster_no_code"
    return PosterError(
        code,
        Words(
            "Điểm này đang dừng hoặc đã đóng nên không có mã để in. Mở lại điểm rồi in.",
            "This point is suspended or closed, so it has no code to print. Open it again first.",
        ),
    )


def posters_not_kept() -> PosterError:
    """The disk took no more."""
    code = "checkins.posters_not_kept"
    return PosterError(
        code,
        Words(
            "Máy chủ không ghi được tệp bảng mã, có thể vì đầy đĩa. Báo người quản trị rồi in lại.",
            "The server could not keep the posters, perhaps its disk is full. Tell the "
            "administrator, then ask again.",
        ),
    )


def press_stopped() -> PosterError:
    """A printing process ended before its work."""
    code = "checkins.press_stopped"
    return PosterError(
        code,
        Words(
            "Việc in dừng giữa chừng. Bấm in lại; nếu vẫn dừng, báo người quản trị máy chủ.",
            "Printing stopped halfway. Ask again; if it stops again, tell the administrator.",
        ),
    )
