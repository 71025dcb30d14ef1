"""What a reader may see of the charts, and of the organisations that stand on them.

A chart for everybody may be run by an organisation that only members may know of: then its name is left out wherever
the chart is shown, in lists, facets, files and comparisons alike.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import wraps
from typing import Any, TypeVar

from directory.models import Organisation
from platform_site.listing.kept import Kept
from practices.catalogue import Card, OrganisationName, catalogue, token

Found = TypeVar("Found")


def kept_by(kept: Kept) -> Callable[[Callable[[Any], Found]], Callable[[Any], Found]]:
    """Keep in `kept` what a function of a user returns, as long as data and reader stay the same (a decorator)."""

    def decorate(compute: Callable[[Any], Found]) -> Callable[[Any], Found]:
        @wraps(compute)
        def keeping(user: Any) -> Found:
            return kept.value(user, compute.__qualname__, lambda: compute(user))

        return keeping

    return decorate


kept_by_reader = kept_by(Kept(token))


@kept_by_reader
def visible_organisation_pks(user: Any) -> frozenset[int]:
    """Return the primary keys of the organisations that stand on charts and that `user` may read."""
    readable = Organisation.objects.visible_to(user).filter(practice_roles__isnull=False)
    return frozenset(readable.values_list("pk", flat=True))


@kept_by_reader
def visible_organisations(user: Any) -> list[OrganisationName]:
    """Return the organisations that run a chart, where `user` may read both; in the order of the charts."""
    readable = visible_organisation_pks(user)
    found = {organisation.pk: organisation for card in visible_cards(user) for organisation in card.organisations}
    return [organisation for pk, organisation in found.items() if pk in readable]


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

    wanted = list(pks)
    index = PRACTICES.index()
    readable = frozenset(index.in_order(index.mask_of(wanted) & PRACTICES.visible(user), "number"))
    cards = catalogue().cards
    return [cards[pk] for pk in wanted if pk in readable and pk in cards]
