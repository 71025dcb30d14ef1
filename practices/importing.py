"""Practice charts in packages: `practices.json` (`docs/import.md`), read by the declaration of the standard form."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from django.db.models import Q

from directory.models import Organisation
from platform_site.records.packages import registry
from platform_site.records.packages.files import Row, read_json, write_json
from platform_site.records.packages.importer import Importer, Incoming, Parts, Writing
from platform_site.records.packages.objects import keep_printed, kept_mappings, with_printed
from platform_site.records.packages.package import NEVER
from platform_site.records.packages.problems import PackageError, Place
from platform_site.records.packages.provenance import state_source
from platform_site.records.packages.reading import Reading
from platform_site.texts.models import original_text
from platform_site.vocabulary.store import term_id
from practices.cases import importing as cases_importing  # noqa: F401  registers the importers of the case studies
from practices.chart_reader import ChartReader
from practices.exporting import (
    KEYS,
    PRINTED,
    TERMS,
    chart_object,
)
from practices.models import FundingShare, PracticeChart, PracticeOrganisation, PracticeText

FILE = "practices.json"
# An empty value leaves these to the site; what was given is not kept beside them.
LEFT_TO_SITE = ("source", "source_url", "imported_on", "withdrawn", "successor")


class PracticeImporter(Importer):
    """Practice charts with their funding, organisations and texts in all languages."""

    record_type = "practice"
    order = 40
    files = {FILE: "practices"}

    # --- reading ------------------------------------------------------------------------------------------------
    def read(self, reading: Reading) -> list[Incoming]:
        """Return the charts of the package; a chart that was adapted from another one comes after it."""
        on_site = {str(number) for number in PracticeChart.objects.values_list("chart_no", flat=True)}
        reading.names["practice"] = set(on_site)
        if not (reading.wants("practices") and reading.package.has(FILE)):
            return []
        try:
            given = read_json(reading.package.path(FILE), FILE)
        except PackageError as error:
            for problem in error.problems:
                reading.problems.add(problem.place, problem.reason)
            return []
        if not isinstance(given, list):
            reading.problems.add(Place(FILE), "Expected a list of charts.")
            return []
        found: dict[str, Incoming] = {}
        for position, values in enumerate(given, start=1):
            number = values.get("chart_no") if isinstance(values, dict) else None
            if not isinstance(number, int) or isinstance(number, bool) or not 0 < number < 1_000_000:
                place = Place(FILE, f"entry {position}")
                reading.problems.add(place, "Expected an object with a chart_no between 1 and 999999.")
            elif str(number) in found:
                reading.problems.add(Place(FILE, f"chart {number}"), "The number stands twice in the file.")
            else:
                place = Place(FILE, f"chart {number}")
                found[str(number)] = Incoming(str(number), place, {FILE: [Row(place, values)]})
        reading.names["practice"] |= set(found)
        for number, incoming in found.items():
            (row,) = incoming.parts[FILE]
            if number not in on_site and reading.package.language != "en":
                row.values.setdefault("language", reading.package.language)
            ChartReader(reading, row).read()
        return _in_order(found, reading)

    # --- the site -----------------------------------------------------------------------------------------------
    def find(self, key: str) -> Any | None:
        """Return the chart of this number."""
        return self._charts().filter(chart_no=int(key)).first()

    def _charts(self) -> Any:
        return PracticeChart.objects.select_related("adapted_from").prefetch_related(
            "texts", "terms", "funding", "organisations__organisation"
        )

    def rows_of(self, record: Any) -> Parts:
        """Return the chart as an object, as given where that still holds."""
        says = chart_object(record)
        found = with_printed(record, says)
        for key in PRINTED:
            # With the codes beside them the words are only words; a code among those that were given is none.
            if f"{key}_codes" in found:
                found[key] = says[key]
        return {FILE: [found]}

    def same(self, file: str, given: Mapping[str, Any], current: Mapping[str, Any]) -> bool:
        """Compare the keys that are given."""
        return all(value == current.get(key) or (key in LEFT_TO_SITE and not value) for key, value in given.items())

    def build(self, incoming: Incoming, record: Any | None, reading: Reading) -> Any:
        """Return the chart with the values of the object; what no key speaks of stays."""
        fresh = record is None
        if record is None:
            record = PracticeChart()
        (row,) = incoming.parts[FILE]
        state_source(record, row.values, reading, fresh=fresh)
        record.imported_on = reading.imported_on
        source = row.typed.get("adapted_from")
        if source and not PracticeChart.objects.filter(chart_no=int(source)).exists():
            reading.problems.add(row.place.at("adapted_from"), f"Chart {source} was refused.")
            return record
        _apply(record, row.typed)
        says = chart_object(record)
        keep_printed(record, row, says, leave=LEFT_TO_SITE, fresh=fresh)
        return record

    # --- writing ------------------------------------------------------------------------------------------------
    def exported(self, writing: Writing) -> Iterable[Any]:
        """Return what is or was published, by number; drafts are noted."""
        travels = Q(live=True) | Q(withdrawn_on__isnull=False)
        absent = PracticeChart.objects.exclude(travels).order_by("chart_no").values_list("chart_no", flat=True)
        writing.absent["practice"] = {str(number) for number in absent}
        for number in absent:
            writing.notes.add(Place(FILE, f"chart {number}"), "It is not published and is left out.")
        return self._charts().filter(travels).order_by("chart_no").iterator(chunk_size=200)

    def exported_rows(self, record: Any, writing: Writing) -> Parts:
        """Leave out organisations and charts that are not exported."""
        parts = super().exported_rows(record, writing)
        (row,) = parts[FILE]
        absent = writing.absent.get("organisation", set())
        row["organisations"] = [name for name in row["organisations"] if name not in absent]
        if not row["organisations"]:
            place = Place(FILE, f"chart {record.chart_no}")
            writing.notes.add(place, "None of its organisations is published; it is left out.")
            return {}
        if str(row.get("adapted_from", "")) in writing.absent["practice"]:
            del row["adapted_from"]
            row.pop("adaptation_note", None)
        return parts

    def mapped(self, record: Any) -> Iterable[tuple[str, str, str, str, str]]:
        """Return the mappings of what was given in own words."""
        return kept_mappings(record, FILE, chart_object(record))

    def write(self, folder: Path, file: str, rows: Sequence[Mapping[str, Any]]) -> None:
        """Write the list of charts; extra keys only where a chart has them."""
        write_json(folder / file, [{k: v for k, v in row.items() if k in KEYS or v not in ("", None)} for row in rows])


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


def _apply(chart: PracticeChart, typed: Mapping[str, Any]) -> None:
    for key in ("chart_no", "original_name", "original_name_language", "start", "end", "assessed_by", "contact_public"):
        if key in typed:
            setattr(chart, key, typed[key])
    for key in ("source", "source_url", "imported_on"):
        if typed.get(key):
            setattr(chart, key, None if typed[key] == NEVER else typed[key])
    if "audience" in typed:
        chart.audience = typed["audience"] or "public"
    if "country" in typed:
        chart.country_id = term_id("countries", typed["country"])
    for name, value in typed.get("contact", {}).items():
        setattr(chart, f"contact_{name}", value)
    if "adapted_from" in typed:
        source = typed["adapted_from"]
        chart.adapted_from = PracticeChart.objects.get(chart_no=int(source)) if source else None
    for list_name in (*TERMS.values(), *(part.name for part in PRINTED.values())):
        if list_name in typed:
            chart.set_codes(list_name, typed[list_name])
    _apply_rows(chart, typed)
    _apply_texts(chart, typed)


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


def _apply_texts(chart: PracticeChart, typed: Mapping[str, Any]) -> None:
    rows = list(chart.texts.all())
    original = original_text(rows)
    if original is None:
        original = PracticeText(is_original=True)
        rows.insert(0, original)
    if typed["language_given"] or original.pk is None:
        original.language = typed["language"]
    _set(original, typed["prose"])
    if "translations" in typed:
        existing = {row.language: row for row in rows if row is not original}
        rows = [original]
        for language, prose in typed["translations"].items():
            row = existing.get(language) or PracticeText(language=language)
            _set(row, prose)
            rows.append(row)
    chart.texts = rows


def _set(row: PracticeText, prose: Mapping[str, str]) -> None:
    for name, text in prose.items():
        setattr(row, name, text)


registry.register(PracticeImporter())
