"""Values of indicators as data: lines of a CSV file and objects of JSON (`docs/lists.md`)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from django.utils.translation import gettext as _

from directory.profiles.comparison import Column, Comparison
from directory.profiles.indicators import area_of, definition, kind_of
from directory.profiles.reader import Fact, ProfileView
from platform_site.vocabulary.store import Entry, vocabulary


def csv_header() -> list[str]:
    """Return the columns of the file, in the active language."""
    return [
        _("Area"),
        _("Indicator"),
        _("Code of the indicator"),
        _("Country"),
        _("Country code"),
        _("Value"),
        _("Value in words"),
        _("Unit"),
        _("Base"),
        _("Year"),
        _("Kind of source"),
        _("Source"),
        _("Address of the source"),
        _("Place in the source"),
        _("Language of the words"),
    ]


def csv_lines(indicators: Iterable[Entry], views: Iterable[ProfileView]) -> Iterator[list[Any]]:
    """Yield a line for each value that these profiles have of `indicators`, in their order."""
    found = list(views)
    areas = vocabulary("indicator_areas")
    for indicator in indicators:
        for view in found:
            for fact in view.facts.get(indicator.code, ()):
                row = fact.row
                yield [
                    areas.label(area_of(indicator)) if area_of(indicator) else "",
                    indicator.label(),
                    indicator.code,
                    view.country.label(),
                    view.country.code,
                    row.value,
                    fact.words,
                    row.unit,
                    row.base,
                    row.year,
                    fact.kind,
                    fact.source,
                    row.source_url,
                    row.evidence,
                    row.language,
                ]


def as_data(indicator: Entry) -> dict[str, Any]:
    """Return what an indicator is."""
    words, _language = definition(indicator)
    return {
        "code": indicator.code,
        "label": indicator.label(),
        "definition": words,
        "area": area_of(indicator),
        "value_kind": kind_of(indicator),
    }


def fact_as_data(fact: Fact) -> dict[str, Any]:
    """Return a value with all that belongs to it."""
    row = fact.row
    kind = row.kind_entry
    return {
        "value": row.value,
        "words": fact.words,
        "unit": row.unit,
        "base": row.base,
        "year": row.year,
        "source_kind": kind.code if kind else "",
        "source": fact.source,
        "source_url": row.source_url,
        "evidence": row.evidence,
        "language": row.language,
    }


def comparison_as_data(columns: Iterable[Column], comparison: Comparison, said: Iterable[str]) -> dict[str, Any]:
    """Return a comparison: the countries, the indicators with the values of each country, what none has, notices."""
    found = list(columns)
    codes = [column.country.code for column in found]
    return {
        "countries": [{"code": column.country.code, "name": column.country.label()} for column in found],
        "indicators": [
            as_data(row.indicator)
            | {
                "differs": row.differs,
                "values": {
                    code: [fact_as_data(fact) for fact in cell] for code, cell in zip(codes, row.cells, strict=True)
                },
            }
            for area in comparison.areas
            for row in area.rows
        ],
        "without_value": [indicator.code for indicator in comparison.without_value],
        "notices": list(said),
    }
