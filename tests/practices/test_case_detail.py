"""The page of a case study: who may read it, what of it, in which language, its steps, its price."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext

from platform_site.accounts.models import User
from platform_site.records.services import publish_record, withdraw_record
from practices.dateline import dateline
from practices.models import CaseStep
from practices.views.case_detail import render_case
from search.related import RelatedBlock, related_to
from tests.costs import forget_what_is_kept
from tests.factories import ROLES, build_case, make_case, make_chart, make_draft_case, make_organisation, make_user
from tests.practices.test_practice_list import AUDIENCES

pytestmark = pytest.mark.django_db

ClientFor = Callable[[str], Client]
STEPS = [("DE", "Police calls", "At night."), ("RO", "A bed is found", ""), ("", "The flight", "Both wait.")]


def page(client: Client, case: Any, language: str = "en") -> str:
    """Return the page of a case study."""
    response = client.get(f"/{language}/case-studies/{case.case_no}/")
    assert response.status_code == 200
    return response.content.decode()


@pytest.mark.parametrize("role", ROLES)
def test_who_may_read_a_case_study(role: str, client_for: ClientFor) -> None:
    client = client_for(role)
    for audience, readers in AUDIENCES.items():
        case = make_case(audience=audience)
        assert client.get(f"/en/case-studies/{case.case_no}/").status_code == (200 if role in readers else 404)
    draft = make_draft_case()
    assert client.get(f"/en/case-studies/{draft.case_no}/").status_code == 404


def test_a_hidden_case_study_answers_like_one_that_does_not_exist(client_for: ClientFor) -> None:
    make_case(case_no=500, audience="members")
    client = client_for("anonymous")
    answers = [client.get(f"/en/case-studies/{number}/") for number in (500, 501)]
    bodies = [re.sub(r"\b50[01]\b", "n", answer.content.decode()) for answer in answers]
    assert [answer.status_code for answer in answers] == [404, 404]
    assert bodies[0] == bodies[1]
    assert set(answers[0].headers) == set(answers[1].headers)


@pytest.mark.parametrize("number", ["0", "007", "1234567", "-1", "x", "1.5"])
def test_no_case_study_has_such_a_number(number: str, client_for: ClientFor) -> None:
    make_case(case_no=7)
    assert client_for("anonymous").get(f"/en/case-studies/{number}/").status_code == 404


def test_a_withdrawn_case_study_says_why(client_for: ClientFor) -> None:
    case = make_case()
    withdraw_record(record=case, user=None, reason="The person asked for it.")
    response = client_for("anonymous").get(f"/en/case-studies/{case.case_no}/")
    assert response.status_code == 410
    assert "The person asked for it." in response.content.decode()


def test_the_consent_stands_on_no_page(client_for: ClientFor) -> None:
    case = make_case(consent_kind="guardian", consent_on=dt.date(2021, 11, 9))
    for role in ROLES:
        shown = page(client_for(role), case)
        for word in ("onsent of guardian", "2021", "May be read by"):
            assert word not in shown, (role, word)


@pytest.mark.parametrize(
    ("source", "address", "shown"),
    [
        ("", "", "not stated"),
        ("A handbook", "", "A handbook"),
        ("A handbook", "https://example.org/h", "A handbook</a>"),
        ("", "https://example.org/h", "https://example.org/h</a>"),
    ],
)
@pytest.mark.parametrize("make", [make_case, make_chart])
def test_the_page_claims_no_source_that_nobody_stated(make: Any, source: str, address: str, shown: str) -> None:
    items = dict(dateline(make(source=source, source_url=address), None))
    assert str(items["Source"]).endswith(shown)


def test_who_reads_the_code_of_the_person(client_for: ClientFor) -> None:
    case = make_case(person_code="V-17")
    for role in ROLES:
        assert ("V-17" in page(client_for(role), case)) == (role in AUDIENCES["members"]), role


def test_an_organisation_for_members_is_named_to_members_only(client_for: ClientFor) -> None:
    case = make_case(organisation=make_organisation(audience="members", name="Hidden house"))
    assert "Hidden house" not in page(client_for("anonymous"), case)
    assert "Hidden house" in page(client_for("member"), case)


def test_answers_ticks_and_themes(client_for: ClientFor) -> None:
    case = make_case(
        ticks={"gender": ("female",), "age": ("minor",), "recruited_by": ("other",)},
        themes={"obstacle": ("identification",)},
        text={"recruited_by_other": "A neighbour", "answer_8": ""},
    )
    shown = page(client_for("anonymous"), case)
    numbers = re.findall(r'<span class="field-no">(\d+)</span>', shown)
    assert numbers == [str(number) for number in range(1, 13) if number != 2]
    assert "A neighbour" in shown
    assert "about the exploitation of a minor" in shown
    assert 'href="/en/case-studies/?obstacle=identification"' in shown
    assert '<a href="#question-4">4</a>' in shown
    assert "<li>She had no papers</li>" in shown
    section = shown[shown.index('id="question-8"') :]
    assert "not stated" in section[: section.index("</section>")]


def test_steps_say_their_country_in_words(client_for: ClientFor) -> None:
    case = make_case(steps=STEPS)
    shown = page(client_for("anonymous"), case)
    found = re.findall(r'timeline-step--(\w+)">\s*<h3><span[^>]*>([^<]+):</span> ([^<]+?)</h3>', shown)
    assert found == [
        ("own", "Germany", "Police calls"),
        ("abroad", "Romania", "A bed is found"),
        ("both", "both countries", "The flight"),
    ]
    assert "timeline" not in page(client_for("anonymous"), make_case())


def test_languages(client_for: ClientFor) -> None:
    case = build_case(
        language="fr",
        title="Retour",
        steps=[("", "Un pas", "")],
        translations={"de": {"title": "Rückkehr", "answer_1": "Zusammen."}},
    )
    case.steps.add(CaseStep(language="de", heading="Ein Schritt"))
    publish_record(record=case)
    client = client_for("anonymous")
    german = page(client, case, "de")
    assert "Rückkehr" in german
    assert "Ein Schritt" in german
    assert "Un pas" not in german
    english = page(client, case)
    assert '<h1 lang="fr">Retour</h1>' in english
    assert "has no text in English yet" in english
    assert '<ol class="timeline-steps" lang="fr">' in english


def section(shown: str, anchor: str) -> str:
    """Return the part of a page that begins with `anchor`."""
    part = shown[shown.index(f'id="{anchor}"') :]
    return part[: part.index("</section>")]


def test_a_question_that_is_not_translated_is_answered_in_the_original(client_for: ClientFor) -> None:
    case = make_case(
        language="fr",
        ticks={"recruited_by": ("other",)},
        text={"answer_1": "Ensemble.", "answer_5": "Un douanier.", "recruited_by_other": "Une voisine"},
        steps=[("", "Un pas", "")],
        translations={
            "en": {"title": "Return", "answer_1": "Together.", "recruited_by_other": "  "},
            "de": {"answer_7": "Ohne Vertrag."},
        },
    )
    client = client_for("anonymous")
    label = "This text is shown in its original language: "
    shown = page(client, case)
    assert "has no text in English yet" not in shown
    own = section(shown, "question-1")
    assert "Together." in own
    assert label not in own
    assert "lang=" not in own
    for anchor, words, language, name in (
        ("question-5", "Un douanier.", "fr", "French"),
        ("question-7", "Ohne Vertrag.", "de", "German"),
    ):
        part = section(shown, anchor)
        assert f'<div class="read" lang="{language}"><p>{words}</p>' in part
        assert f"{label}{name}." in part
        assert "not stated" not in part
    assert (
        '<span class="small quiet" lang="fr">Une voisine</span> <span class="small quiet">text in French</span>'
        in shown
    )
    assert f"{label}French." in section(shown, "steps")
    assert "not stated" in section(shown, "question-9")
    # Where the whole text is in another language, the line above it says so once.
    italian = page(client, case, "it")
    own = section(italian, "question-1")
    assert '<div class="read" lang="fr"><p>Ensemble.</p>' in own
    assert "notice" not in own


def test_a_title_made_of_terms_is_in_the_readers_language(client_for: ClientFor) -> None:
    case = make_case(cooperation=("assisted_return", "documents"))
    assert "Unterstützte freiwillige Rückkehr" in page(client_for("anonymous"), case, "de")
    listed = client_for("anonymous").get("/de/case-studies/?format=json").json()["results"]
    assert listed[0]["title"].startswith("Unterstützte freiwillige Rückkehr")


def test_a_preview_shows_the_draft(rf: RequestFactory) -> None:
    draft = build_case(case_no=9, title="In drawing", consent_kind="")
    request = rf.get("/")
    request.user = make_user("editor")
    assert "In drawing" in render_case(request, draft).content.decode()


def block(subject: str, subject_id: str, user: User | None = None, limit: int = 6) -> RelatedBlock | None:
    """Return the block of case studies of a subject, None if there is none."""
    blocks = related_to(subject, subject_id, user, limit=limit)
    return next((found for found in blocks if found.kind == "case"), None)


def test_related_blocks(client_for: ClientFor) -> None:
    house = make_organisation(name="House")
    make_case(case_no=1, title="First", organisation=house, country="DE", countries=("RO",))
    make_case(case_no=2, organisation=house, audience="members", country="DE", countries=())
    make_draft_case(case_no=3, organisation=house)
    found = block("organisation", str(house.pk))
    assert found is not None
    (item,) = found.items
    assert (item.title, item.url, item.country, item.facts) == (
        "First",
        "/en/case-studies/1/",
        "DE",
        "Case 1 · House · Germany, Romania",
    )
    for subject, key, query in (
        ("organisation", str(house.pk), f"organisation={house.slug}"),
        ("country", "DE", "country=DE"),
    ):
        seen = block(subject, key, make_user("member"), limit=1)
        assert seen is not None
        assert (seen.total, seen.more_url) == (2, f"/en/case-studies/?{query}")
    romania = block("country", "RO")
    assert romania is not None
    assert romania.total == 1
    assert block("country", "FR") is None
    assert block("organisation", "nonsense") is None
    assert "First" in client_for("anonymous").get(f"/en/directory/{house.slug}/").content.decode()


def test_a_chart_names_the_case_studies_of_its_organisations(client_for: ClientFor) -> None:
    house = make_organisation()
    chart = make_chart(organisations=[house])
    client = client_for("anonymous")
    assert "Case studies of" not in client.get(f"/en/practices/{chart.chart_no}/").content.decode()
    make_case(title="Told by the same", organisation=house)
    make_case(title="For members", organisation=house, audience="members")
    shown = client.get(f"/en/practices/{chart.chart_no}/").content.decode()
    assert "Told by the same" in shown
    assert "For members" not in shown


def test_the_price_of_the_page(client_for: ClientFor) -> None:
    client = client_for("anonymous")
    house = make_organisation()
    forget_what_is_kept()

    def price(case: Any) -> int:
        client.get("/en/case-studies/")
        with CaptureQueriesContext(connection) as context:
            page(client, case)
        return len(context)

    small = make_case(organisation=house)
    before = price(small)
    for _number in range(5):
        large = make_case(organisation=house, steps=STEPS * 3, themes={"obstacle": ("identification", "other")})
    assert price(large) <= before + 0
    assert before <= 10
