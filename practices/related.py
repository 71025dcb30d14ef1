"""The related blocks that other pages show of the charts."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from practices.access import cards_of, shown_organisations, visible_organisation_pks
from practices.catalogue import Card, catalogue
from practices.selectors import facts_line
from search.related import RelatedBlock, RelatedItem


def charts_of_organisation(subject_id: str, user: Any, limit: int) -> RelatedBlock | None:
    """Return the charts that an organisation (by primary key) runs, as far as `user` may read both."""
    pk = int(subject_id) if subject_id.isdecimal() else 0
    if pk not in visible_organisation_pks(user):
        return None
    found = cards_of(catalogue().by_organisation.get(pk, ()), user)
    slugs = [organisation.slug for card in found for organisation in card.organisations if organisation.pk == pk]
    return _block(found, user, limit, f"organisation={slugs[0]}") if slugs else None


def charts_in_country(subject_id: str, user: Any, limit: int) -> RelatedBlock | None:
    """Return the charts that take place in a country (by code), as far as `user` may read them."""
    found = cards_of(catalogue().by_country.get(subject_id, ()), user)
    return _block(found, user, limit, f"country={subject_id}")


def charts_of_pair(subject_id: str, user: Any, limit: int) -> RelatedBlock | None:
    """Return the charts that take place in both countries of a pair (codes: `DE-RO`), if `user` may read them."""
    by_country = catalogue().by_country
    origin, _sign, destination = subject_id.partition("-")
    others = set(by_country.get(destination, ()))
    # The list of all charts joins countries with "or": no address of it gives these.
    return _block(cards_of([pk for pk in by_country.get(origin, ()) if pk in others], user), user, limit, "")


def chart_itself(subject_id: str, user: Any, limit: int) -> RelatedBlock | None:
    """Return the chart with this number, if `user` may read it: for those who know a chart by its number alone."""
    cards = catalogue().cards
    number = int(subject_id) if subject_id.isdecimal() and len(subject_id) < 10 else 0
    return _block(cards_of([pk for pk, card in cards.items() if card.chart_no == number], user), user, limit, "")


def chart_lines(pks: Collection[int], user: Any) -> dict[int, RelatedItem]:
    """Return those of the charts with these primary keys that `user` may read, as lines."""
    return {card.pk: _item(card, user) for card in cards_of(pks, user)}


def _item(card: Card, user: Any) -> RelatedItem:
    return RelatedItem(
        kind="practice",
        title=card.name,
        url=card.url,
        facts=facts_line(card, shown_organisations(card, user)),
        country=card.country,
        language=card.language if card.language != (get_language() or "en") else "",
        audience=card.audience,
    )


def _block(found: Sequence[Card], user: Any, limit: int, query: str) -> RelatedBlock | None:
    if not found:
        return None
    items = [_item(card, user) for card in found[:limit]]
    more = f"{reverse('practices:practice_list')}?{query}" if query and len(found) > len(items) else ""
    return RelatedBlock(kind="practice", heading=_("Practice charts"), items=items, total=len(found), more_url=more)
