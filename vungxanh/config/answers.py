"""What is answered when there is no view to answer: missing, refused, too large, broken."""

from collections.abc import Callable

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse, JsonResponse

from vungxanh.core import errors, permissions
from vungxanh.core.access import StaleFormError
from vungxanh.core.bridge import TOO_LARGE
from vungxanh.refusals import RefusalError, Words

SERVER_ERROR = 500
HEADERS = {
    "Cross-Origin-Resource-Policy": "same-origin",
    permissions.HEADER: permissions.POLICY,
    "X-Permitted-Cross-Domain-Policies": "none",
}


class WrongMethodError(RefusalError):
    """The address exists but does not take this method."""

    status = 405

    def __init__(self) -> None:
        words = Words(
            vi="Địa chỉ này không nhận phương thức vừa gọi. Xem tài liệu API.",
            en="This address does not take that method. See the API document.",
        )
        super().__init__("core.wrong_method", words)


class BadRequestError(RefusalError):
    """A request that no browser of ours would send; a call to the API is told so otherwise."""

    status = 400

    def __init__(self, *, is_call: bool = False) -> None:
        words = Words(
            vi="Yêu cầu gửi lên chưa đúng dạng. Tải lại trang rồi làm lại.",
            en="The request is not well formed. Reload the page and try again.",
        )
        if is_call:
            words = Words(
                vi="Không đọc được yêu cầu: kiểm tra địa chỉ, tham số và phần thân (JSON, UTF-8) "
                "theo tài liệu API.",
                en="The call cannot be read: check its address, parameters and body (JSON, UTF-8) "
                "against the API document.",
            )
        super().__init__("core.bad_request", words)


class TooLargeError(RefusalError):
    """The body is larger than this installation takes; a call to the API sends no file."""

    status = 413

    def __init__(self, megabytes: int, *, is_call: bool = False) -> None:
        words = Words(
            vi=f"Tệp gửi lên lớn hơn {megabytes} MB. Chia nhỏ tệp, hoặc chỉ gửi bảng số liệu.",
            en=f"What was sent is larger than {megabytes} MB. Split it, or send the table alone.",
        )
        if is_call:
            words = Words(
                vi=f"Phần thân của yêu cầu lớn hơn {megabytes} MB. Chia thành nhiều lần gọi.",
                en=f"The body of the request is larger than {megabytes} MB. Split it into calls.",
            )
        super().__init__("core.too_large", words)


class BrokenError(RefusalError):
    """Something unexpected; the log says what."""

    status = SERVER_ERROR

    def __init__(self) -> None:
        words = Words(
            vi="Máy chủ gặp sự cố nên chưa làm xong việc này. Số liệu đã lưu vẫn còn nguyên. "
            "Hãy thử lại, nếu vẫn vậy thì báo người quản trị.",
            en="The server met a fault and did not finish this. What was stored is intact. "
            "Try again, and tell the administrator if it stays so.",
        )
        super().__init__("core.broken", words)


class HeadersMiddleware:
    """What every answer says to browsers besides what Django and the policy's package say."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """The answer, with what it leaves unsaid."""
        response = self.get_response(request)
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        return response


class PlainAnswersMiddleware:
    """Refuses bodies that the bridge cut off, and gives machines a reason with each code."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """The view's answer, unless there is nothing that a view could have read."""
        limit = request.META.get(TOO_LARGE)
        if limit is not None:
            return errors.answer(request, _too_large(request, limit))
        response = self.get_response(request)
        if response.status_code == WrongMethodError.status and errors.wants_json(request):
            return _with_allow(errors.answer(request, WrongMethodError()), response)
        return response


def _too_large(request: HttpRequest, limit: int) -> TooLargeError:
    return TooLargeError(limit // (1024 * 1024), is_call=errors.wants_json(request))


def _with_allow(answer: HttpResponse, response: HttpResponse) -> HttpResponse:
    if "Allow" in response:
        answer["Allow"] = response["Allow"]
    return answer


def missing(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Django's handler404."""
    return errors.answer(request, errors.MissingError())


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Django's handler403."""
    return errors.answer(request, StaleFormError())


def stale_form(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form without its token: the page is old, or it is not ours."""
    return errors.answer(request, StaleFormError())


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Django's handler400."""
    if isinstance(exception, RequestDataTooBig):
        return errors.answer(request, _too_large(request, settings.DATA_UPLOAD_MAX_MEMORY_SIZE))
    return errors.answer(request, BadRequestError(is_call=errors.wants_json(request)))


def broken(request: HttpRequest) -> HttpResponse:
    """Django's handler500; when even the page cannot be drawn, a bare JSON sentence."""
    try:
        return errors.answer(request, BrokenError())
    except Exception:  # the templates themselves may be what broke
        body = errors.as_dict(BrokenError(), "vi")
        return JsonResponse(body, status=SERVER_ERROR, json_dumps_params={"ensure_ascii": False})
