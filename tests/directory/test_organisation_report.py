"""Reporting an error in an entry."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from directory.models import ErrorReport
from directory.views.organisation_report import MOST_REPORTS
from tests.factories import make_organisation

pytestmark = pytest.mark.django_db
ADDRESS = "/en/directory/casa/report/"


@pytest.fixture(autouse=True)
def casa() -> None:
    make_organisation(name="Casa Lumina", slug="casa")


def test_a_report_is_kept_and_thanked_for(client: Client) -> None:
    response = client.post(ADDRESS, {"message": "  Nobody answers. ", "reply_to": "a@example.org", "homepage": ""})
    assert response.status_code == 302
    report = ErrorReport.objects.get()
    assert (report.record_name, report.message, report.reply_to, report.state) == (
        "Casa Lumina",
        "Nobody answers.",
        "a@example.org",
        "open",
    )
    thanks = client.get(response["Location"])
    assert "Thank you" in thanks.content.decode()


def test_without_a_mail_address_too(client: Client) -> None:
    assert client.post(ADDRESS, {"message": "Closed."}).status_code == 302
    assert ErrorReport.objects.get().reply_to == ""


@pytest.mark.parametrize(
    ("typed", "error"),
    [
        ({"message": "", "reply_to": "a@example.org"}, "id_message"),
        ({"message": "Wrong number", "reply_to": "nobody"}, "id_reply_to"),
        ({"message": "x" * 4001, "reply_to": ""}, "id_message"),
        ({"message": "null\x00byte", "reply_to": ""}, "id_message"),
        ({"message": "   ", "reply_to": ""}, "id_message"),
        (
            {"message": "Wrong number", "reply_to": f"a@{'b' * 60}.{'c' * 60}.{'d' * 60}.{'e' * 60}.example.org"},
            "id_reply_to",
        ),
    ],
)
def test_errors_are_named_and_nothing_typed_is_lost(client: Client, typed: dict[str, str], error: str) -> None:
    response = client.post(ADDRESS, typed)
    page = response.content.decode()
    assert response.status_code == 200
    assert not ErrorReport.objects.exists()
    assert f'href="#{error}"' in page
    for value in filter(None, typed.values()):
        assert value.replace("\x00", "") in page.replace("\x00", "")


def test_what_programs_fill_in_is_thrown_away(client: Client) -> None:
    response = client.post(ADDRESS, {"message": "Buy now", "homepage": "https://spam.example.org"})
    assert response.status_code == 302
    assert not ErrorReport.objects.exists()


def test_too_many_reports_have_to_wait_and_keep_their_text(client: Client) -> None:
    for number in range(MOST_REPORTS):
        assert client.post(ADDRESS, {"message": f"Report {number}"}).status_code == 302
    response = client.post(ADDRESS, {"message": "One more <b>"})
    assert response.status_code == 429
    assert int(response["Retry-After"]) > 0
    assert "One more &lt;b&gt;" in response.content.decode()
    assert ErrorReport.objects.count() == MOST_REPORTS


def test_the_form_needs_its_token() -> None:
    strict = Client(enforce_csrf_checks=True)
    assert strict.post(ADDRESS, {"message": "Hello"}).status_code == 403
    page = strict.get(ADDRESS).content.decode()
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)
    assert token
    answer = strict.post(ADDRESS, {"message": "Hello", "csrfmiddlewaretoken": token[1]})
    assert answer.status_code == 302


def test_the_field_for_programs_is_out_of_reach_of_people(client: Client) -> None:
    page = client.get(ADDRESS).content.decode()
    hidden = page[page.index('aria-hidden="true">', page.index("id_reply_to")) :]
    assert 'name="homepage"' in hidden[:400]
    assert 'tabindex="-1"' in hidden[:400]


@pytest.mark.parametrize("audience", ["members", "staff"])
def test_a_hidden_entry_cannot_be_reported(client: Client, audience: str) -> None:
    make_organisation(slug="hidden", audience=audience)
    assert client.get("/en/directory/hidden/report/").status_code == 404
    assert client.post("/en/directory/hidden/report/", {"message": "x"}).status_code == 404
    assert not ErrorReport.objects.exists()
