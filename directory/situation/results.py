"""The list's answer to a case: its own results in the order and the sections of the ranking."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from directory.pairs import pair_address
from directory.situation.address import ALSO, ORIGIN, UNREAD, WITHIN, number_of, wish_from, without
from directory.situation.ranking import NEAR, NOT_STATED, STATED, Ranked, Wish, ranked
from platform_site.listing.declared import Listing, Results, Section
from platform_site.listing.presentation import Chip
from platform_site.listing.state import ListState
from platform_site.vocabulary.store import vocabulary

NEAR_HEADING = gettext_lazy("Nearest: these leave out a part of what you ask")
# The sections of the list by match; the key says to the list what stands in it.
_KEYS = {STATED: "matches", NOT_STATED: "not_stated", NEAR: "near"}
_TODAY, _TOMORROW = 0, 1


@dataclass(frozen=True)
class Answered:
    """What is shown of a case on the list's page.

    `unread` is a sentence about words that were not understood, or ""; `also` are services to add: label and address.
    """

    unread: str
    form_href: str
    also: list[tuple[str, str]]
    pair_href: str
    none_states_it: bool


def situation_results(listing: Listing, state: ListState, user: Any) -> tuple[Results, dict[int, Ranked], Wish]:
    """Return the results of `state` as answers to a case, how each answers (by primary key), and what was asked."""
    plain = listing.results(state, user)
    wish = wish_from(state.chosen, state.extra)
    found = ranked(wish, user)
    headings = {STATED: "", NOT_STATED: listing.not_stated_heading, NEAR: NEAR_HEADING}
    sections, pks = [], []
    for match, heading in headings.items():
        of_match = [one.pk for one in found if one.match == match]
        if of_match:
            sections.append(Section(_KEYS[match], heading, len(of_match)))
            pks += of_match
    totals = {match: sum(one.match == match for one in found) for match in headings}
    results = replace(plain, sections=sections, pks=pks, total=totals[STATED], not_stated_total=totals[NOT_STATED])
    return results, {one.pk: one for one in found}, wish


def answered(results: Results, wish: Wish) -> Answered:
    """Return what the page says beside the results."""
    state = results.state
    unread = number_of(state.extra, UNREAD)
    known = vocabulary("service_types")
    chosen = state.chosen.get("service", frozenset())
    offers = []
    for code in wish.also:
        rest = tuple(other for other in state.extra.get(ALSO, ()) if other != code)
        extra = {**without(state.extra, ALSO), **({ALSO: rest} if rest else {})}
        wider = {**state.chosen, "service": chosen | {code}}
        offers.append((known.label(code), state.address(chosen=wider, extra=extra)))
    main = [code for code in wish.main_countries if code != wish.origin]
    return Answered(
        unread=ngettext(
            "%(count)d word of your sentence was not understood. Choose filters for it.",
            "%(count)d words of your sentence were not understood. Choose filters for them.",
            unread,
        )
        % {"count": unread}
        if unread
        else "",
        form_href=reverse("directory:situation"),
        also=offers,
        pair_href=pair_address(wish.origin, main[0]) if wish.origin and len(main) == 1 else "",
        none_states_it=bool(results.pks) and not results.total,
    )


def situation_chips(state: ListState) -> list[Chip]:
    """Return chips for what the sentence said beside the filters: when, and where the journey begins."""
    chips = []
    days = number_of(state.extra, WITHIN)
    if days is not None:
        chips.append(Chip(_("When"), days_words(days), state.address(extra=without(state.extra, WITHIN))))
    origin = next(iter(state.extra.get(ORIGIN, ())), "")
    if origin in vocabulary("countries"):
        label = vocabulary("countries").label(origin)
        chips.append(Chip(_("Journey from"), label, state.address(extra=without(state.extra, ORIGIN))))
    return chips


def days_words(days: int) -> str:
    """Return a number of days from today in words."""
    if days == _TODAY:
        return _("today")
    if days == _TOMORROW:
        return _("tomorrow")
    return ngettext("in %(count)d day", "in %(count)d days", days) % {"count": days}
