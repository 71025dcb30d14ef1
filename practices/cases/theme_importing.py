"""The themes of case studies in packages: `case_themes.csv` (`docs/import.md`).

The themes of the project have words of their own, which editors may change. What a package calls them is kept beside
the term and exported again; a theme that the site does not have becomes a term in the package's words.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Max

from platform_site.records.packages.files import read_table, write_table
from platform_site.records.packages.importer import Importer, Incoming, Parts, Writing
from platform_site.records.packages.problems import PackageError
from platform_site.records.packages.reading import Reading
from platform_site.vocabulary.models import Term
from platform_site.vocabulary.store import vocabulary
from practices.cases.template import THEME_GROUPS, THEMES

FILE = "case_themes.csv"
COLUMNS = ("group", "code", "label", "note")
PRINTED = "printed"


class ThemeImporter(Importer):
    """The words of a package for the themes of its case studies."""

    record_type = "case_theme"
    order = 45
    files = {FILE: "case_themes"}

    def read(self, reading: Reading) -> list[Incoming]:
        """Return the themes of the package."""
        reading.names["case_theme"] = {entry.code for entry in vocabulary(THEMES)}
        if not (reading.wants("case_themes") and reading.package.has(FILE)):
            return []
        path = reading.package.path(FILE)
        try:
            rows = read_table(path, FILE, known=COLUMNS, required=COLUMNS, problems=reading.problems)
        except PackageError as error:
            for problem in error.problems:
                reading.problems.add(problem.place, problem.reason)
            return []
        groups = [group.json for group in THEME_GROUPS]
        found: dict[str, Incoming] = {}
        for number, row in enumerate(rows):
            values = row.values
            key = f"{values['group']}/{values['code']}"
            if values["group"] not in groups:
                reading.problems.add(row.place.at("group"), f"Expected one of {', '.join(groups)}.")
            elif not values["code"] or not values["label"]:
                reading.problems.add(row.place, "Code and label are needed.")
            elif key in found:
                reading.problems.add(row.place.at("code"), "The theme stands twice in the file.")
            else:
                row.typed["position"] = number
                found[key] = Incoming(key, row.place, {FILE: [row]})
        reading.names["case_theme"] |= set(found)
        return list(found.values())

    def find(self, key: str) -> Any | None:
        """Return the term of this code."""
        return Term.objects.filter(vocabulary=THEMES, code=key).first()

    def rows_of(self, record: Any) -> Parts:
        """Return the term in the words of the package that it came with, else in its own."""
        group = record.attributes.get("group", "")
        printed = record.attributes.get(PRINTED, {"label": record.label_en, "note": record.scope_note})
        row = {"group": group, "code": record.code.removeprefix(f"{group}/")}
        return {FILE: [row | {"label": printed["label"], "note": printed["note"]}]}

    def same(self, file: str, given: Mapping[str, Any], current: Mapping[str, Any]) -> bool:
        """Compare the words."""
        return all(current[column] == given[column] for column in COLUMNS)

    def build(self, incoming: Incoming, record: Any | None, reading: Reading) -> Any:
        """Return the term with the words of the package beside its own; a new one is called by them."""
        (row,) = incoming.parts[FILE]
        values = row.values
        if record is None:
            last = Term.objects.filter(vocabulary=THEMES).aggregate(last=Max("sort_order"))["last"] or 0
            record = Term(
                vocabulary=THEMES,
                code=incoming.key,
                label_en=values["label"],
                scope_note=values["note"],
                sort_order=last + 1,
            )
        words = {"label": values["label"], "note": values["note"], "position": row.typed["position"]}
        record.attributes = {**record.attributes, "group": values["group"], PRINTED: words}
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
        """Return None: themes are shared, and the words of every package stand beside those of the site."""
        return None

    def exported(self, writing: Writing) -> Iterable[Any]:
        """Return the themes that a package brought or that only this site has."""
        terms = Term.objects.filter(vocabulary=THEMES).order_by("sort_order", "code")
        travelling = [term for term in terms if PRINTED in term.attributes or not term.seeded]
        return sorted(travelling, key=lambda term: term.attributes.get(PRINTED, {}).get("position", len(travelling)))

    def write(self, folder: Path, file: str, rows: Sequence[Mapping[str, Any]]) -> None:
        """Write the table."""
        write_table(folder / file, COLUMNS, rows)
