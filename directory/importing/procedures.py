"""Procedure notes with the days and sources of their points, and with translations."""

from __future__ import annotations

from directory.models import ProcedureNote, ProcedurePoint, ProcedureText
from platform_site.records.packages.columns import (
    AddressColumn,
    FieldColumn,
    TermColumn,
    TextColumn,
    TextLanguageColumn,
)
from platform_site.records.packages.named import NamedImporter, model_field, record_columns
from platform_site.records.packages.sheets import Sheet
from platform_site.records.packages.tables import ChildSheet, TextsSheet

TOPICS = tuple(ProcedurePoint.Topic.values)

PROCEDURE_NOTES = Sheet(
    "procedure_notes.csv",
    (
        FieldColumn("name", model_field(ProcedureNote, "name"), required=True),
        TermColumn("from", "origin", "countries", required=True),
        TermColumn("to", "destination", "countries", required=True),
        *(TextColumn(topic, model_field(ProcedureText, topic)) for topic in TOPICS),
        TextColumn("title", model_field(ProcedureText, "title"), extra=True),
        TextLanguageColumn("language", extra=True),
        *record_columns(ProcedureNote),
    ),
)
PROCEDURE_POINTS = Sheet(
    "procedure_points.csv",
    (
        FieldColumn("point", model_field(ProcedurePoint, "topic"), required=True),
        FieldColumn("as_of", model_field(ProcedurePoint, "as_of"), required=True),
        FieldColumn("source", model_field(ProcedurePoint, "source"), required=True),
        AddressColumn("source_url", model_field(ProcedurePoint, "source_url")),
    ),
    owner="note",
)
PROCEDURE_TEXTS = Sheet(
    "procedure_texts.csv",
    (
        FieldColumn("language", model_field(ProcedureText, "language"), required=True),
        FieldColumn("title", model_field(ProcedureText, "title")),
        *(FieldColumn(topic, model_field(ProcedureText, topic)) for topic in TOPICS),
    ),
    owner="note",
)


class ProcedureNoteImporter(NamedImporter):
    """Procedure notes with points and translations."""

    record_type = "procedure_note"
    order = 35
    model = ProcedureNote
    main = PROCEDURE_NOTES
    children = (
        ChildSheet(PROCEDURE_POINTS, "points", ("point",), unique=True),
        TextsSheet(PROCEDURE_TEXTS, "texts", ("language",), unique=True, original_in=PROCEDURE_NOTES.file),
    )
    files = {sheet.file: sheet.part for sheet in (PROCEDURE_NOTES, PROCEDURE_POINTS, PROCEDURE_TEXTS)}
    prefetch = ("texts", "points")
