"""Refusals as answers: a kind page for people, `{code, message, field?}` for machines."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render

from vungxanh.core.preferences import reader_language
from vungxanh.refusals import RefusalError, Words

# A refusal class may carry its own `status`; input that is refused is otherwise 422.
REFUSED_INPUT = 422


class MissingError(RefusalError):
    """Nothing at this address, or nothing that this viewer may know of."""

    status = 404

    def __init__(self) -> None:
        words = Words(
            vi="Không tìm thấy trang hoặc mục này. Kiểm tra lại đường dẫn, hoặc về trang đầu.",
            en="This page or item was not found. Check the address, or go to the first page.",
        )
        super().__init__("core.missing", words)


def status_of(refusal: RefusalError) -> int:
    """The HTTP status of a refusal."""
    return int(getattr(refusal, "status", REFUSED_INPUT))


def wants_json(request: HttpRequest) -> bool:
    """Whether the other side is a machine: an API path, or JSON asked for before HTML."""
    return request.path.startswith("/api/") or request.accepts("text/html") is False


def as_dict(refusal: RefusalError, language: str) -> dict[str, str]:
    """The wire form of a refusal in one language."""
    body = {"code": refusal.code, "message": refusal.words.in_language(language)}
    if refusal.field:
        body["field"] = refusal.field
    if refusal.where:
        body["where"] = refusal.where
    return body


def answer(request: HttpRequest, refusal: RefusalError) -> HttpResponse:
    """The refusal as a page or as JSON, never stored by a cache."""
    language = reader_language()
    status = status_of(refusal)
    if wants_json(request):
        response: HttpResponse = JsonResponse(as_dict(refusal, language), status=status)
    else:
        context = {"refusal": as_dict(refusal, language), "status": status}
        response = render(request, "core/refusal.html", context, status=status)
    response["Cache-Control"] = "no-store"
    # A refusal that ends by itself says when, in whole seconds.
    retry_after = getattr(refusal, "retry_after_seconds", None)
    if retry_after is not None:
        response["Retry-After"] = str(retry_after)
    return response


class RefusalMiddleware:
    """Turns a refusal that left a view into its answer; the unexpected goes on upward."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass the request on."""
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """The answer to a refusal; None for anything else."""
        return answer(request, error) if isinstance(error, RefusalError) else None
