"""A reading in words of the active language: what was understood, taken out, and not understood."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from directory.filters import BY_NAME
from directory.situation.reading import Reading
from directory.situation.results import days_words
from platform_site.vocabulary.store import vocabulary


@dataclass(frozen=True)
class ShownReading:
    """Lines for the page: filter and value of what was understood and of what was taken out; words left over."""

    understood: list[tuple[str, str]]
    taken_out: list[tuple[str, str]]
    not_understood: tuple[str, ...]


def shown(reading: Reading) -> ShownReading:
    """Return a reading as the page shows it."""
    understood = [(_label(name), _value(name, code)) for name, codes in reading.filters.items() for code in codes]
    if reading.origin:
        understood.append((_("Journey from"), vocabulary("countries").label(reading.origin)))
    if reading.within is not None:
        understood.append((_("When"), days_words(reading.within)))
    taken_out = [(_label(name), _value(name, code)) for name, code in reading.negated]
    return ShownReading(understood, taken_out, reading.not_understood)


def _label(name: str) -> str:
    return str(BY_NAME[name].label)


def _value(name: str, code: str) -> str:
    return next((option.label for option in BY_NAME[name].options() if option.value == code), code)
