"""Pages of the papers on processing: what stands, what would be frozen, and the statement."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST
from msgspec.structs import replace

from vungxanh.accounts.queries.glass import names
from vungxanh.config.processing import actions, queries
from vungxanh.config.processing.forms import StatedForm
from vungxanh.config.processing.refusals import ProcessingError
from vungxanh.config.processing.values import KIND_WORDS, Kind, PaperLine, Stated
from vungxanh.core import clock
from vungxanh.core.access import viewer_of
from vungxanh.core.errors import MissingError, status_of
from vungxanh.core.preferences import reader_language
from vungxanh.documents.content import Letter
from vungxanh.documents.formats import Format, write
from vungxanh.refusals import RefusalError
from vungxanh.reports.rules import disposition, file_name
from vungxanh.reports.values import Paper as Printed

SLUGS = {"so-dang-ky": Kind.REGISTER, "danh-gia-tac-dong": Kind.DOSSIER}
ENDINGS = {"pdf": Format.PDF, "docx": Format.DOCX}
DRAFT = "BẢN XEM TRƯỚC, CHƯA CHỐT"


@never_cache
@require_GET
def overview(request: HttpRequest) -> HttpResponse:
    """The three papers, the dossier's day, open breaches, and what is not stated yet."""
    viewer, today = viewer_of(request), clock.today()
    unit = queries.own_unit(viewer)
    stated = queries.stated(unit.id)
    due_on = queries.dossier_due_on(unit.id)
    empty = [field.label for field in StatedForm() if not getattr(stated, field.name)]
    context = {
        "unit": unit,
        "due_on": due_on,
        "is_overdue": due_on is not None and due_on < today,
        "empty": empty,
        "papers": [_standing(slug, unit.id) for slug in SLUGS],
        "breaches": breach_lines(queries.papers(unit.id, Kind.BREACH)),
    }
    return render(request, "processing/overview.html", context)


@never_cache
@require_http_methods(["GET", "POST"])
def statement(request: HttpRequest) -> HttpResponse:
    """What only people know, and who stated it when."""
    unit = queries.own_unit(viewer_of(request))
    initial = StatedForm.initial_of(queries.stated(unit.id))
    form = StatedForm(request.POST or None, initial=initial)
    status = 200
    if request.method == "POST" and form.is_valid():
        try:
            actions.state(stated=form.stated(), by=viewer_of(request), at=clock.now())
        except ProcessingError as refusal:
            form.add_error(refusal.field or None, words_of(refusal))
            status = status_of(refusal)
        else:
            messages.success(request, _("Đã ghi lời khai mới."))
            return redirect("processing")
    context = {"form": form, "rows": _history(unit.id), "crumbs": crumbs()}
    status = 422 if status == 200 and form.errors else status
    return render(request, "processing/statement.html", context, status=status)


@never_cache
@require_http_methods(["GET", "POST"])
def preview(request: HttpRequest, slug: str) -> HttpResponse:
    """What would be frozen now; posting freezes it."""
    viewer, kind = viewer_of(request), kind_of(slug)
    if request.method == "POST":
        frozen = actions.freeze(kind=kind, by=viewer, at=clock.now())
        messages.success(request, _("Đã chốt."))
        return redirect("processing-paper", frozen)
    document, found = actions.draft(kind=kind, by=viewer, at=clock.now())
    unit = queries.own_unit(viewer)
    last = queries.latest(unit.id, kind)
    context = {
        "slug": slug,
        "title": words(kind),
        "paper": Printed.of(document),
        "last": last,
        "version": last.version + 1 if last else 1,
        "is_same": last is not None and last.configured == found.digest,
        "crumbs": crumbs(),
    }
    return render(request, "processing/preview.html", context)


@never_cache
@require_GET
def draft_file(request: HttpRequest, slug: str, ending: str) -> HttpResponse:
    """The file as it would be, marked as a draft and kept nowhere."""
    kind, at = kind_of(slug), clock.now()
    document, _found = actions.draft(kind=kind, by=viewer_of(request), at=at)
    return file_answer(as_draft(document), ending, f"{KIND_WORDS[kind].vi} xem trước", version=0)


@never_cache
@require_GET
def paper(request: HttpRequest, paper_id: UUID) -> HttpResponse:
    """One frozen paper and the other versions of it."""
    viewer = viewer_of(request)
    line = queries.paper(paper_id, viewer=viewer)
    if line.kind is Kind.BREACH:
        return redirect("processing-breach", paper_id)
    context = {
        "line": line,
        "title": words(line.kind),
        "paper": Printed.of(queries.document(paper_id, viewer=viewer)),
        "chain": _chain(line),
        "crumbs": crumbs(),
    }
    return render(request, "processing/paper.html", context)


