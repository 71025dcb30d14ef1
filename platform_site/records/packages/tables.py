"""The importer of a kind of record that stands in tables: one table of records, further tables of their parts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, ClassVar

from django.db.models import Q

from platform_site.records.packages.files import Row, write_table
from platform_site.records.packages.importer import Importer, Incoming, Parts, Writing
from platform_site.records.packages.links import LinksColumn
from platform_site.records.packages.problems import Place
from platform_site.records.packages.provenance import state_source
from platform_site.records.packages.reading import Reading
from platform_site.records.packages.sheets import Sheet


@dataclass(frozen=True)
class ChildSheet:
    """A table whose rows are child rows of a record: the relation, and the columns that tell them apart.

    `keep_first` leaves out the first rows of the relation: those stand in the table of the records.
    """

    sheet: Sheet
    relation: str
    key: tuple[str, ...]
    keep_first: int = 0
    unique: bool = False

    def rows(self, record: Any) -> list[Any]:
        """Return the child rows of `record` that stand in this table."""
        found = list(getattr(record, self.relation).all())
        found.sort(key=lambda row: (getattr(row, "sort_order", 0), row.pk or 0))
        return found[self.keep_first :]

    def check(self, record: Any, part: Any, row: Row, reading: Reading) -> None:
        """Add to the run's problems what is wrong with `part` as a part of `record`."""


@dataclass(frozen=True)
class TextsSheet(ChildSheet):
    """The table of a record's translations: all its texts but the original, which stands in another table."""

    original_in: str = ""

    def rows(self, record: Any) -> list[Any]:
        """Return the translations, in the order in which they were added."""
        return [row for row in sorted(record.texts.all(), key=lambda row: row.pk or 0) if not row.is_original]

    def check(self, record: Any, part: Any, row: Row, reading: Reading) -> None:
        """A translation needs an original, in another language."""
        original = next((text for text in record.texts.all() if text.is_original), None)
        if original is None:
            reading.problems.add(row.place, f"There is no original text: it stands in {self.original_in}.")
        elif original.language == part.language:
            reading.problems.add(row.place.at("language"), f"The original in {self.original_in} is in this language.")


