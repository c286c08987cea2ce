"""Commands for those who keep the servers: add an account, prove that the log is whole."""

import json
import sys
from datetime import datetime
from pathlib import Path

import click

from vungxanh.accounts.rules import ROLES
from vungxanh.accounts.rules import Role as StaffRole
from vungxanh.audit.rules import Verdict
from vungxanh.config import programs
from vungxanh.config.database import Role
from vungxanh.config.language import cli_language
from vungxanh.refusals import RefusalError, Words
from vungxanh.uptake.commands import asked_unit


class BrokenLogError(RefusalError):
    """The log is not as it was written."""

    def __init__(self, where: Words, why: Words) -> None:
        words = Words(
            vi=f"Nhật ký không còn nguyên ({where.vi}): {why.vi} "
            "Giữ nguyên máy chủ và báo người phụ trách an toàn thông tin.",
            en=f"The log is no longer whole ({where.en}): {why.en} "
            "Leave the server as it is and tell whoever is responsible for security.",
        )
        super().__init__("audit.broken", words)


class NoSignedDayError(RefusalError):
    """The day has no seal: nothing was sealed on it, or it is not over."""

    def __init__(self) -> None:
        words = Words(
            vi="Ngày này chưa có dấu: ngày chưa hết, hoặc không có sự kiện nào. Chọn ngày khác.",
            en="This day has no seal: it is not over, or nothing happened. Choose another day.",
        )
        super().__init__("audit.no_signed_day", words)


@click.group(help="Tài khoản cán bộ / staff accounts")
def accounts() -> None:
    """Verbs on accounts."""


@accounts.command("add", help="Thêm một tài khoản / add an account")
@click.option("--email", required=True)
@click.option("--name", required=True)
@click.option("--role", required=True, type=click.Choice(list(ROLES)))
@click.option("--unit", required=True, help="Mã hoặc tên / id or name: vn-2025:52")
def add(*, email: str, name: str, role: str, unit: str) -> None:
    """Ask for the password on the terminal, never on the command line."""
    password = click.prompt("Mật khẩu / password", hide_input=True, confirmation_prompt=True)
    with programs.installation(Role.WEB):
        from vungxanh.accounts.actions import add_staff
        from vungxanh.accounts.values import NewAccount
        from vungxanh.core import clock
        from vungxanh.core.viewer import SYSTEM
        from vungxanh.locations import queries as locations

        place = locations.unit(asked_unit(unit, clock.today())).id
        account = NewAccount(email=email, name=name, role=StaffRole(role), unit=place)
        add_staff(account=account, password=password, by=SYSTEM, at=clock.now())
    click.echo({"vi": f"Đã thêm {email}.", "en": f"Added {email}."}[cli_language()])


@click.group(help="Nhật ký / the audit log")
def audit() -> None:
    """Verbs on the log."""


@audit.command("verify", help="Nhật ký có còn nguyên không / is the log whole?")
@click.option("--since", type=click.DateTime(["%Y-%m-%d"]), help="Từ ngày / begin with this day.")
@click.option(
    "--seal",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Dấu đã giữ / a seal that was kept elsewhere.",
)
@click.option("--json", "as_json", is_flag=True, help="One JSON document.")
def verify(*, since: datetime | None, seal: Path | None, as_json: bool) -> None:
    """Exit 0 when every row, seal and day holds."""
    with programs.installation(Role.WEB):
        from vungxanh.audit import queries
        from vungxanh.audit.queries import read_seal

        kept = read_seal(seal.read_text("utf-8", errors="replace")) if seal else None
        day = since.date() if since else None
        verdict = queries.verify(since=day, kept=kept, progress=_tell)
    if as_json:
        click.echo(json.dumps(_verdict_form(verdict), ensure_ascii=False))
    elif verdict.why is None:
        click.echo(_whole(verdict).in_language(cli_language()))
    if verdict.why is not None:
        raise BrokenLogError(_place(verdict), verdict.why)


@audit.command("seal", help="In dấu của một ngày / print a day's seal")
@click.argument("day", required=False, type=click.DateTime(["%Y-%m-%d"]))
def seal(*, day: datetime | None) -> None:
    """To be kept on paper or sent away; without a day, the newest there is."""
    with programs.installation(Role.WEB):
        from vungxanh.audit import queries
        from vungxanh.core.viewer import SYSTEM

        kept = queries.kept_seal(day.date() if day else None, viewer=SYSTEM)
    if kept is None:
        raise NoSignedDayError
    click.echo(kept.text, nl=False)


@audit.command("key", help="In khóa công khai, đổi khóa / print the public key, change keys")
@click.option("--change", type=click.Choice(["rows", "seals"]), help="Dùng khóa mới / a new key.")
def key(*, change: str | None) -> None:
    """The key under which days are signed: note it down where the server's keepers cannot write."""
    with programs.installation(Role.WEB):
        from vungxanh.audit import actions, queries
        from vungxanh.core import clock
        from vungxanh.core.viewer import SYSTEM

        if change:
            act = {"rows": actions.change_row_key, "seals": actions.change_seal_key}[change]
            new_id = act(by=SYSTEM, at=clock.now())
            click.echo(_changed(change, new_id).in_language(cli_language()), err=True)
        shown = queries.own_public_key().hex()
    click.echo(shown)


def _changed(which: str, new_id: str) -> Words:
    file = {"rows": "audit.json", "seals": "seal.json"}[which]
    return Words(
        vi=f"Đã dùng khóa mới {new_id}. Sao lưu ngay tệp {file}, rồi khởi động lại các tiến trình.",
        en=f"The new key {new_id} is in use. Back up {file} now, then restart the processes.",
    )


def _tell(n_rows: int) -> None:
    if sys.stderr.isatty():
        click.echo(f"\r{n_rows:,}", nl=False, err=True)


def _whole(verdict: Verdict) -> Words:
    rows, days = verdict.n_rows, verdict.n_days
    return Words(
        vi=f"Nhật ký còn nguyên: {rows} dòng, {days} ngày đã ký.",
        en=f"The log is whole: {rows} rows, {days} signed days.",
    )


def _place(verdict: Verdict) -> Words:
    named = (
        ("ngày", "day", verdict.day),
        ("dấu", "seal", verdict.seal),
        ("dòng", "row", verdict.row),
    )
    known = [(vi, en, value) for vi, en, value in named if value is not None]
    return Words(
        vi=", ".join(f"{vi} {value}" for vi, _, value in known) or "ngoài mọi dấu",
        en=", ".join(f"{en} {value}" for _, en, value in known) or "outside of every seal",
    )


def _verdict_form(verdict: Verdict) -> dict[str, object]:
    return {
        "whole": verdict.is_whole,
        "fault": verdict.fault,
        "message": verdict.why.as_dict() if verdict.why else None,
        "day": verdict.day.isoformat() if verdict.day else None,
        "seal": verdict.seal,
        "row": verdict.row,
        "rows": verdict.n_rows,
        "seals": verdict.n_seals,
        "days": verdict.n_days,
    }
