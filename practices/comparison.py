"""Two to four charts side by side, field by field."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from platform_site.ui.languages import language_name
from practices.answers import FieldAnswer, PartAnswer, answers
from practices.standard_form import NumberedField

FEWEST = 2
MOST = 4
MOST_ASKED = 20


@dataclass(frozen=True)
class Column:
    """One chart of a comparison; `language` is that of its text where it is not the reader's."""

    chart: Any
    text: Any
    language: str
    fields: list[FieldAnswer]
    organisations: list[Any]
    remove_href: str

    @property
    def plate(self) -> str:
        """The code of the country."""
        entry = self.chart.country_entry
        return entry.code if entry else ""

    @property
    def number_words(self) -> str:
        """The number of the chart in words, for those who hear the plate beside each answer."""
        return _("chart %(number)d") % {"number": self.chart.chart_no}

    @property
    def language_name(self) -> str:
        """The language of the text in words, "" where it is the reader's."""
        return language_name(self.language) if self.language else ""


@dataclass(frozen=True)
class Line:
    """One part of a field across the charts."""

    label: Any
    cells: list[PartAnswer]

    @property
    def differs(self) -> bool:
        """Whether the charts do not all say the same: terms by code, texts by their words."""
        return len({cell.same_as for cell in self.cells}) > 1

    @property
    def is_stated(self) -> bool:
        """Whether any chart answers."""
        return any(cell.is_stated for cell in self.cells)


@dataclass(frozen=True)
class Row:
    """One numbered field across the charts. `lines` are its parts; parts that no chart answers are left out."""

    field: NumberedField
    lines: list[Line]

    @property
    def labelled(self) -> bool:
        """Whether the lines need labels: unless the first part, which the field is named after, stands alone."""
        return len(self.lines) > 1 or self.lines[0].cells[0].part is not self.field.parts[0]


def asked_numbers(values: Sequence[str]) -> tuple[list[int], list[str]]:
    """Return the chart numbers that an address asks for (each once, in its order), and what is no number."""
    numbers: list[int] = []
    nonsense: list[str] = []
    for value in values[:MOST_ASKED]:
        text = value.strip()
        if text.isascii() and text.isdecimal() and len(text) <= 6 and int(text):
            numbers.append(int(text))
        elif text:
            nonsense.append(text[:20])
    return list(dict.fromkeys(numbers)), nonsense


def address(numbers: Sequence[int], *, only_differences: bool = False) -> str:
    """Return the query of the comparison of these charts."""
    pairs = [("chart", str(number)) for number in numbers]
    if only_differences:
        pairs.append(("only", "differences"))
    return f"?{urlencode(pairs)}" if pairs else "."


def columns(charts: Sequence[Any], user: Any, *, only_differences: bool, reader_language: str) -> list[Column]:
    """Return a column for each chart, as `user` may read it."""
    numbers = [chart.chart_no for chart in charts]
    found = []
    for chart in charts:
        text = chart.text()
        fields = answers(chart, text, user)
        others = [number for number in numbers if number != chart.chart_no]
        found.append(
            Column(
                chart=chart,
                text=text,
                language=text.language if text and text.language != reader_language else "",
                fields=fields,
                organisations=next(field for field in fields if field.field.key == "organisations").parts[0].value,
                remove_href=address(others, only_differences=only_differences),
            )
        )
    return found


def rows(found: Sequence[Column], *, only_differences: bool) -> list[Row]:
    """Return the fields across the columns; with `only_differences` without what all of them say alike."""
    result = []
    for row_fields in zip(*(column.fields for column in found), strict=True):
        field = row_fields[0].field
        lines = [
            Line(cells[0].label, list(cells))
            for cells in zip(*(row_field.parts for row_field in row_fields), strict=True)
        ]
        stated = [line for line in lines if line.is_stated]
        # A field that nobody answers still stands there once: "not stated" is an answer to a reader.
        shown = stated or [replace(lines[0], label=field.label)]
        if only_differences:
            shown = [line for line in shown if line.differs]
        if shown:
            result.append(Row(field, shown))
    return result


def notices(*, missing: Sequence[int], nonsense: Sequence[str], beyond: Sequence[int], unread: int) -> list[str]:
    """Return what was left out of the comparison, as sentences.

    `missing` are numbers without a chart (for this reader), `nonsense` is what is no number, `beyond` are the charts
    after the fourth, and `unread` is how many further values the address has.
    """
    found = [_("“%(value)s” is no chart number and was left out.") % {"value": value} for value in nonsense]
    if missing:
        sentence = ngettext(
            "There is no chart %(numbers)s; it was left out.",
            "There are no charts %(numbers)s; they were left out.",
            len(missing),
        )
        found.append(sentence % {"numbers": ", ".join(map(str, missing))})
    if beyond:
        sentence = ngettext(
            "Four charts fit side by side; chart %(numbers)s was left out.",
            "Four charts fit side by side; charts %(numbers)s were left out.",
            len(beyond),
        )
        found.append(sentence % {"numbers": ", ".join(map(str, beyond))})
    if unread:
        found.append(
            _("The address asks for very many charts; only the first %(number)d were read.") % {"number": MOST_ASKED}
        )
    return found