@never_cache
@require_GET
def paper_file(request: HttpRequest, paper_id: UUID, ending: str) -> HttpResponse:
    """One frozen paper as PDF or DOCX; each download is in the log."""
    viewer, form = viewer_of(request), format_of(ending)
    line = queries.paper(paper_id, viewer=viewer)
    content = actions.hand_out(paper_id=paper_id, ending=form, by=viewer, at=clock.now())
    return _attached(content, form, title=KIND_WORDS[line.kind].vi, version=line.version)


@require_POST
def sent(request: HttpRequest, paper_id: UUID) -> HttpResponse:
    """Note that a paper went to the authority."""
    try:
        actions.mark_sent(paper_id=paper_id, by=viewer_of(request), at=clock.now())
    except ProcessingError as refusal:
        messages.error(request, words_of(refusal))
    else:
        messages.success(request, _("Đã ghi là đã gửi."))
    return redirect("processing-paper", paper_id)


def kind_of(slug: str) -> Kind:
    """The sort of paper behind an address."""
    if slug not in SLUGS:
        raise MissingError
    return SLUGS[slug]


def format_of(ending: str) -> Format:
    """The format behind an ending."""
    if ending not in ENDINGS:
        raise MissingError
    return ENDINGS[ending]


def words(kind: Kind) -> str:
    """A sort of paper in the reader's language."""
    return KIND_WORDS[kind].in_language(reader_language())


def words_of(refusal: RefusalError) -> str:
    """A refusal in the reader's language."""
    return refusal.words.in_language(reader_language())


def crumbs() -> list[dict[str, str]]:
    """The way back."""
    return [{"label": _("Hồ sơ dữ liệu"), "url": reverse("processing")}]


def as_draft(document: Letter) -> Letter:
    """The same document with the mark of a draft."""
    return replace(document, draft=DRAFT)


def file_answer(document: Letter, ending: str, title: str, *, version: int) -> HttpResponse:
    """A document as a download."""
    form = format_of(ending)
    return _attached(write(document, form), form, title=title, version=version)


def breach_lines(found: tuple[PaperLine, ...]) -> list[dict[str, object]]:
    """The newest version of each breach, with its clock."""
    newest = {line.series: line for line in reversed(found)}
    return [{"line": line, **clock_of(line)} for line in reversed(newest.values())]


def clock_of(line: PaperLine) -> dict[str, object]:
    """How much of the 72 hours is left, whether they are over, whether it went."""
    if line.due_at is None:
        return {}
    left = line.due_at - clock.now()
    minutes = max(0, int(left.total_seconds() // 60))
    return {
        "due_at": line.due_at,
        "hours": minutes // 60,
        "minutes": minutes % 60,
        "is_over": left.total_seconds() <= 0,
        "was_late": line.sent_at is not None and line.sent_at > line.due_at,
    }


def _standing(slug: str, unit_id: str) -> dict[str, object]:
    kind = SLUGS[slug]
    found = queries.papers(unit_id, kind)
    return {
        "slug": slug,
        "title": words(kind),
        "last": found[0] if found else None,
        "n": len(found),
    }


def _chain(line: PaperLine) -> list[dict[str, object]]:
    found = queries.chain(line.series)
    people = names(one.made_by for one in found)
    return [{"line": one, "who": people.get(one.made_by, one.made_by)} for one in found]


def _history(unit_id: str) -> list[dict[str, object]]:
    """Who stated what, newest first, with the boxes that changed since the one before."""
    rows = queries.statements(unit_id)
    people = names(row.written_by for row in rows)
    said = [*(queries.read_stated(row) for row in rows), Stated()]
    labels = {field.name: field.label for field in StatedForm()}
    return [
        {
            "at": row.written_at,
            "who": people.get(row.written_by, row.written_by),
            "changed": [
                label
                for name, label in labels.items()
                if getattr(said[place], name) != getattr(said[place + 1], name)
            ],
        }
        for place, row in enumerate(rows)
    ]


def _attached(content: bytes, form: Format, *, title: str, version: int) -> HttpResponse:
    name = file_name(title, as_of=clock.today(), edition=version, ending=form.value)
    answer = HttpResponse(content, content_type=form.media_type)
    answer["Content-Disposition"] = disposition(name)
    return answer
