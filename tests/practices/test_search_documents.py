"""What is indexed of practice charts and case studies."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from directory.models import Organisation
from practices.models import PracticeText
from practices.standard_form import text_names
from search.documents import SearchDocument
from search.registration import sources
from tests.factories import make_case, make_chart, make_organisation
from tests.search.indexed import documents_of, words_of_document

pytestmark = pytest.mark.django_db


def only(record: Any) -> SearchDocument:
    """Return the one document of a record."""
    (document,) = documents_of(record.record_type, record.pk)
    return document


def test_every_field_of_the_standard_form_is_indexed_in_each_language() -> None:
    words = {name: f"word{place}of" for place, name in enumerate([*text_names(), "adaptation_note"])}
    french = {name: f"{word}fr" for name, word in words.items()}
    chart = make_chart(name="Anything", contact_name="The unit", contact_website="www.example.org; unit.example.net")
    PracticeText.objects.filter(record=chart).update(**words)
    PracticeText.objects.create(record=chart, language="fr", **french)
    document = only(chart)
    for language, expected in (("en", words), ("fr", french)):
        text = document.texts[language]
        assert text.title == expected["name"]
        assert set(expected.values()) <= set(f"{text.title}\n{text.summary}\n{text.body}".split("\n"))
    assert {"The unit", "example.org", "unit.example.net"} <= set(document.texts["en"].body.split("\n"))
    assert document.languages == ("en", "fr")


def test_the_facets_of_a_chart() -> None:
    chart = make_chart(
        country="IT",
        countries=["FR"],
        categories="AB",
        typologies=("specific_prevention",),
        targets=("unemployed",),
        start="2010-05",
        end="2012",
        funding=[("A fund", "foundation", None)],
    )
    document = only(chart)
    assert set(document.facets["country"]) == {"IT", "FR"}
    assert document.facets["category"] == ("A", "B")
    assert document.facets["typology"] == ("specific_prevention",)
    assert document.facets["target"][0] == "unemployed"
    assert len(document.facets["target"]) > 1
    assert document.facets["year"] == ("2010", "2011", "2012")
    assert document.facets["funding"] == ("foundation",)
    assert document.date == dt.date(2010, 5, 1)


@pytest.mark.parametrize("make", [make_chart, make_case])
def test_an_organisation_for_members_is_named_in_the_twin_alone(make: Any) -> None:
    quiet = make_organisation(name="Quiet house", audience="members")
    record = make(organisations=[quiet]) if make is make_chart else make(organisation=quiet)
    first, twin = documents_of(record.record_type, record.pk)
    assert first.hidden_by == twin.rule == "member|staff"
    assert "Quiet house" not in words_of_document(first)
    assert "Quiet house" in words_of_document(twin)
    follow = sources()[record.record_type].follows[Organisation]
    assert list(follow(quiet)) == [record.pk]


def test_an_organisation_for_everybody_is_named_to_everybody() -> None:
    house = make_organisation(name="Open house", acronym="OHX", native_name="Casa deschisă")
    for record in (make_chart(organisations=[house]), make_case(organisation=house)):
        names = only(record).texts["en"].names
        assert all(name in names for name in ("Open house", "OHX", "Casa deschisă"))


def test_the_facets_of_a_case_are_those_of_its_format() -> None:
    case = make_case(
        country="DE",
        countries=("RO",),
        ticks={"age": ("minor",), "gender": ("female",), "exploitation": ("sexual",), "contact": ("police",)},
        themes={"obstacle": ("no_partner_abroad",)},
        text={"proposed_other": "a place in a choir"},
        steps=[("RO", "The papers", "The *consulate* gave a paper.")],
        translations={"de": {"answer_1": "Eine Frau wollte nach Hause."}},
    )
    document = only(case)
    assert document.facets["victim.age"] == ("minor",)
    assert document.facets["victim.gender"] == ("female",)
    assert document.facets["victim.exploitation"] == ("sexual",)
    assert document.facets["exploitation"] == ("sexual_exploitation",)
    assert document.facets["contact_through"] == ("police",)
    assert document.facets["obstacles"] == ("no_partner_abroad",)
    assert document.facets["cooperation"] == ("assisted_return",)
    assert set(document.facets["country"]) == {"DE", "RO"}
    body = document.texts["en"].body
    assert "a place in a choir" in body
    assert "The consulate gave a paper." in body
    assert "Minderjährig" in document.texts["de"].names
    # Without a title each language has the kinds of cooperation in its own words.
    assert document.texts["de"].title == "Unterstützte freiwillige Rückkehr"


def test_the_code_of_a_person_is_in_no_document() -> None:
    case = make_case(person_code="V-1734")
    assert all("1734" not in words_of_document(document) for document in documents_of("case", case.pk))
