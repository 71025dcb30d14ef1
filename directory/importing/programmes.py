"""Programmes with coordinators, partners and translations."""

from __future__ import annotations

from directory.models import (
    Organisation,
    Programme,
    ProgrammeLink,
    ProgrammePartner,
    ProgrammeText,
)
from platform_site.records.packages.columns import (
    FieldColumn,
    OwnColumn,
    TermColumn,
    TermsColumn,
    TextColumn,
    TextLanguageColumn,
)
from platform_site.records.packages.links import LinksColumn
from platform_site.records.packages.named import NamedImporter, model_field, record_columns
from platform_site.records.packages.sheets import Sheet
from platform_site.records.packages.tables import TextsSheet


def _partner_column(name: str, role: str) -> OwnColumn:
    """Return the column of the bodies with a role: organisations of the directory by name, others as printed."""

    def apply(programme: Programme, names: list[str]) -> None:
        organisations = {found.name: found for found in Organisation.objects.filter(name__in=names)}
        rows = [row for row in programme.partners.all() if row.role != role]
        for number, printed in enumerate(names):
            organisation = organisations.get(printed)
            rows.append(
                ProgrammePartner(
                    role=role,
                    organisation=organisation,
                    printed_name="" if organisation else printed,
                    sort_order=number,
                )
            )
        programme.partners = rows

    def write(programme: Programme) -> str:
        rows = [row for row in programme.partners.all() if row.role == role]
        rows.sort(key=lambda row: (row.sort_order, row.pk or 0))
        return ";".join(row.organisation.name if row.organisation else row.printed_name for row in rows)

    return OwnColumn(name, parse=lambda cell: list(dict.fromkeys(cell.parts())), apply=apply, write=write)


PROGRAMMES = Sheet(
    "programmes.csv",
    (
        FieldColumn("name", model_field(Programme, "name"), required=True),
        FieldColumn("acronym", model_field(Programme, "acronym")),
        TermColumn("kind", "kind", "programme_kinds"),
        _partner_column("coordinator", ProgrammePartner.Role.COORDINATOR),
        _partner_column("partners", ProgrammePartner.Role.PARTNER),
        TermsColumn("countries", "countries"),
        FieldColumn("start", model_field(Programme, "start")),
        FieldColumn("end", model_field(Programme, "end")),
        FieldColumn("funder", model_field(Programme, "funder")),
        TextColumn("summary", model_field(ProgrammeText, "summary")),
        FieldColumn("evidence", model_field(Programme, "evidence")),
        TextColumn("outputs", model_field(ProgrammeText, "outputs"), extra=True),
        TextLanguageColumn("language", extra=True),
        LinksColumn("linked_records", ProgrammeLink, "linked_records"),
        *record_columns(Programme),
    ),
)
PROGRAMME_TEXTS = Sheet(
    "programme_texts.csv",
    (
        FieldColumn("language", model_field(ProgrammeText, "language"), required=True),
        FieldColumn("summary", model_field(ProgrammeText, "summary"), required=True),
        FieldColumn("outputs", model_field(ProgrammeText, "outputs"), extra=True),
    ),
    owner="programme",
)


class ProgrammeImporter(NamedImporter):
    """Programmes with coordinators, partners and translations."""

    record_type = "programme"
    order = 30
    model = Programme
    main = PROGRAMMES
    children = (TextsSheet(PROGRAMME_TEXTS, "texts", ("language",), unique=True, original_in=PROGRAMMES.file),)
    files = {sheet.file: sheet.part for sheet in (PROGRAMMES, PROGRAMME_TEXTS)}
    prefetch = ("texts", "terms", "partners__organisation", "linked_records")
