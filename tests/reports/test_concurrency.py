"""Two officers who freeze the same subject at the same moment."""

import threading

import pytest
from django.db import connection

from tests.reports.documents import annex, issued
from vungxanh.refusals import RefusalError
from vungxanh.reports.models import Report


def _together(*counts: int) -> list[str]:
    """Freeze documents with these counts at once; what each got: its edition or a refusal."""
    start, results = threading.Barrier(len(counts)), []

    def freeze(count: int) -> None:
        start.wait()
        try:
            results.append(f"edition {issued(annex(count=count)).edition}")
        except RefusalError as refusal:
            results.append(refusal.code)
        finally:
            connection.close()

    threads = [threading.Thread(target=freeze, args=(count,)) for count in counts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sorted(results)


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("places")
def test_same_content_at_once_is_one_report() -> None:
    assert _together(7, 7, 7) == ["edition 1"] * 3
    assert Report.objects.count() == 1


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("places")
def test_other_content_at_once_is_one_report_and_one_refusal() -> None:
    assert _together(7, 8) == ["edition 1", "reports.needs_correction"]
    assert Report.objects.count() == 1
