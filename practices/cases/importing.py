"""Case studies in packages: `case_studies.json` and `case_themes.csv` (`docs/import.md`)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from directory.models import Organisation
from platform_site.records.packages import registry
from platform_site.records.packages.importer import Incoming, Parts, Writing
from platform_site.records.packages.numbered import NumberedImporter, apply_texts
from platform_site.records.packages.reading import Reading
from platform_site.texts.models import original_text
from platform_site.vocabulary.store import term_id
from practices.cases.case_reader import CaseReader
from practices.cases.exporting import CASE_KEYS, case_object
from practices.cases.privacy import identifying_problems
from practices.cases.template import THEME_GROUPS, THEMES, TICKS
from practices.cases.theme_importing import ThemeImporter
from practices.models import CaseStep, CaseStudy, CaseText, CaseTheme

FILE = "case_studies.json"


class CaseImporter(NumberedImporter):
    """Case studies with their ticks, themes, steps and texts in all languages."""

    record_type = "case"
    order = 46
    files: ClassVar[Mapping[str, str]] = {FILE: "case_studies"}
    model = CaseStudy
    reader = CaseReader
    keys = CASE_KEYS
    noun = "case"
    nouns = "case studies"

    def records(self) -> Any:
        """Return the query of all case studies, with what an object of the file holds."""
        return CaseStudy.objects.for_page()

    def as_object(self, record: Any) -> dict[str, Any]:
        """Return what the case study says, by the keys of the format."""
        return case_object(record)

    def apply(self, record: Any, typed: Mapping[str, Any], *, fresh: bool) -> None:
        """Give the case study its facts, its themes, its steps and its texts.

        A new one whose consent the package does not tell was published there: that is its consent, for the readers
        that it is for.
        """
        _apply_facts(record, typed)
        _apply_themes(record, typed)
        _apply_texts(record, typed)
        if fresh and "consent" not in typed:
            record.consent_kind = CaseStudy.Consent.PUBLISHED
            is_public = record.audience == CaseStudy.Scope.PUBLIC
            record.consent_scope = CaseStudy.Scope.PUBLIC if is_public else CaseStudy.Scope.MEMBERS

    def build(self, incoming: Incoming, record: Any | None, reading: Reading) -> Any:
        """Return the case study; what was printed and leads to a person is taken as it is, and noted in the report."""
        built = super().build(incoming, record, reading)
        if built.is_printed and built.organisation_id:
            for sentence in identifying_problems(built):
                reading.notes.add(incoming.place, str(sentence))
        return built

    def exported_rows(self, record: Any, writing: Writing) -> Parts:
        """Leave out a case study whose organisation is not exported."""
        parts = super().exported_rows(record, writing)
        if record.organisation.name in writing.absent.get("organisation", set()):
            writing.notes.add(self.place(record.case_no), "Its organisation is not published; it is left out.")
            writing.absent_keys.add(record.key)
            return {}
        return parts


def _apply_facts(case: CaseStudy, typed: Mapping[str, Any]) -> None:
    if "person_code" in typed:
        case.person_code = typed["person_code"]
    if "organisation" in typed:
        case.organisation = Organisation.objects.get(name=typed["organisation"])
    for name, value in typed.get("consent", {}).items():
        setattr(case, name, value)
    if "countries" in typed:
        case.set_codes("countries", typed["countries"])
    for group in TICKS:
        if group.key in typed["groups"]:
            case.set_codes(group.list_name, typed["groups"][group.key])


def _apply_themes(case: CaseStudy, typed: Mapping[str, Any]) -> None:
    if not any(group.key in typed["groups"] or group.key in typed["evidence"] for group in THEME_GROUPS):
        return
    existing = {row.entry.code: row for row in case.themes.all() if row.entry}
    rows: list[CaseTheme] = []
    for group in THEME_GROUPS:
        kept = [code for code, row in existing.items() if group.list_name in row.entry.list_names]
        for code in typed["groups"].get(group.key, kept):
            row = existing.get(code) or CaseTheme(term_id=term_id(THEMES, code))
            row.answers = typed["evidence"].get(group.key, {}).get(code, row.answers)
            row.sort_order = len(rows)
            rows.append(row)
    case.themes = rows


def _apply_texts(case: CaseStudy, typed: Mapping[str, Any]) -> None:
    """Give the case study its texts, and to each language its steps."""
    before = (original_text(case.texts.all()) or CaseText()).language
    given = typed.get("translations")
    prose = None if given is None else {language: values["prose"] for language, values in given.items()}
    original, *others = apply_texts(case, typed, prose)
    steps = {original.language: _steps(case, before, original.language, typed.get("steps"))}
    for row in others:
        told = given[row.language]["steps"] if given is not None else None
        steps[row.language] = _steps(case, row.language, row.language, told)
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


registry.register(ThemeImporter())
registry.register(CaseImporter())
