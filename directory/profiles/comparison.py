"""Two to four countries side by side, indicator by indicator."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from directory.profiles.indicators import offered_by_area
from directory.profiles.page import rows_by_area
from directory.profiles.reader import Fact, ProfileView
from directory.profiles.sources import Source, SourceList
from platform_site.texts.sorting import sort_text
from platform_site.vocabulary.store import Entry, vocabulary

FEWEST = 2
MOST = 4
MOST_ASKED = 20


@dataclass(frozen=True)
class Column:
    """A country of a comparison; `profile` is None where the reader may read none."""

    country: Entry
    profile: ProfileView | None
    remove_href: str

    @property
    def country_href(self) -> str:
        """The page of the country."""
        return reverse("directory:country_detail", args=[self.country.code])


@dataclass(frozen=True)
class Row:
    """An indicator across the countries: for each of them its values, none where nothing is stated."""

    indicator: Entry
    columns: Sequence[Column]
    cells: list[tuple[Fact, ...]]

    @property
    def pairs(self) -> list[tuple[Column, tuple[Fact, ...]]]:
        """Each country with its values."""
        return list(zip(self.columns, self.cells, strict=True))

    @property
    def differs(self) -> bool:
        """Whether two countries state different values; what is not stated is no answer, so it is no difference."""
        return len({frozenset(fact.same_as for fact in cell) for cell in self.cells if cell}) > 1


@dataclass(frozen=True)
class AreaRows:
    """The indicators of an area that at least one of the countries has a value of."""

    heading: str
    rows: list[Row]


@dataclass(frozen=True)
class Comparison:
    """The rows of a comparison by area, and the indicators that none of the countries has a value of."""

    areas: list[AreaRows]
    without_value: list[Entry]
    compared: int
    sources: list[Source]


def asked_countries(values: Sequence[str]) -> tuple[list[Entry], list[str]]:
    """Return the countries that an address asks for (each once, in its order), and what is no country's code."""
    known = vocabulary("countries")
    found: dict[str, Entry] = {}
    nonsense: list[str] = []
    for value in values[:MOST_ASKED]:
        text = value.strip()
        country = known.get(text.upper())
        if country is not None:
            found.setdefault(country.code, country)
        elif text:
            nonsense.append(text[:20])
    return list(found.values()), list(dict.fromkeys(nonsense))


def address(codes: Sequence[str], *, only_differences: bool = False, answer: str = "") -> str:
    """Return the query of the comparison of these countries, as a page or in the format `answer`."""
    pairs = [("country", code) for code in codes]
    if only_differences:
        pairs.append(("only", "differences"))
    if answer:
        pairs.append(("format", answer))
    return f"?{urlencode(pairs)}" if pairs else "."


def columns(countries: Sequence[Entry], profiles: Mapping[str, ProfileView], *, only_differences: bool) -> list[Column]:
    """Return a column for each country."""
    codes = [country.code for country in countries]
    return [
        Column(
            country,
            profiles.get(country.code),
            address([code for code in codes if code != country.code], only_differences=only_differences),
        )
        for country in countries
    ]


def compare(found: Sequence[Column], *, only_differences: bool) -> Comparison:
    """Return the indicators across the columns; with `only_differences` those that two countries state differently."""
    facts = [column.profile.facts if column.profile else {} for column in found]
    stated = {code for column in facts for code in column}
    sources = SourceList()
    areas = []
    for area, rows in rows_by_area(dict.fromkeys(stated, ())).items():
        compared = [Row(row.indicator, found, [column.get(row.indicator.code, ()) for column in facts]) for row in rows]
        shown = [row for row in compared if row.differs] if only_differences else compared
        if shown:
            areas.append((area, shown))
    known = vocabulary("indicator_areas")
    order = {code: number for number, code in enumerate([*known.entries, ""])}
    areas.sort(key=lambda pair: order[pair[0]])
    without = [entry for _area, entries in offered_by_area() for entry in entries if entry.code not in stated]
    headed = [
        AreaRows(
            known.label(code) if code else _("Other indicators"),
            [replace(row, cells=[sources.numbered(cell) for cell in row.cells]) for row in rows],
        )
        for code, rows in areas
    ]
    return Comparison(headed, without, len(stated), sources.all())


def notices(*, nonsense: Sequence[str], beyond: Sequence[Entry], without_profile: Sequence[Entry]) -> list[str]:
    """Return what was left out of the comparison or is not there, as sentences.

    `nonsense` is what is no country, `beyond` are the countries after the fourth, `without_profile` those whose
    profile has no value that the reader may read.
    """
    found = [_("“%(value)s” is no country's code and was left out.") % {"value": value} for value in nonsense]
    if beyond:
        found.append(_("Four countries fit side by side; left out: %(countries)s.") % {"countries": _named(beyond)})
    if without_profile:
        sentence = ngettext(
            "Nothing is published on the indicators of %(countries)s yet.",
            "Nothing is published on the indicators of these countries yet: %(countries)s.",
            len(without_profile),
        )
        found.append(sentence % {"countries": _named(without_profile)})
    return found


def _named(countries: Sequence[Entry]) -> str:
    return ", ".join(country.label() for country in countries)


def choices(codes: Sequence[str]) -> list[tuple[str, str]]:
    """Return code and name of the countries `codes`, by name: what a form offers."""
    known = vocabulary("countries")
    return sorted(((code, known.label(code)) for code in codes), key=lambda pair: sort_text(pair[1]))


def selects(codes: Sequence[str], chosen: Sequence[Entry]) -> list[Mapping[str, Any]]:
    """Return the four fields of the form: each with its number, what is chosen in it, and what it offers."""
    picked = [country.code for country in chosen]
    offered = choices(sorted({*codes, *picked}))
    return [
        {"number": number, "chosen": picked[number - 1] if number <= len(picked) else "", "options": offered}
        for number in range(1, MOST + 1)
    ]
