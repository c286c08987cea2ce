"""Commands on keys: which are held, a new one, going on with a change, the end of a former one."""

import time
from collections import Counter
from datetime import datetime

import click

from vungxanh.config import programs
from vungxanh.config.database import Role
from vungxanh.config.language import cli_language
from vungxanh.core.keys import Use
from vungxanh.refusals import Words

# What is stored under them is made again (core.reseal.WALKED); what qr signed runs out.
USES = click.Choice(["data", "people", "index", "qr"])
# Every process must know these before anything is made under them.
_HEARD_FIRST = (Use.INDEX, Use.QR)
_WALKED = (Use.DATA, Use.PEOPLE, Use.INDEX)


@click.group(help="Khóa niêm phong / sealing keys")
def keys() -> None:
    """Verbs on keys."""


@keys.command("status", help="Đang giữ khóa nào / which keys are held")
def status() -> None:
    """For each use: its keys, how many values lie under each, and how far a change is."""
    with programs.installation(Role.OWNER):
        from vungxanh.core import keys as held
        from vungxanh.core import reseal

        for use in _WALKED:
            ring = held.ring(use)
            lying = reseal.counts(use) if len(ring.keys) > 1 else {}
            for key_id in lying or ring.keys:
                _say(_under(use, key_id, lying.get(key_id), is_current=key_id == ring.current))
            if ring.coming is not None:
                _say(_coming(use, ring.coming))
            elif len(ring.keys) > 1:
                _say(_state(use, is_finished=reseal.is_finished(use)))
        _say_codes()


@keys.command("change", help="Dùng khóa mới / take a new key into use")
@click.argument("use", type=USES)
def change(*, use: str) -> None:
    """A new key, recorded; then everything is made again under it, except what codes prove."""
    with programs.installation(Role.OWNER):
        from vungxanh.core import clock
        from vungxanh.core import keys as held

        if Use(use) in _HEARD_FIRST:
            held.add_coming(Use(use))
            _go_on(Use(use))
            return
        key_id = held.add_key(Use(use))
        _record("core.key_changed", Use(use), key_id, at=clock.now())
        _say(_taken(use, key_id))
        _make_again(Use(use))


@keys.command("continue", help="Làm tiếp việc đổi khóa / go on with a change")
def go_on() -> None:
    """Where it stopped; nothing is lost by stopping it."""
    with programs.installation(Role.OWNER):
        changing = [use for use in (*_WALKED, Use.QR) if _is_changing(use)]
        for use in changing:
            _go_on(use)
        if not changing:
            _say(Words(vi="Không có việc đổi khóa nào.", en="No change of key is under way."))


@keys.command("destroy", help="Hủy một khóa cũ / destroy a former key")
@click.argument("use", type=USES)
@click.argument("key_id", metavar="KEYID")
@click.option("--yes", is_flag=True, help="Không hỏi lại / do not ask.")
def destroy(*, use: str, key_id: str, yes: bool) -> None:
    """Older backups open no more; there is no way back."""
    named = _key_id(key_id)
    if not yes:
        click.confirm(_ASKED.in_language(cli_language()), abort=True)
    with programs.installation(Role.OWNER):
        from django.db import transaction

        from vungxanh.core import clock, code_keys, reseal

        at = clock.now()
        with transaction.atomic():
            _record("core.key_destroyed", Use(use), named, at=at)
            if Use(use) is Use.QR:
                code_keys.destroy(named, at=at)
            else:
                reseal.destroy(Use(use), named, at=at)
    _say(_destroyed(use, key_id))


_ASKED = Words(
    vi="Mọi bản sao lưu trước lần đổi khóa sẽ không đọc được nữa. Đã có bản sao lưu mới chưa? Hủy?",
    en="No backup from before the change will open again. Is there a newer one? Destroy?",
)


def _is_changing(use: Use) -> bool:
    from vungxanh.core import keys as held

    ring = held.ring(use)
    return ring.coming is not None or (use in _WALKED and len(ring.keys) > 1)


def _go_on(use: Use) -> None:
    """A key that is coming is taken into use once all know it; then what lies is made again."""
    from vungxanh.core import keys as held

    coming = held.ring(use).coming
    if coming is not None:
        _wait_until_known(use, coming)
        _take_into_use(use)
    if use in _WALKED:
        _make_again(use)


def _wait_until_known(use: Use, coming: bytes) -> None:
    from vungxanh.core import reseal

    _say(_coming(use, coming), is_result=False)
    time.sleep(reseal.HEARD_AFTER_SECONDS)


def _take_into_use(use: Use) -> None:
    """Recorded in the same transaction; after a failure the key is still coming."""
    from django.db import transaction

    from vungxanh.core import clock, code_keys, reseal
    from vungxanh.core import keys as held

    at = clock.now()
    with transaction.atomic():
        _record("core.key_changed", use, held.ring(use).coming or b"", at=at)
        key_id = code_keys.take_into_use(at=at) if use is Use.QR else reseal.take_into_use(use)
    _say(_taken(use.value, key_id))


