"""The index that a list keeps: read anew where something changed, and only there."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser

from directory.filters import ORGANISATIONS
from directory.models import Organisation
from platform_site.listing.declared import Listing
from platform_site.listing.state import ListState
from platform_site.records.services import publish_record, withdraw_record
from platform_site.vocabulary.models import Term
from practices.filters import PRACTICES
from tests.factories import make_chart, make_network, make_organisation, make_service

pytestmark = pytest.mark.django_db
NOBODY = AnonymousUser()


class Watched:
    """A list with an index of its own that notes which records it reads."""

    def __init__(self, listing: Listing) -> None:
        self.read: list[set[int]] = []

        def load(published: Any) -> Any:
            records = list(listing.load(published))
            self.read.append({record.pk for record in records})
            return records

        self.listing = replace(listing, load=load, _kept=[])

    def answer(self) -> tuple[list[int], dict[str, dict[str, int]]]:
        """Return the records in order, and the counts that are not zero."""
        found = self.listing.results(ListState(), NOBODY)
        return found.pks, _nonzero(found.counts)


def _nonzero(counts: dict[str, dict[str, int]]) -> dict[str, dict[str, int]]:
    return {name: {value: number for value, number in of.items() if number} for name, of in counts.items()}


def _anew(listing: Listing) -> tuple[list[int], dict[str, dict[str, int]]]:
    return Watched(listing).answer()


def test_only_what_changed_is_read_again() -> None:
    houses = [make_organisation(services=[make_service("accommodation")]) for _number in range(4)]
    watched = Watched(ORGANISATIONS)
    watched.answer()
    watched.answer()
    assert watched.read == [{house.pk for house in houses}]

    houses[2].name = "Another name"
    publish_record(record=houses[2])
    new = make_organisation(name="New")
    withdraw_record(record=houses[3], user=None, reason="Closed.")
    assert watched.answer() == _anew(ORGANISATIONS)
    assert watched.read[1:] == [{houses[2].pk, new.pk}]


def test_a_network_that_comes_or_goes_is_heard() -> None:
    house, other = make_organisation(), make_organisation()
    watched = Watched(ORGANISATIONS)
    watched.answer()
    network = make_network("Network", [house])
    assert watched.answer() == _anew(ORGANISATIONS)
    assert watched.read[1:] == [{house.pk}]
    withdraw_record(record=network, user=None, reason="Dissolved.")
    assert watched.answer() == _anew(ORGANISATIONS)
    assert other.pk not in watched.read[-1]


def test_a_changed_term_has_everything_read_again() -> None:
    houses = {make_organisation().pk, make_organisation().pk}
    watched = Watched(ORGANISATIONS)
    watched.answer()
    Term.objects.filter(vocabulary="countries").first().save()
    watched.answer()
    assert watched.read == [houses, houses]


def test_a_chart_follows_the_organisations_that_it_names() -> None:
    house = make_organisation(name="Old name", slug="old")
    chart, other = make_chart(organisations=[house]), make_chart()
    watched = Watched(PRACTICES)
    watched.answer()
    # Nothing on the site changes a published address; what the chart shows of it must follow all the same.
    Organisation.objects.filter(pk=house.pk).update(slug="new")
    house.slug = "new"
    publish_record(record=house)
    assert watched.answer() == _anew(PRACTICES)
    assert watched.read == [{chart.pk, other.pk}, {chart.pk}]
    assert watched.answer()[1]["organisation"]["new"] == 1
