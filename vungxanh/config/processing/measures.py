"""Measures of protection that are really on, each looked up where it is decided."""

from collections.abc import Iterator

from django.conf import settings
from django.db import connection

from vungxanh.audit.queries import waiting
from vungxanh.config.limits import KINDS
from vungxanh.config.processing import ways
from vungxanh.config.processing.values import Holding, Measure, RoleLine
from vungxanh.core import keys
from vungxanh.core.keys import Use
from vungxanh.refusals import Words

ROLES = ("vungxanh_web", "vungxanh_intake", "vungxanh_worker", "vungxanh_auditor")
SAFE_LINES = frozenset({"require", "verify-ca", "verify-full"})
_MAY_ERASE = """
    SELECT bool_or(has_table_privilege(rolname, 'audit_auditevent', right_))
    FROM pg_roles, unnest(ARRAY['UPDATE', 'DELETE', 'TRUNCATE']) AS right_
    WHERE rolname IN ('vungxanh_web', 'vungxanh_worker')
"""


def measures(holdings: tuple[Holding, ...], roles: tuple[RoleLine, ...]) -> tuple[Measure, ...]:
    """Every measure, on or off, in the order of the papers; three queries."""
    return (
        _sealing(holdings),
        *_keys(),
        *_signing_in(roles),
        _purposes(),
        *_log(),
        *_database(),
        _tls(),
        *_lines(),
        Measure(
            "limits",
            Words("Giới hạn lượt gọi", "Limits of calls"),
            is_on=bool(KINDS),
            found=Words(
                f"{len(KINDS)} nhóm đường dẫn có giới hạn riêng", f"{len(KINDS)} kinds of routes"
            ),
        ),
    )


def _sealing(holdings: tuple[Holding, ...]) -> Measure:
    ours = [one for one in holdings if one.room != "libraries"]
    n_all = sum(one.n_private for one in ours)
    n_closed = n_all - sum(one.n_open for one in ours)
    return Measure(
        "sealing",
        Words("Niêm phong dữ liệu (AES-256-GCM)", "Sealing of data (AES-256-GCM)"),
        is_on=n_closed == n_all,
        found=Words(
            f"{n_closed}/{n_all} trường cá nhân, nhạy cảm được niêm phong hoặc băm một chiều",
            f"{n_closed} of {n_all} personal and sensitive fields are sealed or hashed",
        ),
    )


def _keys() -> Iterator[Measure]:
    held = [use for use in Use if (keys.folder() / f"{use}.json").is_file()]
    n = f"{len(held)}/{len(Use)}"
    yield Measure(
        "keys",
        Words("Tệp khóa riêng cho từng việc", "A key file for each use"),
        is_on=len(held) == len(Use),
        found=Words(f"có {n} tệp khóa", f"{n} key files are there"),
    )
    is_apart = not keys.folder().resolve().is_relative_to(settings.HOME.resolve())
    yield Measure(
        "keys_apart",
        Words("Tệp khóa để ngoài thư mục dữ liệu", "Keys outside the data directory"),
        is_on=is_apart,
        found=Words(
            "để ngoài" if is_apart else "để trong thư mục dữ liệu: không sao lưu chung",
            "outside" if is_apart else "inside it: never back them up together",
        ),
    )


def _signing_in(roles: tuple[RoleLine, ...]) -> Iterator[Measure]:
    hasher = settings.PASSWORD_HASHERS[0].rpartition(".")[2].removesuffix("PasswordHasher")
    yield Measure(
        "passwords",
        Words("Mật khẩu băm một chiều", "Passwords hashed"),
        is_on=hasher in {"Argon2", "Scrypt", "PBKDF2"},
        found=Words(f"thuật toán {hasher}", f"algorithm {hasher}"),
    )
    asked = [one for one in roles if one.needs_factor]
    yield Measure(
        "factors",
        Words("Bắt buộc bước xác thực thứ hai", "A second factor is required"),
        is_on=bool(asked),
        found=Words(
            f"{len(asked)}/{len(roles)} vai trò: {', '.join(one.words.vi for one in asked)}",
            f"{len(asked)} of {len(roles)} roles",
        ),
    )
    minutes, hours = settings.IDLE_MINUTES, settings.SESSION_COOKIE_AGE // 3600
    yield Measure(
        "sessions",
        Words("Phiên đăng nhập tự kết thúc", "Sessions end by themselves"),
        is_on=True,
        found=Words(
            f"sau {minutes} phút không dùng, nhiều nhất {hours} giờ",
            f"after {minutes} minutes without use, {hours} hours at most",
        ),
    )


