"""Case studies in packages: `case_studies.json` and `case_themes.csv` (`docs/import.md`)."""

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
from practices.cases.case_reader import PLAIN, CaseReader
from practices.cases.exporting import CASE_KEYS, case_object
from practices.cases.template import THEME_GROUPS, THEMES, TICKS
from practices.cases.theme_importing import ThemeImporter
from practices.models import CaseStep, CaseStudy, CaseText, CaseTheme

FILE = "case_studies.json"
# An empty value leaves these to the site; what was given is not kept beside them.
LEFT_TO_SITE = ("source", "source_url", "imported_on", "withdrawn", "successor")


class CaseImporter(Importer):
    """Case studies with their ticks, themes, steps and texts in all languages."""

    record_type = "case"
    order = 46
    files = {FILE: "case_studies"}

    # --- reading ------------------------------------------------------------------------------------------------
    def read(self, reading: Reading) -> list[Incoming]:
        """Return the case studies of the package, in its order."""
        on_site = {str(number) for number in CaseStudy.objects.values_list("case_no", flat=True)}
        reading.names["case"] = set(on_site)
        if not (reading.wants("case_studies") and reading.package.has(FILE)):
            return []
        try:
            given = read_json(reading.package.path(FILE), FILE)
        except PackageError as error:
            for problem in error.problems:
                reading.problems.add(problem.place, problem.reason)
            return []
        if not isinstance(given, list):
            reading.problems.add(Place(FILE), "Expected a list of case studies.")
            return []
        found: dict[str, Incoming] = {}
        for position, values in enumerate(given, start=1):
            number = values.get("case_no") if isinstance(values, dict) else None
            if not isinstance(number, int) or isinstance(number, bool) or not 0 < number < 1_000_000:
                place = Place(FILE, f"entry {position}")
                reading.problems.add(place, "Expected an object with a case_no between 1 and 999999.")
            elif str(number) in found:
                reading.problems.add(Place(FILE, f"case {number}"), "The number stands twice in the file.")
            else:
                place = Place(FILE, f"case {number}")
                found[str(number)] = Incoming(str(number), place, {FILE: [Row(place, values)]})
        reading.names["case"] |= set(found)
        for number, incoming in found.items():
            (row,) = incoming.parts[FILE]
            if number not in on_site and reading.package.language != "en":
                row.values.setdefault("language", reading.package.language)
            CaseReader(reading, row).read()
        return list(found.values())

    # --- the site -----------------------------------------------------------------------------------------------
    def find(self, key: str) -> Any | None:
        """Return the case study of this number."""
        return self._cases().filter(case_no=int(key)).first()

    def _cases(self) -> Any:
        return CaseStudy.objects.for_page()

    def rows_of(self, record: Any) -> Parts:
        """Return the case study as an object, as given where that still holds."""
        return {FILE: [with_printed(record, case_object(record))]}

    def same(self, file: str, given: Mapping[str, Any], current: Mapping[str, Any]) -> bool:
        """Compare the keys that are given."""
        return all(value == current.get(key) or (key in LEFT_TO_SITE and not value) for key, value in given.items())

    def build(self, incoming: Incoming, record: Any | None, reading: Reading) -> Any:
        """Return the case study with the values of the object; what no key speaks of stays.

        A new one whose consent the package does not tell was published there: that is its consent, for the readers
        that it is for.
        """
        fresh = record is None
        if record is None:
            record = CaseStudy()
        (row,) = incoming.parts[FILE]
        state_source(record, row.values, reading, fresh=fresh)
        record.imported_on = reading.imported_on
        _apply(record, row.typed)
        if fresh and "consent" not in row.typed:
            record.consent_kind = CaseStudy.Consent.PUBLISHED
            is_public = record.audience == CaseStudy.Scope.PUBLIC
            record.consent_scope = CaseStudy.Scope.PUBLIC if is_public else CaseStudy.Scope.MEMBERS
        keep_printed(record, row, case_object(record), leave=LEFT_TO_SITE, fresh=fresh)
        return record

    # --- writing ------------------------------------------------------------------------------------------------
    def exported(self, writing: Writing) -> Iterable[Any]:
        """Return what is or was published, by number; drafts and what has no exported organisation are noted."""
        travels = Q(live=True) | Q(withdrawn_on__isnull=False)
        absent = CaseStudy.objects.exclude(travels).order_by("case_no").values_list("case_no", flat=True)
        writing.absent["case"] = {str(number) for number in absent}
        for number in absent:
            writing.notes.add(Place(FILE, f"case {number}"), "It is not published and is left out.")
        return self._cases().filter(travels).order_by("case_no").iterator(chunk_size=200)

    def exported_rows(self, record: Any, writing: Writing) -> Parts:
        """Leave out a case study whose organisation is not exported."""
        parts = super().exported_rows(record, writing)
        if record.organisation.name in writing.absent.get("organisation", set()):
            place = Place(FILE, f"case {record.case_no}")
            writing.notes.add(place, "Its organisation is not published; it is left out.")
            return {}
        return parts

    def mapped(self, record: Any) -> Iterable[tuple[str, str, str, str, str]]:
        """Return the mappings of what was given in own words."""
        return kept_mappings(record, FILE, case_object(record))

    def write(self, folder: Path, file: str, rows: Sequence[Mapping[str, Any]]) -> None:
        """Write the list of case studies; extra keys only where one has them."""
        kept = [{k: v for k, v in row.items() if k in CASE_KEYS or v not in ("", None)} for row in rows]
        write_json(folder / file, kept)


