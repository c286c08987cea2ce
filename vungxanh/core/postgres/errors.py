"""What can keep the embedded PostgreSQL from running, as sentences."""

from collections.abc import Sequence
from pathlib import Path

from vungxanh.refusals import RefusalError, Words


class PostgresError(RefusalError):
    """The embedded PostgreSQL cannot be found, made, started or stopped."""


def no_binaries() -> PostgresError:
    """No PostgreSQL on this machine at all."""
    return PostgresError(
        "core.postgres_missing",
        Words(
            vi="Không tìm thấy PostgreSQL. Hãy chạy “make setup”, cài gói postgresql của hệ điều "
            "hành, hoặc đặt DATABASE_URL.",
            en="No PostgreSQL was found. Run “make setup”, install the system's postgresql "
            "package, or set DATABASE_URL.",
        ),
    )


def foreign_files(path: Path, owner: int) -> PostgresError:
    """The files belong to another user of the system."""
    return PostgresError(
        "core.postgres_foreign_files",
        Words(
            vi=f"“{path}” thuộc về người dùng hệ thống số {owner}. Hãy chạy bằng người dùng đó, "
            "hoặc đặt VUNGXANH_HOME vào thư mục khác.",
            en=f"“{path}” belongs to system user number {owner}. Run as that user, or point "
            "VUNGXANH_HOME to another directory.",
        ),
        where=str(path),
    )


def other_version(path: Path, found: int, wanted: int) -> PostgresError:
    """The data were written by another major version."""
    return PostgresError(
        "core.postgres_other_version",
        Words(
            vi=f"Dữ liệu ở “{path}” thuộc PostgreSQL {found}, phần mềm đang có là {wanted}. Hãy "
            f"xuất bằng pg_dump của bản {found} rồi nạp lại vào VUNGXANH_HOME mới.",
            en=f"The data in “{path}” are of PostgreSQL {found}, the binaries are {wanted}. Dump "
            f"them with pg_dump of {found} and load them into a new VUNGXANH_HOME.",
        ),
        where=str(path),
    )


def failed(*, step: str, said: str) -> PostgresError:
    """A program of PostgreSQL ended with an error; `said` is its last words."""
    return PostgresError(
        "core.postgres_failed",
        Words(
            vi=f"PostgreSQL chưa chạy được ở bước {step}. Máy chủ nói: {said or '(không nói gì)'}",
            en=f"PostgreSQL did not get through step {step}. It said: {said or '(nothing)'}",
        ),
        where=step,
    )


def may_not_create_roles(user: str, missing: Sequence[str]) -> PostgresError:
    """The user of DATABASE_URL lacks the right to create roles, and roles are missing."""
    commands = " ".join(f"CREATE ROLE {role}; GRANT {role} TO {user};" for role in missing)
    return PostgresError(
        "core.roles_missing",
        Words(
            vi=f"Người dùng “{user}” của cơ sở dữ liệu chưa được quyền tạo vai trò. Hãy nhờ người "
            f"quản trị máy chủ chạy: {commands}",
            en=f"Database user “{user}” may not create roles. Ask the server's administrator to "
            f"run: {commands}",
        ),
    )
