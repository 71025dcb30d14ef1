"""The three pillars of a country's page: which texts and indicators stand under each, and what is missing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from directory.profiles.indicators import PHENOMENON, POLICIES, PRACTICES, area_of, areas_of_pillar
from directory.profiles.reader import Fact, ProfileView, Prose
from directory.profiles.sources import SourceList
from platform_site.vocabulary.store import Entry, vocabulary

HEADINGS = {
    PHENOMENON: gettext_lazy("Phenomenon"),
    POLICIES: gettext_lazy("Policies"),
    PRACTICES: gettext_lazy("Practices"),
}
# The texts of each pillar with their headings, and what is said where there is none.
TEXTS: Mapping[str, Sequence[tuple[str, Any, Any]]] = {
    PHENOMENON: (
        ("trends", gettext_lazy("Trends"), gettext_lazy("No text on trends yet.")),
        ("routes", gettext_lazy("Routes"), gettext_lazy("No text on routes yet.")),
        ("sectors", gettext_lazy("Sectors"), gettext_lazy("No text on sectors yet.")),
    ),
    POLICIES: (("policies", gettext_lazy("Law and policy"), gettext_lazy("No text on law and policy yet.")),),
    PRACTICES: (),
}


# What is said of a pillar that has neither texts nor indicators, in the place of a sentence for each of them.
NOTHING: Mapping[str, Any] = {
    PHENOMENON: gettext_lazy("Nothing on the phenomenon yet: no text, no indicator."),
    POLICIES: gettext_lazy(
        "Nothing on law and policy yet: no text, no indicator, no instrument, no plan, no body, no report."
    ),
    PRACTICES: gettext_lazy("Nothing is published here yet."),
}


@dataclass(frozen=True)
class TextPart:
    """A text of a pillar."""

    heading: Any
    prose: Prose


@dataclass(frozen=True)
class IndicatorRow:
    """An indicator with its values, one for each source."""

    indicator: Entry
    facts: tuple[Fact, ...]


@dataclass(frozen=True)
class AreaRows:
    """An area of indicators with those that have a value."""

    code: str
    heading: str
    rows: list[IndicatorRow]


@dataclass(frozen=True)
class Pillar:
    """One pillar of a country's page. What is `missing` is said in sentences; of a pillar that has nothing in one."""

    code: str
    heading: Any
    texts: list[TextPart]
    areas: list[AreaRows]
    missing: list[Any]

    @property
    def is_bare(self) -> bool:
        """Whether the profile says nothing here."""
        return not (self.texts or self.areas)

    @property
    def nothing(self) -> Any:
        """What is said where the page has nothing at all on the pillar."""
        return NOTHING[self.code]


def pillar_of(code: str, view: ProfileView | None, sources: SourceList) -> Pillar:
    """Return a pillar of the page, its values with the numbers of their `sources`; without a profile it is empty."""
    facts = view.facts if view else {}
    prose = view.prose if view else {}
    areas, lacking = _areas(code, facts, sources)
    texts = [TextPart(heading, prose[name]) for name, heading, _absent in TEXTS[code] if name in prose]
    missing = [absent for name, _heading, absent in TEXTS[code] if name not in prose]
    return Pillar(code, HEADINGS[code], texts, areas, missing + lacking)


def rows_by_area(facts: Mapping[str, tuple[Fact, ...]]) -> dict[str, list[IndicatorRow]]:
    """Return the indicators that have a value by the code of their area ("": none), in the order of their list."""
    found: dict[str, list[IndicatorRow]] = {}
    for indicator in vocabulary("indicators"):
        if indicator.code in facts:
            found.setdefault(area_of(indicator), []).append(IndicatorRow(indicator, facts[indicator.code]))
    return found


def _areas(pillar: str, facts: Mapping[str, tuple[Fact, ...]], sources: SourceList) -> tuple[list[AreaRows], list[str]]:
    """Return the areas of a pillar with values, and what is said of those without."""
    by_area = rows_by_area(facts)
    found, missing = [], []
    for area in areas_of_pillar(pillar):
        if area.code in by_area:
            found.append(_area(area.code, area.label(), by_area[area.code], sources))
        elif not area.retired:
            missing.append(_("No indicator on “%(area)s” yet.") % {"area": area.label()})
    if pillar == PHENOMENON and "" in by_area:
        found.append(_area("other", _("Other indicators"), by_area[""], sources))
    return found, missing


def _area(code: str, heading: str, rows: list[IndicatorRow], sources: SourceList) -> AreaRows:
    return AreaRows(code, heading, [replace(row, facts=sources.numbered(row.facts)) for row in rows])
