"""Commands for those who keep the servers: add an account, prove that the log is whole."""

import click

from vungxanh.accounts.rules import ROLES
from vungxanh.accounts.rules import Role as StaffRole
from vungxanh.config import programs
from vungxanh.config.database import Role
from vungxanh.config.language import cli_language
from vungxanh.refusals import RefusalError, Words
from vungxanh.uptake.commands import asked_unit


class BrokenLogError(RefusalError):
    """A link of the log's chain does not hold."""

    def __init__(self, position: int, why: Words) -> None:
        words = Words(
            vi=f"Nhật ký không còn nguyên từ mắt xích {position}: {why.vi} "
            "Giữ nguyên máy chủ và báo người phụ trách an toàn thông tin.",
            en=f"The log is no longer whole from link {position}: {why.en} "
            "Leave the server as it is and tell whoever is responsible for security.",
        )
        super().__init__("audit.broken", words)


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
def verify() -> None:
    """Exit 0 when every link of the chain holds."""
    with programs.installation(Role.WEB):
        from vungxanh.audit import queries

        broken = queries.verify()
    if broken is not None:
        raise BrokenLogError(broken.position, broken.why)
    click.echo({"vi": "Nhật ký còn nguyên.", "en": "The log is whole."}[cli_language()])
