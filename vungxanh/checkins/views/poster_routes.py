"""Addresses of posters."""

from django.urls import URLPattern

from vungxanh.checkins.values.posters import PRINT
from vungxanh.checkins.views import posters
from vungxanh.core.access import SELF, page

SEE = "points.view"
JOB = "diem/bang-ma/<uuid:job_id>/"

public_urls: list[URLPattern] = [
    page("toi/diem/<str:code>/bang-ma.pdf", posters.mine, name="checkins-me_poster", needs=SELF),
]
console_urls: list[URLPattern] = [
    page("diem/bang-ma/", posters.jobs, name="checkins-posters", needs=PRINT),
    page(JOB, posters.job, name="checkins-poster_job", needs=PRINT),
    page(f"{JOB}huy/", posters.cancel, name="checkins-poster_cancel", needs=PRINT),
    page(f"{JOB}bang-ma.zip", posters.download, name="checkins-poster_zip", needs=PRINT),
    page("diem/<int:point_id>/bang-ma.pdf", posters.one, name="checkins-poster", needs=SEE),
]
