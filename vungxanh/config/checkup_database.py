"""The part of `vungxanh doctor` that asks the database; needs a prepared Django."""

from datetime import timedelta

from django.db import DatabaseError, connection

from vungxanh.audit.queries import waiting
from vungxanh.checkins.actions.days import lost_days, overdue_days
from vungxanh.checkins.actions.intake_trial import has_partition, intake_fault
from vungxanh.checkins.queries.activity import n_uncounted
from vungxanh.checkins.queries.revocations import FRESH_FOR, n_unlisted, newest_facts
from vungxanh.config.checkup import Result, result
from vungxanh.config.gauges import worker_age
from vungxanh.config.health import pending_migrations
from vungxanh.core import clock
from vungxanh.people.queries.proofs import PURGED_WITHIN, last_purge
from vungxanh.people.values.office_days import year_to_announce
from vungxanh.refusals import Words

STALE_SECONDS = 60


def look_at_database() -> list[Result]:
    """Reachable, migrated, worked for, its log sealed."""
    try:
        version = _version()
    except DatabaseError:
        return [_unreachable()]
    reached = Words(vi=f"PostgreSQL {version} trả lời.", en=f"PostgreSQL {version} answers.")
    found = [Result("database", is_well=True, words=reached)]
    migrations = _migrations()
    return [*found, migrations, *(_at_work() if migrations.is_well else [])]


def _at_work() -> list[Result]:
    asked = (_worker, _log, _purge, _intake, _revoked, _visits, _counts, _office_days)
    return [ask() for ask in asked]


def _version() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SHOW server_version")
        return str(cursor.fetchone()[0]).split()[0]


def _unreachable() -> Result:
    place = connection.settings_dict
    where = f"{place['HOST'] or 'localhost'}/{place['NAME']}"
    words = Words(
        vi=f"Cơ sở dữ liệu {where} không trả lời. Kiểm tra DATABASE_URL và máy chủ PostgreSQL.",
        en=f"Database {where} does not answer. Check DATABASE_URL and the PostgreSQL server.",
    )
    return Result("database", is_well=False, words=words)


def _migrations() -> Result:
    waiting = pending_migrations()
    return result(
        "migrations",
        is_well=not waiting,
        well=Words(vi="Cơ sở dữ liệu đúng phiên bản.", en="The database is up to date."),
        wrong=Words(
            vi=f"Còn {len(waiting)} bước nâng cấp cơ sở dữ liệu. Chạy “vungxanh migrate”.",
            en=f"{len(waiting)} migrations are not applied. Run “vungxanh migrate”.",
        ),
    )


def _worker() -> Result:
    age = worker_age()
    return result(
        "worker",
        is_well=0 <= age <= STALE_SECONDS,
        well=Words(vi="Việc nền đang chạy.", en="Background jobs are running."),
        wrong=Words(
            vi="Chưa có chương trình chạy việc nền. Chạy “vungxanh worker”.",
            en="No worker is running. Start “vungxanh worker”.",
        ),
    )


def _log() -> Result:
    unsealed = waiting()
    n, seconds = unsealed.n_rows, round(unsealed.seconds)
    return result(
        "audit",
        is_well=not unsealed.is_alarming,
        well=Words(vi="Nhật ký được niêm phong kịp.", en="The log is sealed in time."),
        wrong=Words(
            vi=f"{n} dòng nhật ký chưa được niêm phong, lâu nhất {seconds} giây. Kiểm tra "
            "“vungxanh worker” có đang chạy, rồi xem docs/operators/audit.md.",
            en=f"{n} rows of the log have no seal yet, the oldest for {seconds} s. See that "
            "“vungxanh worker” runs, then docs/operators/audit.md.",
        ),
    )


def _purge() -> Result:
    """Whether what is past its time went last night, and nothing of it is left."""
    last, hours = last_purge(), round(PURGED_WITHIN.total_seconds() / 3600)
    is_fresh = last is not None and clock.now() - last.ended_at <= PURGED_WITHIN
    n_left = last.n_left if last else 0
    wrong = Words(
        vi=f"Chưa có lần xóa dữ liệu hết hạn nào trong {hours} giờ qua. Kiểm tra "
        "“vungxanh worker”, rồi chạy “vungxanh purge”.",
        en=f"Nothing past its time was purged in the last {hours} hours. See that “vungxanh "
        "worker” runs, then run “vungxanh purge”.",
    )
    left = Words(
        vi=f"Lần xóa gần nhất còn sót {n_left} dòng hết hạn. Xem trang /xoa/, rồi chạy "
        "“vungxanh purge”.",
        en=f"The last purge left {n_left} rows past their time. See /xoa/, run “vungxanh purge”.",
    )
    return result(
        "purge",
        is_well=is_fresh and not n_left,
        well=Words(vi="Dữ liệu hết hạn đã được xóa.", en="What is past its time was purged."),
        wrong=left if is_fresh else wrong,
    )