def _make_again(use: Use) -> None:
    """Every batch that is left; the end is recorded once."""
    from vungxanh.core import clock, reseal
    from vungxanh.core import keys as held

    was_finished = reseal.is_finished(use)
    reseal.begin(use, at=clock.now())
    for done in reseal.go_on(use, now=clock.now):
        _say(_progress(done.place, done.n_so_far), is_result=False)
    is_finished = reseal.is_finished(use)
    if is_finished and not was_finished:
        _record("core.key_change_ended", use, held.ring(use).current, at=clock.now())
    _say(_state(use, is_finished=is_finished))


def _say_codes() -> None:
    """The keys that sign codes, and until when each former one is needed."""
    from vungxanh.core import code_keys
    from vungxanh.core import keys as held

    ring = held.ring(Use.QR)
    for key_id in ring.keys:
        if key_id == ring.coming:
            _say(_coming(Use.QR, key_id))
        else:
            _say(_signs(key_id, code_keys.needed_until(key_id), is_current=key_id == ring.current))


def _record(event: str, use: Use, key_id: bytes, *, at: datetime) -> None:
    from django.db import transaction

    from vungxanh.audit.actions import record
    from vungxanh.core.viewer import SYSTEM

    with transaction.atomic():
        subject, detail = f"key:{key_id.hex()}", {"use": use.value}
        record(event=event, by=SYSTEM, at=at, subject=subject, detail=detail)


def _key_id(text: str) -> bytes:
    try:
        return bytes.fromhex(text)
    except ValueError:
        raise click.BadParameter(text, param_hint="KEYID") from None


def _say(words: Words, *, is_result: bool = True) -> None:
    click.echo(words.in_language(cli_language()), err=not is_result)


def _under(use: Use, key_id: bytes, found: Counter[str] | None, *, is_current: bool) -> Words:
    """None where there is one key alone: everything lies under it, and nothing is counted."""
    vi, en = ("đang dùng", "in use") if is_current else ("khóa cũ", "former")
    if found is None:
        return Words(
            vi=f"{use} {key_id.hex()} ({vi}): tất cả", en=f"{use} {key_id.hex()} ({en}): everything"
        )
    where = ", ".join(f"{name} {number}" for name, number in sorted(found.items()) if number)
    return Words(
        vi=f"{use} {key_id.hex()} ({vi}): {where or 'không còn gì'}",
        en=f"{use} {key_id.hex()} ({en}): {where or 'nothing'}",
    )


def _state(use: Use, *, is_finished: bool) -> Words:
    if is_finished:
        return Words(
            vi=f"{use}: đã làm lại xong. Sao lưu lại dữ liệu và tệp khóa; sau một ngày có "
            "thể hủy khóa cũ bằng “vungxanh keys destroy”.",
            en=f"{use}: everything is made again. Back up data and key files; after a day the "
            "former key can be destroyed with “vungxanh keys destroy”.",
        )
    return Words(
        vi=f"{use}: chưa làm lại xong. Chạy “vungxanh keys continue”.",
        en=f"{use}: not everything is made again yet. Run “vungxanh keys continue”.",
    )


def _coming(use: Use, key_id: bytes) -> Words:
    return Words(
        vi=f"{use} {key_id.hex()} (sắp dùng): chép tệp {use}.json sang mọi máy chủ khác; dùng khi "
        "“vungxanh keys change” hoặc “continue” chạy tiếp.",
        en=f"{use} {key_id.hex()} (coming): copy {use}.json to every other machine; taken into use "
        "as “vungxanh keys change” or “continue” goes on.",
    )


def _signs(key_id: bytes, until: datetime | None, *, is_current: bool) -> Words:
    if is_current:
        return Words(vi=f"qr {key_id.hex()} (đang dùng)", en=f"qr {key_id.hex()} (in use)")
    when = until.strftime("%Y-%m-%d %H:%M UTC") if until else "?"
    return Words(
        vi=f"qr {key_id.hex()} (khóa cũ): còn mã in từ trước đến {when}",
        en=f"qr {key_id.hex()} (former): codes under it live until {when}",
    )


def _taken(use: str, key_id: bytes) -> Words:
    return Words(
        vi=f"Đã dùng khóa mới {key_id.hex()}. Sao lưu ngay tệp {use}.json.",
        en=f"The new key {key_id.hex()} is in use. Back up {use}.json now.",
    )


def _progress(place: str, n_rows: int) -> Words:
    return Words(vi=f"{place}: {n_rows} dòng", en=f"{place}: {n_rows} rows")


def _destroyed(use: str, key_id: str) -> Words:
    return Words(
        vi=f"Đã hủy khóa {key_id}. Hủy cả các bản {use}.json cũ đang cất giữ.",
        en=f"Key {key_id} is destroyed. Destroy older copies of {use}.json in custody too.",
    )
