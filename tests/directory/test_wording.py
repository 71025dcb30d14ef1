"""What a service says, in words."""

from __future__ import annotations

import pytest
from django.test import Client
from django.utils import timezone, translation

from directory import wording
from directory.listed import SHOWN_REASONS, Reason, listed_organisation
from directory.models import Organisation
from directory.service_entries import service_entries
from platform_site.records.gate import PublishRefused
from tests.factories import make_organisation, make_service

pytestmark = pytest.mark.django_db
PUBLIC = frozenset({"public"})


@pytest.mark.parametrize(
    ("genders", "ages", "words"),
    [
        ([], [], []),
        (["female"], ["adult"], ["women"]),
        (["female", "male"], ["adult"], ["women", "men"]),
        (["female", "male", "transgender"], ["adult", "minor"], ["women", "men", "transgender people", "minors"]),
        (["female"], [], ["women and girls"]),
        (["male", "transgender"], [], ["men and boys", "transgender people"]),
        ([], ["adult"], ["adults"]),
        ([], ["minor"], ["minors"]),
        (["female"], ["minor"], ["girls"]),
        (["male"], ["minor"], ["boys"]),
        (["transgender"], ["minor"], ["minors"]),
    ],
)
def test_persons(genders: list[str], ages: list[str], words: list[str]) -> None:
    assert wording.persons(genders, ages) == words


def chosen(**values: str) -> dict[str, frozenset[str]]:
    return {name: frozenset({value}) for name, value in values.items()}


def reasons(organisation: Organisation, *, stated: bool = True, **values: str) -> list[str]:
    found = listed_organisation(organisation, PUBLIC).reasons(chosen(**values), stated=stated)
    return [reason.text for reason in found]


def test_a_match_names_the_service_that_matches() -> None:
    organisation = make_organisation(
        services=[
            make_service("accommodation", genders=["female"], ages=["adult", "minor"], languages=["ro", "en"]),
            make_service("legal_aid", languages=["ro"]),
        ]
    )
    assert reasons(organisation, service="accommodation") == ["Accommodation: women, minors; Romanian, English"]
    assert reasons(organisation, language="ro", service="legal_aid") == ["Legal aid and representation: Romanian"]
    assert reasons(organisation) == []
    assert reasons(organisation, type="ngo") == []


def test_what_is_not_stated_is_named() -> None:
    organisation = make_organisation(services=[make_service("shelter", languages=["it"])])
    assert reasons(organisation, stated=False, service="shelter", age="minor", cost="free") == [
        "Shelter; not stated: Age, Cost"
    ]


def test_what_another_service_states_is_told_beside_it() -> None:
    """The entry says Romanian, only not in the row of the shelter: a caseworker asks there first."""
    shelter = make_service("shelter")
    elsewhere = make_organisation(services=[shelter, make_service("hotline", languages=["ro", "it"])])
    assert reasons(elsewhere, stated=False, service="shelter", language="ro", age="minor") == [
        "Shelter; not stated: Age, Language (Romanian in another of its services)"
    ]
    working = make_organisation(languages=["ro"], services=[make_service("shelter", languages=[])])
    assert reasons(working, stated=False, service="shelter", language="ro") == [
        "Shelter; not stated: Language (Romanian among its working languages)"
    ]


@pytest.mark.parametrize(
    ("language", "kind", "said", "words"),
    [
        ("en", "accommodation_minors", {"ages": ["minor"]}, "Accommodation for minors"),
        (
            "de",
            "accommodation_minors",
            {"ages": ["minor"], "languages": ["ro"]},
            "Unterbringung von Minderjährigen: Rumänisch",
        ),
        ("en", "accommodation_men", {"genders": ["male"], "ages": ["adult"]}, "Accommodation for men"),
        ("en", "psychological_support", {"genders": ["male"], "ages": ["adult"]}, ": men"),
        ("en", "shelter", {"ages": ["minor"]}, "Shelter: minors"),
    ],
)
def test_a_reason_does_not_say_a_thing_twice(language: str, kind: str, said: dict[str, list[str]], words: str) -> None:
    with translation.override(language):
        text = wording.match_text(make_service(kind, **said))
    assert text.endswith(words)
    assert text.casefold().count("minor") <= 1


