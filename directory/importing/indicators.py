"""Indicators in packages: `indicators.csv` (`docs/import.md`).

The indicators of the project have words of their own, which editors may change. What a package calls them is kept
beside the term and exported again; an indicator that the site does not have becomes a term in the package's words.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Max

from directory.profiles.indicators import AREAS, INDICATORS, ValueKind, kind_of
from platform_site.records.packages.files import Row, read_table, write_table
from platform_site.records.packages.importer import Importer, Incoming, Parts, Writing
from platform_site.records.packages.mapping import UnknownValueError
from platform_site.records.packages.problems import PackageError
from platform_site.records.packages.reading import Reading
from platform_site.vocabulary.models import LABEL_LANGUAGES, Term
from platform_site.vocabulary.store import vocabulary

FILE = "indicators.csv"
COLUMNS = ("code", "area", "label_en", "value_kind", "note")
TRANSLATED = tuple(code for code in LABEL_LANGUAGES if code != "en")
EXTRA = tuple(f"{name}_{code}" for name in ("label", "definition") for code in TRANSLATED)
REQUIRED = ("code", "area", "label_en", "value_kind")
PRINTED = "printed"


class IndicatorImporter(Importer):
    """The words of a package for the indicators that its facts are about."""

    record_type = "indicator"
    order = 32
    files = {FILE: "indicators"}

    def read(self, reading: Reading) -> list[Incoming]:
        """Return the indicators of the package."""
        reading.names[self.record_type] = {entry.code for entry in vocabulary(INDICATORS)}
        if not (reading.wants("indicators") and reading.package.has(FILE)):
            return []
        known = (*COLUMNS, *EXTRA)
        try:
            rows = read_table(
                reading.package.path(FILE), FILE, known=known, required=REQUIRED, problems=reading.problems
            )
        except PackageError as error:
            for problem in error.problems:
                reading.problems.add(problem.place, problem.reason)
            return []
        found: dict[str, Incoming] = {}
        for number, row in enumerate(rows):
            code = row.values["code"]
            if code in found:
                reading.problems.add(row.place.at("code"), "The indicator stands twice in the file.")
            elif self._check(row, reading):
                row.typed["position"] = number
                found[code] = Incoming(code, row.place, {FILE: [row]})
        reading.names[self.record_type] |= set(found)
        return list(found.values())

    def _check(self, row: Row, reading: Reading) -> bool:
        """Say whether the row can be taken; what is wrong is added to the run's problems."""
        before, values = len(reading.problems), row.values
        for name in REQUIRED:
            if not values[name]:
                reading.problems.add(row.place.at(name), "The value is missing.")
        kind = values["value_kind"]
        site = vocabulary(INDICATORS).get(values["code"])
        if kind and kind not in ValueKind.values:
            reading.problems.add(row.place.at("value_kind"), f"Expected one of {', '.join(ValueKind.values)}.")
        elif kind and site is not None and kind_of(site) != kind:
            reading.problems.add(
                row.place.at("value_kind"),
                f"The site has this indicator with values of the kind {kind_of(site)}. Give this one another code.",
            )
        if values["area"]:
            try:
                (row.typed["area"],) = reading.mappings.codes(FILE, "area", values["area"], AREAS)
            except UnknownValueError as error:
                reading.problems.add(row.place.at("area"), error)
            except ValueError:
                reading.problems.add(row.place.at("area"), "Only one area is possible; the mapping gives several.")
        return len(reading.problems) == before

    def find(self, key: str) -> Any | None:
        """Return the term of this code."""
        return Term.objects.filter(vocabulary=INDICATORS, code=key).first()

    def rows_of(self, record: Any) -> Parts:
        """Return an indicator of the project in the words of the package that it came with, any other in its own."""
        further = record.attributes
        own = {
            "area": further.get("area", ""),
            "label_en": record.label_en,
            "value_kind": kind_of_term(record),
            "note": record.scope_note,
        }
        row = {"code": record.code} | (further.get(PRINTED, {}).get("words", own) if record.seeded else own)
        if not record.seeded:
            row |= {f"label_{code}": getattr(record, f"label_{code}") for code in TRANSLATED}
            row |= {f"definition_{code}": further.get(f"definition_{code}", "") for code in TRANSLATED}
        return {FILE: [dict.fromkeys(EXTRA, "") | row]}

    def same(self, file: str, given: Mapping[str, Any], current: Mapping[str, Any]) -> bool:
        """Compare the columns that the file has."""
        return all(current[column] == given[column] for column in (*COLUMNS, *EXTRA) if column in given)

    def build(self, incoming: Incoming, record: Any | None, reading: Reading) -> Any:
        """Return the term with the words of the package beside its own; one of no project's list is called by them."""
        (row,) = incoming.parts[FILE]
        values, area = row.values, row.typed["area"]
        if record is None:
            last = Term.objects.filter(vocabulary=INDICATORS).aggregate(last=Max("sort_order"))["last"] or 0
            record = Term(vocabulary=INDICATORS, code=incoming.key, sort_order=last + 1)
        attributes = dict(record.attributes)
        if not record.seeded:
            record.label_en, record.scope_note = values["label_en"], values.get("note", record.scope_note)
            attributes |= {"area": area, "value_kind": values["value_kind"]}
            for code in TRANSLATED:
                setattr(record, f"label_{code}", values.get(f"label_{code}", getattr(record, f"label_{code}")))
                attributes |= {name: values[name] for name in (f"definition_{code}",) if name in values}
        attributes[PRINTED] = {
            "words": {column: values.get(column, "") for column in COLUMNS if column != "code"},
            "position": row.typed["position"],
            "area": area,
        }
        record.attributes = attributes
        try:
            record.full_clean()
        except ValidationError as error:
            for sentence in error.messages:
                reading.problems.add(row.place, sentence)
        return record

    def store(self, record: Any) -> Any:
        """Save the term: it is no record, and has no gate."""
        record.save()
        return record

    def mark_imported(self, record: Any) -> None:
        """Nothing to mark: the words of a package never take the place of those that readers see."""

    def changed_since(self, record: Any) -> str:
        """Return the empty text: an import changes nothing that editors write."""
        return ""

    def met_elsewhere(self, incoming: Incoming, record: Any, reading: Reading) -> Any | None:
        """Return None: indicators are shared, and the words of every package stand beside those of the site."""
        return None

    def exported(self, writing: Writing) -> Iterable[Any]:
        """Return the indicators that a package brought or that only this site has."""
        terms = Term.objects.filter(vocabulary=INDICATORS).order_by("sort_order", "code")
        travelling = [term for term in terms if PRINTED in term.attributes or not term.seeded]
        return sorted(travelling, key=lambda term: term.attributes.get(PRINTED, {}).get("position", len(travelling)))

    def mapped(self, record: Any) -> Iterable[tuple[str, str, str, str, str]]:
        """Return the mapping of an area that the package calls otherwise."""
        printed = record.attributes.get(PRINTED, {})
        words = printed.get("words", {})
        if record.seeded and words and words["area"] != printed["area"]:
            yield FILE, "area", words["area"], AREAS, printed["area"]

    def write(self, folder: Path, file: str, rows: Sequence[Mapping[str, Any]]) -> None:
        """Write the table; columns beyond the basic ones where a row has a value."""
        filled = [column for column in EXTRA if any(row[column] for row in rows)]
        write_table(folder / file, (*COLUMNS, *filled), rows)


def kind_of_term(term: Term) -> str:
    """Return the kind of value of an indicator as its row in the database has it."""
    kind: str = term.attributes.get("value_kind", ValueKind.TEXT)
    return kind
