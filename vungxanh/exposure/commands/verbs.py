"""The options of `exposure ids`, `match`, `verify`, `export`.

Answers go to standard output, with `--json` as one document; what there is to say beside them goes
to standard error. What works is imported only when a verb runs.
"""

import json
from typing import Any, Final

import click

from vungxanh.core import language, progress
from vungxanh.core.options import FILE, ManyFiles, Moment, as_json
from vungxanh.refusals import Words

SCHEMES: Final = ("gaen", "bluezone")
RULES: Final = ("cwa-1", "cwa-1.15", "swisscovid-2020")
_OF_GAEN: Final = ("start", "period")
_OF_BLUEZONE: Final = ("day", "per_day")
_NEEDED: Final = {"gaen": "start", "bluezone": "day"}
_FOREIGN: Final = {"gaen": _OF_BLUEZONE, "bluezone": _OF_GAEN}
_UNSIGNED: Final = Words(
    "--public-key chỉ dùng với --scheme gaen: danh sách khóa của Bluezone không có chữ ký.",
    "--public-key is for --scheme gaen alone: lists of Bluezone's keys are not signed.",
)
_UNMEASURED: Final = Words(
    "--rule chỉ dùng với --scheme gaen: Bluezone không cho biết suy hao.",
    "--rule is for --scheme gaen alone: Bluezone does not tell an attenuation.",
)
_NAMES: Final = Words(
    "--key-id và --key-version: nêu một lần, hoặc một lần cho mỗi --signing-key; hai khóa ký không"
    " được trùng cả hai.",
    "--key-id and --key-version: give each once, or once for each --signing-key; no two signing"
    " keys may have both the same.",
)

_scheme = click.option("--scheme", type=click.Choice(SCHEMES), required=True)


class ManyKeys(ManyFiles):
    """A command whose `--keys` takes several files."""

    many = "--keys"


@click.group(help="Phơi nhiễm: điện thoại nào đã ở gần ca bệnh / exposure notification")
def exposure() -> None:
    """The pure verbs of exposure notification."""


@exposure.command("ids", help="Mã mà một khóa phát ra / the identifiers that a key sends")
@_scheme
@click.option("--key", required=True, help="Khóa, thập lục phân / the key in hexadecimal")
@click.option("--start", type=int, help="gaen: khoảng 10 phút đầu (ENIN) / first interval")
@click.option("--period", type=int, help="gaen: số khoảng, mặc định 144 / how many intervals")
@click.option("--day", type=click.DateTime(["%Y-%m-%d"]), help="bluezone: ngày UTC / the UTC day")
@click.option("--per-day", type=int, help="bluezone: số mã một ngày, mặc định 96 / ids a day")
@as_json
@language.option
def ids(**said: Any) -> None:
    """Print the identifiers in the order of time."""
    needed = _NEEDED[said["scheme"]]
    foreign = [name for name in _FOREIGN[said["scheme"]] if said[name] is not None]
    if said[needed] is None or foreign:
        raise click.UsageError(_misfit(said["scheme"], needed, foreign).in_language(said["lang"]))
    _answer("identifiers", said)


@exposure.command("match", cls=ManyKeys, help="Nhật ký nghe có khóa ca bệnh nào / find exposures")
@_scheme
@click.option(
    "--keys",
    type=FILE,
    multiple=True,
    required=True,
    help="Tệp khóa: gaen .zip, bluezone .json; một hay nhiều / files of keys, one or more",
)
@click.option("--sightings", type=FILE, required=True, help="Nhật ký nghe .csv / the phone's log")
@click.option(
    "--public-key",
    multiple=True,
    help="Khóa công khai mà chữ ký phải đúng: base64 hoặc tệp PEM / signatures must hold by it",
)
@click.option(
    "--rule",
    type=click.Choice(RULES),
    help="gaen: nguy cơ theo luật của nước nào, kèm sai số / the risk by a country's rule",
)
@as_json
@language.option
def match(**said: Any) -> None:
    """Print the exposures, the first one on top."""
    if said["scheme"] != "gaen":
        _refuse_what_bluezone_lacks(said)
    _answer("matching", said)


@exposure.command("verify", help="Chữ ký của tệp khóa có đúng không / check all signatures")
@click.argument("file", type=FILE)
@click.option(
    "--public-key",
    multiple=True,
    required=True,
    help="Khóa công khai: base64 hoặc tệp PEM; một hay nhiều / one or more public keys",
)
@as_json
@language.option
def verify(**said: Any) -> None:
    """Say who signed; exit with 1 unless every signature holds by a given key."""
    _answer("verifying", said)


@exposure.command("export", help="Làm tệp khóa có chữ ký để công bố / make a signed export file")
@click.option("--keys", type=FILE, required=True, help="Khóa ca bệnh .csv / keys of cases")
@click.option(
    "--signing-key",
    type=FILE,
    multiple=True,
    required=True,
    help="Khóa ký PEM, P-256; một hay nhiều / one or more private keys",
)
@click.option("--region", required=True, help="Vùng, ví dụ VN / the region")
@click.option("--out", type=FILE, required=True, help="Tệp .zip kết quả / the file to be written")
@click.option("--key-id", multiple=True, help="Tên khóa ký; mặc định 452 / what the key is called")
@click.option("--key-version", multiple=True, help="Bản khóa ký; mặc định v1 / its version")
@click.option("--start", type=Moment(), help="Nhận khóa từ lúc / keys since; --end - 24 h")
@click.option("--end", type=Moment(), help="Nhận khóa đến lúc / keys until; --now")
@click.option("--now", type=Moment(), help="Coi bây giờ là / take this for now")
@as_json
@language.option
def export(**said: Any) -> None:
    """Write the file, whole or not at all."""
    n = len(said["signing_key"])
    ids_said = _for_each(said["key_id"] or ("452",), n)
    versions = _for_each(said["key_version"] or tuple(f"v{k + 1}" for k in range(n)), n)
    names = list(zip(ids_said, versions, strict=False))
    if len(set(names)) < n:
        raise click.UsageError(_NAMES.in_language(said["lang"]))
    _answer("exporting", said | {"names": names})


def _for_each(given: tuple[str, ...], n: int) -> tuple[str, ...]:
    """One for each signing key: the only one for all; another number is none."""
    return given * n if len(given) == 1 else given * (len(given) == n)


def _refuse_what_bluezone_lacks(said: dict[str, Any]) -> None:
    for name, words in (("public_key", _UNSIGNED), ("rule", _UNMEASURED)):
        if said[name]:
            raise click.UsageError(words.in_language(said["lang"]))


def _misfit(scheme: str, needed: str, foreign: list[str]) -> Words:
    """What is missing, or is for the other scheme."""
    if foreign:
        names = ", ".join(f"--{name.replace('_', '-')}" for name in foreign)
        return Words(
            f"{names} không dùng với --scheme {scheme}.", f"{names} is not for --scheme {scheme}."
        )
    return Words(f"--scheme {scheme} cần --{needed}.", f"--scheme {scheme} needs --{needed}.")


def _answer(verb: str, said: dict[str, Any]) -> None:
    told = progress.answered(f"vungxanh.exposure.commands.{verb}", said)
    if said["is_json"]:
        click.echo(json.dumps(told.document, ensure_ascii=False, indent=2))
    else:
        for line in told.lines:
            click.echo(line)
