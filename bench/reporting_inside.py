"""The inside of `bench.reporting`: a process with Django over a database of its own."""

import gc
import statistics
from datetime import date, datetime, time, timedelta
from http import HTTPStatus
from time import perf_counter
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.test import Client

from vungxanh.accounts import actions as accounts
from vungxanh.accounts.models import EMAIL_INDEX, Staff
from vungxanh.accounts.rules import FACTOR, Role
from vungxanh.accounts.values import Browser
from vungxanh.core import clock
from vungxanh.core.viewer import SYSTEM
from vungxanh.duties.rules import HolderKind
from vungxanh.duties.values import Holder
from vungxanh.locations import queries as locations
from vungxanh.locations.actions import load_units
from vungxanh.locations.actions.organisations import add_organisation
from vungxanh.locations.values import Level, UnitId
from vungxanh.locations.values.organisations import Entry
from vungxanh.refusals import Words
from vungxanh.uptake.actions import reporting
from vungxanh.uptake.imports.figure_reports import Brought, bring_report
from vungxanh.uptake.models import Reporter, ReportForm
from vungxanh.uptake.rules.columns import ColumnRole, FormColumn
from vungxanh.uptake.rules.reporting import Channel
from vungxanh.uptake.values.reporting import NewForm, NewReporter

COUNTRY = UnitId("vn-2021:vn")
LAST = date(2021, 5, 26)
PAGE = f"/so-lieu/bao-cao/tinh-hinh/?den={LAST}"
N_OPERATORS = 4
HEADS = (Words("Địa bàn", "Area"), Words("Số lượng cài đặt", "Installs"))


def prepare() -> dict[str, float]:
    """Units, a form, four operators in each province."""
    load_units(by=SYSTEM, at=clock.now())
    at = datetime.combine(LAST, time(8), clock.TZ)
    with transaction.atomic():
        form = _form("district", "Bảng theo huyện", at)
        provinces = locations.descendants(COUNTRY, Level.PROVINCE)
        for province in provinces:
            for number in range(N_OPERATORS):
                _reporter(form, f"Nhà mạng {number + 1}", province.id, at)
    return {"reporters": len(provinces) * N_OPERATORS}


def measure(n_pages: int, n_lines: int) -> dict[str, float]:
    """p50 and p95 of both pages in milliseconds; seconds and findings of an import."""
    client = _officer()
    provinces = [one.id for one in locations.descendants(COUNTRY, Level.PROVINCE)]
    form = ReportForm.objects.get(level="district").id
    pages = {
        "province": [f"{PAGE}&mau={form}&dia-ban={one}" for one in provinces],
        "country": [f"{PAGE}&mau={form}&dia-ban={COUNTRY}"],
    }
    return {**_asked(client, pages, n_pages), **_imported(n_lines)}


def _asked(client: Client, pages: dict[str, list[str]], n_pages: int) -> dict[str, float]:
    found: dict[str, float] = {}
    for addresses in pages.values():
        _ask(client, addresses[0])
    gc.collect()  # as the server does once it has started
    gc.freeze()
    for name, addresses in pages.items():
        taken = [_ask(client, addresses[turn % len(addresses)]) for turn in range(n_pages)]
        found[f"{name}_p50"] = statistics.median(taken)
        found[f"{name}_p95"] = statistics.quantiles(taken, n=20)[-1]
    return found


def _ask(client: Client, address: str) -> float:
    began = perf_counter()
    answer = client.get(address)
    taken = (perf_counter() - began) * 1000
    if answer.status_code != HTTPStatus.OK:
        raise RuntimeError(answer.status_code, address)
    return taken


def _imported(n_lines: int) -> dict[str, float]:
    """The middle of three drafts of one report."""
    at, today = clock.now(), clock.today()
    with transaction.atomic():
        form = ReportForm.objects.filter(level="commune").first()
        form = form or _form("commune", "Bảng theo xã", at)
        reporter = Reporter.objects.filter(form=form, duty__isnull=False).first()
        reporter = reporter or _reporter(form, "Cơ quan cả nước", COUNTRY, at, day=today)
        units = locations.descendants(COUNTRY, Level.COMMUNE)[:n_lines]
        lines = ["\t".join(("unit", *(head.vi for head in HEADS)))]
        lines += [f"{one.id}\t{one.name}\t{100 + n % 900}" for n, one in enumerate(units)]
        text = "\n".join(lines).encode()
        taken, n_findings = [], 0
        for _ in range(3):
            brought = Brought(reporter.id, today, Channel.PASTE, text)
            began = perf_counter()
            draft = bring_report(brought=brought, by=SYSTEM, at=clock.now())
            taken.append(perf_counter() - began)
            n_findings = len(draft.findings)
            if draft.n_figures != len(units):
                raise RuntimeError(draft.n_figures, draft.findings[:3])
        transaction.set_rollback(True)
    return {"import_s": statistics.median(taken), "findings": n_findings}


def _form(level: str, title: str, at: datetime) -> ReportForm:
    columns = (
        FormColumn(ColumnRole.NAME, HEADS[0]),
        FormColumn(ColumnRole.COUNT, HEADS[1], element="installs"),
    )
    new = NewForm(title=title, heading="BẢNG SỐ LIỆU", level=level, columns=columns)
    return reporting.make_form(form=new, by=SYSTEM, at=at)


def _reporter(
    form: ReportForm, name: str, area: str, at: datetime, *, day: date = LAST
) -> Reporter:
    new = NewReporter(
        form=form.id,
        holder=Holder(HolderKind.ORGANISATION, str(_operator(name, area, at))),
        area=area,
        starts_on=day,
        ends_on=day + timedelta(days=1),
        source="bench",
    )
    return reporting.add_reporter(reporter=new, by=SYSTEM, at=at)


def _operator(name: str, area: str, at: datetime) -> UUID:
    entry = Entry(
        kind="enterprise",
        name=f"{name} {area}",
        unit_id=UnitId(area),
        source="bench",
        as_of=LAST,
        is_invented=True,
    )
    return add_organisation(entry=entry, by=SYSTEM, at=at)


def _officer() -> Client:
    """A browser in which an officer of the country is signed in with a second factor."""
    email = f"bench-{clock.now().timestamp()}@test.example"
    staff = Staff(
        email=email,
        email_index=EMAIL_INDEX.digest(email),
        name="bench",
        roles=[Role("national_officer")],
        units=[str(COUNTRY)],
    )
    staff.set_unusable_password()
    staff.save(force_insert=True)
    client = Client(SERVER_NAME="localhost", HTTP_HOST=_host())
    client.force_login(staff)
    session = client.session
    session[FACTOR] = "totp"
    session.save()
    browser = Browser(str(session.session_key), "127.0.0.1", "", "totp")
    accounts.start_session(staff=staff, browser=browser, at=clock.now())
    return client


def _host() -> str:
    """A name that the settings let in."""
    return next((one for one in settings.ALLOWED_HOSTS if one[:1].isalnum()), "localhost")
