"""The declared lists of networks and programmes.

A network has no facet of countries: those of its members would tell of members whom the reader may not see.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext_lazy as _

from directory.models import Network, Programme, ProgrammeTerm
from platform_site.listing.declared import Listing
from platform_site.listing.facets import Facet, term_facet
from platform_site.listing.index import IndexedRecord
from platform_site.texts.sorting import sort_text
from platform_site.vocabulary.store import entry_by_id
from search.registration import ranked_keys

NETWORK_KIND = term_facet("kind", _("Kind"), "network_kinds")
PROGRAMME_KIND = term_facet("kind", _("Kind"), "programme_kinds")
PROGRAMME_COUNTRY = term_facet("country", _("Country"), "countries")


def _kind(facet: Facet, term_id: int | None) -> frozenset[str]:
    entry = entry_by_id(term_id)
    return facet.expanded([entry.code]) if entry else frozenset()


def load_networks(published: Any) -> Iterator[IndexedRecord]:
    """Yield the networks of `published`."""
    for row in published.values("pk", "name", "kind_id"):
        name = sort_text(row["name"])
        yield IndexedRecord(pk=row["pk"], values={"kind": _kind(NETWORK_KIND, row["kind_id"])}, sort={"name": name})


def load_programmes(published: Any) -> Iterator[IndexedRecord]:
    """Yield the programmes of `published`."""
    countries: dict[int, set[str]] = defaultdict(set)
    terms = ProgrammeTerm.objects.filter(owner__in=published.values("pk"))
    for owner_id, term_id in terms.values_list("owner_id", "term_id"):
        entry = entry_by_id(term_id)
        if entry is not None and entry.vocabulary == "countries":
            countries[owner_id].add(entry.code)
    for row in published.values("pk", "name", "kind_id", "start"):
        name = sort_text(row["name"])
        yield IndexedRecord(
            pk=row["pk"],
            values={"kind": _kind(PROGRAMME_KIND, row["kind_id"]), "country": frozenset(countries[row["pk"]])},
            # Latest first, those without a start last: digits are turned round, so that one order serves all.
            sort={"name": name, "start": (-int(row["start"].replace("-", "").ljust(6, "0") or 0), name)},
        )


NETWORKS = Listing(
    name="networks",
    queryset=Network.objects.all,
    load=load_networks,
    facets=[NETWORK_KIND],
    sorts={"name": _("Name")},
    versions=("network",),
    ranked=lambda words, user: ranked_keys("network", words, user),
)
PROGRAMMES = Listing(
    name="programmes",
    queryset=Programme.objects.all,
    load=load_programmes,
    facets=[PROGRAMME_COUNTRY, PROGRAMME_KIND],
    sorts={"name": _("Name"), "start": _("Latest start")},
    versions=("programme",),
    ranked=lambda words, user: ranked_keys("programme", words, user),
)
