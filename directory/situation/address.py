"""A reading as an address of the list, and back: codes and numbers only, never a word of the sentence."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import urlencode

from directory.situation.ranking import Chosen, Wish
from directory.situation.reading import Reading
from directory.situation.times import FARTHEST_DAYS
from platform_site.vocabulary.store import vocabulary

# `situation`: the list answers as to a case. `from`: the country where a journey begins. `also`: services that the case
# suggests. `near`: countries of the person. `within`: days. `unread`: how many words were not understood.
SITUATION, ORIGIN, ALSO, NEAR, WITHIN, UNREAD = "situation", "from", "also", "near", "within", "unread"
PARAMETERS = (SITUATION, ORIGIN, ALSO, NEAR, WITHIN, UNREAD)
# An address names so many services and countries at most.
_MOST = 8
Extra = Mapping[str, tuple[str, ...]]


def query_of(reading: Reading) -> str:
    """Return the query of the list's address that answers a reading."""
    pairs = [(name, code) for name, codes in reading.filters.items() for code in codes]
    pairs.append((SITUATION, "1"))
    pairs += [(ORIGIN, reading.origin)] if reading.origin else []
    pairs += [(ALSO, code) for code in reading.also] + [(NEAR, code) for code in reading.suggested]
    pairs += [(WITHIN, str(reading.within))] if reading.within is not None else []
    pairs += [(UNREAD, str(len(reading.not_understood)))] if reading.not_understood else []
    return urlencode(pairs)


def is_situation(extra: Extra) -> bool:
    """Say whether the parameters of an address ask for an answer to a case."""
    return bool(extra.get(SITUATION))


def wish_from(chosen: Chosen, extra: Extra) -> Wish:
    """Return what an address asks for: the choice of the list and what the sentence said beside it."""
    return Wish(
        chosen,
        origin=next(iter(_codes(extra, ORIGIN, "countries")), ""),
        also=_codes(extra, ALSO, "service_types"),
        near=_codes(extra, NEAR, "countries"),
    )


def number_of(extra: Extra, name: str) -> int | None:
    """Return a number of an address, None where there is none or where it is nonsense."""
    value = next(iter(extra.get(name, ())), "")
    if not (value.isascii() and value.isdecimal() and len(value) <= 4):
        return None
    number = int(value)
    return number if number <= FARTHEST_DAYS else None


def without(extra: Extra, name: str) -> dict[str, tuple[str, ...]]:
    """Return the parameters without one of them."""
    return {other: values for other, values in extra.items() if other != name}


def _codes(extra: Extra, name: str, list_name: str) -> tuple[str, ...]:
    known = vocabulary(list_name)
    return tuple(dict.fromkeys(code for code in extra.get(name, ())[:_MOST] if code in known))
