"""Practice charts in packages: `practices.json` (`docs/import.md`), read by the declaration of the standard form."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from directory.models import Organisation
from platform_site.records.packages import registry
from platform_site.records.packages.files import Row
from platform_site.records.packages.importer import Incoming, Parts, Writing
from platform_site.records.packages.numbered import NumberedImporter, apply_texts
from platform_site.records.packages.objects import with_printed
from platform_site.records.packages.reading import Reading
from platform_site.vocabulary.store import term_id
from practices.cases import importing as cases_importing  # noqa: F401  registers the importers of the case studies
from practices.chart_reader import ChartReader
from practices.exporting import (
    KEYS,
    PRINTED,
    TERMS,
    chart_object,
)
from practices.models import FundingShare, PracticeChart, PracticeOrganisation

FILE = "practices.json"


class PracticeImporter(NumberedImporter):
    """Practice charts with their funding, organisations and texts in all languages."""

    record_type = "practice"
    order = 40
    files: ClassVar[Mapping[str, str]] = {FILE: "practices"}
    model = PracticeChart
    reader = ChartReader
    keys = KEYS
    noun = "chart"
    nouns = "charts"

    def read(self, reading: Reading) -> list[Incoming]:
        """Return the charts of the package; a chart that was adapted from another one comes after it."""
        return _in_order({incoming.key: incoming for incoming in super().read(reading)}, reading)

    def records(self) -> Any:
        """Return the query of all charts, with what an object of the file holds."""
        return PracticeChart.objects.select_related("adapted_from").prefetch_related(
            "texts", "terms", "funding", "organisations__organisation"
        )

    def as_object(self, record: Any) -> dict[str, Any]:
        """Return what the chart says, by the keys of the format."""
        return chart_object(record)

    def rows_of(self, record: Any) -> Parts:
        """Return the chart as an object, as given where that still holds."""
        says = chart_object(record)
        found = with_printed(record, says)
        for key in PRINTED:
            # With the codes beside them the words are only words; a code among those that were given is none.
            if f"{key}_codes" in found:
                found[key] = says[key]
        return {FILE: [found]}

    def refused(self, row: Row, reading: Reading) -> bool:
        """Say whether the chart that this one was adapted from is not there."""
        source = row.typed.get("adapted_from")
        if not source or PracticeChart.objects.filter(chart_no=int(source)).exists():
            return False
        reading.problems.add(row.place.at("adapted_from"), f"Chart {source} was refused.")
        return True

    def apply(self, record: Any, typed: Mapping[str, Any], *, fresh: bool) -> None:
        """Give the chart its facts, its rows and its texts."""
        _apply_facts(record, typed)
        _apply_rows(record, typed)
        apply_texts(record, typed, typed.get("translations"))

    def exported_rows(self, record: Any, writing: Writing) -> Parts:
        """Leave out organisations and charts that are not exported."""
        parts = super().exported_rows(record, writing)
        (row,) = parts[FILE]
        absent = writing.absent.get("organisation", set())
        row["organisations"] = [name for name in row["organisations"] if name not in absent]
        if not row["organisations"]:
            writing.notes.add(self.place(record.chart_no), "None of its organisations is published; it is left out.")
            writing.absent_keys.add(record.key)
            return {}
        if str(row.get("adapted_from", "")) in writing.absent["practice"]:
            del row["adapted_from"]
            row.pop("adaptation_note", None)
        return parts


def _in_order(found: dict[str, Incoming], reading: Reading) -> list[Incoming]:
    """Return charts so that each follows the one that it was adapted from."""
    ordered: dict[str, Incoming] = {}

    def add(number: str, above: tuple[str, ...]) -> None:
        if number in ordered or number not in found:
            return
        if number in above:
            reading.problems.add(found[number].place.at("adapted_from"), "A practice cannot be adapted from itself.")
            return
        source = found[number].parts[FILE][0].typed.get("adapted_from")
        if source:
            add(source, (*above, number))
        ordered[number] = found[number]

    for number in found:
        add(number, ())
    return list(ordered.values())


def _apply_facts(chart: PracticeChart, typed: Mapping[str, Any]) -> None:
    for key in ("original_name", "original_name_language", "start", "end", "as_of", "assessed_by", "contact_public"):
        if key in typed:
            setattr(chart, key, typed[key])
    for name, value in typed.get("contact", {}).items():
        setattr(chart, f"contact_{name}", value)
    if "adapted_from" in typed:
        source = typed["adapted_from"]
        chart.adapted_from = PracticeChart.objects.get(chart_no=int(source)) if source else None
    for list_name in (*TERMS.values(), *(part.name for part in PRINTED.values())):
        if list_name in typed:
            chart.set_codes(list_name, typed[list_name])


def _apply_rows(chart: PracticeChart, typed: Mapping[str, Any]) -> None:
    if "organisations" in typed:
        organisations = {found.name: found for found in Organisation.objects.filter(name__in=typed["organisations"])}
        existing = {row.organisation_id: row for row in chart.organisations.all()}
        rows = []
        for number, name in enumerate(typed["organisations"]):
            row = existing.get(organisations[name].pk) or PracticeOrganisation(organisation=organisations[name])
            row.sort_order = number
            rows.append(row)
        chart.organisations = rows
    if "funding" in typed:
        waiting = sorted(chart.funding.all(), key=lambda row: (row.sort_order, row.pk or 0))
        shares = []
        for number, (source, share, kind) in enumerate(typed["funding"]):
            row = waiting.pop(0) if waiting else FundingShare()
            if kind is not None or row.source != source:
                row.source_kind_id = term_id("funding_source_kinds", kind) if kind else None
            row.source, row.share, row.sort_order = source, share, number
            shares.append(row)
        chart.funding = shares


registry.register(PracticeImporter())