def _purposes() -> Measure:
    return Measure(
        "purposes",
        Words("Xem người phải nêu mục đích", "A purpose for each look at a person"),
        is_on=True,
        found=Words(
            "danh sách đóng; hai người quản trị mới đổi được; mỗi lần xem đều ghi nhật ký",
            "a closed list that two administrators change; each look is in the log",
        ),
    )


def _log() -> Iterator[Measure]:
    has_keys = all((keys.folder() / f"{use}.json").is_file() for use in (Use.AUDIT, Use.SEAL))
    late = waiting().n_rows
    on = Words("có khóa chuỗi, không dòng nào chờ quá lâu", "keys are there, nothing waits")
    off = Words(
        "thiếu khóa chuỗi, hoặc có dòng chờ quá lâu: kiểm tra worker",
        "keys are missing, or rows wait too long: look after the worker",
    )
    yield Measure(
        "audit",
        Words("Nhật ký chốt thành chuỗi", "The log is sealed into a chain"),
        is_on=has_keys and not late,
        found=on if has_keys and not late else off,
    )
    yield Measure(
        "audit_days",
        Words("Thời hạn giữ nhật ký", "How long the log is kept"),
        is_on=True,
        found=Words(f"{settings.AUDIT_DAYS} ngày", f"{settings.AUDIT_DAYS} days"),
    )


def _database() -> Iterator[Measure]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_roles WHERE rolname = ANY(%s)", [list(ROLES)])
        n_roles = int(cursor.fetchone()[0])
        cursor.execute(_MAY_ERASE)
        may_erase = cursor.fetchone()[0]
    n = f"{n_roles}/{len(ROLES)}"
    yield Measure(
        "roles",
        Words("Vai trò riêng trong cơ sở dữ liệu", "Roles of their own in the database"),
        is_on=n_roles == len(ROLES),
        found=Words(f"{n} vai trò (trang, tiếp nhận, chạy nền, kiểm tra)", f"{n} roles"),
    )
    yield Measure(
        "append_only",
        Words("Nhật ký chỉ ghi thêm", "The log is appended only"),
        is_on=may_erase is False,
        found=_erasing(may_erase=may_erase),
    )


def _erasing(*, may_erase: bool | None) -> Words:
    if may_erase is False:
        return Words(
            "trang và việc chạy nền không sửa, xóa được", "web and worker cannot change it"
        )
    return Words("CẢNH BÁO: quyền sửa, xóa chưa bị thu", "WARNING: it could be changed")


def _tls() -> Measure:
    is_on = bool(settings.HTTPS)
    on = Words("bật; cookie chỉ đi qua HTTPS", "on; cookies go over HTTPS alone")
    off = Words("CHƯA bật (VUNGXANH_HTTPS)", "NOT on (VUNGXANH_HTTPS)")
    name = Words("HTTPS (TLS) tới người dùng", "HTTPS (TLS) to users")
    return Measure("tls", name, is_on=is_on, found=on if is_on else off)


def _lines() -> Iterator[Measure]:
    entry = settings.DATABASES["default"]
    mode = ways.line_of(entry)
    is_here = ways.is_local(str(entry.get("HOST") or ""))
    apart = Words(f"sslmode={mode}" if mode else "chưa đặt sslmode", mode or "no sslmode is set")
    yield Measure(
        "line",
        Words("Đường tới cơ sở dữ liệu", "The line to the database"),
        is_on=is_here or mode in SAFE_LINES,
        found=ways.HERE if is_here else apart,
    )
    found = {"mail_line": "Thư điện tử đi", "sms_line": "Tin nhắn SMS"}
    for code, way in found.items():
        for one in ways.recipients():
            if one.way.vi.startswith(way):
                is_safe = "KHÔNG" not in one.line.vi and one.line is not ways.ON_DISK
                name = Words(f"Đường gửi: {one.way.vi}", f"The line of: {one.way.en}")
                yield Measure(code, name, is_on=is_safe, found=one.line)
