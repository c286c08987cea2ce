"""Why sightings, parameters and measurements are turned away."""

from vungxanh.engines.risk.types import RiskError
from vungxanh.refusals import Words


def bad_sightings(field: str, row: int) -> RiskError:
    """The first sighting that cannot be; rows from 1."""
    code = "risk.bad_sightings"
    return RiskError(
        code,
        Words(
            f"Lần nghe thứ {row} có {field} không hợp lệ (giây kể từ năm 1970, lần quét trước"
            " không sau lần nghe, suy hao từ 0 đến 255 dB): sửa lại.",
            f"Sighting {row} has a {field} that cannot be (seconds since 1970, the scan before not"
            " after it, attenuation 0 to 255 dB): mend that row.",
        ),
        field=field,
        where=str(row),
    )


def unequal_columns() -> RiskError:
    """Columns of sightings that do not belong together."""
    code = "risk.unequal_columns"
    return RiskError(
        code,
        Words(
            "Các cột của lần nghe phải là số nguyên 64 bit và dài bằng nhau: đọc lại nhật ký.",
            "The columns of sightings must be 64-bit integers of one length: read the log again.",
        ),
    )


def no_sightings() -> RiskError:
    """Nothing was heard, so there is nothing to explain."""
    code = "risk.no_sightings"
    return RiskError(
        code,
        Words(
            "Khóa này chưa từng được nghe: không có phơi nhiễm để giải thích.",
            "This key was never heard: there is no exposure to explain.",
        ),
    )


def bad_thresholds(field: str, n: int | None) -> RiskError:
    """Thresholds that are not strictly increasing within 0 to 255 dB; `n` how many, if fixed."""
    code = "risk.bad_thresholds"
    many_vi = "một hay nhiều" if n is None else str(n)
    many_en = "one or more" if n is None else str(n)
    return RiskError(
        code,
        Words(
            f"{field} phải gồm {many_vi} số nguyên tăng dần, không trùng nhau, từ 0 đến 255 dB: sửa"
            " lại.",
            f"{field} must be {many_en} whole numbers, strictly increasing, from 0 to 255 dB: mend"
            " them.",
        ),
        field=field,
    )


def bad_weights(field: str, n: int) -> RiskError:
    """Weights outside 0 to 2.5, or too few, or too many."""
    code = "risk.bad_weights"
    return RiskError(
        code,
        Words(
            f"{field} phải gồm {n} số từ 0 đến 2,5: sửa lại.",
            f"{field} must be {n} numbers from 0 to 2.5: mend them.",
        ),
        field=field,
    )


def bad_table(field: str) -> RiskError:
    """A table of scores that is not eight whole numbers from 0 to 8."""
    code = "risk.bad_table"
    return RiskError(
        code,
        Words(
            f"Bảng {field} phải gồm 8 số nguyên từ 0 đến 8: sửa lại.",
            f"The table {field} must be 8 whole numbers from 0 to 8: mend it.",
        ),
        field=field,
    )


def bad_infectiousness() -> RiskError:
    """A map from days since onset that does not cover -14 to 14."""
    code = "risk.bad_infectiousness"
    return RiskError(
        code,
        Words(
            "Bảng mức lây phải gồm 29 mục, từ 14 ngày trước đến 14 ngày sau khởi phát: bổ sung cho"
            " đủ.",
            "The map of infectiousness must have 29 entries, from 14 days before the onset to 14"
            " after: complete it.",
        ),
        field="infectiousness",
    )


def bad_default() -> RiskError:
    """A report type that cannot stand in for a missing one."""
    code = "risk.bad_default"
    return RiskError(
        code,
        Words(
            "Loại báo cáo dùng khi tệp không ghi phải là xét nghiệm, chẩn đoán hoặc tự khai: chọn"
            " lại.",
            "The report type for keys without one must be test, clinical or self report: choose"
            " again.",
        ),
        field="report_type_when_missing",
    )


def bad_number(field: str, vi: str, en: str) -> RiskError:
    """A single parameter out of its bounds, which `vi` and `en` name."""
    code = "risk.bad_parameter"
    return RiskError(
        code,
        Words(f"{field} phải {vi}: sửa lại.", f"{field} must be {en}: mend it."),
        field=field,
    )


def bad_change(before: int, after: int) -> RiskError:
    """A change of a key's report type that the framework does not allow."""
    code = "risk.report_type_change"
    return RiskError(
        code,
        Words(
            f"Khóa không được đổi từ loại báo cáo {before} sang {after}: chỉ được đổi một lần, từ"
            " chẩn đoán (2) sang xét nghiệm (1) hoặc thu hồi (5). Giữ loại cũ.",
            f"A key may not change from report type {before} to {after}: only once, from clinical"
            " diagnosis (2) to test (1) or revoked (5). Keep the old one.",
        ),
        field="report_type",
    )


def without_error() -> RiskError:
    """A class that does not say how wrong it is."""
    code = "risk.class_without_error"
    return RiskError(
        code,
        Words(
            "Không đưa ra mức nguy cơ khi không kèm sai số: lấy mức từ phép đánh giá của máy.",
            "No class of risk without its error: take the class from the assessment.",
        ),
        field="error",
    )


def too_few_stands() -> RiskError:
    """Measurements of which no interval can be formed."""
    code = "risk.too_few_stands"
    return RiskError(
        code,
        Words(
            "Cần ít nhất hai chỗ đo gần và hai chỗ đo xa mới tính được khoảng tin cậy: đo thêm.",
            "An interval needs at least two near and two far places of measurement: measure more.",
        ),
    )
