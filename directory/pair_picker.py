"""The form that leads to a pair of countries: it works without a script, and it is the same wherever it stands."""

from __future__ import annotations

from typing import Any

from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from directory.filters import ORGANISATIONS
from directory.pairs import pair_address
from directory.procedures import noted_ways, notes_token
from directory.selectors import served
from platform_site.listing.kept import Kept
from platform_site.texts.sorting import sort_text
from platform_site.vocabulary.store import vocabulary

_kept = Kept(lambda: (*ORGANISATIONS.token(), *notes_token()))


def pair_picker_html(user: Any, origin: str = "", destination: str = "") -> SafeString:
    """Return the form with these countries (codes, or "") chosen; drawn once as long as nothing changes.

    With an origin the ways with notes that begin or end there stand below it, else all of them. With both it changes
    the pair that is shown, which is not offered as a way.
    """
    return _kept.value(user, (origin, destination), lambda: _drawn(user, origin, destination))


def _drawn(user: Any, origin: str, destination: str) -> SafeString:
    chosen = (origin, destination)
    ways = [way for way in noted_ways(user, origin) if (way.origin.code, way.destination.code) != chosen]
    context = {
        "options": country_options(user, origin, destination),
        "origin": origin,
        "destination": destination,
        "ways": [(way, pair_address(way.origin.code, way.destination.code)) for way in ways],
    }
    # Safe stays safe: a template drew it.
    return SafeString(render_to_string("directory/pair_picker.html", context))


def country_options(user: Any, *chosen: str) -> list[tuple[str, str]]:
    """Return codes and names to choose from: countries of the directory's area, others where somebody helps or a
    note is about, and those that are chosen.
    """
    countries = vocabulary("countries")
    codes = {entry.code for entry in countries.offered() if entry.attributes.get("directory") == "yes"}
    codes |= {code for code, count in served(user).items() if count}
    codes |= {end.code for way in noted_ways(user) for end in (way.origin, way.destination)}
    codes |= {code for code in chosen if code}
    return sorted(((code, countries.label(code)) for code in codes), key=lambda pair: sort_text(pair[1]))
