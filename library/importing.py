"""Library documents in packages: `library/*.csv` and the files beside them (`docs/import.md`)."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Count

from library.guides import importing as guides_importing  # noqa: F401  registers the importer of the guides
from library.importing_columns import (
    FIRST_FILE,
    ExtraPartColumn,
    FileNameColumn,
    FingerprintColumn,
    InstrumentsColumn,
    SubjectsColumn,
    YearColumn,
)
from library.importing_parties import PartyImporter
from library.models import DocumentFile, DocumentUse, LibraryDocument, LibraryText
from library.storage import opened, path_of
from library.uploads import LARGEST, clean_upload, store_file
from platform_site.records.packages import registry
from platform_site.records.packages.columns import (
    AddressColumn,
    Column,
    FieldColumn,
    TermColumn,
    TermsColumn,
    TextColumn,
    TextLanguageColumn,
)
from platform_site.records.packages.files import Row
from platform_site.records.packages.importer import Incoming, Parts, Writing
from platform_site.records.packages.links import LinksColumn
from platform_site.records.packages.named import NamedImporter, model_field, record_columns
from platform_site.records.packages.problems import PackageError, Place
from platform_site.records.packages.reading import Reading
from platform_site.records.packages.sheets import Sheet
from platform_site.records.packages.tables import ChildSheet, TextsSheet
from platform_site.vocabulary.store import vocabulary

FOLDER = "library/"
# What a row carries beside its cells while it is written: where the bytes of the file lie.
LIES = "_lies"


@dataclass(frozen=True)
class FolderSheet(Sheet):
    """A table inside a folder of the package, with a name of its own on the command line."""

    named: str = ""

    @property
    def part(self) -> str:
        """The name of the table on the command line."""
        return self.named

    def check(self, part: Any, row: Row, reading: Reading) -> None:
        """Files are checked when they are read; other rows as everywhere."""
        if not isinstance(part, DocumentFile):
            super().check(part, row, reading)


def _own_columns() -> tuple[Column, ...]:
    """Return the columns that every table of records has; the record's own source beside the document's address."""
    columns = record_columns(LibraryDocument)
    for column in columns:
        if column.name == "source_url":
            column.name = "record_source_url"
    return columns


DOCUMENTS = FolderSheet(
    f"{FOLDER}library.csv",
    (
        FileNameColumn("file", first=True),
        FieldColumn("title", model_field(LibraryDocument, "name"), required=True),
        TermColumn("kind", "document_type", "library_document_types", required=True),
        FieldColumn("issuer", model_field(LibraryDocument, "issuer")),
        YearColumn("year"),
        TermsColumn("language", "languages"),
        TermColumn("level", "level", "levels"),
        TermsColumn("countries", "countries"),
        TermsColumn("topics", "topics"),
        TextColumn("summary", model_field(LibraryText, "summary")),
        AddressColumn("source_url", model_field(LibraryDocument, "address")),
        FieldColumn("authors", model_field(LibraryDocument, "authors"), extra=True),
        FieldColumn("adopted", model_field(LibraryDocument, "adopted"), extra=True),
        ExtraPartColumn("published", model_field(LibraryDocument, "published_on")),
        FieldColumn("in_force", model_field(LibraryDocument, "in_force_on"), extra=True),
        FieldColumn("status", model_field(LibraryDocument, "status"), extra=True),
        InstrumentsColumn("instruments"),
        SubjectsColumn("instrument_subjects"),
        TermsColumn("monitoring_bodies", "monitoring_bodies", extra=True),
        FieldColumn("tool", model_field(LibraryDocument, "tool"), extra=True),
        LinksColumn("used_by", DocumentUse, "uses"),
        FieldColumn("checked_on", model_field(LibraryDocument, "checked_on"), extra=True),
        *FIRST_FILE,
        TextLanguageColumn("summary_language", extra=True),
        FingerprintColumn("fingerprint", first=True),
        *_own_columns(),
    ),
    named="library",
)
FILES = FolderSheet(
    f"{FOLDER}files.csv",
    (
        FileNameColumn("file", required=True),
        FieldColumn("language", model_field(DocumentFile, "language"), required=True),
        FieldColumn("label", model_field(DocumentFile, "label"), extra=True),
        FieldColumn("key", model_field(DocumentFile, "key"), extra=True),
        FingerprintColumn("fingerprint"),
    ),
    owner="document",
    named="library_files",
)
TEXTS = FolderSheet(
    f"{FOLDER}texts.csv",
    (
        FieldColumn("language", model_field(LibraryText, "language"), required=True),
        FieldColumn("title", model_field(LibraryText, "title")),
        FieldColumn("summary", model_field(LibraryText, "summary")),
    ),
    owner="document",
    named="library_texts",
)


class DocumentImporter(NamedImporter):
    """Library documents with their files and translations."""

    record_type = "document"
    order = 48
    model = LibraryDocument
    main = DOCUMENTS
    name_column = "title"
    children = (
        ChildSheet(FILES, "files", ("file",), keep_first=1, unique=True),
        TextsSheet(TEXTS, "texts", ("language",), unique=True, original_in=DOCUMENTS.file),
    )
    files = {sheet.file: sheet.part for sheet in (DOCUMENTS, FILES, TEXTS)}
    # Here it is the address of the document, not where the record is from.
    own_columns = {DOCUMENTS.file: frozenset({"source_url"})}
    prefetch = ("texts", "terms", "instruments", "uses", "files__stored")

    # --- reading ------------------------------------------------------------------------------------------------
    def read(self, reading: Reading) -> list[Incoming]:
        """Read the tables; files that no row names are noted."""
        incoming = super().read(reading)
        folder = reading.package.path(FOLDER)
        if reading.wants(DOCUMENTS.part) and folder.is_dir():
            named = {row.values.get("file") for one in incoming for rows in one.parts.values() for row in rows}
            tables = {sheet.file.removeprefix(FOLDER) for sheet in (DOCUMENTS, FILES, TEXTS)}
            for path in sorted(folder.iterdir()):
                if path.name not in named | tables and not path.name.startswith("."):
                    reading.notes.add(Place(f"{FOLDER}{path.name}"), "No document names this file.")
        for one in incoming:
            main = one.parts.get(DOCUMENTS.file)
            further = one.parts.get(FILES.file)
            if main and further and "file" in main[0].values and not main[0].values["file"]:
                reading.problems.add(further[0].place, f"The first file of a document stands in {DOCUMENTS.file}.")
            for row in main or ():
                if len(row.typed.get("instrument_subjects", ())) > len(row.typed.get("instruments", ())):
                    place = row.place.at("instrument_subjects")
                    reading.problems.add(place, "There are more subjects here than instruments.")
            for rows in one.parts.values():
                for row in rows:
                    self._fingerprint(row, reading)
        return incoming

    def _fingerprint(self, row: Row, reading: Reading) -> None:
        """Add to a row what tells whether its file is another one than that of the site."""
        name = row.values.get("file")
        if not name or "file" not in row.typed:
            return
        try:
            path = reading.package.path(f"{FOLDER}{name}")
        except PackageError as error:
            reading.problems.add(row.place.at("file"), error.problems[0].reason)
            return
        if not path.is_file() or path.stat().st_size > LARGEST:
            reason = "There is no such file in the folder." if not path.is_file() else "The file is too large."
            reading.problems.add(row.place.at("file"), reason)
            return
        with path.open("rb") as handle:
            row.values["fingerprint"] = hashlib.file_digest(handle, "sha256").hexdigest()

    # --- the site -----------------------------------------------------------------------------------------------
    def build(self, incoming: Incoming, record: Any | None, reading: Reading) -> Any:
        """Return the document with the given rows; files that differ from those of the site are checked and kept."""
        document = super().build(incoming, record, reading)
        languages = document.codes("languages")
        places = {
            row.values["file"]: row.place.at("file")
            for rows in incoming.parts.values()
            for row in rows
            if row.values.get("file")
        }
        for row in document.files.all():
            pending = row.pending
            if not pending:
                continue
            if row.pk is None and row.sort_order == 0 and languages and not row.language_given:
                row.language = languages[0]
            if row.language not in vocabulary("languages"):
                reading.problems.add(places.get(pending, incoming.place), f"There is no language {row.language!r}.")
                continue
            self._take(row, pending, places.get(pending, incoming.place), reading)
        document.name_files()
        return document

    def _take(self, row: DocumentFile, name: str, place: Place, reading: Reading) -> None:
        data = reading.package.path(f"{FOLDER}{name}").read_bytes()
        given = hashlib.sha256(data).hexdigest()
        row.name = name
        if row.stored_id is not None and given in (row.given_sha256, row.stored.sha256):
            return
        try:
            row.stored = store_file(name=name, data=clean_upload(name, data))
        except ValidationError as error:
            for sentence in error.messages:
                reading.problems.add(place, sentence)
            return
        row.given_sha256 = given

    # --- writing ------------------------------------------------------------------------------------------------
    def exported(self, writing: Writing) -> Iterable[Any]:
        """Return what is or was published; notes which names of files stand on more than one document."""
        twice = DocumentFile.objects.values("name").annotate(count=Count("pk")).filter(count__gt=1)
        writing.absent["document_file_names"] = set(twice.values_list("name", flat=True))
        return super().exported(writing)

    def exported_rows(self, record: Any, writing: Writing) -> Parts:
        """Return the rows with names of files that are unique in the package, and where each file lies."""
        parts = super().exported_rows(record, writing)
        rows = sorted(record.files.all(), key=lambda row: (row.sort_order, row.pk or 0))
        given = [*parts[DOCUMENTS.file], *parts[FILES.file]]
        for row, cells in zip(rows, given, strict=False):
            cells["file"] = row.name
            if row.name in writing.absent["document_file_names"]:
                cells["file"] = f"{record.slug}-{row.key}-{row.name}"
            cells[LIES] = path_of(row.stored.sha256, row.stored.ending)
        for cells in given:
            cells["fingerprint"] = ""
        return parts

    def write(self, folder: Path, file: str, rows: Sequence[Mapping[str, Any]]) -> None:
        """Write a table, and the files that its rows name; like the tables for the owner's eyes alone."""
        super().write(folder, file, rows)
        for row in rows:
            if row.get(LIES):
                path = folder / FOLDER / row["file"]
                target = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
                with opened(row[LIES]) as source, os.fdopen(target, "wb") as handle:
                    for chunk in iter(lambda: source.read(1024 * 1024), b""):
                        handle.write(chunk)


registry.register(DocumentImporter())
registry.register(PartyImporter())
