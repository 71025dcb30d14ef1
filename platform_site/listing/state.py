"""The state of a list as it stands in an address: chosen facets, words, sort, view, page. Nonsense becomes a notice."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any
from urllib.parse import urlencode

from django.http import QueryDict
from django.utils.translation import gettext as _

from platform_site.listing.facets import Facet

LONGEST_WORDS = 256
LONGEST_VALUE = 80
HIGHEST_PAGE = 100_000
MOST_VALUES = 60


@dataclass(frozen=True)
class ListState:
    """What a reader asked of a list. `chosen` has what exists; `notices` says what was ignored."""

    chosen: Mapping[str, frozenset[str]] = field(default_factory=dict)
    words: str = ""
    sort: str = ""
    view: str = ""
    page: int = 1
    notices: tuple[str, ...] = ()
    extra: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def parameters(self, **changes: Any) -> list[tuple[str, str]]:
        """Return the state as pairs for an address, defaults left out, in a stable order; see `address` for changes."""
        state = replace(self, **changes)
        pairs = [(name, value) for name in sorted(state.chosen) for value in sorted(state.chosen[name])]
        pairs += [("q", state.words)] if state.words else []
        pairs += [("sort", state.sort)] if state.sort else []
        pairs += [("view", state.view)] if state.view else []
        pairs += [(name, value) for name, values in sorted(state.extra.items()) for value in values]
        pairs += [("page", str(state.page))] if state.page > 1 else []
        return pairs

    def address(self, **changes: Any) -> str:
        """Return the query of an address, with its question mark; "." for the empty state (the bare path).

        `changes` replace fields of the state (`page=2`); a change of anything but the page leads to page 1.
        """
        if changes and "page" not in changes:
            changes["page"] = 1
        query = urlencode(self.parameters(**changes))
        return f"?{query}" if query else "."

    def without(self, name: str, value: str) -> dict[str, frozenset[str]]:
        """Return the choice with `value` taken out of facet `name`."""
        chosen = dict(self.chosen)
        rest = chosen.get(name, frozenset()) - {value}
        if rest:
            chosen[name] = rest
        else:
            chosen.pop(name, None)
        return chosen


def parse_state(
    query: QueryDict,
    facets: Sequence[Facet],
    *,
    sorts: Sequence[str] = (),
    views: Sequence[str] = (),
    extra: Sequence[str] = (),
) -> ListState:
    """Read a state from a query. Never raises: what cannot be used is left out and named in a notice.

    The first of `sorts` and of `views` is the default. `extra` are parameters that the list passes on untouched.
    """
    notices: list[str] = []
    chosen: dict[str, frozenset[str]] = {}
    for facet in facets:
        asked = [value for value in query.getlist(facet.name) if value.strip()][:MOST_VALUES]
        if not asked:
            continue
        known = {option.value.casefold(): option.value for option in facet.options()}
        values = {known[value.strip().casefold()] for value in asked if value.strip().casefold() in known}
        for value in asked:
            if value.strip().casefold() not in known:
                notices.append(
                    _("“%(value)s” is not a value of “%(facet)s” and was left out.")
                    % {"value": _short(value), "facet": facet.label}
                )
        if values:
            chosen[facet.name] = frozenset(values)
    words = " ".join(query.get("q", "").replace("\x00", " ").split())
    if len(words) > LONGEST_WORDS:
        words = words[:LONGEST_WORDS]
        notices.append(_("Only the first %(number)d characters of your words were used.") % {"number": LONGEST_WORDS})
    return ListState(
        chosen=chosen,
        words=words,
        sort=_one_of(query.get("sort", ""), sorts, _("That order is not known; the usual one is shown."), notices),
        view=_one_of(query.get("view", ""), views, _("That view is not known; the list is shown."), notices),
        page=_page(query.get("page", ""), notices),
        notices=tuple(dict.fromkeys(notices)),
        extra={
            name: tuple(_short(value) for value in query.getlist(name)[:MOST_VALUES]) for name in extra if name in query
        },
    )


def _short(value: str) -> str:
    clean = " ".join(value.replace("\x00", " ").split())
    return clean if len(clean) <= LONGEST_VALUE else clean[:LONGEST_VALUE] + "…"


def _one_of(value: str, known: Sequence[str], notice: str, notices: list[str]) -> str:
    value = value.strip()
    if not value or (known and value == known[0]):
        return ""
    if value in known:
        return value
    notices.append(notice)
    return ""


def _page(value: str, notices: list[str]) -> int:
    value = value.strip()
    if not value:
        return 1
    if value.isascii() and value.isdecimal() and len(value) <= 9 and 1 <= int(value) <= HIGHEST_PAGE:
        return int(value)
    notices.append(_("That page does not exist; page 1 is shown."))
    return 1
