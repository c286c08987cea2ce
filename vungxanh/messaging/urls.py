"""Addresses of the messaging room."""

from vungxanh.core.access import page
from vungxanh.messaging.api import router
from vungxanh.messaging.views import inbox, outbox, templates

NEEDS = "messaging.manage"
console_urls = [
    page("hop-thu-den/", inbox.mails, name="messaging-inbox", needs=NEEDS),
    page("hop-thu-den/tin-nhan/", inbox.messages, name="messaging-sms", needs=NEEDS),
    page("hop-thu-di/", outbox.listed, name="messaging-outbox", needs=NEEDS),
    page("hop-thu-di/mau/", templates.listed, name="messaging-templates", needs=NEEDS),
    page("hop-thu-di/mau/<str:code>/", templates.one, name="messaging-template", needs=NEEDS),
    page(
        "hop-thu-di/<uuid:message_id>/gui-lai/",
        outbox.retry,
        name="messaging-retry",
        needs=NEEDS,
    ),
]
api_urls = [("/messaging", router)]
