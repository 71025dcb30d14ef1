"""The glossary in packages (`docs/import.md`): abbreviations, and what a site's concepts say of their own."""

from __future__ import annotations

from platform_site.records.packages import registry
from platform_site.records.packages.columns import FieldColumn, TermColumn
from platform_site.records.packages.named import NamedImporter, model_field, record_columns
from platform_site.records.packages.reading import Cell
from platform_site.records.packages.sheets import Sheet
from platform_site.texts.sorting import sort_text
from platform_site.vocabulary.store import vocabulary
from search.importing_concepts import ConceptImporter
from search.models import Abbreviation


class NamedTermColumn(TermColumn):
    """One term of a controlled list, by its code or by its label in English."""

    def parse(self, cell: Cell) -> str:
        """Return the code, or the empty text."""
        wanted = sort_text(cell.text)
        named = [entry.code for entry in vocabulary(self.list_name) if sort_text(entry.label("en")) == wanted]
        return named[0] if len(named) == 1 else super().parse(cell)


ABBREVIATIONS = Sheet(
    "abbreviations.csv",
    (
        FieldColumn("abbreviation", model_field(Abbreviation, "name"), required=True),
        FieldColumn("full form", model_field(Abbreviation, "full_form"), required=True),
        NamedTermColumn("kind", "kind", "abbreviation_kinds"),
        *record_columns(Abbreviation),
    ),
)


class AbbreviationImporter(NamedImporter):
    """Abbreviations."""

    record_type = "abbreviation"
    order = 5
    model = Abbreviation
    main = ABBREVIATIONS
    name_column = "abbreviation"
    files = {ABBREVIATIONS.file: ABBREVIATIONS.part}


registry.register(ConceptImporter())
registry.register(AbbreviationImporter())
