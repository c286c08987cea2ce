"""`qr read`: what a scanned code says and whether it is genuine. No link in it is ever opened."""

import json
from pathlib import Path
from typing import Any, Final

import click

from vungxanh.core import language, progress
from vungxanh.core.options import as_json
from vungxanh.refusals import Words

_VERIFIED: Final = {
    True: Words("Chữ ký đúng.", "The signature holds."),
    False: Words(
        "CHỮ KÝ SAI: mã giả hoặc bị sửa, đừng dùng.",
        "THE SIGNATURE DOES NOT HOLD: forged or changed, do not use it.",
    ),
    None: Words(
        "Không kiểm được: loại mã này không có chữ ký, hoặc thiếu --public-key.",
        "Not checked: this kind of code is not signed, or --public-key lacks.",
    ),
}
_REVOKED: Final = {
    True: Words(
        "MÃ ĐÃ THU HỒI: đừng dùng.",
        "THE CODE WAS REVOKED: do not use it.",
    ),
    False: Words(
        "Mã không nằm trong danh sách thu hồi.",
        "The code is not on the list of revoked ones.",
    ),
    None: Words(
        "Chưa rõ mã có bị thu hồi không: danh sách cũ hơn mã, hoặc chữ ký chưa kiểm được.",
        "Not known whether it was revoked: the list is older, or a signature was not checked.",
    ),
}


@click.group(help="Mã QR: đọc và kiểm tra mã đã quét / QR codes: read and check what was scanned")
def qr() -> None:
    """The pure verbs of QR codes."""


@qr.command("read", help="Mã này nói gì, có thật không / what a code says, and is it genuine")
@click.argument("payload")
@click.option(
    "--public-key",
    multiple=True,
    help="Khóa công khai: base64 hoặc PEM hoặc tệp, có thể ghi ID, ở trước / public keys",
)
@click.option(
    "--revoked",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Tệp danh sách mã đã thu hồi, tải từ /api/v1/points/revoked / the signed list",
)
@as_json
@language.option
def read(**said: Any) -> None:
    """Print the code's fields; `-` reads the code from standard input."""
    found = progress.answered("vungxanh.checkins.commands.scanning", said)
    if said["is_json"]:
        click.echo(json.dumps(found, ensure_ascii=False, indent=2))
        return
    click.echo(found["format"])
    for name, value in found["fields"].items():
        click.echo(f"  {name}: {'' if value is None else _on_one_line(str(value))}")
    click.echo(_VERIFIED[found["verified"]].in_language(said["lang"]))
    if "revoked" in found:
        click.echo(_REVOKED[found["revoked"]].in_language(said["lang"]))


def _on_one_line(text: str) -> str:
    """Text in which what a terminal would obey is written out."""
    return "".join(one if one.isprintable() else repr(one)[1:-1] for one in text)
