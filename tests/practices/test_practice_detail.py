"""The page of a chart: who may read it, in which language, with which contact; where it comes from; its price."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext

from platform_site.accounts.models import User
from platform_site.records.services import publish_record, save_draft, withdraw_record
from practices.selectors import alike
from practices.standard_form import BY_KEY
from practices.views.practice_detail import render_practice
from tests.costs import forget_what_is_kept
from tests.factories import ROLES, make_chart, make_draft_chart, make_organisation, make_user
from tests.practices.test_practice_list import AUDIENCES

pytestmark = pytest.mark.django_db

ClientFor = Callable[[str], Client]


def page(client: Client, chart: Any, language: str = "en") -> str:
    """Return the page of a chart."""
    response = client.get(f"/{language}/practices/{chart.chart_no}/")
    assert response.status_code == 200
    return response.content.decode()


@pytest.mark.parametrize("role", ROLES)
def test_who_may_read_a_chart(role: str, client_for: ClientFor) -> None:
    client = client_for(role)
    for audience, readers in AUDIENCES.items():
        chart = make_chart(audience=audience)
        assert client.get(f"/en/practices/{chart.chart_no}/").status_code == (200 if role in readers else 404)
    draft = make_draft_chart()
    assert client.get(f"/en/practices/{draft.chart_no}/").status_code == 404


def test_a_hidden_chart_answers_like_one_that_does_not_exist(client_for: ClientFor) -> None:
    hidden = make_chart(chart_no=500, audience="members")
    client = client_for("anonymous")
    answers = [client.get(f"/en/practices/{number}/") for number in (hidden.chart_no, 501)]
    bodies = [re.sub(r"\b50[01]\b", "n", answer.content.decode()) for answer in answers]
    assert [answer.status_code for answer in answers] == [404, 404]
    assert bodies[0] == bodies[1]
    assert set(answers[0].headers) == set(answers[1].headers)


@pytest.mark.parametrize("number", ["0", "007", "1234567", "-1", "x", "1.5"])
def test_no_chart_has_such_a_number(number: str, client_for: ClientFor) -> None:
    make_chart(chart_no=7)
    assert client_for("anonymous").get(f"/en/practices/{number}/").status_code == 404


def test_a_withdrawn_chart_says_why_and_where_to_go(client_for: ClientFor) -> None:
    gone, following = make_chart(), make_chart()
    withdraw_record(record=gone, user=None, reason="The unit was closed.")
    answer = client_for("anonymous").get(f"/en/practices/{gone.chart_no}/")
    assert answer.status_code == 410
    assert "The unit was closed." in answer.content.decode()
    withdraw_record(record=gone, user=None, reason="The unit was closed.", successor=following.key)
    answer = client_for("anonymous").get(f"/en/practices/{gone.chart_no}/")
    assert (answer.status_code, answer["Location"]) == (301, f"/en/practices/{following.chart_no}/")


def test_the_text_is_in_the_readers_language_or_labelled(client_for: ClientFor) -> None:
    chart = make_chart(
        name="Walks at night",
        text={"background": "Why we walk."},
        translations={"fr": {"name": "Maraudes", "background": "Pourquoi."}},
    )
    client = client_for("anonymous")
    english, french, german = (page(client, chart, language) for language in ("en", "fr", "de"))
    assert "Why we walk." in english
    assert 'class="read">' in english
    assert "Pourquoi." in french
    assert "Why we walk." not in french
    assert '<h1 lang="en">Walks at night</h1>' in german
    assert 'class="read" lang="en">' in german
    response = client.get(f"/de/practices/{chart.chart_no}/")
    assert response.context["content_languages"] == {"en", "fr"}
    assert response.context["original_language"] == "en"
    assert "Diesen Praxisbogen gibt es noch nicht auf Deutsch. Sie lesen ihn auf Englisch." in " ".join(german.split())
    assert "n’a pas encore de texte" not in french


def test_what_is_not_translated_is_shown_in_the_original(client_for: ClientFor) -> None:
    chart = make_chart(
        language="es",
        text={"background": "Sin papeles.", "strengths": "- Confianza", "period": "desde mayo", "references": ""},
        translations={"en": {"name": "In the port", "activities": "We listen."}},
    )
    label = "This text is shown in its original language: Spanish."
    shown = page(client_for("anonymous"), chart)
    assert "has no text in English yet" not in shown

    def field(number: int) -> str:
        part = shown[shown.index(f'id="field-{number}"') :]
        return part[: part.index("</section>")]

    assert label not in field(BY_KEY["activities"].number)
    background = field(BY_KEY["background"].number)
    assert label in background
    assert '<div class="read" lang="es"><p>Sin papeles.</p>' in background
    assert "not stated" not in background
    strengths = field(BY_KEY["learning"].number)
    assert "text in Spanish" in strengths
    assert '<div lang="es"><ul>' in strengths
    assert re.search(r'<span lang="es">desde mayo</span>\s*<span class="small quiet">text in Spanish</span>', shown)
    assert '<dd><span lang="es">desde mayo</span>' in shown
    assert "not stated" in field(BY_KEY["mainstreaming"].number)


def test_what_nobody_answered_is_named(client_for: ClientFor) -> None:
    shown = page(client_for("anonymous"), make_chart())
    for words in (
        "Not stated: General aim",
        "Not stated: Tools · Monitoring and evaluation",
        "Not stated: Money · In kind",
    ):
        assert words in " ".join(shown.split())
    learning = shown[shown.index('id="field-16"') : shown.index('id="field-17"')]
    assert learning.count("not stated") == 2
    assert "not stated" in shown[shown.index('id="field-14"') : shown.index('id="field-15"')]


def test_the_funding_bar_has_its_table(client_for: ClientFor) -> None:
    chart = make_chart(funding=[("Ministry", "public_national", 55.5), ("A <b>fund</b>", "", None)])
    shown = page(client_for("anonymous"), chart)
    table = shown[shown.index('id="field-14"') : shown.index('id="field-15"')]
    assert "55.5 %" in table
    assert "National public funds" in table
    assert "A &lt;b&gt;fund&lt;/b&gt;" in table
    assert 'width="55.5%"' in table


# Which lines of the contact who may read: the chart's own switch, then the organisation's.
OFFICE = {
    "phone": "+39 06 111111",
    "fax": "+39 06 222222",
    "email": "unit@example.org",
    "address": "Street of the office 1",
}
MEMBER_ROLES = {"member", "editor", "reviewer", "administrator"}
# The street is for members, too, only where the organisation agrees (DESIGN, section 5).
UNASKED = {"phone": MEMBER_ROLES, "fax": MEMBER_ROLES, "email": MEMBER_ROLES, "address": MEMBER_ROLES - {"member"}}


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("public", [False, True])
def test_the_contact_of_the_chart(role: str, public: bool, client_for: ClientFor) -> None:
    own = {f"contact_{kind}": value for kind, value in OFFICE.items()}
    chart = make_chart(contact_name="Unit One", contact_website="www.example.org", contact_public=public, **own)
    shown = page(client_for(role), chart)
    for kind, value in OFFICE.items():
        assert (value in shown) == (public or role in UNASKED[kind]), value
    assert "Unit One" in shown
    assert 'href="https://www.example.org"' in shown


@pytest.mark.parametrize("role", ["anonymous", "member"])
@pytest.mark.parametrize("public", [False, True])
def test_an_empty_contact_is_the_organisations(role: str, public: bool, client_for: ClientFor) -> None:
    organisation = make_organisation(
        name="House", office_phone="+39 06 333333", office_email="house@example.org", office_public=public,
        website="https://house.example.org/", city="Rome",
    )  # fmt: skip
    shown = page(client_for(role), make_chart(organisations=[organisation], contact_public=True))
    assert "https://house.example.org/" in shown
    assert ("+39 06 333333" in shown) == ("house@example.org" in shown) == (public or role == "member")


@pytest.mark.parametrize(
    ("printed", "links"),
    [
        ("+49 (0)40 1234567", ["tel:+49401234567"]),
        ("+39 06 123456 / 654321", ["tel:+3906123456"]),
        ("+30 210 1234567 (office)", ["tel:+302101234567"]),
        ("+30 210 1234567; +30 210 7654321", ["tel:+302101234567", "tel:+302107654321"]),
        ("on request", []),
    ],
)
def test_telephone_links_are_made_as_on_an_entry(printed: str, links: list[str], client_for: ClientFor) -> None:
    shown = page(client_for("anonymous"), make_chart(contact_phone=printed, contact_public=True))
    assert re.findall(r'href="(tel:[^"]*)"', shown) == links


def test_a_contact_that_is_kept_back_is_not_filled_up_from_the_organisation(client_for: ClientFor) -> None:
    organisation = make_organisation(office_phone="+39 06 444444", office_public=True)
    chart = make_chart(organisations=[organisation], contact_phone="+39 06 555555", contact_public=False)
    shown = page(client_for("anonymous"), chart)
    assert "444444" not in shown
    assert "555555" not in shown


def test_an_organisation_for_members_stands_on_no_public_page(client_for: ClientFor) -> None:
    hidden = make_organisation(
        audience="members", name="Hidden house", slug="hidden-house", office_phone="+39 06 666666", office_public=True
    )
    chart = make_chart(organisations=[hidden])
    like = make_chart(organisations=[hidden], adapted_from=chart)
    for shown in (page(client_for("anonymous"), chart), page(client_for("anonymous"), like)):
        assert "Hidden" not in shown
        assert "hidden-house" not in shown
        assert "666666" not in shown
    assert "Hidden house" in page(client_for("member"), chart)


def test_the_trail_is_shown_on_both_ends(client_for: ClientFor) -> None:
    first = make_chart(name="In the fields", country="IT")
    second = make_chart(
        name="In the towns", country="RO", adapted_from=first, text={"adaptation_note": "Indoors, **by phone**."}
    )
    third = make_chart(name="On screens", country="FR", adapted_from=second)
    make_chart(name="For members", audience="members", adapted_from=first)
    client = client_for("anonymous")
    for chart in (first, second):
        shown = page(client, chart)
        trail = shown[shown.index('id="trail"') :]
        assert "<strong>by phone</strong>" in trail
        assert "In the towns" in trail or chart == second
    assert "For members" not in page(client, first)
    assert "For members" in page(client_for("member"), first)
    shown = page(client, third)
    trail = shown[shown.index('id="trail"') :]
    assert trail.index("In the towns") < trail.index("In the fields")
    assert "What was changed is not stated." in trail
    assert 'id="trail"' not in page(client, make_chart())


def test_charts_like_this_are_ranked_and_say_why(client_for: ClientFor) -> None:
    shared: dict[str, Any] = {
        "categories": "A",
        "typologies": ("training_key_actors",),
        "targets": ("law_enforcement",),
    }
    chart = make_chart(name="Itself", **shared)
    make_chart(
        name="Same category only", **{**shared, "typologies": ("research_studies",), "targets": ("men_victims",)}
    )
    make_chart(name="Same type", **{**shared, "targets": ("men_victims",)})
    make_chart(name="All the same", **shared)
    make_chart(name="For members", audience="members", **shared)
    rows = [(found.card.name, ", ".join(found.shared)) for found in alike(chart, None)]
    kind, category = "Training of professionals", "Prevention, training and research"
    assert rows == [
        ("All the same", f"{kind}, Police and other law enforcement, {category}"),
        ("Same type", f"{kind}, {category}"),
    ]
    shown = page(client_for("anonymous"), chart)
    assert f"Both have: {kind}, {category}" in shown
    assert "For members" not in shown
    assert "For members" in page(client_for("member"), chart)


def test_the_line_of_origin(client_for: ClientFor) -> None:
    chart = make_chart(source="A <i>handbook</i>", source_url="https://example.org/book")
    shown = page(client_for("anonymous"), chart)
    assert '<a href="https://example.org/book" rel="noopener noreferrer">A &lt;i&gt;handbook&lt;/i&gt;</a>' in shown
    assert "English, original" in shown


def test_a_preview_is_the_true_page_with_the_draft(rf: RequestFactory) -> None:
    chart = make_chart(name="As published")
    (row,) = chart.texts.all()
    row.name = "As drafted"
    chart.texts = [row]
    save_draft(record=chart)
    request = rf.get("/en/practices/1/")
    request.user = make_user("editor")
    drawn = render_practice(request, chart.get_latest_revision_as_object()).content.decode()
    assert "As drafted" in drawn
    assert 'id="field-19"' in drawn


def test_a_draft_that_was_never_saved_can_be_previewed(rf: RequestFactory) -> None:
    from tests.factories import build_chart

    request = rf.get("/en/practices/")
    request.user = make_user("editor")
    request.LANGUAGE_CODE = "en"
    chart = build_chart(chart_no=None, name="Quite new")
    assert "Quite new" in render_practice(request, chart).content.decode()


# What any page costs somebody who is signed in: session, account and roles.
SIGNED_IN = 3


def price(client: Client, path: str) -> int:
    """Return how many queries the page costs that nobody has opened since the last change."""
    client.get("/en/practices/")
    client.get("/en/case-studies/")
    cache.clear()
    with CaptureQueriesContext(connection) as caught:
        assert client.get(path).status_code == 200
    return len(caught)


@pytest.mark.parametrize("role", ["anonymous", "member", "reviewer"])
def test_price_of_the_page(role: str, client_for: ClientFor) -> None:
    client = client_for(role)
    origin = make_chart()
    houses = [make_organisation() for _number in range(2)]
    chart = make_chart(
        organisations=houses, adapted_from=origin, funding=[("A", "", 1)], translations={"fr": {"name": "N"}}
    )
    make_chart(adapted_from=chart)
    path = f"/en/practices/{chart.chart_no}/"
    forget_what_is_kept()
    price(client, f"/en/practices/{origin.chart_no}/")
    few = price(client, path)
    for number in range(5):
        make_chart(adapted_from=chart, organisations=[make_organisation()], funding=[(f"B{number}", "", 1)])
    assert price(client, path) == few
    signed_in = SIGNED_IN if role != "anonymous" else 0
    assert few <= 10 + signed_in
    # Once it is drawn, only the versions of the data are read.
    with CaptureQueriesContext(connection) as caught:
        client.get(path)
    assert len(caught) == 1 + signed_in


def test_a_drawn_page_is_drawn_anew_after_a_change(client_for: ClientFor) -> None:
    organisation = make_organisation(name="Before")
    chart = make_chart(name="Old name", organisations=[organisation])
    client = client_for("anonymous")
    page(client, chart)
    organisation.name = "After"
    publish_record(record=organisation)
    assert "After" in page(client, chart)
    (row,) = chart.texts.all()
    row.name = "New name"
    chart.texts = [row]
    publish_record(record=chart)
    assert "New name" in page(client, chart)
    withdraw_record(record=chart, user=None, reason="It ended.")
    assert client.get(f"/en/practices/{chart.chart_no}/").status_code == 410


def test_users_of_one_role_share_what_is_kept(client_for: ClientFor, django_user_model: type[User]) -> None:
    """What is kept per reader is kept by rights: a second visitor never gets what a member may see."""
    chart = make_chart(audience="members", name="For members")
    other = make_chart(name="For all")
    member, visitor = client_for("member"), client_for("anonymous")
    assert chart.title in page(member, other)
    assert chart.title not in page(visitor, other)
    assert chart.title in page(member, other)
