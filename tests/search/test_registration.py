"""Words in a list: what they find, for whom, and within which limits."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from directory.access import readable_offices, readable_offices_condition
from directory.models import Location, Organisation
from platform_site.accounts.principals import principals_of
from platform_site.records.services import publish_record
from platform_site.texts.words import LONGEST_QUERY, MOST_TERMS, terms_of
from search.registration import ranked_keys
from tests.factories import ROLES, build_organisation, make_organisation, make_service, make_user

pytestmark = pytest.mark.django_db


def found(words: str, user: Any = None, language: str = "en") -> set[str]:
    """Return the names of the organisations that the words find."""
    with translation.override(language):
        keys = ranked_keys("organisation", words, user)
    return set(Organisation.objects.filter(pk__in=keys).values_list("name", flat=True))


@pytest.fixture
def house() -> Organisation:
    """A shelter in Romania with an office that everybody may know of."""
    organisation = build_organisation(
        name="Căsuța Știința",
        country="RO",
        countries=["MD"],
        description="Asistență după întoarcere.",
        services=[
            make_service("shelter", name="Étage clair", region="Timiș county"),
            make_service("legal_aid", countries=["AT"]),
        ],
    )
    organisation.locations = [Location(city="Bucureşti", shown=True, public=True)]
    published: Organisation = publish_record(record=organisation)
    make_organisation(name="Elsewhere", country="PT", services=[make_service("hotline")])
    return published


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "casuta stiinta"),
        ("en", "CĂSUȚA"),
        ("en", "intoarcere"),
        ("en", "etage"),
        ("en", "timis"),
        ("en", "shelter"),
        ("en", "accommodation"),
        ("en", "romania shelter bucuresti"),
        ("es", "alojamiento"),
        ("es", "rumania"),
        ("es", "RUMANÍA alojamiento"),
        ("es", "moldavia"),
        ("de", "osterreich"),
        ("de", "Österreich"),
        ("fr", "hébergement roumanie"),
        ("fr", "shelter"),
        ("it", "romania"),
    ],
)
def test_words_find_names_texts_services_countries_and_cities(house: Organisation, language: str, words: str) -> None:
    assert found(words, language=language) == {house.name}


@pytest.mark.parametrize("words", ["ania", "shelter portugal", "zz", "%", "_", "'", '"', "\\", "shelter zz"])
def test_words_that_mean_nothing_find_nothing(house: Organisation, words: str) -> None:
    assert found(words) == set()


@pytest.mark.parametrize(("shown", "public"), [(False, False), (True, False), (True, True), (False, True)])
@pytest.mark.parametrize("role", ROLES)
def test_a_city_is_found_by_who_may_read_it(role: str, shown: bool, public: bool) -> None:
    organisation = build_organisation(name="House", services=[])
    organisation.locations = [Location(city="Timișoara", shown=shown, public=public)]
    publish_record(record=organisation)
    user = None if role == "anonymous" else make_user(role)
    principals = principals_of(user)
    readable = readable_offices(Organisation.objects.get(), principals)
    assert list(Location.objects.filter(readable_offices_condition(principals))) == readable
    assert found("timisoara", user) == ({"House"} if readable else set())


def test_what_a_reader_may_not_see_is_not_found() -> None:
    make_organisation(name="Quiet", audience="members", services=[make_service("shelter")])
    assert found("shelter") == found("quiet") == set()
    assert found("shelter", make_user("member")) == {"Quiet"}


def test_names_that_begin_with_the_words_come_first() -> None:
    text = make_organisation(name="Quay", description="An old Hafen.")
    later = make_organisation(name="Old Häfen")
    first = make_organisation(name="Häfen")
    assert ranked_keys("organisation", "hafen", None) == [first.pk, later.pk, text.pk]


@pytest.mark.parametrize(
    "words", [" ".join(f"sea{number}" for number in range(400)), "s" * 5000, "sea " * 400, "\x00", "  "]
)
def test_the_words_of_a_search_are_bounded(words: str) -> None:
    make_organisation(name="Sea")
    with CaptureQueriesContext(connection) as caught:
        ranked_keys("organisation", words, None)
    assert len(caught) <= 4
    for query in caught:
        assert query["sql"].count("LIKE") <= 8 * MOST_TERMS
        assert len(query["sql"]) < 60_000
    assert "s" * (LONGEST_QUERY + 1) not in str(caught.captured_queries)


@pytest.mark.parametrize(
    ("query", "terms"),
    [
        ("reflection  Période", ["reflection", "periode"]),
        ('"reflection  period" leave', ["reflection period", "leave"]),
        ("« période de réflexion »", ["periode de reflexion"]),
        ('"reflection period', ["reflection", "period"]),
        ("art. 13, (2011/36/EU)", ["art", "13", "2011/36/eu"]),
        ('"" % - "', []),
        ("a a A", ["a"]),
    ],
)
def test_what_is_typed_is_read_as_words_and_phrases(query: str, terms: list[str]) -> None:
    assert terms_of(query) == terms


def test_a_phrase_is_found_across_the_end_of_a_line_and_only_as_a_phrase() -> None:
    make_organisation(name="Close", description="A time of recovery\nand reflection.")
    make_organisation(name="Apart", description="Reflection, and recovery.")
    assert found('"recovery and reflection"') == {"Close"}
    assert found("recovery and reflection") == {"Close", "Apart"}
