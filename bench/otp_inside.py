"""The inside of the benchmark of codes: numbers proved, with everything that the product does.

A pair is one code asked for and answered: two transactions, both on the disk before the next.
"""

import threading
import time
from datetime import datetime

from django.db import connection, connections

from vungxanh.core import clock
from vungxanh.core.sealed import unseal_text
from vungxanh.core.viewer import SYSTEM
from vungxanh.locations.actions import load_units
from vungxanh.messaging.models import ADDRESS
from vungxanh.people import actions
from vungxanh.people.models import Device
from vungxanh.people.queries.devices import device_with
from vungxanh.people.values import Residence
from vungxanh.people.values.devices import NewDevice

SENT = "SELECT text FROM messaging_message WHERE to_index = %s ORDER BY id DESC LIMIT 1"
COMMUNES = ("vn-2021:21586", "vn-2021:21553", "vn-2021:21556", "vn-2021:21559")


def prepared() -> dict[str, int]:
    """Load the units, once."""
    load_units(by=SYSTEM, at=clock.now())
    return {"units": 1}


def main(n_pairs: int, n_threads: int, first: int) -> dict[str, float]:
    """Pairs a second of this process; `first` keeps the numbers of processes apart."""
    at = clock.now()
    devices = [_device(at) for _ in range(n_pairs)]
    shares = [list(enumerate(devices))[number::n_threads] for number in range(n_threads)]
    began = time.perf_counter()
    threads = [threading.Thread(target=_prove, args=(share, first, at)) for share in shares]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    seconds = time.perf_counter() - began
    return {"pairs": n_pairs, "seconds": seconds}


def _device(at: datetime) -> Device:
    token = actions.register_device(device=NewDevice("android"), by=SYSTEM, at=at).token
    device = device_with(token, at)
    if device is None:
        message = "a device that has just registered is not found"
        raise LookupError(message)
    return device


def _prove(share: list[tuple[int, Device]], first: int, at: datetime) -> None:
    for which, device in share:
        number, home = _number(first + which), Residence(COMMUNES[which % len(COMMUNES)])
        actions.ask_code(device=device, phone=number, network="", by=SYSTEM, at=at)
        actions.confirm_code(device=device, code=_code(number), residence=home, by=SYSTEM, at=at)
    connections.close_all()


def _number(which: int) -> str:
    """Numbers in no order, as people come: the limit of one prefix is not what is measured."""
    return f"+8491{which * 10_007 % 10**7:07d}"


def _code(number: str) -> str:
    """What the message said: read as a phone would show it."""
    with connection.cursor() as cursor:
        cursor.execute(SENT, [ADDRESS.digest(number)])
        text = unseal_text(bytes(cursor.fetchone()[0]), "messaging_message.text")
    return next(word.strip(",.") for word in text.split() if word.strip(",.").isdigit())
