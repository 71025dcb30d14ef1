"""What a reader may see of the charts, and of the organisations that stand on them.

A chart for everybody may be run by an organisation that only members may know of: then its name is left out wherever
the chart is shown, in lists, facets, files and comparisons alike.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from directory.models import Organisation
from platform_site.accounts.principals import principals_of
from practices.catalogue import Card, catalogue, token

MOST_READERS = 64
_kept: dict[tuple[tuple[str, ...], frozenset[str]], frozenset[int]] = {}


def visible_organisation_pks(user: Any) -> frozenset[int]:
    """Return the primary keys of the organisations with charts that `user` may read; kept by data and reader."""
    key = (token(), principals_of(user))
    found = _kept.get(key)
    if found is None:
        readable = Organisation.objects.visible_to(user).filter(practice_roles__isnull=False)
        found = frozenset(readable.values_list("pk", flat=True))
        if len(_kept) >= MOST_READERS:
            _kept.clear()
        _kept[key] = found
    return found


def shown_organisations(chart: Any, user: Any) -> list[Any]:
    """Return the organisations of `chart` (a record or a `Card`) that `user` may read, in their order."""
    if isinstance(chart, Card):
        readable = visible_organisation_pks(user)
        return [organisation for organisation in chart.organisations if organisation.pk in readable]
    organisations = [row.organisation for row in chart.organisations.all()]
    if not chart.live:
        # A draft's organisation need not stand on any published chart yet.
        pks = [organisation.pk for organisation in organisations]
        allowed = frozenset(Organisation.objects.visible_to(user).filter(pk__in=pks).values_list("pk", flat=True))
    else:
        allowed = visible_organisation_pks(user)
    return [organisation for organisation in organisations if organisation.pk in allowed]


def visible_cards(user: Any) -> list[Card]:
    """Return the published charts that `user` may read, in the order of their numbers."""
    from practices.filters import PRACTICES

    index, mask = PRACTICES.index(), PRACTICES.visible(user)
    cards = catalogue().cards
    return [cards[pk] for pk in index.in_order(mask, "number") if pk in cards]


def cards_of(pks: Iterable[int], user: Any) -> list[Card]:
    """Return those of the charts with these primary keys that `user` may read, in the order given."""
    from practices.filters import PRACTICES

    index, mask = PRACTICES.index(), PRACTICES.visible(user)
    cards = catalogue().cards
    return [cards[pk] for pk in pks if pk in cards and index.mask_of([pk]) & mask]