def _intake() -> Result:
    """Whether a phone's scan could be written now, and tomorrow's have their partition."""
    fault = intake_fault(clock.now())
    closed = Words(
        vi=f"Chưa ghi được lượt quét của điện thoại: {fault}. Kiểm tra đĩa của PostgreSQL, chạy "
        "“vungxanh migrate”, rồi xem docs/operators/intake.md.",
        en=f"Visits of phones cannot be written: {fault}. Check the disk of PostgreSQL, run "
        "“vungxanh migrate”, then see docs/operators/intake.md.",
    )
    late = Words(
        vi="Chưa có ngăn cho lượt quét của ngày mai. Kiểm tra “vungxanh worker”.",
        en="Tomorrow's visits have no partition yet. See that “vungxanh worker” runs.",
    )
    return result(
        "intake",
        is_well=not fault and has_partition(clock.now() + timedelta(days=1)),
        well=Words(vi="Ghi được lượt quét của điện thoại.", en="Visits of phones can be written."),
        wrong=closed if fault else late,
    )


def _revoked() -> Result:
    """Whether phones and doors without a network get a list of revoked codes that is of today."""
    newest, hours = newest_facts(clock.now()), round(FRESH_FOR.total_seconds() / 3600)
    is_fresh = newest is not None and not newest.is_stale
    n_late = n_unlisted(clock.now())
    stale = Words(
        vi=f"Chưa có danh sách mã thu hồi nào trong {hours} giờ qua: cửa không có mạng có thể "
        "nhận mã đã thu hồi. Kiểm tra “vungxanh worker”.",
        en=f"No list of revoked codes was made in the last {hours} hours: doors without a "
        "network may take revoked codes. See that “vungxanh worker” runs.",
    )
    late = Words(
        vi=f"{n_late} mã đã thu hồi quá 15 phút mà chưa vào danh sách: việc "
        "checkins.list_revoked không chạy được. Xem nhật ký của “vungxanh worker”.",
        en=f"{n_late} codes ended over 15 minutes ago and stand on no list: the job "
        "checkins.list_revoked fails. See the log of “vungxanh worker”.",
    )
    return result(
        "revoked-codes",
        is_well=is_fresh and not n_late,
        well=Words(vi="Danh sách mã thu hồi còn mới.", en="The list of revoked codes is fresh."),
        wrong=late if is_fresh else stale,
    )


def _visits() -> Result:
    """Whether files of days are whole, and what came late, was corrected or erased is in them."""
    n_lost, n_late = len(lost_days()), len(overdue_days(at=clock.now()))
    lost = Words(
        vi=f"{n_lost} tệp lượt đến theo ngày bị mất hoặc bị cụt. Chạy “vungxanh visits pack”.",
        en=f"{n_lost} files of visits are gone or cut short. Run “vungxanh visits pack”.",
    )
    late = Words(
        vi=f"{n_late} ngày lượt đến chưa được ghi lại sau 24 giờ. Kiểm tra “vungxanh worker”, rồi "
        "chạy “vungxanh visits pack”.",
        en=f"{n_late} days of visits were not written again within 24 hours. See that “vungxanh "
        "worker” runs, then run “vungxanh visits pack”.",
    )
    return result(
        "visits",
        is_well=not n_lost and not n_late,
        well=Words(vi="Tệp lượt đến theo ngày còn đúng.", en="The files of visits are up to date."),
        wrong=lost if n_lost else late,
    )


def _counts() -> Result:
    """Whether scans of the day before yesterday, at the latest, were counted."""
    n_late = n_uncounted(clock.now())
    wrong = Words(
        vi=f"Lượt quét của {n_late} ngày đã hết chưa được đếm: các trang nói số cũ. Kiểm tra "
        "“vungxanh worker”, rồi chạy “vungxanh visits count”.",
        en=f"Scans of {n_late} ended days are not counted: pages tell old numbers. See that "
        "“vungxanh worker” runs, then run “vungxanh visits count”.",
    )
    well = Words(vi="Lượt quét đã được đếm.", en="Scans are counted.")
    return result("counts", is_well=not n_late, well=well, wrong=wrong)


def _office_days() -> Result:
    """Whether the closed days that the Government announced for the year are known."""
    year = year_to_announce(clock.today())
    wrong = Words(
        vi=f"Chưa có lịch nghỉ lễ, Tết năm {year}: hạn trả lời người dân được tính sớm hơn, không "
        "trễ. Cập nhật Vùng Xanh khi có bản mới.",
        en=f"The announced holidays of {year} are not known: terms to answer people are counted "
        "early, never late. Update Vùng Xanh when there is a newer version.",
    )
    well = Words(vi="Có lịch nghỉ lễ, Tết của năm.", en="The year's holidays are known.")
    return Result("office-days", year is None, wrong if year else well, is_warning=year is not None)
