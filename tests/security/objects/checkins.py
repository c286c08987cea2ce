"""Control points of Quy Nhơn, with hostile words for names and addresses."""

from datetime import date

from tests.factories.people import Colleague
from tests.factories.points import a_point, code_of
from tests.security.attacks import FORMULA, PAYLOAD
from tests.security.doors import Thing
from vungxanh.checkins.actions.door_devices import invite_door_device
from vungxanh.checkins.actions.keeping import name_keeper
from vungxanh.checkins.imports import points, premises
from vungxanh.checkins.models import PointImport, Premises, PremisesList
from vungxanh.checkins.values.kinds import State
from vungxanh.core import clock
from vungxanh.core.viewer import SYSTEM

PREMISES = "Tên cơ sở;Loại;Mã địa bàn\nTrường mẫu;Trường học;vn-2025:21583\n"
TABLE = f"Tên điểm;Loại;Mã địa bàn\n{FORMULA};Chợ;vn-2025:21583\n{PAYLOAD};Chợ;1\n"


def things(owner: Colleague) -> list[Thing]:
    """Two points of one name that may be one, one of them waiting for approval."""
    name = PAYLOAD[:120]
    one = a_point(name, address=PAYLOAD[:200], state=State.REGISTERED)
    other = a_point(name, address=PAYLOAD[:200])
    keeper = name_keeper(point=one, who="0912000077", by=SYSTEM, at=clock.now())
    link = invite_door_device(point=one, entrance=0, name=PAYLOAD[:60], by=SYSTEM, at=clock.now())
    school, sent, table = _brought(owner)
    return [
        Thing("/diem/co-so/", "premises_id", str(school.pk)),
        Thing("/diem/co-so/nhan/", "list_id", str(sent.pk)),
        Thing("/diem/co-so/chua-co.", "form", "csv", is_secret=False),
        Thing("/diem/bang/", "import_id", str(table.pk)),
        Thing("/diem/bang/", "form", "csv", is_secret=False),
        Thing("/diem/danh-sach.", "form", "csv", is_secret=False),
        Thing("/diem/su-dung.", "form", "csv", is_secret=False),
        Thing("/diem/", "point_id", str(one.pk)),
        Thing("/toi/diem/", "code", one.code),
        Thing("/toi/diem/", "entrance", "0"),
        Thing("/toi/diem/truc/", "code", one.code),
        Thing("/toi/diem/", "keeper_id", str(keeper.pk)),
        Thing("/toi/diem/", "device_id", str(link.device_id)),
        Thing("/diem/", "keeper_id", str(keeper.pk)),
        Thing("/diem/", "device_id", str(link.device_id)),
        Thing("/diem/cua-toi/", "point_id", str(one.pk)),
        Thing("/toi/diem/moi/", "step", "ten", is_secret=False),
        Thing("/diem/", "issue", str(code_of(one).pk)),
        Thing("/diem/trung/", "first_id", str(one.pk)),
        Thing("/diem/trung/", "second_id", str(other.pk)),
    ]


def _brought(owner: Colleague) -> tuple[Premises, PremisesList, PointImport]:
    """Premises of a list that was taken in, and a table of points of which a row has faults."""
    at = clock.now()
    said = premises.Brought(
        title=PAYLOAD[:200],
        source=FORMULA,
        basis=PAYLOAD[:300],
        as_of=date(2026, 3, 1),
        content=PREMISES.encode(),
        name="",
        is_pasted=True,
    )
    sent = premises.bring_in(brought=said, by=owner.viewer, at=at)
    sent = premises.accept(list_id=sent.pk, skip_faulty=False, by=owner.viewer, at=at)
    Premises.objects.filter(list=sent).update(name=PAYLOAD[:200], address=FORMULA)
    table = points.bring_in(content=TABLE.encode(), name=FORMULA, by=owner.viewer, at=at)
    return Premises.objects.get(list=sent), sent, table
