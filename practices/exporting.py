"""A practice chart as an object of `practices.json` (`docs/import.md`), from the declaration of the standard form."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from platform_site.records.packages.package import NEVER
from platform_site.records.packages.withdrawing import language_of, reason_of, successor_of
from platform_site.texts.formatted import to_list
from platform_site.texts.models import original_text
from practices.models import PracticeChart, PracticeText
from practices.standard_form import CONTACT_FIELDS, Part, parts

# The keys of the format in their order; what follows them is written only where a chart has it.
KEYS = (
    "chart_no", "name", "original_name", "organisations", "country", "categories", "typology", "period", "start", "end",
    "area", "background", "target_groups", "objectives", "activities", "methods", "tools", "resources", "funding",
    "results", "strengths", "innovation", "weaknesses", "transferability", "mainstreaming", "references", "contact",
    "area_level", "general_aim", "monitoring", "resources_by_kind", "impact",
)  # fmt: skip
EXTRA_KEYS = (
    "language", "original_name_language", "as_of", "further_countries", "typology_codes", "target_groups_codes",
    "contact_public", "assessed_by", "selection_principles", "adapted_from", "adaptation_note", "audience", "source",
    "source_url", "imported_on", "withdrawn", "withdrawn_language", "successor", "translations",
)  # fmt: skip
# What a translation has: the prose, and where the original says it in own words, the typology and the target groups.
NO_PROSE = (
    "chart_no", "original_name", "organisations", "country", "categories", "typology", "start", "end",
    "target_groups", "funding", "contact", "area_level",
)  # fmt: skip
PROSE_KEYS = tuple(key for key in KEYS if key not in NO_PROSE)
EXTRA_PROSE_KEYS = ("typology", "target_groups", "adaptation_note")
RESOURCES = ("human", "financial", "in_kind")
TERMS = {part.json: part.name for _field, part in parts() if part.holder == "terms" and not part.printed}
# The reviewers' assessment is no question of the form.
TERMS["selection_principles"] = "selection_principles"
PRINTED = {part.json: part for _field, part in parts() if part.printed}


def text_parts() -> list[Part]:
    """Return the parts of the form that are answered in prose."""
    return [part for _field, part in parts() if part.holder == "text"]


def prose(text: PracticeText) -> dict[str, Any]:
    """Return the prose of a chart in one language by the keys of the format: lists, texts, None for nothing."""
    values: dict[str, Any] = {}
    for part in text_parts():
        stored = getattr(text, part.name)
        value = to_list(stored) if part.kind == "list" else stored or None
        key, _, below = part.json.partition(".")
        if below:
            values.setdefault(key, {})[below] = value
        else:
            values[key] = value
    if not any(values["impact"].values()):
        values["impact"] = None
    values["resources"] = [entry for kind in RESOURCES for entry in values["resources_by_kind"][kind]]
    for part in PRINTED.values():
        values[part.json] = to_list(getattr(text, part.printed))
    values["adaptation_note"] = text.adaptation_note or None
    return values


def share(value: Decimal | None) -> int | float | None:
    """Return a share in percent as a number of JSON."""
    if value is None:
        return None
    return int(value) if value == int(value) else float(value)


def chart_object(chart: PracticeChart) -> dict[str, Any]:
    """Return `chart` as the format has it: all KEYS, and of the EXTRA_KEYS those that say something."""
    rows = sorted(chart.texts.all(), key=lambda row: row.pk or 0)
    original = original_text(rows) or PracticeText()
    values = prose(original)
    values |= {key: chart.codes(name) for key, name in TERMS.items()}
    for key, part in PRINTED.items():
        codes = chart.codes(part.name)
        if values[key]:
            values[f"{key}_codes"] = codes
        else:
            values[key] = codes
    country = chart.country_entry
    values |= {
        "chart_no": chart.chart_no,
        "original_name": chart.original_name or None,
        "original_name_language": chart.original_name_language,
        "organisations": [row.organisation.name for row in _ordered(chart.organisations)],
        "country": country.code if country else "",
        "start": chart.start or None,
        "end": chart.end or None,
        "as_of": chart.as_of,
        "funding": [_funding(row) for row in _ordered(chart.funding)],
        "contact": {name: getattr(chart, f"contact_{name}") or None for name in CONTACT_FIELDS},
        "contact_public": chart.contact_public,
        "assessed_by": chart.assessed_by,
        "adapted_from": chart.adapted_from.chart_no if chart.adapted_from else None,
        "language": original.language if original.language != "en" else "",
        "audience": chart.audience if chart.audience != "public" else "",
        "withdrawn": reason_of(chart),
        "withdrawn_language": language_of(chart),
        "successor": successor_of(chart),
        "source": chart.source,
        "source_url": chart.source_url,
        "imported_on": chart.imported_on.isoformat() if chart.imported_on else NEVER,
        "translations": {row.language: _translation(row) for row in rows if row is not original},
    }
    found = {key: values[key] for key in KEYS}
    return found | {key: values[key] for key in EXTRA_KEYS if values.get(key)}


def _translation(text: PracticeText) -> dict[str, Any]:
    values = prose(text)
    return {key: values[key] for key in PROSE_KEYS} | {key: values[key] for key in EXTRA_PROSE_KEYS if values[key]}


def _funding(row: Any) -> dict[str, Any]:
    kind = row.kind_entry
    return {"source": row.source, "share": share(row.share)} | ({"kind": kind.code} if kind else {})


def _ordered(manager: Any) -> list[Any]:
    return sorted(manager.all(), key=lambda row: (row.sort_order, row.pk or 0))
