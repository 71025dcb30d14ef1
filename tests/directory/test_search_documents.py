"""What is indexed of the directory."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.utils import timezone

from directory.models import Location, Organisation
from platform_site.records.services import publish_record
from platform_site.vocabulary.store import vocabulary
from search.documents import SearchDocument
from search.registration import sources
from tests.directory.making import make_note
from tests.factories import build_organisation, make_network, make_organisation, make_service
from tests.search.indexed import documents_of, make_full_organisation, words_of_document

pytestmark = pytest.mark.django_db
LANGUAGES = ("en", "fr", "de", "es", "it")


def only(record: Any) -> SearchDocument:
    """Return the one document of a record."""
    (document,) = documents_of(record.record_type, record.pk)
    return document


def test_an_organisation_is_found_by_the_words_of_its_terms_in_five_languages() -> None:
    document = only(make_full_organisation(acronym="AHS", native_name="Casa Bună", native_language="ro"))
    for language in LANGUAGES:
        names = document.texts[language].names
        for list_name, code in (
            ("countries", "RO"),
            ("countries", "HU"),
            ("countries", "MD"),
            ("service_types", "shelter"),
            ("service_types", "accommodation"),
            ("service_types", "hotline"),
            ("target_groups", "victims"),
            ("languages", "uk"),
            ("organisation_types", "ngo"),
        ):
            assert vocabulary(list_name).label(code, language) in names
    assert "AHS" in document.texts["en"].names
    assert document.texts["ro"].names == "Casa Bună"
    assert "A house" in document.texts["en"].body
    assert "0800 1234" in document.texts["en"].body
    assert document.texts["de"].summary == "Hilfe vor Ort."
    assert document.languages == ("en", "de")


def test_the_facets_of_an_organisation_have_all_its_countries_and_what_is_above_its_services() -> None:
    facets = only(make_full_organisation()).facets
    assert set(facets["country"]) == {"RO", "HU", "MD"}
    assert set(facets["service"]) >= {"shelter", "accommodation"}
    assert set(facets["service_language"]) == {"ro", "en", "uk"}
    assert facets["language"] == ("de", "en")
    assert "victims" in facets["target"]


def test_the_day_of_an_organisation_is_that_of_its_confirmation_else_the_year_of_its_data() -> None:
    confirmed = make_organisation(confirmed_on=dt.date(2024, 5, 6), services=[make_service(as_of=2012)])
    dated = make_organisation(services=[make_service(as_of=2012), make_service(as_of=2010)])
    imported = make_organisation(imported_on=dt.date(2026, 1, 1))
    assert only(confirmed).date == dt.date(2024, 5, 6)
    assert only(dated).date == dt.date(2012, 1, 1)
    assert only(imported).date is None
    assert only(make_organisation()).date == timezone.localdate()


def with_office(**values: Any) -> Organisation:
    """Return a published organisation with an office."""
    organisation = build_organisation(
        office_phone="+40 21 999", office_email="office@example.org", office_public=True, services=[make_service()]
    )
    organisation.locations = [Location(city="Iași", address="Strada Mare 1", **values)]
    published: Organisation = publish_record(record=organisation)
    return published


def test_an_office_is_found_by_those_to_whom_it_is_shown() -> None:
    hidden, shown, public = with_office(), with_office(shown=True), with_office(public=True)
    assert "Iași" not in words_of_document(only(hidden))
    assert "Iași" in words_of_document(only(public))
    first, twin = documents_of("organisation", shown.pk)
    assert (first.key, first.rule, first.hidden_by) == (shown.key, "public", "member|staff")
    assert (twin.key, twin.rule, twin.hidden_by) == (f"{shown.key}#member", "member|staff", "")
    assert "Iași" not in words_of_document(first)
    assert "Iași" in words_of_document(twin)
    assert "Strada Mare 1" in words_of_document(twin)
    assert first.item == twin.item == shown.key


def test_phones_and_mails_of_offices_are_in_no_document() -> None:
    for document in documents_of("organisation", with_office(shown=True).pk):
        assert "999" not in words_of_document(document)
        assert "office@" not in words_of_document(document)


def test_a_network_for_members_and_a_member_for_members_are_named_in_the_twin_alone() -> None:
    quiet = make_organisation(name="Quiet house", audience="members", country="PT")
    open_one = make_organisation(name="Open house")
    hidden_net = make_network("Hidden net", [open_one], audience="members")
    open_net = make_network("Open net", [open_one, quiet])
    first, twin = documents_of("organisation", open_one.pk)
    assert "Open net" in words_of_document(first)
    assert "Hidden net" not in words_of_document(first)
    assert "Hidden net" in words_of_document(twin)
    first, twin = documents_of("network", open_net.pk)
    assert "Open house" in words_of_document(first)
    assert "Quiet house" not in words_of_document(first)
    assert "PT" not in first.facets["country"]
    assert "Quiet house" in words_of_document(twin)
    assert "PT" in twin.facets["country"]
    assert only(hidden_net).rule == "member|staff"


def test_a_network_or_organisation_that_is_written_leads_to_those_that_name_it() -> None:
    member = make_organisation()
    network = make_network("Net", [member])
    known = sources()
    assert list(known["organisation"].follows[type(network)](network)) == [member.pk]
    assert list(known["network"].follows[Organisation](member)) == [network.pk]


def test_a_procedure_note_is_found_by_both_its_countries() -> None:
    document = only(make_note("DE", "RO", as_of=dt.date(2024, 2, 3)))
    assert document.facets["origin"] == ("DE",)
    assert document.facets["destination"] == ("RO",)
    assert set(document.facets["country"]) == {"DE", "RO"}
    assert document.date == dt.date(2024, 2, 3)
    assert document.texts["fr"].names == "Allemagne; Roumanie"
    assert "A travel paper" in document.texts["en"].body
