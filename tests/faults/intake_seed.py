"""Phones and points of an installation, written to standard output as JSON."""

import json
import sys

from vungxanh.config.database import Role
from vungxanh.config.programs import installation

N_PHONES = 256


def main() -> None:
    """Register them."""
    with installation(Role.OWNER):
        from tests.declarations.declare_scene import agree
        from tests.factories.points import a_point
        from vungxanh.core import clock
        from vungxanh.core.viewer import SYSTEM
        from vungxanh.declarations.actions.form_versions import load_forms
        from vungxanh.people import actions
        from vungxanh.people.models import Device
        from vungxanh.people.values.devices import NewDevice

        at = clock.now()
        points = [a_point(f"Chợ mẫu {n}", at=at).code for n in range(4)]
        phones = [
            actions.register_device(device=NewDevice("android"), by=SYSTEM, at=at)
            for _ in range(N_PHONES)
        ]
        load_forms(by=SYSTEM, at=at)
        for device in Device.objects.all():
            agree(device)
        sys.stdout.write(json.dumps({"points": points, "phones": [one.token for one in phones]}))


if __name__ == "__main__":
    main()
