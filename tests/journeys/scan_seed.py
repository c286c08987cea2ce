"""Two markets of an installation, or its visits, written to standard output as JSON."""

import json
import sys

from vungxanh.config.database import Role
from vungxanh.config.programs import installation

NAMES = ("Chợ mẫu Bến Sông", "Nhà sách mẫu")


def main(asked: str) -> None:
    """Register the points (`points`), or tell the visits of everybody (`visits`)."""
    with installation(Role.OWNER):
        told = points() if asked == "points" else visits()
        sys.stdout.write(json.dumps(told))


def points() -> list[dict[str, str]]:
    """Both, and the list of revoked codes as the minute's job makes it."""
    from tests.factories.points import a_point, code_of
    from vungxanh.checkins.actions.listing import list_revoked
    from vungxanh.core import clock
    from vungxanh.core.viewer import SYSTEM

    at = clock.now()
    made = [a_point(name, at=at) for name in NAMES]
    list_revoked(by=SYSTEM, at=at)
    return [{"code": one.code, "name": one.name, "payload": code_of(one).payload} for one in made]


def visits() -> list[tuple[str, int, int, str]]:
    """Each visit: its place, when it began and ended, and how its end is known."""
    from vungxanh.checkins.actions.person_visits import visits_of_person
    from vungxanh.checkins.models import Point, Scan
    from vungxanh.engines.stays import EndedBy

    names = dict(Point.objects.values_list("pk", "name"))
    persons = set(Scan.objects.order_by().values_list("person_id", flat=True))
    found = [visit for one in persons for visit in visits_of_person(one)]
    return sorted((names[one[0]], one[1], one[2], EndedBy(one[4]).name) for one in found)


if __name__ == "__main__":
    main(sys.argv[1])