def _apply(case: CaseStudy, typed: Mapping[str, Any]) -> None:
    case.case_no = typed["case_no"]
    for key in ("source", "source_url", "imported_on"):
        if typed.get(key):
            setattr(case, key, None if typed[key] == NEVER else typed[key])
    for key in PLAIN:
        if key in typed and key not in ("source", "source_url"):
            setattr(case, key, typed[key] or ("public" if key == "audience" else ""))
    if typed.get("country"):
        case.country_id = term_id("countries", typed["country"])
    if "organisation" in typed:
        case.organisation = Organisation.objects.get(name=typed["organisation"])
    for name, value in typed.get("consent", {}).items():
        setattr(case, name, value)
    if "countries" in typed:
        case.set_codes("countries", typed["countries"])
    for group in TICKS:
        if group.key in typed["groups"]:
            case.set_codes(group.list_name, typed["groups"][group.key])
    _apply_themes(case, typed)
    _apply_texts(case, typed)


def _apply_themes(case: CaseStudy, typed: Mapping[str, Any]) -> None:
    if not any(group.key in typed["groups"] or group.key in typed["evidence"] for group in THEME_GROUPS):
        return
    existing = {row.entry.code: row for row in case.themes.all() if row.entry}
    rows: list[CaseTheme] = []
    for group in THEME_GROUPS:
        kept = [code for code, row in existing.items() if row.entry.stands_in(group.list_name)]
        for code in typed["groups"].get(group.key, kept):
            row = existing.get(code) or CaseTheme(term_id=term_id(THEMES, code))
            row.answers = typed["evidence"].get(group.key, {}).get(code, row.answers)
            row.sort_order = len(rows)
            rows.append(row)
    case.themes = rows


def _apply_texts(case: CaseStudy, typed: Mapping[str, Any]) -> None:
    rows = list(case.texts.all())
    original = original_text(rows)
    if original is None:
        original = CaseText(is_original=True)
        rows.insert(0, original)
    before = original.language
    if typed["language_given"] or original.pk is None:
        original.language = typed["language"]
    _set(original, typed["prose"])
    steps = {original.language: _steps(case, before, original.language, typed.get("steps"))}
    others = {row.language: row for row in rows if row is not original}
    if "translations" in typed:
        rows = [original]
        for language, given in typed["translations"].items():
            row = others.get(language) or CaseText(language=language)
            _set(row, given["prose"])
            rows.append(row)
            steps[language] = _steps(case, language, language, given["steps"])
    else:
        steps |= {language: _steps(case, language, language, None) for language in others}
    case.texts = rows
    case.steps = [step for told in steps.values() for step in told]


def _steps(case: CaseStudy, before: str, language: str, given: Sequence[Mapping[str, str]] | None) -> list[CaseStep]:
    """Return the steps of a language as given; without any given those that there were (in the language `before`)."""
    waiting = sorted((step for step in case.steps.all() if step.language == before), key=lambda step: step.sort_order)
    if given is None:
        kept = waiting
    else:
        kept = []
        for values in given:
            step = waiting.pop(0) if waiting else CaseStep()
            step.country_id = term_id("countries", values["country"]) if values["country"] else None
            step.heading, step.text = values["heading"] or "", values["text"]
            kept.append(step)
    for number, step in enumerate(kept):
        step.language, step.sort_order = language, number
    return kept


def _set(row: CaseText, prose: Mapping[str, str]) -> None:
    for name, text in prose.items():
        setattr(row, name, text)


registry.register(ThemeImporter())
registry.register(CaseImporter())
