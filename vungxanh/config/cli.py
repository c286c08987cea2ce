"""The command line. A command's module is imported when the command runs, and not before.

The pure verbs of rooms (`uptake check`) therefore start without Django and without settings.
Exit codes: 0 done, 1 refused with one sentence, 2 wrong usage.
"""

from collections.abc import Mapping
from importlib import import_module

import click

from vungxanh import __version__
from vungxanh.config.language import cli_language
from vungxanh.refusals import RefusalError, Words

COMMANDS: Mapping[str, tuple[str, Words]] = {
    "demo": (
        "vungxanh.config.operations:demo",
        Words(vi="Chạy thử mọi thứ trên máy này", en="Everything on this machine, with examples"),
    ),
    "serve": (
        "vungxanh.config.operations:serve",
        Words(vi="Chạy máy chủ web", en="Run the web server"),
    ),
    "worker": (
        "vungxanh.config.operations:worker",
        Words(vi="Chạy việc nền", en="Run background jobs"),
    ),
    "migrate": (
        "vungxanh.config.operations:migrate",
        Words(vi="Đưa cơ sở dữ liệu lên bản này", en="Bring the database up to this version"),
    ),
    "doctor": (
        "vungxanh.config.operations:doctor",
        Words(vi="Nói bản cài này đang vướng gì", en="Say what is wrong with this installation"),
    ),
    "purge": (
        "vungxanh.config.operations:purge",
        Words(vi="Xóa dữ liệu đã hết hạn lưu", en="Delete what is no longer kept"),
    ),
    "openapi": (
        "vungxanh.config.operations:openapi",
        Words(vi="Ghi docs/openapi.json", en="Write docs/openapi.json"),
    ),
    "accounts": (
        "vungxanh.config.keeping:accounts",
        Words(vi="Tài khoản cán bộ", en="Staff accounts"),
    ),
    "audit": (
        "vungxanh.config.keeping:audit",
        Words(vi="Nhật ký: kiểm có còn nguyên không", en="The log: whether it is whole"),
    ),
    "keys": (
        "vungxanh.config.key_commands:keys",
        Words(vi="Khóa: đổi, hủy khóa cũ", en="Keys: change them, destroy former ones"),
    ),
    "letters": (
        "vungxanh.directives.commands:letters",
        Words(vi="Đọc công văn, tìm chỗ sai trong đó", en="Read official letters and check them"),
    ),
    "uptake": (
        "vungxanh.config.figures:uptake",
        Words(vi="Kiểm tra, xếp hạng bảng số liệu", en="Check and rank tables of figures"),
    ),
    "places": (
        "vungxanh.locations.commands:places",
        Words(vi="Đơn vị hành chính, trước và sau 1/7/2025", en="Units before and since July 2025"),
    ),
    "tracing": (
        "vungxanh.checkins.commands:tracing",
        Words(vi="Truy vết: ai đã gặp ca bệnh, ở đâu", en="Trace who met the cases, and where"),
    ),
    "qr": (
        "vungxanh.checkins.commands.qr:qr",
        Words(vi="Mã QR: đọc và kiểm tra mã đã quét", en="Read and check scanned QR codes"),
    ),
    "visits": (
        "vungxanh.config.visit_commands:visits",
        Words(vi="Ghi lượt đến ra tệp theo ngày", en="Write visits to files by day"),
    ),
    "exposure": (
        "vungxanh.exposure.commands:exposure",
        Words(vi="Phơi nhiễm: điện thoại nào đã ở gần", en="Exposure notification by phones"),
    ),
}


class Rooms(click.Group):
    """Finds commands by name in COMMANDS; listing them imports none."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Every command, in the order of COMMANDS."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import the command's module."""
        if cmd_name not in COMMANDS:
            return None
        module, _, attribute = COMMANDS[cmd_name][0].partition(":")
        found = getattr(import_module(module), attribute)
        return found if isinstance(found, click.Command) else None

    def invoke(self, ctx: click.Context) -> object:
        """Run a command; a refusal is one sentence on standard error, in the chosen language."""
        try:
            return super().invoke(ctx)
        except RefusalError as refusal:
            click.echo(refusal.words.in_language(cli_language()), err=True)
            ctx.exit(1)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The table of commands in the reader's language."""
        language = cli_language()
        rows = [(name, words.in_language(language)) for name, (_, words) in COMMANDS.items()]
        with formatter.section("Commands"):
            formatter.write_dl(rows)


@click.group(cls=Rooms, help="Vùng Xanh")
@click.version_option(__version__)
def root() -> None:
    """The commands of one installation."""


def main() -> None:
    """Run a command."""
    root(prog_name="vungxanh")


if __name__ == "__main__":
    main()
