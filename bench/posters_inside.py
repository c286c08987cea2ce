"""Inside of `posters`: a job's own printing, parts and ZIP, without the database."""

import datetime as dt
import resource
import secrets
import time
import zipfile
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

from django.conf import settings

from vungxanh.checkins.gateways.poster_files import LIST, JobFolder
from vungxanh.checkins.gateways.presses import N_PRESSES, Presses
from vungxanh.checkins.values.posters import Named, file_name
from vungxanh.documents.posters import Form, Poster
from vungxanh.protocol.places import short_codes

PART = 100
SITE = "https://vungxanh.example.gov.vn"
KILOBYTES = 1024


def printed(n: int) -> dict[str, float]:
    """Print so many A4 posters into one ZIP: seconds, megabytes resident in all, bytes a poster."""
    folder, began = JobFolder(Path(settings.HOME), uuid4()), time.perf_counter()
    firsts = range(0, n, PART)
    folder.open()
    with Presses() as presses:
        for first in firsts:
            part = list(posters(first, min(first + PART, n)))
            pdfs = presses.print(part, Form.A4)
            names = [file_name(Named("Phường Mẫu", one.name, one.code)) for one in part]
            rows = [[one.code, one.name, "", one.address] for one in part]
            folder.write_part(first, dict(zip(names, pdfs, strict=True)), rows)
    whole = folder.joined(firsts)
    seconds = time.perf_counter() - began
    with zipfile.ZipFile(whole) as package:
        found = len(set(package.namelist()) - {LIST})
    size = whole.stat().st_size
    folder.drop()
    return {"seconds": seconds, "megabytes": resident(), "bytes": size / n, "posters": found}


def resident() -> float:
    """The most that this process and its presses held at once, each taken at its highest."""
    own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    press = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    return (own + N_PRESSES * press) / KILOBYTES


def posters(first: int, end: int) -> Iterator[Poster]:
    """Invented posters, each with a code of its own."""
    for at in range(first, end):
        code = short_codes.written(secrets.randbits(short_codes.BITS))
        yield Poster(
            name=f"Chợ mẫu số {at}",
            entrance="cổng 1",
            address=f"{at} đường Mẫu, Phường Mẫu, Tỉnh Mẫu",
            code=short_codes.shown(code),
            url=f"{SITE}/c/{code}#{('AQ' + secrets.token_urlsafe(81))[:110]}",
            issued_on=dt.date(2026, 5, 26),
        )
