"""Indicators: what countries are compared by. Each has a definition, an area and a kind of value.

They are terms of the list `indicators`; area and kind of value stand in their further facts. The areas are a list of
their own, and each belongs to one of the three pillars.
"""

from __future__ import annotations

from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from platform_site.vocabulary.store import Entry, vocabulary

INDICATORS, AREAS, SOURCE_KINDS = "indicators", "indicator_areas", "source_kinds"
PHENOMENON, POLICIES, PRACTICES = "phenomenon", "policies", "practices"


class ValueKind(models.TextChoices):
    """What the value of an indicator is."""

    YES_NO_PRACTICE = "yes_no_practice", _("Yes, no or in practice")
    NUMBER = "number", _("Number with unit")
    DATE = "date", _("Date")
    TEXT = "text", _("Text")


def kind_of(indicator: Entry | None) -> str:
    """Return the kind of value of an indicator; a term that says none takes a text."""
    kind = indicator.attributes.get("value_kind", "") if indicator else ""
    return kind if kind in ValueKind.values else ValueKind.TEXT


def area_of(indicator: Entry) -> str:
    """Return the code of the indicator's area, "" where it has none of the list."""
    code = indicator.attributes.get("area", "")
    return code if code in vocabulary(AREAS) else ""


def definition(indicator: Entry) -> tuple[str, str]:
    """Return what the indicator means and the language of these words: the reader's where there are some, else English.

    The language is "" where it is the reader's.
    """
    language = (get_language() or "en").split("-")[0]
    own = indicator.attributes.get(f"definition_{language}", "")
    if own or not indicator.scope_note:
        return own, ""
    return indicator.scope_note, "" if language == "en" else "en"


def areas_of_pillar(pillar: str) -> list[Entry]:
    """Return the areas of a pillar, in order; an area that names no pillar belongs to the phenomenon."""
    return [area for area in vocabulary(AREAS) if area.attributes.get("pillar", PHENOMENON) == pillar]


def offered_by_area() -> list[tuple[Entry | None, list[Entry]]]:
    """Return the indicators in use by area, in order; those without an area come last, with None."""
    groups: dict[str, list[Entry]] = {}
    for indicator in vocabulary(INDICATORS).offered():
        groups.setdefault(area_of(indicator), []).append(indicator)
    areas: list[Entry | None] = [*vocabulary(AREAS), None]
    return [(area, found) for area in areas if (found := groups.get(area.code if area else "", []))]
