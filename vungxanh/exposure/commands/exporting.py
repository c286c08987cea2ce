"""`exposure export`: keys of cases as a signed file that phones fetch."""

import time
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, Final

from vungxanh.core import answer_files
from vungxanh.core.progress import Watch, run
from vungxanh.documents.vietnamese import count
from vungxanh.exposure import rules
from vungxanh.exposure.commands import refusals
from vungxanh.exposure.commands.answers import Told
from vungxanh.exposure.gateways.file_refusals import in_file
from vungxanh.exposure.gateways.key_files import Row, rows_to_publish, signer
from vungxanh.protocol import exports
from vungxanh.protocol.exports import Head, Key, Signer
from vungxanh.refusals import Words

_READING: Final = Words("Đọc khóa", "Reading keys")
_WRITING: Final = Words("Ghi khóa", "Writing keys")
_DAY_S: Final = 86_400
_READABLE: Final = 0o644  # what is published may be read by whoever serves it


def answer(said: dict[str, Any]) -> Told:
    """Write the file; what there is to say about it."""
    now = int(time.time()) if said["now"] is None else said["now"]
    end = now if said["end"] is None else said["end"]
    start = max(end - _DAY_S, 0) if said["start"] is None else said["start"]
    head = Head(start, end, said["region"])
    _check_out(said["out"], (said["keys"], *said["signing_key"]))
    signers = [
        signer(path, key_id=key_id, version=version)
        for path, (key_id, version) in zip(said["signing_key"], said["names"], strict=True)
    ]

    def work(watch: Watch) -> int:
        rows = rows_to_publish(said["keys"], watch.step(_READING))
        keys = [_free(row, now) for row in rows]
        with in_file(said["keys"]):
            content = exports.written(head, keys, signers, progress=watch.step(_WRITING))
        _write(said["out"], content, watch)
        return len(keys)

    with refusals.limits_of_the_machine():
        n = run(work, said["lang"])
    out = said["out"]
    told = Words(f"Đã ghi {out}: {count(n)} khóa", f"Written to {out}: {count(n, 'en')} keys")
    return Told(_document(head, n, signers, out=out), (told.in_language(said["lang"]),))


def _document(head: Head, n: int, signers: Sequence[Signer], *, out: Path) -> dict[str, object]:
    return {
        "keys": n,
        "region": head.region,
        "start": head.start,
        "end": head.end,
        "signers": [{"key_id": one.key_id, "key_version": one.version} for one in signers],
        "out": str(out),
    }


def _check_out(out: Path, inputs: Iterable[Path]) -> None:
    """Refuse, before any work, what could not be written afterwards."""
    if not answer_files.can_be_written(out):
        raise refusals.no_folder(out)
    if answer_files.is_among(out, inputs):
        raise refusals.overwrites_input(out)


def _free(row: Row, now: int) -> Key:
    """The key of a row that no phone accepts any more."""
    at = rules.publishable_at(row.key.rolling_start, row.key.rolling_period)
    if at > now:
        raise refusals.embargoed(row.place, at)
    return row.key


def _write(out: Path, content: bytes, watch: Watch) -> None:
    if out.exists():
        watch.say(Words(f"Thay tệp {out} đã có", f"Replacing {out}, which was there"))
    answer_files.write_all({out: lambda file: file.write(content)}, watch, mode=_READABLE)
