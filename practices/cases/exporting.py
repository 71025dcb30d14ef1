"""A case study as an object of `case_studies.json` (`docs/import.md`), from the declaration of the template."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from platform_site.records.packages.package import NEVER
from platform_site.records.packages.withdrawing import language_of, reason_of, successor_of
from platform_site.texts.models import original_text
from practices.cases.template import ANSWERS, GROUPS, OTHERS, THEME_GROUPS, OptionGroup
from practices.models import CaseStudy, CaseText

EVIDENCE = "theme_evidence"
# The keys of the format in their order; what follows them is written only where a case study has it.
CASE_KEYS = (
    "case_no", "organisation", "country", "cooperation", "countries_involved", "victim", "answers", "contact_through",
    "obstacles", "helped_by", "recommendations_themes", EVIDENCE,
)  # fmt: skip
CASE_EXTRA_KEYS = (
    "title", "person_code", "consent", "steps", "agreement", "identity_protection", "outcome", "language", "audience",
    "source", "source_url", "imported_on", "withdrawn", "withdrawn_language", "successor", "translations",
)  # fmt: skip
CONSENT_KEYS = ("kind", "scope", "on")
STEP_KEYS = ("country", "heading", "text")
# What a translation has.
PROSE_KEYS = ("title", "answers", *OTHERS, "steps")


def case_object(case: CaseStudy) -> dict[str, Any]:
    """Return `case` as the format has it: all CASE_KEYS, and of the CASE_EXTRA_KEYS those that say something."""
    rows = sorted(case.texts.all(), key=lambda row: row.pk or 0)
    original = original_text(rows) or CaseText()
    country = case.country_entry
    values: dict[str, Any] = {
        "case_no": case.case_no,
        "organisation": case.organisation.name,
        "country": country.code if country else "",
        "countries_involved": case.codes("countries"),
        "victim": {},
        "answers": answers_object(original),
        EVIDENCE: {},
        "title": original.title,
        "person_code": case.person_code,
        "consent": consent_object(case),
        "steps": steps_object(case, original.language),
        "language": original.language if original.language != "en" else "",
        "audience": case.audience if case.audience != "public" else "",
        "withdrawn": reason_of(case),
        "withdrawn_language": language_of(case),
        "successor": successor_of(case),
        "source": case.source,
        "source_url": case.source_url,
        "imported_on": case.imported_on.isoformat() if case.imported_on else NEVER,
        "translations": {row.language: translation_object(case, row) for row in rows if row is not original},
    }
    for group in GROUPS:
        holder, name = place_of(values, group)
        holder[name] = [group.word_of(code) for code in codes_of(case, group)]
        if group.other:
            holder[group.other] = getattr(original, group.other) or None
        if group.is_theme:
            values[EVIDENCE][group.json] = {
                theme.entry.short_code: theme.answer_keys for theme in themes_of(case, group) if theme.entry
            }
    found = {key: values[key] for key in CASE_KEYS}
    return found | {key: values[key] for key in CASE_EXTRA_KEYS if values.get(key)}


def place_of(values: dict[str, Any], group: OptionGroup) -> tuple[dict[str, Any], str]:
    """Return the object that holds a group of the template, and its key there."""
    above, _, below = group.json.partition(".")
    return (values[above], below) if below else (values, above)


def codes_of(case: CaseStudy, group: OptionGroup) -> list[str]:
    """Return the short codes of a group that `case` has, in their order on it."""
    if group.is_theme:
        return [theme.entry.short_code for theme in themes_of(case, group) if theme.entry]
    return [entry.short_code for entry in case.entries(group.list_name)]


def themes_of(case: CaseStudy, group: OptionGroup) -> list[Any]:
    """Return the themes of a group, in their order."""
    ordered = sorted(case.themes.all(), key=lambda row: (row.sort_order, row.pk or 0))
    return [theme for theme in ordered if theme.entry and group.list_name in theme.entry.list_names]


def answers_object(text: CaseText) -> dict[str, str | None]:
    """Return the answers in one language by their numbers; None where there is none."""
    return {question.key: getattr(text, question.name) or None for question in ANSWERS}


def consent_object(case: CaseStudy) -> dict[str, str | None] | None:
    """Return the consent, None where nothing is said of it."""
    if not (case.consent_kind or case.consent_scope or case.consent_on):
        return None
    day = case.consent_on.isoformat() if case.consent_on else None
    return {"kind": case.consent_kind or None, "scope": case.consent_scope or None, "on": day}


def steps_object(case: CaseStudy, language: str) -> list[dict[str, str | None]]:
    """Return the steps that are told in `language`, in their order."""
    return [
        {
            "country": step.country_entry.code if step.country_entry else None,
            "heading": step.heading,
            "text": step.text or None,
        }
        for step in steps_in(case.steps.all(), language)
    ]


def steps_in(steps: Iterable[Any], language: str) -> list[Any]:
    """Return those of `steps` that are told in `language`, in their order."""
    ordered = sorted(steps, key=lambda step: (step.sort_order, step.pk or 0))
    return [step for step in ordered if step.language == language]


def translation_object(case: CaseStudy, text: CaseText) -> dict[str, Any]:
    """Return the prose of a further language: its answers, and the rest where there is any."""
    values = {"title": text.title, "steps": steps_object(case, text.language)}
    values |= {name: getattr(text, name) for name in OTHERS}
    return {"answers": answers_object(text), **{key: value for key, value in values.items() if value}}


THEME_KEYS = tuple(group.json for group in THEME_GROUPS)
