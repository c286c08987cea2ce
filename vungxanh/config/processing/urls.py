"""Addresses of the papers on processing."""

from vungxanh.config.processing import breaches, views
from vungxanh.config.processing.values import MANAGE
from vungxanh.core.access import page

console_urls = [
    page("ho-so-du-lieu/", views.overview, name="processing", needs=MANAGE),
    page("ho-so-du-lieu/khai-bao/", views.statement, name="processing-statement", needs=MANAGE),
    page("ho-so-du-lieu/vi-pham/", breaches.new, name="processing-breach_new", needs=MANAGE),
    page(
        "ho-so-du-lieu/vi-pham/<uuid:paper_id>/",
        breaches.breach,
        name="processing-breach",
        needs=MANAGE,
    ),
    page(
        "ho-so-du-lieu/vi-pham/<uuid:paper_id>/sua/",
        breaches.correct,
        name="processing-breach_correct",
        needs=MANAGE,
    ),
    page("ho-so-du-lieu/ban/<uuid:paper_id>/", views.paper, name="processing-paper", needs=MANAGE),
    page(
        "ho-so-du-lieu/ban/<uuid:paper_id>/da-gui/",
        views.sent,
        name="processing-sent",
        needs=MANAGE,
    ),
    page(
        "ho-so-du-lieu/ban/<uuid:paper_id>.<str:ending>",
        views.paper_file,
        name="processing-file",
        needs=MANAGE,
    ),
    page(
        "ho-so-du-lieu/xem-truoc/<slug:slug>.<str:ending>",
        views.draft_file,
        name="processing-draft",
        needs=MANAGE,
    ),
    page(
        "ho-so-du-lieu/xem-truoc/<slug:slug>/",
        views.preview,
        name="processing-preview",
        needs=MANAGE,
    ),
]