def test_the_row_has_the_most_important_reasons_only() -> None:
    kinds = ["shelter", "legal_aid", "hotline", "outreach", "documents", "interpreting", "family_tracing"]
    organisation = make_organisation(services=[make_service(kind, languages=["ro"]) for kind in kinds])
    row = listed_organisation(organisation, PUBLIC).row_for(chosen(language="ro"), stated=True)
    assert len(row.reasons) == SHOWN_REASONS + 1
    assert row.reasons[-1] == Reason("and 3 more services")
    assert len(reasons(organisation, language="ro")) == len(kinds)


def test_a_reason_leads_to_its_service() -> None:
    organisation = make_organisation(slug="quay", services=[make_service("hotline"), make_service("shelter")])
    shelter = organisation.services.get(service_type__code="shelter")
    (reason,) = listed_organisation(organisation, PUBLIC).reasons(chosen(service="shelter"), stated=True)
    assert reason.href == f"/en/directory/quay/#service-{shelter.pk}"


@pytest.mark.parametrize(
    ("years", "confirmed", "words"),
    [
        ([2012, None], False, "data of 2012"),
        ([2012, 2009, 2012], False, "data of 2009 to 2012"),
        ([None], False, ""),
        ([], False, ""),
        ([2012], True, ""),
    ],
)
def test_data_have_their_year_until_somebody_confirms_them(
    years: list[int | None], confirmed: bool, words: str
) -> None:
    organisation = make_organisation(
        services=[make_service("hotline", as_of=year) for year in years],
        confirmed_on=timezone.localdate() if confirmed else None,
    )
    assert listed_organisation(organisation, PUBLIC).row.data_of == words


def test_a_seat_in_the_country_of_need_needs_no_reason() -> None:
    at_home = make_organisation(country="IT", services=[make_service("shelter")])
    abroad = make_organisation(country="DE", services=[make_service("shelter", countries=["IT"])])
    assert listed_organisation(at_home, PUBLIC).row_for(chosen(country="IT"), stated=True).reasons == []
    (reason,) = listed_organisation(abroad, PUBLIC).row_for(chosen(country="IT"), stated=True).reasons
    assert reason.text == "Shelter"
    assert reasons(at_home, country="IT") == ["Shelter"]


def test_who_is_helped_sums_up_the_services() -> None:
    organisation = make_organisation(
        services=[
            make_service("shelter", genders=["female"], ages=["minor"]),
            make_service("legal_aid", genders=["male"]),
        ]
    )
    assert wording.people_helped(organisation) == ["women", "men", "minors"]
    assert wording.who_is_helped(organisation) == "Women, men, minors"
    groups = make_organisation(services=[make_service("legal_aid", target_groups=["roma", "parents"])])
    assert wording.groups_helped(groups) == ["Roma communities", "Parents, especially mothers"]
    assert wording.who_is_helped(make_organisation(services=[])) == ""


# Target groups, genders, ages: gender and age say who is served too, they exclude nobody.
FOR_WHOM = [
    (["roma", "parents"], ["female"], ["minor"], "Roma communities, Parents, especially mothers; also girls"),
    (["roma"], [], [], "Roma communities"),
    (["roma", "girls"], ["female"], ["minor"], "Roma communities, Girls"),
    ([], ["female"], ["minor"], "girls"),
    (
        ["roma", "parents", "ngo_staff", "lawyers"],
        ["male"],
        [],
        "Roma communities, Parents, especially mothers, NGO staff and volunteers, …; also men and boys",
    ),
]


