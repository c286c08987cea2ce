"""Numbers for sheets of paper: each one once."""

from django.db import transaction
from django.db.models import F

from vungxanh.declarations.models import Questionnaire, SheetCount
from vungxanh.declarations.rules.paper import MOST_OF_A_VERSION, MOST_VERSIONS, Sheet, number_of
from vungxanh.declarations.values.paper import MOST_PRINTED, SheetsUsedUpError


def number_sheets(*, version: Questionnaire, n: int) -> tuple[str, ...]:
    """The next numbers of a version, for sheets that are printed now; none is given twice.

    Nothing is recorded: anybody may print a form, and a number says nothing of anybody.
    """
    wanted = max(1, min(n, MOST_PRINTED))
    if version.pk > MOST_VERSIONS:
        raise SheetsUsedUpError
    with transaction.atomic():
        SheetCount.objects.get_or_create(questionnaire=version)
        count = SheetCount.objects.select_for_update().get(questionnaire=version)
        if count.n + wanted > MOST_OF_A_VERSION:
            raise SheetsUsedUpError
        SheetCount.objects.filter(pk=count.pk).update(n=F("n") + wanted)
    first = count.n + 1
    return tuple(number_of(Sheet(version.pk, nth)) for nth in range(first, first + wanted))
