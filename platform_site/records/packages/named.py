"""What the tables of records with a name and an address made of it share."""

from __future__ import annotations

from typing import Any

from platform_site.records.addresses import free_slug, plain_slug, published_address
from platform_site.records.models import HasName
from platform_site.records.packages.columns import (
    Column,
    FieldColumn,
    ImportedOnColumn,
    OwnColumn,
    SiteColumn,
    WithdrawalColumn,
)
from platform_site.records.packages.files import Row
from platform_site.records.packages.importer import Incoming
from platform_site.records.packages.reading import Reading
from platform_site.records.packages.tables import TableImporter
from platform_site.records.packages.withdrawing import language_of, reason_of, successor_of


def model_field(model: Any, name: str) -> Any:
    """Return the field `name` of `model`."""
    return model._meta.get_field(name)


def record_columns(model: Any) -> tuple[Column, ...]:
    """Return the extra columns that every table of records with a name has."""
    return (
        OwnColumn(
            "slug",
            parse=lambda cell: cell.clean(model_field(model, "slug"), cell.text) if cell.text else "",
            apply=lambda record, slug: setattr(record, "slug", slug or record.slug),
            write=lambda record: "" if record.slug == plain_slug(record.name) else record.slug,
            same=lambda given, current: given in {"", current},
            extra=True,
        ),
        *source_columns(model),
    )


def source_columns(model: Any) -> tuple[Column, ...]:
    """Return the extra columns that every table of records has: for whom they are, where from, what became of them."""
    return (
        FieldColumn("audience", model_field(model, "audience"), extra=True),
        SiteColumn("source", model_field(model, "source")),
        SiteColumn("source_url", model_field(model, "source_url")),
        ImportedOnColumn("imported_on", model_field(model, "imported_on")),
        WithdrawalColumn("withdrawn", reason_of),
        WithdrawalColumn("withdrawn_language", language_of),
        WithdrawalColumn("successor", successor_of),
    )


class NamedImporter(TableImporter):
    """The table of records that get their address from their name."""

    def read(self, reading: Reading) -> list[Incoming]:
        """Read the tables; where keys hold the address, it is that of the row or what is made of its name."""
        found = super().read(reading)
        if issubclass(self.model, HasName) and self.model.id_field == "slug":
            rows = [row for incoming in found for row in incoming.parts.get(self.main.file, [])]
            given = {row.values.get("slug") or plain_slug(row.values[self.name_column]) for row in rows}
            reading.public_ids[self.record_type] = given | set(self.model.objects.values_list("slug", flat=True))
        return found

    def prepare(self, row: Row, reading: Reading, *, new: bool) -> None:
        """Leave the address of a published record as it is, and note it where the table has another one."""
        super().prepare(row, reading, new=new)
        given = row.values.get("slug", "")
        record = self.find(row.values.get(self.name_column, "")) if given and not new else None
        kept = published_address(record) if record is not None else None
        if kept not in {None, given}:
            reading.notes.add(row.place.at("slug"), f"It was published at {kept!r}: this address stays.")
            row.values["slug"] = ""

    def complete(self, record: Any, row: Row) -> None:
        """Give a record without an address one that is free."""
        if not record.slug:
            record.slug = free_slug(type(record), row.values[self.name_column])
