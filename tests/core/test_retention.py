"""Every table with a term is counted by a room's purge: read from what the models declare."""

from collections.abc import Mapping
from datetime import UTC, datetime

import pytest
from django.apps import apps
from django.db import models

from vungxanh.core import upkeep
from vungxanh.core.privacy import Keep, Privacy

AT = datetime(2026, 3, 2, 19, 30, tzinfo=UTC)
# Kept as long as what they belong to: each says here what takes it away instead, and a test below
# fails as soon as a purge counts it after all.
OTHERWISE = {
    "core_storedfile": "whoever holds the file deletes its row; bytes without a row are swept",
    "core_keychange": "a finished change has no last row, by a constraint of the table",
    "directives_itemchange": "goes with its letter",
    "directives_fixturecandidate": "goes with its letter",
}


def terms(model: type[models.Model]) -> set[Keep]:
    """What is kept for days; what goes with its event (0) has nothing to wait for."""
    declared: Mapping[str, Privacy] = getattr(model, "privacy", {})
    return {one.keep for one in declared.values() if one.keep.days}


def with_terms() -> dict[str, type[models.Model]]:
    found = (model for model in apps.get_models(include_auto_created=True) if terms(model))
    return {model._meta.db_table: model for model in found}


def hangs_on(model: type[models.Model]) -> set[str]:
    """Tables whose rows take this one's along, where both are kept equally long."""
    return {
        field.related_model._meta.db_table
        for field in model._meta.local_concrete_fields
        if isinstance(field, models.ForeignKey)
        and field.remote_field.on_delete is models.CASCADE
        and not field.null
        and isinstance(field.related_model, type)
        and terms(model) <= terms(field.related_model)
    }


def uncounted(counted: set[str]) -> set[str]:
    """Tables with a term that neither a purge counts nor a counted table takes along."""
    return {
        table
        for table, model in with_terms().items()
        if table not in counted and not hangs_on(model) & counted
    }


@pytest.mark.django_db
def test_every_table_with_a_term_is_counted_by_a_purge() -> None:
    assert len(with_terms()) > 30
    assert uncounted(set(upkeep.overdue(AT))) == set(OTHERWISE)


@pytest.mark.django_db
def test_a_room_that_counts_what_is_past_its_time_deletes_it_too() -> None:
    rooms = {config.label for config in apps.get_app_configs() if hasattr(config, "overdue")}
    assert rooms == {config.label for config in apps.get_app_configs() if hasattr(config, "purge")}


def test_a_table_that_nobody_purges_is_noticed() -> None:
    assert "people_usedcode" in uncounted(set())
    assert "people_searchtoken" not in uncounted({"people_person"})
