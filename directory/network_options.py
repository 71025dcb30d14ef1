"""The networks as values of a facet: read once per data version, since every address is checked against them."""

from __future__ import annotations

from typing import Any

from directory.models import Network
from platform_site.listing.facets import Option
from platform_site.listing.kept import Kept
from platform_site.texts.sorting import sort_text
from platform_site.vocabulary import versions

_kept = Kept(lambda: (versions.current("network"),))


def network_options(user: Any = None) -> list[Option]:
    """Return the networks that `user` (None: everybody) may read, by name; the slug is the value."""
    room = _kept.room(user)
    options: list[Option] | None = room.get("options")
    if options is None:
        readable = Network.objects.visible_to(user).values_list("slug", "name")
        options = sorted((Option(slug, name) for slug, name in readable), key=lambda option: sort_text(option.label))
        room["options"] = options
    return options
