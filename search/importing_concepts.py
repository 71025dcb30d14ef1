"""Concepts in packages: those that say something else than the project's thesaurus, which every site has."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from platform_site.records.packages.columns import FieldColumn, OwnColumn, TextColumn, TextLanguageColumn
from platform_site.records.packages.files import Row
from platform_site.records.packages.importer import Incoming, Writing
from platform_site.records.packages.named import model_field, source_columns
from platform_site.records.packages.problems import Place
from platform_site.records.packages.reading import Cell, CellError, Reading
from platform_site.records.packages.sheets import Sheet
from platform_site.records.packages.tables import ChildSheet, TableImporter, TextsSheet
from search.models import Concept, ConceptLabel, ConceptRelation, ConceptText
from search.thesaurus.loading import content_of


@dataclass(frozen=True)
class RelationsSheet(Sheet):
    """The table of relations: the other concept may come later in the package, and is written then."""

    def check(self, part: Any, row: Row, reading: Reading) -> None:
        """Check a relation whose other concept is there."""
        if part.other_id is not None:
            super().check(part, row, reading)


def _parse_expand(cell: Cell) -> bool:
    if cell.text not in {"yes", "no"}:
        raise CellError("Expected yes or no.")
    return cell.text == "yes"


def _parse_other(cell: Cell) -> str:
    cell.reading.refer("concept", cell.text, cell.place)
    return cell.text


def _set_other(part: ConceptRelation, code: str) -> None:
    part.other = Concept.from_public_id(code)  # type: ignore[assignment]  # None until it came; see `_build_children`


CONCEPTS = Sheet(
    "concepts.csv",
    (
        FieldColumn("code", model_field(Concept, "code"), required=True),
        TextColumn("scope_note", model_field(ConceptText, "scope_note")),
        TextLanguageColumn("language", extra=True),
        *source_columns(Concept),
    ),
)
LABELS = Sheet(
    "concept_labels.csv",
    (
        FieldColumn("language", model_field(ConceptLabel, "language"), required=True),
        FieldColumn("label", model_field(ConceptLabel, "label"), required=True),
        FieldColumn("kind", model_field(ConceptLabel, "kind"), required=True),
        OwnColumn(
            "expand",
            parse=_parse_expand,
            apply=lambda part, expand: setattr(part, "expand", expand),
            write=lambda part: "yes" if part.expand else "no",
            required=True,
        ),
    ),
    owner="concept",
)
RELATIONS = RelationsSheet(
    "concept_relations.csv",
    (
        FieldColumn("relation", model_field(ConceptRelation, "kind"), required=True),
        OwnColumn(
            "other",
            parse=_parse_other,
            apply=_set_other,
            write=lambda part: part.other.code if part.other_id else "",
            required=True,
        ),
    ),
    owner="concept",
)
TEXTS = Sheet(
    "concept_texts.csv",
    (
        FieldColumn("language", model_field(ConceptText, "language"), required=True),
        FieldColumn("scope_note", model_field(ConceptText, "scope_note"), required=True),
    ),
    owner="concept",
)


def is_the_projects(concept: Concept) -> bool:
    """Say whether a published concept says what the project's files say of it, and nothing else."""
    if not concept.seeded or not concept.live or concept.audience != "public" or concept.source:
        return False
    codes = {row.other_id: row.other.code for row in concept.relations.all()}
    return content_of(concept, codes) == concept.seeded and concept.content_languages <= {"en"}


class ConceptImporter(TableImporter):
    """Concepts with labels, relations and translations."""

    record_type = "concept"
    order = 4
    model = Concept
    main = CONCEPTS
    name_column = "code"
    key_path = "code"
    children = (
        ChildSheet(LABELS, "labels", ("language", "label"), unique=True),
        ChildSheet(RELATIONS, "relations", ("relation", "other"), unique=True),
        TextsSheet(TEXTS, "texts", ("language",), unique=True, original_in=CONCEPTS.file),
    )
    files = {sheet.file: sheet.part for sheet in (CONCEPTS, LABELS, RELATIONS, TEXTS)}
    prefetch = ("labels", "texts", "relations__other")

    def key_of(self, record: Any) -> str:
        """Return the code."""
        return str(record.code)

    def changed_since(self, record: Any) -> str:
        """Return why an import must not change `record` on its own: what the project's files said, it may."""
        return "" if is_the_projects(record) else super().changed_since(record)

    def met_elsewhere(self, incoming: Incoming, record: Any, reading: Reading) -> Any | None:
        """Return what the site has from another source; the project's own thesaurus is no other source."""
        return None if is_the_projects(record) else super().met_elsewhere(incoming, record, reading)

    def _build_children(self, record: Any, child: ChildSheet, rows: list[Row], reading: Reading) -> None:
        super()._build_children(record, child, rows, reading)
        if child.relation == "relations":
            record.relations = [row for row in record.relations.all() if row.other_id is not None]

    def lacking(self, record: Any, incoming: Incoming) -> list[tuple[Place, str]]:
        """Return the other concepts that are not there yet."""
        built = {row.other.code for row in record.relations.all()}
        return [
            (row.place.at("other"), row.typed["other"])
            for row in incoming.parts.get(RELATIONS.file, [])
            if row.typed["other"] not in built
        ]

    def exported(self, writing: Writing) -> Iterable[Any]:
        """Return the concepts that are or were published and are not as in the project's files; drafts are noted."""
        return (concept for concept in super().exported(writing) if not is_the_projects(concept))
