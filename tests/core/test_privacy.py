"""No field and no table without a privacy class and a retention."""

from collections.abc import Iterator
from datetime import timedelta

from django.apps import apps
from django.db import connection, models

from vungxanh.core.enveloped import EnvelopedField
from vungxanh.core.privacy import THIRD_PARTY, Privacy, PrivacyClass, public
from vungxanh.core.sealed import SealedField

SEALED_BY_HASHING = {"accounts.Staff.password"}


def is_ours(model: type[models.Model]) -> bool:
    return model.__module__.startswith("vungxanh.")


def our_models() -> Iterator[type[models.Model]]:
    return filter(is_ours, apps.get_models(include_auto_created=True))


def fields_of(model: type[models.Model]) -> set[str]:
    return {field.name for field in model._meta.local_concrete_fields}


def declared_of(model: type[models.Model]) -> dict[str, Privacy]:
    declared: dict[str, Privacy] = getattr(model, "privacy", {})
    return declared


def undeclared(model: type[models.Model]) -> set[str]:
    """Fields without a declaration, and declarations without a field."""
    return fields_of(model) ^ set(declared_of(model))


def test_every_field_is_declared() -> None:
    found = {model._meta.label: undeclared(model) for model in our_models() if undeclared(model)}
    assert found == {}


def test_silence_is_noticed() -> None:
    class Silent(models.Model):
        privacy = public("id")
        name = models.TextField()

        class Meta:
            app_label = "silent"
            managed = False

    assert undeclared(Silent) == {"name"}
    apps.all_models["silent"].clear()


def test_what_names_a_person_is_sealed_and_not_kept_without_end() -> None:
    private = [
        (f"{model._meta.label}.{name}", model._meta.get_field(name), declared)
        for model in our_models()
        for name, declared in declared_of(model).items()
        if declared.cls in {PrivacyClass.PERSONAL, PrivacyClass.SENSITIVE}
    ]
    lying_open = {
        label for label, field, _ in private if not isinstance(field, (SealedField, EnvelopedField))
    } - SEALED_BY_HASHING
    assert lying_open == set()
    assert [label for label, _, declared in private if declared.keep.days is None] == []


def test_every_table_of_a_library_is_listed() -> None:
    theirs = {
        model._meta.label
        for model in apps.get_models(include_auto_created=True)
        if not is_ours(model)
    }
    assert theirs - set(THIRD_PARTY) == set()


def test_every_table_in_the_database_belongs_to_somebody(db: None) -> None:
    tables = set(connection.introspection.table_names())
    modelled = {model._meta.db_table for model in apps.get_models(include_auto_created=True)}
    assert tables - modelled - set(THIRD_PARTY) == set()


def test_declaration_says_class_and_retention() -> None:
    (declared,) = public("name").values()
    assert isinstance(declared, Privacy)
    assert (declared.cls, declared.keep.period) == (PrivacyClass.PUBLIC, timedelta.max)