@pytest.mark.parametrize(("groups", "genders", "ages", "words"), FOR_WHOM)
def test_gender_and_age_never_hide_target_groups(groups: list, genders: list, ages: list, words: str) -> None:
    service = make_service("assisted_return", target_groups=groups, genders=genders, ages=ages, languages=["ro"])
    assert wording.match_text(service) == f"{wording.service_label(service)}: {words}; Romanian"


def test_the_entry_says_groups_and_people_in_one_line() -> None:
    service = make_service("assisted_return", target_groups=["roma"], genders=["female"], ages=["minor"])
    make_organisation(services=[service])
    assert [row.who for row in service_entries([service]).rows] == ["Roma communities; also girls"]


def test_a_row_keeps_the_people_beside_many_groups() -> None:
    groups = ["roma", "parents", "ngo_staff", "lawyers", "teachers"]
    organisation = make_organisation(
        services=[make_service("shelter", target_groups=groups), make_service("care", genders=["male"])]
    )
    assert listed_organisation(organisation, PUBLIC).row.who == (
        "Roma communities, Parents, especially mothers, NGO staff and volunteers and 2 more; also men"
    )
    assert wording.who_is_helped(organisation).endswith("Lawyers, Teachers and school staff; also men")


def test_accommodation_has_three_answers() -> None:
    housing = make_organisation(services=[make_service("shelter", region="Marche")])
    marked = make_organisation(services=[make_service("legal_aid", accommodation="yes"), make_service("care")])
    none = make_organisation(services=[make_service("legal_aid", accommodation="no")])
    partly = make_organisation(services=[make_service("legal_aid", accommodation="no"), make_service("care")])
    other = make_organisation(services=[make_service("legal_aid")])
    silent = make_organisation(services=[])
    assert wording.accommodation_of(housing) == ("yes", "Marche")
    assert wording.accommodation_of(marked) == ("yes", "")
    assert wording.accommodation_of(none) == ("no", "")
    for unsaid in (partly, other, silent):
        assert wording.accommodation_of(unsaid) == ("", "")


def test_a_shelter_that_accommodates_nobody_is_refused() -> None:
    with pytest.raises(PublishRefused, match="accommodates people"):
        make_organisation(services=[make_service("shelter", accommodation="no")])
    make_organisation(services=[make_service("housing_search", accommodation="no")])


def test_languages_of_services_come_before_working_languages() -> None:
    spoken = make_organisation(languages=["it", "en"], services=[make_service("shelter", languages=["ro"])])
    silent = make_organisation(languages=["it", "en"], services=[make_service("shelter")])
    assert wording.languages_of(spoken) == ["Romanian"]
    assert wording.languages_of(silent) == ["Italian", "English"]


def test_shortened_says_how_many_are_left_out() -> None:
    assert wording.shortened(["a", "b", "c"], 2) == "A, b, c"
    assert wording.shortened(["a", "b", "c", "d"], 2) == "A, b and 2 more"
    assert wording.shortened([], 2) == ""


def test_a_tick_says_no_only_where_an_editor_did() -> None:
    """Naming women shuts no men out, and a list of services not what it leaves out."""
    organisation = make_organisation(services=[make_service("shelter", ages=["adult"], genders=["female"])])
    assert listed_organisation(organisation, PUBLIC).row.ticks == ["", "", "yes", "", ""]
    outside = make_organisation(services=[make_service("legal_aid", accommodation="no", ages=["minor"])])
    assert listed_organisation(outside, PUBLIC).row.ticks == ["", "yes", "no", "yes", ""]
    assert listed_organisation(make_organisation(services=[]), PUBLIC).row.ticks == [""] * 5


@pytest.mark.parametrize(
    ("language", "since", "words"),
    [("en", "2019-03-14", "since 14 March 2019"), ("de", "2019-03", "seit März 2019"), ("fr", "2019", "depuis 2019")],
)
def test_membership_is_dated_in_the_readers_language(client: Client, language: str, since: str, words: str) -> None:
    make_organisation(name="Casa", slug="casa", membership="member", member_since=since)
    assert words in client.get(f"/{language}/directory/casa/").content.decode()
