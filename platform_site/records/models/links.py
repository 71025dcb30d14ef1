"""Rows of a record that name other records, of whatever app: by type and primary key, found through the registry."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, ClassVar

from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _

from platform_site.records.gate import Reason
from platform_site.records.models.parts import RecordPart
from platform_site.records.registry import record_models


class RecordLink(RecordPart):
    """That a record names another one, which may be of an app that its own app does not know.

    Kept by type and primary key: a key holds what people call a record, and that changes. Subclasses add the
    `ParentalKey` to their record and say which kinds of records they can name. Readers get the other record through
    `search.related.lines_of`, which asks who may read it; `platform_site.records.references` names what links to a
    record before it is deleted, as if the row were a foreign key with PROTECT.
    """

    # The kinds of records that a row can name, in the order in which readers get them.
    linkable: ClassVar[tuple[str, ...]] = ()
    # How to write a key in the editors' form, with examples of these kinds.
    key_help: ClassVar[Any] = ""

    record_type = models.CharField(max_length=30)
    record_pk = models.PositiveBigIntegerField()
    sort_order = models.PositiveIntegerField(default=0, editable=False)

    field_audiences: ClassVar[dict[str, str]] = dict.fromkeys(("record_type", "record_pk", "sort_order"), "public")

    class Meta:
        abstract = True
        ordering: ClassVar[list[str]] = ["sort_order", "id"]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["record_type", "record_pk"], name="%(app_label)s_%(class)s_to")
        ]

    def __str__(self) -> str:
        return self.record_key

    def clean(self) -> None:
        """Refuse a record that is not there. Raises ValidationError."""
        super().clean()
        if self.record is None:
            raise ValidationError(_("There is no such record."))

    @property
    def target(self) -> tuple[str, int]:
        """Type and primary key of the record."""
        return self.record_type, self.record_pk

    @property
    def record(self) -> Any | None:
        """The record, whatever its state, or None. Costs a query; for editors and packages, not for readers."""
        model = record_models().get(self.record_type)
        return model.objects.filter(pk=self.record_pk).first() if model else None

    @property
    def record_key(self) -> str:
        """The record's stable name (`practice:3`), "" where it is gone."""
        record = self.record
        return record.key if record is not None else ""

    @classmethod
    def targets(cls) -> frozenset[tuple[str, int]]:
        """Return type and primary key of every record that some row names, whatever the states of the two."""
        return frozenset(cls._default_manager.values_list("record_type", "record_pk").distinct())

    @classmethod
    def allowed(cls) -> list[str]:
        """Return the kinds of records that a row can name, as far as their apps are there."""
        known = record_models()
        return [name for name in cls.linkable if name in known]

    @staticmethod
    def model_and_pk(data: Mapping[str, Any]) -> tuple[Any, int] | None:
        """Return what a row in the content of a revision names, as model and primary key; None for an unknown kind."""
        model = record_models().get(data.get("record_type", ""))
        pk = data.get("record_pk")
        return (model, int(pk)) if model is not None and pk is not None else None


def link_models() -> list[type[RecordLink]]:
    """Return the classes of such rows in all apps."""
    return [model for model in apps.get_models() if issubclass(model, RecordLink)]


def links_to(record: Any) -> Iterator[RecordLink]:
    """Yield the rows of all apps that name `record`."""
    for model in link_models():
        yield from model._base_manager.filter(record_type=record.record_type, record_pk=record.pk)


def links_in_order(rows: Iterable[RecordLink]) -> list[RecordLink]:
    """Return the rows of one record in their order, each record that they name once."""
    ordered = sorted(rows, key=lambda row: (row.sort_order, row.pk or 0))
    return list({row.target: row for row in reversed(ordered)}.values())[::-1]


def link_problems(record: Any, rows: Iterable[RecordLink]) -> Iterator[Reason]:
    """Yield what is wrong with the rows of `record` together: a record that is named twice, and itself."""
    seen: set[tuple[str, int]] = set()
    for row in rows:
        if row.target == (record.record_type, record.pk):
            yield Reason(_("A record cannot name itself."), row=row, name="record_key")
        elif row.target in seen:
            yield Reason(_("This record is named twice."), row=row, name="record_key")
        seen.add(row.target)
