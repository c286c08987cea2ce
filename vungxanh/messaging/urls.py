"""Addresses of the messaging room."""

from vungxanh.core.access import page
from vungxanh.messaging import views

console_urls = [
    page("hop-thu-den/", views.inbox, name="messaging-inbox", needs="messaging.manage"),
    page("hop-thu-di/", views.outbox, name="messaging-outbox", needs="messaging.manage"),
    page(
        "hop-thu-di/<uuid:message_id>/gui-lai/",
        views.retry,
        name="messaging-retry",
        needs="messaging.manage",
    ),
]
