"""The inside of `bench.form_page`: a process with Django over a database of its own."""

import gzip
from time import perf_counter

import numpy as np
from django.conf import settings
from django.test import Client

from vungxanh.core import clock
from vungxanh.core.viewer import SYSTEM
from vungxanh.declarations.actions.form_versions import load_forms
from vungxanh.locations.actions import load_units

STEP = "/khai/general/trang/you/"
PAGES = {
    "page of the form": "/khai/general/",
    "questions for the script": "/khai/general/mau.json",
    "step with a draft": STEP,
}
SAID = {"q-name": "Nguyễn Thị Mẫu", "q-birth_year": "1986", "q-unit": "vn-2025:21583"}


def prepare(_: int) -> dict[str, int]:
    """Units and the forms that are shipped."""
    load_units(by=SYSTEM, at=clock.now())
    return {"forms": load_forms(by=SYSTEM, at=clock.now())}


def measure(n: int) -> dict[str, dict[str, float]]:
    """Each page so many times by one phone, after ten that are not counted."""
    settings.ALLOWED_HOSTS = ["*"]
    phone = Client(SERVER_NAME="localhost")
    phone.post(STEP, SAID)
    return {name: _measured(phone, path, n) for name, path in PAGES.items()}


def _measured(phone: Client, path: str, n: int) -> dict[str, float]:
    took = []
    for _ in range(n + 10):
        began = perf_counter()
        reply = phone.get(path)
        took.append((perf_counter() - began) * 1000)
        if reply.status_code != 200:
            message = f"{path} answered {reply.status_code}"
            raise RuntimeError(message)
    p50, p95 = np.percentile(took[10:], [50, 95])
    return {"p50": float(p50), "p95": float(p95), "kb": len(gzip.compress(reply.content)) / 1000}
