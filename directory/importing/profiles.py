"""Country profiles in packages: profiles with translations, plans, bodies, and the values of indicators.

A package may give values alone: a country without a profile gets one.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from wagtail.models import ModelLogEntry

from directory.models import ActionPlan, CountryFact, CountryProfile, NationalBody, Organisation, ProfileText
from directory.profiles.indicators import INDICATORS, SOURCE_KINDS
from platform_site.records.packages.columns import (
    FieldColumn,
    OwnColumn,
    SiteColumn,
    TermColumn,
    TextColumn,
    TextLanguageColumn,
)
from platform_site.records.packages.files import Row
from platform_site.records.packages.importer import Incoming, Parts, Writing
from platform_site.records.packages.named import model_field, source_columns
from platform_site.records.packages.reading import Cell, Reading
from platform_site.records.packages.sheets import Sheet
from platform_site.records.packages.tables import ChildSheet, TableImporter, TextsSheet
from platform_site.vocabulary.store import term_id, vocabulary

# In `originals` of a value, and in the rows of an export: the line in which it stood. A table of values goes by what
# its author went by, not by country.
POSITION = "position"


class IndicatorColumn(TermColumn):
    """The indicator of a value: of the site, or one that the package brings."""

    def parse(self, cell: Cell) -> str:
        """Return the code."""
        return cell.text if cell.text in cell.reading.names.get("indicator", ()) else super().parse(cell)


def _keeper(cell: Cell) -> str:
    return cell.text if cell.text and cell.reading.refer("organisation", cell.text, cell.place) else ""


def _set_keeper(profile: CountryProfile, name: str) -> None:
    profile.keeper = Organisation.objects.get(name=name) if name else None


def _text(name: str) -> TextColumn:
    return TextColumn(name, model_field(ProfileText, name), extra=True)


def _prose(name: str) -> FieldColumn:
    return FieldColumn(name, model_field(ProfileText, name), extra=True)


PROSE = ("trends", "routes", "sectors", "policies")
PROFILES = Sheet(
    "country_profiles.csv",
    (
        TermColumn("country", "country", "countries", required=True),
        FieldColumn("native_name", model_field(CountryProfile, "native_name")),
        FieldColumn("native_language", model_field(CountryProfile, "native_language")),
        OwnColumn(
            "keeper",
            parse=_keeper,
            apply=_set_keeper,
            write=lambda profile: profile.keeper.name if profile.keeper else "",
        ),
        *(_text(name) for name in PROSE),
        SiteColumn("confirmed_on", model_field(CountryProfile, "confirmed_on"), later_wins=True),
        TextLanguageColumn("language", extra=True),
        *source_columns(CountryProfile),
    ),
    read_only=("confirmed_days_ago",),
)
PROFILE_TEXTS = Sheet(
    "country_profile_texts.csv",
    (
        FieldColumn("language", model_field(ProfileText, "language"), required=True),
        *(_prose(name) for name in PROSE),
    ),
    owner="country",
)
PLANS = Sheet(
    "action_plans.csv",
    (
        FieldColumn("name", model_field(ActionPlan, "name"), required=True),
        FieldColumn("start", model_field(ActionPlan, "start")),
        FieldColumn("end", model_field(ActionPlan, "end")),
        FieldColumn("website", model_field(ActionPlan, "website")),
        FieldColumn("language", model_field(ActionPlan, "language"), extra=True),
    ),
    owner="country",
)
BODIES = Sheet(
    "national_bodies.csv",
    (
        FieldColumn("name", model_field(NationalBody, "name"), required=True),
        FieldColumn("role", model_field(NationalBody, "role"), required=True),
        FieldColumn("website", model_field(NationalBody, "website")),
        FieldColumn("language", model_field(NationalBody, "language"), extra=True),
    ),
    owner="country",
)
FACTS = Sheet(
    "country_facts.csv",
    (
        IndicatorColumn("indicator", "indicator", INDICATORS, required=True),
        FieldColumn("value", model_field(CountryFact, "value"), required=True),
        FieldColumn("unit", model_field(CountryFact, "unit")),
        FieldColumn("base", model_field(CountryFact, "base")),
        FieldColumn("year", model_field(CountryFact, "year")),
        TermColumn("source_kind", "source_kind", SOURCE_KINDS, required=True),
        FieldColumn("source", model_field(CountryFact, "source"), required=True),
        FieldColumn("evidence", model_field(CountryFact, "evidence")),
        FieldColumn("source_url", model_field(CountryFact, "source_url"), extra=True),
        FieldColumn("language", model_field(CountryFact, "language"), extra=True),
    ),
    owner="country",
)


class ProfileImporter(TableImporter):
    """Country profiles with everything that belongs to them."""

    record_type = "country_profile"
    order = 35
    model = CountryProfile
    main = PROFILES
    name_column = "country"
    key_path = "country__code"
    children = (
        TextsSheet(PROFILE_TEXTS, "texts", ("language",), unique=True, original_in=PROFILES.file),
        ChildSheet(PLANS, "plans", ("name",)),
        ChildSheet(BODIES, "bodies", ("name",)),
        ChildSheet(FACTS, "facts", ("indicator",)),
    )
    files = {sheet.file: sheet.part for sheet in (PROFILES, PROFILE_TEXTS, PLANS, BODIES, FACTS)}
    # What a value is from is another thing than what a record is from.
    own_columns = {FACTS.file: frozenset({"source", "source_url"})}
    prefetch = ("texts", "plans", "bodies", "facts", "keeper")

    def names(self, known: set[str]) -> set[str]:
        """Every country may be spoken of: one without a profile gets one."""
        return {entry.code for entry in vocabulary("countries")}

    def key_of(self, record: Any) -> str:
        """Return the code of the country."""
        return str(record.public_id)

    def new_record(self, incoming: Incoming) -> Any:
        """Return an empty profile of the country."""
        return CountryProfile(country_id=term_id("countries", incoming.key))

    def changed_since(self, record: Any) -> str:
        """Who looked at a profile spoke of the content that was there: an import does not put another one under it."""
        seen = ModelLogEntry.objects.for_instance(record).filter(action="directory.confirm")
        if record.latest_revision and seen.filter(timestamp__gt=record.latest_revision.created_at).exists():
            return "It was confirmed on this site."
        return super().changed_since(record)

    def prepare(self, row: Row, reading: Reading, *, new: bool) -> None:
        """Turn an age in days into the day on which somebody looked at it; countries are codes, never names."""
        super().prepare(row, reading, new=new)
        code = row.values.get("country", "")
        if code and code not in vocabulary("countries"):
            reading.problems.add(row.place.at("country"), f"{code!r} is no code of the list 'countries'.")
        age = row.values.get("confirmed_days_ago", "")
        if not age:
            return
        place = row.place.at("confirmed_days_ago")
        if row.values.get("confirmed_on"):
            reading.problems.add(place, "Give either confirmed_on or confirmed_days_ago.")
        elif not age.isdecimal() or len(age) > 5:
            reading.problems.add(place, "Expected a number of days.")
        else:
            row.values["confirmed_on"] = (reading.today - dt.timedelta(days=int(age))).isoformat()

    def _build_children(self, record: Any, child: ChildSheet, rows: list[Row], reading: Reading) -> None:
        super()._build_children(record, child, rows, reading)
        if child.sheet is FACTS:
            facts = sorted(record.facts.all(), key=lambda fact: fact.sort_order)
            for fact, row in zip(facts, rows, strict=True):
                line = int(row.place.row.removeprefix("line "))
                fact.originals = {**fact.originals, POSITION: line}

    def rows_of(self, record: Any) -> Parts:
        """Return the rows; each value with the line in which it stood."""
        parts = super().rows_of(record)
        facts = next(child for child in self.children if child.sheet is FACTS).rows(record)
        for row, fact in zip(parts[FACTS.file], facts, strict=True):
            row[POSITION] = fact.originals.get(POSITION)
        return parts

    def exported_rows(self, record: Any, writing: Writing) -> Parts:
        """Leave out a keeper that is not exported."""
        parts = super().exported_rows(record, writing)
        for row in parts[PROFILES.file]:
            if row["keeper"] in writing.absent.get("organisation", ()):
                row["keeper"] = ""
        return parts

    def write(self, folder: Path, file: str, rows: Sequence[Mapping[str, Any]]) -> None:
        """Write a table; values in the order in which they came, those that were made here after them, by country."""
        if file == FACTS.file:
            rows = sorted(rows, key=lambda row: (row[POSITION] is None, row[POSITION] or 0))
        super().write(folder, file, rows)
