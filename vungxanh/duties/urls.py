"""Addresses of the room and what each needs."""

from vungxanh.core.access import OPEN, page
from vungxanh.duties import views
from vungxanh.duties.values import MANAGE, VIEW

public_urls = [page("lich/<str:secret>.ics", views.feed, name="duties-feed", needs=OPEN)]

_ONE = "viec/<uuid:occurrence_id>/"
_DUTY = "nghia-vu/<uuid:duty_id>/"
console_urls = [
    page("viec/", views.work, name="duties-work", needs=VIEW),
    page("viec/bang/", views.board, name="duties-board", needs=VIEW),
    page("viec/lich/", views.calendar, name="duties-calendar", needs=VIEW),
    page("viec/lich/moi/", views.make_calendar, name="duties-calendar_make", needs=VIEW),
    page("viec/lich/bo/", views.remove_calendar, name="duties-calendar_remove", needs=VIEW),
    page(_ONE, views.occurrence, name="duties-occurrence", needs=VIEW),
    page(f"{_ONE}xong/", views.meet, name="duties-meet", needs=VIEW),
    page(f"{_ONE}lay-lai/", views.take_back, name="duties-take_back", needs=VIEW),
    page(f"{_ONE}mien-huy/", views.settle, name="duties-settle", needs=MANAGE),
    page(f"{_ONE}mo-lai/", views.reopen, name="duties-reopen", needs=MANAGE),
    page(f"{_ONE}tra-loi/", views.answer, name="duties-answer", needs=MANAGE),
    page("nghia-vu/", views.listed, name="duties-list", needs=VIEW),
    page("nghia-vu/them/", views.add, name="duties-add", needs=MANAGE),
    page(_DUTY, views.duty, name="duties-duty", needs=VIEW),
    page(f"{_DUTY}ket-thuc/", views.end, name="duties-end", needs=MANAGE),
]
