"""The networks as values of a facet: read once per data version, since every address is checked against them."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from directory.models import Network
from platform_site.accounts.principals import principals_of
from platform_site.listing.facets import Option
from platform_site.records.audiences import audiences_for
from platform_site.vocabulary import versions


def network_options(user: Any = None) -> list[Option]:
    """Return the networks that `user` (None: everybody) may read, by name; the slug is the value."""
    return _options_at(versions.current("network"), audiences_for(principals_of(user)))


@lru_cache(maxsize=8)
def _options_at(_token: str, audiences: frozenset[str]) -> list[Option]:
    readable = Network.objects.published().filter(audience__in=audiences).order_by("name")
    return [Option(slug, name) for slug, name in readable.values_list("slug", "name")]
