"""The terms of a record and of its parts: the same however they were fetched, and after an edit."""

from __future__ import annotations

import pytest
from pytest_django import DjangoAssertNumQueries

from directory.models import Organisation, Service
from platform_site.records.models.parts import fetch_terms
from tests.factories import make_organisation, make_service

pytestmark = pytest.mark.django_db

LISTS = ("target_groups", "ages", "genders", "languages", "countries")


def all_codes(services: list[Service]) -> list[dict[str, list[str]]]:
    return [{name: service.codes(name) for name in LISTS} for service in services]


@pytest.fixture
def services() -> list[Service]:
    """Two services with terms of several lists, and one without any."""
    made = [make_service("shelter"), make_service("legal_aid"), make_service("hotline")]
    for service in made[:2]:
        service.set_codes("languages", ["ro", "en", "it"])
        service.set_codes("ages", ["minor"])
    made[1].set_codes("countries", ["IT", "DE"])
    made[2].set_codes("languages", [])
    organisation = make_organisation(services=made)
    return list(Service.objects.filter(organisation=organisation).order_by("pk"))


def test_prefetched_fetched_at_once_and_asked_one_by_one_are_the_same(
    services: list[Service], django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    one_by_one = all_codes(services)
    assert one_by_one[1]["languages"] == ["ro", "en", "it"]
    chosen = Service.objects.filter(pk__in=[service.pk for service in services]).order_by("pk")
    prefetched = list(chosen.prefetch_related("terms"))
    at_once = list(chosen)
    with django_assert_num_queries(1):
        fetch_terms(at_once)
        assert all_codes(at_once) == one_by_one
    with django_assert_num_queries(0):
        assert all_codes(prefetched) == one_by_one
        assert all_codes(prefetched) == one_by_one


def test_nobody_to_fetch_for_costs_nothing(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    with django_assert_num_queries(0):
        fetch_terms([])


def test_an_edit_shows_at_once(services: list[Service]) -> None:
    for fetched in (
        Service.objects.prefetch_related("terms").get(pk=services[1].pk),
        Service.objects.get(pk=services[1].pk),
    ):
        assert fetched.codes("languages") == ["ro", "en", "it"]
        fetched.set_codes("languages", ["de"])
        assert (fetched.codes("languages"), fetched.codes("ages")) == (["de"], ["minor"])
        fetched.save()
        assert Service.objects.get(pk=fetched.pk).codes("languages") == ["de"]
        fetched.set_codes("languages", ["ro", "en", "it"])
        fetched.save()


def test_a_list_that_was_given_away_can_be_changed(services: list[Service]) -> None:
    [organisation] = Organisation.objects.prefetch_related("services__terms")
    service = organisation.services.all()[1]
    service.entries("languages").clear()
    assert service.codes("languages") == ["ro", "en", "it"]
