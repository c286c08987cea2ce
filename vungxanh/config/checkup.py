"""What `vungxanh doctor` looks at; each finding is a sentence that says what to do."""

import os
import shutil
import sys
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import urlsplit

from vungxanh.config import paths
from vungxanh.config.address import VARIABLE, is_this_machine, public_address
from vungxanh.config.database import Role
from vungxanh.config.programs import installation
from vungxanh.refusals import RefusalError, Words

LEAST_FREE_GB = 2
GIGABYTE = 1024**3


@dataclass(frozen=True, slots=True)
class Result:
    """One look: what it was about, and the sentence for what was found.

    `is_warning` says of what is not well that everything works nevertheless.
    """

    name: str
    is_well: bool
    words: Words
    is_warning: bool = False

    def line(self, language: str) -> str:
        """The finding as a line of text."""
        sign = "✓" if self.is_well else "!" if self.is_warning else "✗"
        return f"{sign} {self.words.in_language(language)}"

    def as_dict(self) -> dict[str, object]:
        """The wire form."""
        return {
            "name": self.name,
            "well": self.is_well,
            "warning": self.is_warning,
            "message": self.words.as_dict(),
        }


def result(name: str, *, is_well: bool, well: Words, wrong: Words) -> Result:
    """The sentence that fits."""
    return Result(name, is_well, well if is_well else wrong)


def examine() -> list[Result]:
    """Every look, from the ground up; the database is not tried without a place to write."""
    home = _home()
    found = [_python(), home, _disk(), _fonts(), _front_end(), _keys(), _address()]
    if not home.is_well:
        return found
    try:
        with installation(Role.OWNER):
            from vungxanh.config.checkup_database import look_at_database

            return found + look_at_database()
    except RefusalError as refusal:
        return [*found, Result("database", is_well=False, words=refusal.words)]


def _python() -> Result:
    version = sys.version.split()[0]
    return result(
        "python",
        is_well=sys.version_info >= (3, 11),
        well=Words(vi=f"Python {version}.", en=f"Python {version}."),
        wrong=Words(
            vi=f"Python {version} đã cũ; cần 3.11 trở lên.",
            en=f"Python {version} is too old; 3.11 or newer is needed.",
        ),
    )


def _nearest(path: Path) -> Path:
    return next(folder for folder in (path, *path.parents) if folder.exists())


def _home() -> Result:
    home = paths.home()
    return result(
        "home",
        is_well=os.access(_nearest(home), os.W_OK | os.X_OK),
        well=Words(vi=f"Ghi được vào thư mục dữ liệu {home}.", en=f"{home} can be written."),
        wrong=Words(
            vi=f"Chưa ghi được vào {home}. Cấp quyền cho người dùng này, hoặc đặt VUNGXANH_HOME.",
            en=f"{home} cannot be written. Give this user the right, or set VUNGXANH_HOME.",
        ),
    )


def _disk() -> Result:
    free = shutil.disk_usage(_nearest(paths.home())).free / GIGABYTE
    return result(
        "disk",
        is_well=free >= LEAST_FREE_GB,
        well=Words(vi=f"Đĩa còn trống {free:.0f} GB.", en=f"{free:.0f} GB of disk are free."),
        wrong=Words(
            vi=f"Đĩa chỉ còn {free:.1f} GB. Dọn đĩa, hoặc chuyển VUNGXANH_HOME sang đĩa khác.",
            en=f"Only {free:.1f} GB of disk are free. Make room, or move VUNGXANH_HOME.",
        ),
    )


def _package_folder(name: str) -> Path:
    """A folder of the package, found without importing the product."""
    found = find_spec("vungxanh")
    origin = found.origin if found and found.origin else __file__
    return Path(origin).parent / name


def _fonts() -> Result:
    n_fonts = len(list(_package_folder("documents/fonts").glob("*.[to]tf")))
    return result(
        "fonts",
        is_well=n_fonts > 0,
        well=Words(vi="Có đủ phông chữ cho văn bản.", en="The fonts of documents are there."),
        wrong=Words(
            vi="Thiếu phông chữ cho văn bản PDF. Chạy “make setup”.",
            en="The fonts of PDF documents are missing. Run “make setup”.",
        ),
    )


def _front_end() -> Result:
    built = _package_folder("core/static/vx") / "manifest.json"
    return result(
        "front-end",
        is_well=built.exists(),
        well=Words(vi="Giao diện đã dựng.", en="The front end is built."),
        wrong=Words(
            vi="Giao diện chưa dựng. Chạy “make setup”.",
            en="The front end is not built. Run “make setup”.",
        ),
    )


def _keys() -> Result:
    missing = [
        name
        for name in ("data", "index", "audit", "seal")
        if not (paths.keys() / f"{name}.json").exists()
    ]
    return result(
        "keys",
        is_well=not missing,
        well=Words(vi=f"Có tệp khóa trong {paths.keys()}.", en=f"Keys are in {paths.keys()}."),
        wrong=Words(
            vi=f"Chưa có tệp khóa {', '.join(missing)} trong {paths.keys()}. Bản cài mới: chạy "
            "“vungxanh migrate”. Bản cài cũ: đặt lại tệp khóa đã cất giữ.",
            en=f"Key files {', '.join(missing)} are not in {paths.keys()}. New installation: run "
            "“vungxanh migrate”. Old one: put back the files kept in safe custody.",
        ),
    )


def _address() -> Result:
    """Whether posters lead phones to this installation, or back to the phones themselves."""
    try:
        address = public_address()
    except RefusalError as refusal:
        return Result("address", is_well=False, words=refusal.words)
    is_well = bool(address) and not is_this_machine(urlsplit(address).hostname or "")
    well = Words(vi=f"Bảng mã in địa chỉ {address}.", en=f"Posters are printed with {address}.")
    return Result("address", is_well, well if is_well else _wrong_address(address), not is_well)


def _wrong_address(address: str) -> Words:
    if address:
        return Words(
            vi=f"{VARIABLE} là {address}: điện thoại quét bảng mã sẽ không mở được. Đặt địa chỉ "
            "https:// mà điện thoại vào được rồi in lại.",
            en=f"{VARIABLE} is {address}: phones that scan posters cannot open it. Set the "
            "https:// address that phones reach, and print again.",
        )
    return Words(
        vi=f"Chưa đặt {VARIABLE}: bảng mã in địa chỉ mà người in đang mở, có thể là localhost, và "
        "điện thoại không mở được. Đặt địa chỉ https:// mà điện thoại vào được.",
        en=f"{VARIABLE} is not set: posters are printed with the address that whoever prints has "
        "open, perhaps localhost, which phones cannot reach. Set the https:// address of phones.",
    )