class TableImporter(Importer):
    """Records in tables. Subclasses state `model`, `main`, `children` and the name column; the rest is here."""

    model: ClassVar[Any]
    main: ClassVar[Sheet]
    children: ClassVar[tuple[ChildSheet, ...]] = ()
    name_column: ClassVar[str] = "name"
    # The path to what a record is known by.
    key_path: ClassVar[str] = "name"
    prefetch: ClassVar[tuple[str, ...]] = ()

    # --- reading ------------------------------------------------------------------------------------------------
    def read(self, reading: Reading) -> list[Incoming]:
        """Return the records of the table, and those of the site that only a table of parts names."""
        found: dict[str, Incoming] = {}
        first: dict[str, Row] = {}
        on_site = set(self.model.objects.values_list(self.key_path, flat=True))
        for row in self.main.read(reading):
            name = row.values.get(self.name_column, "")
            if name in first:
                reading.problems.add(
                    row.place.at(self.name_column),
                    f"{name!r} stands twice in the table: {first[name].place.row} has it already.",
                )
                continue
            self.prepare(row, reading, new=name not in on_site)
            self.main.parse(row, reading)
            if ";" in name:
                reading.problems.add(
                    row.place.at(self.name_column), "A name cannot hold a semicolon: it joins names in cells."
                )
            first[name] = row
            found[name] = Incoming(name, row.place, {self.main.file: [row]})
        reading.names[self.record_type] = self.names({name for name in (set(found) | on_site) if name})
        for child in self.children:
            self._read_children(child, found, reading)
        return list(found.values())

    def _read_children(self, child: ChildSheet, found: dict[str, Incoming], reading: Reading) -> None:
        sheet = child.sheet
        given = reading.wants(sheet.part) and reading.package.has(sheet.file)
        rows = sheet.read(reading)
        if not given:
            return
        # Who stands in the table of records and has no row here has none.
        for incoming in found.values():
            incoming.parts[sheet.file] = []
        keys: set[tuple[str, ...]] = set()
        for row in rows:
            name = row.values[sheet.owner]
            sheet.parse(row, reading)
            if not reading.refer(self.record_type, name, row.place.at(sheet.owner)):
                continue
            key = (name, *(row.values.get(column, "") for column in child.key))
            if child.unique and key in keys:
                reading.problems.add(row.place, f"This is given twice: {', '.join(key)}.")
                continue
            keys.add(key)
            incoming = found.setdefault(name, Incoming(name, row.place))
            incoming.parts.setdefault(sheet.file, []).append(row)

    def names(self, known: set[str]) -> set[str]:
        """Return what a table of parts may refer to: the records that are `known`, in the package or on the site."""
        return known

    def prepare(self, row: Row, reading: Reading, *, new: bool) -> None:
        """Change the values of a row before they are read: defaults of the package, options of the run."""
        if (
            new
            and reading.package.language != "en"
            and "language" in self.main.known
            and not row.values.get("language")
        ):
            row.values["language"] = reading.package.language

    # --- the site -----------------------------------------------------------------------------------------------
    def find(self, key: str) -> Any | None:
        """Return the record of this name, with its parts."""
        return self.model.objects.prefetch_related(*self.prefetch).filter(**{self.key_path: key}).first()

    def rows_of(self, record: Any) -> Parts:
        """Return the record's row and the rows of its parts."""
        parts: Parts = {self.main.file: [self.main.write(record)]}
        for child in self.children:
            owner = {child.sheet.owner: self.key_of(record)}
            parts[child.sheet.file] = [owner | child.sheet.write(row) for row in child.rows(record)]
        return parts

    def key_of(self, record: Any) -> str:
        """Return what the record is known by."""
        return str(record.name)

    def _child(self, file: str) -> ChildSheet | None:
        return next((child for child in self.children if child.sheet.file == file), None)

    def same(self, file: str, given: Mapping[str, Any], current: Mapping[str, Any]) -> bool:
        """Compare the columns that the file gives."""
        child = self._child(file)
        return (child.sheet if child else self.main).same(given, current)

    def row_key(self, file: str, row: Mapping[str, Any]) -> Any:
        """Return the columns that tell the rows of a table apart."""
        child = self._child(file)
        return tuple(row.get(column, "") for column in child.key) if child else ""

    def build(self, incoming: Incoming, record: Any | None, reading: Reading) -> Any:
        """Return the record with the given rows; what no given column speaks of stays."""
        fresh = record is None
        if record is None:
            record = self.new_record(incoming)
        if not incoming.only_adds:
            main = incoming.parts.get(self.main.file)
            state_source(record, main[0].values if main else {}, reading, fresh=fresh)
        for row in incoming.parts.get(self.main.file, []):
            self.complete(record, row)
            self.main.apply(record, row, fresh=fresh)
        for child in self.children:
            if child.sheet.file in incoming.parts:
                self._build_children(record, child, incoming.parts[child.sheet.file], reading)
        return record

    def lacking(self, record: Any, incoming: Incoming) -> list[tuple[Place, str]]:
        """Return the keys of the table of records that are not there yet."""
        return [
            (row.place.at(column.name), key)
            for row in incoming.parts.get(self.main.file, [])
            for column in self._link_columns()
            if column.name in row.typed
            for key in column.lacking(record, row.typed[column.name])
        ]

    def _link_columns(self) -> list[LinksColumn]:
        return [column for column in self.main.columns if isinstance(column, LinksColumn)]

    def new_record(self, incoming: Incoming) -> Any:
        """Return an empty record for what the package gives."""
        return self.model()

    def complete(self, record: Any, row: Row) -> None:
        """Fill in, before the row is applied, what the model needs and the format leaves open."""

    def _build_children(self, record: Any, child: ChildSheet, rows: list[Row], reading: Reading) -> None:
        manager = getattr(record, child.relation)
        mine = child.rows(record)
        others = [row for row in manager.all() if row not in mine]
        waiting: dict[Any, list[Any]] = {}
        for part in mine:
            plain = child.sheet.plain(part)
            waiting.setdefault(tuple(plain[column] for column in child.key), []).append(part)
        built = []
        for row in rows:
            part = self.new_part(child)
            child.sheet.apply(part, row, fresh=True)
            plain = child.sheet.plain(part)
            kept = waiting.get(tuple(plain[column] for column in child.key))
            if kept:
                part = kept.pop(0)
                child.sheet.apply(part, row, fresh=False)
            child.sheet.check(part, row, reading)
            child.check(record, part, row, reading)
            built.append(part)
        for number, part in enumerate(built):
            if hasattr(part, "sort_order"):
                part.sort_order = number + child.keep_first
        setattr(record, child.relation, [*others, *built])

    def new_part(self, child: ChildSheet) -> Any:
        """Return an empty child row of a table."""
        return getattr(self.model, child.relation).rel.related_model()

    # --- writing ------------------------------------------------------------------------------------------------
    def exported(self, writing: Writing) -> Iterable[Any]:
        """Return what is or was published, in the order in which it came; drafts are noted."""
        travels = Q(live=True) | Q(withdrawn_on__isnull=False)
        drafts = self.model.objects.exclude(travels).order_by("pk")
        absent = drafts.values_list(self.key_path, flat=True)
        writing.absent[self.record_type] = set(absent)
        writing.absent_keys.update(record.key for record in drafts)
        for name in absent:
            writing.notes.add(Place(self.main.file), f"{name!r} is not published and is left out.")
        return (
            self.model.objects.filter(travels).order_by("pk").prefetch_related(*self.prefetch).iterator(chunk_size=200)
        )

    def without_absent(self, file: str, row: dict[str, Any], writing: Writing) -> dict[str, Any]:
        """Return the row; in the table of records without the keys of what is not exported."""
        columns = self._link_columns() if file == self.main.file else []
        return row | {column.name: column.without(row[column.name], writing.absent_keys) for column in columns}

    def mapped(self, record: Any) -> Iterable[tuple[str, str, str, str, str]]:
        """Return the mappings of the record's row and of the rows of its parts."""
        yield from self.main.mapped(record)
        for child in self.children:
            for row in child.rows(record):
                yield from child.sheet.mapped(row)

    def write(self, folder: Path, file: str, rows: Sequence[Mapping[str, Any]]) -> None:
        """Write a table: the format's own columns, and of the extra ones those that a row fills."""
        child = self._child(file)
        sheet = child.sheet if child else self.main
        filled = {column.name for column in sheet.columns if not column.extra or any(row[column.name] for row in rows)}
        columns = ([sheet.owner] if sheet.owner else []) + [c.name for c in sheet.columns if c.name in filled]
        write_table(folder / file, columns, rows)
