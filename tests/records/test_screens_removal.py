"""Withdrawing, merging and deleting in the editors' screens: nothing that is referred to goes silently."""

from __future__ import annotations

from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from directory.models import Network, NetworkMembership, Organisation
from platform_site.records.references import references_to, usage_counts
from platform_site.records.services import publish_record, save_draft, withdraw_record
from platform_site.vocabulary.models import Term
from platform_site.vocabulary.store import term_id
from tests.factories import make_chart, make_draft_organisation, make_organisation, make_service
from tests.records.screens import messages, screen

pytestmark = pytest.mark.django_db


def with_member(organisation: Organisation) -> Network:
    network = Network(name=f"Net of {organisation}", slug=f"net-{organisation.pk}")
    network.memberships = [NetworkMembership(organisation=organisation)]
    published: Network = publish_record(record=network)
    return published


def bulk(model: Any, action: str, *pks: Any) -> str:
    address = reverse("wagtail_bulk_action", args=[model._meta.app_label, model._meta.model_name, action])
    return f"{address}?{'&'.join(f'id={pk}' for pk in pks)}"


def test_a_withdrawal_asks_for_a_reason_and_names_what_refers(client_for) -> None:
    organisation = make_organisation()
    network = with_member(organisation)
    client, url = client_for("reviewer"), screen(Organisation, "unpublish", organisation.pk)
    page = client.get(url).content.decode()
    assert network.name in page
    again = client.post(url, {"reason": "  ", "successor": ""})
    assert again.status_code == 200
    assert Organisation.objects.get(pk=organisation.pk).live
    answer = client.post(url, {"reason": "Closed in spring.", "successor": ""})
    assert answer.status_code == 302
    assert "Still refer to it: 1" in messages(answer)
    stored = Organisation.objects.get(pk=organisation.pk)
    assert (stored.live, stored.withdrawn_reason) == (False, "Closed in spring.")
    assert network.memberships.count() == 1, "nothing was moved"


def test_the_reason_is_shown_in_its_language(client_for) -> None:
    organisation = make_organisation()
    client, url = client_for("reviewer"), screen(Organisation, "unpublish", organisation.pk)
    chosen = BeautifulSoup(client.get(url).content.decode(), "html.parser").select_one("[name=language] [selected]")
    assert chosen["value"] == "en", "the language of the editor"
    client.post(url, {"reason": "La organización se ha disuelto.", "language": "es", "successor": ""})
    assert Organisation.objects.get(pk=organisation.pk).withdrawn_language == "es"
    english = Client().get(organisation.get_absolute_url())
    assert english.status_code == 410
    page = " ".join(english.content.decode().split())
    assert 'The reason that was given, in Spanish: <span lang="es">La organización se ha disuelto.</span>' in page
    spanish = Client().get(organisation.get_absolute_url().replace("/en/", "/es/")).content.decode()
    assert '<span lang="es">La organización se ha disuelto.</span>' in spanish


@pytest.mark.parametrize("language", ["xx", "x" * 40])
def test_a_language_that_nobody_knows_is_refused(client_for, language: str) -> None:
    organisation = make_organisation()
    url = screen(Organisation, "unpublish", organisation.pk)
    answer = client_for("reviewer").post(url, {"reason": "Gone.", "language": language, "successor": ""})
    assert answer.status_code == 200
    with pytest.raises(ValidationError):
        withdraw_record(record=organisation, user=None, reason="Gone.", language=language)
    assert Organisation.objects.get(pk=organisation.pk).live


def test_two_entries_of_one_organisation_are_merged(client_for) -> None:
    old, new = make_organisation(), make_organisation()
    url = screen(Organisation, "unpublish", old.pk)
    client_for("reviewer").post(url, {"reason": "Two entries of one body.", "successor": new.key})
    assert Organisation.objects.get(pk=old.pk).successor == new.reference
    answer = Client().get(old.get_absolute_url())
    assert (answer.status_code, answer.headers["Location"]) == (301, new.get_absolute_url())


@pytest.mark.parametrize(("role", "status"), [("editor", 302), ("reviewer", 200), ("administrator", 200)])
def test_who_withdraws(client_for, role, status) -> None:
    organisation = make_organisation()
    client = client_for(role)
    assert client.get(screen(Organisation, "unpublish", organisation.pk)).status_code == status
    page = client.get(screen(Organisation, "edit", organisation.pk)).content.decode()
    assert (screen(Organisation, "unpublish", organisation.pk) in page) is (status == 200)
    if status == 302:
        client.post(screen(Organisation, "unpublish", organisation.pk), {"reason": "No.", "successor": ""})
        assert Organisation.objects.get(pk=organisation.pk).live


def test_what_is_not_published_cannot_be_withdrawn(client_for) -> None:
    draft = make_draft_organisation()
    answer = client_for("reviewer").post(screen(Organisation, "unpublish", draft.pk), {"reason": "Why not."})
    assert answer.status_code == 302
    assert Organisation.objects.get(pk=draft.pk).withdrawn_on is None


def referred_by_nothing() -> Organisation:
    return make_draft_organisation()


def published() -> Organisation:
    return make_organisation()


def withdrawn() -> Organisation:
    organisation = make_organisation()
    withdraw_record(record=organisation, user=None, reason="Gone.")
    return organisation


def referred_by_a_row() -> Organisation:
    organisation = make_draft_organisation()
    with_member(organisation)
    return organisation


def referred_by_a_draft() -> Organisation:
    organisation = make_draft_organisation()
    network = publish_record(record=Network(name="Another net", slug="another-net"))
    network.memberships = [NetworkMembership(organisation=organisation)]
    save_draft(record=network)
    return organisation


def with_a_merged_one() -> Organisation:
    old, new = make_organisation(), make_organisation()
    withdraw_record(record=old, user=None, reason="Merged.", successor=new.key)
    withdraw_record(record=new, user=None, reason="Gone.")
    return new


@pytest.mark.parametrize(
    ("made", "role", "deleted"),
    [
        (referred_by_nothing, "editor", True),
        (referred_by_nothing, "reviewer", True),
        (published, "reviewer", False),
        (published, "administrator", False),
        (withdrawn, "reviewer", False),
        (withdrawn, "administrator", True),
        (referred_by_a_row, "administrator", False),
        (referred_by_a_draft, "administrator", False),
        (with_a_merged_one, "administrator", False),
    ],
)
def test_what_is_deleted(client_for, made, role, deleted) -> None:
    organisation = made()
    client, url = client_for(role), screen(Organisation, "delete", organisation.pk)
    assert client.get(url).status_code == 200
    answer = client.post(url)
    assert answer.status_code == (302 if deleted else 409)
    assert Organisation.objects.filter(pk=organisation.pk).exists() is not deleted
    if not deleted:
        assert client.post(bulk(Organisation, "delete", organisation.pk)).status_code == 302
        assert Organisation.objects.filter(pk=organisation.pk).exists(), "several at once are no way round"


def test_deleting_several_leaves_those_that_stay(client_for) -> None:
    gone, stays = make_draft_organisation(), make_organisation()
    answer = client_for("reviewer").post(bulk(Organisation, "delete", gone.pk, stays.pk, "x", "99999"))
    assert answer.status_code == 302
    assert list(Organisation.objects.values_list("pk", flat=True)) == [stays.pk]


def test_the_screen_says_of_each_why_it_stays(client_for) -> None:
    gone, stays, named = make_draft_organisation(), make_organisation(name="On the site"), withdrawn()
    used = referred_by_a_draft()
    page = client_for("reviewer").get(bulk(Organisation, "delete", gone.pk, stays.pk, named.pk, used.pk))
    shown = " ".join(BeautifulSoup(page.content, "html.parser").select_one("main").get_text(" ").split())
    assert f"{stays} It is published. Withdraw it first: then its address says why it is gone." in shown
    assert f"{named} It was published once" in shown
    assert "You don't have permission" not in shown
    alone = client_for("reviewer").get(bulk(Organisation, "delete", stays.pk))
    shown = BeautifulSoup(alone.content, "html.parser")
    assert shown.title.get_text().strip().startswith("Nothing to delete")
    assert not shown.select("main form")
    romanian = term_id("languages", "ro")
    make_organisation(languages=["ro"])
    page = client_for("reviewer").get(bulk(Term, "delete", romanian)).content.decode()
    assert "refers to it. Change it first." in page


def test_references_are_named_with_their_holder() -> None:
    organisation = make_organisation(services=[make_service("shelter", languages=["ro"])], languages=["ro"])
    chart = make_chart(organisations=[organisation])
    found = {(str(reference.holder), reference.how) for reference in references_to(organisation)}
    assert found == {(str(chart), "organisation")}
    romanian = Term.objects.get(pk=term_id("languages", "ro"))
    found = {(str(reference.holder), reference.how) for reference in references_to(romanian)}
    assert found == {(organisation.name, "Languages"), (organisation.name, "service: Shelter")}
    assert usage_counts(Term, [romanian.pk]) == {romanian.pk: 2}


@pytest.mark.parametrize("role", ["reviewer", "administrator"])
@pytest.mark.parametrize("code", ["shelter", "accommodation"])
def test_a_used_term_is_not_deleted(client_for, role, code) -> None:
    """The second one is used as the parent of others alone."""
    make_organisation(services=[make_service("shelter")])
    term = Term.objects.get(vocabulary="service_types", code=code)
    client = client_for(role)
    assert client.post(screen(Term, "delete", term.pk)).status_code == 409
    client.post(bulk(Term, "delete", term.pk))
    assert Term.objects.filter(pk=term.pk).exists()


def test_a_term_of_an_unpublished_version_is_not_deleted(client_for) -> None:
    term = Term.objects.create(vocabulary="service_types", code="fad", label_en="Fad")
    organisation = make_organisation(services=[make_service("shelter")])
    organisation.services = [*organisation.services.all(), make_service("fad")]
    save_draft(record=organisation)
    page = client_for("reviewer").post(screen(Term, "delete", term.pk))
    assert page.status_code == 409
    assert "unpublished version" in page.content.decode()


def test_an_unused_term_is_deleted_by_reviewers_alone(client_for) -> None:
    term = Term.objects.create(vocabulary="service_types", code="fad", label_en="Fad")
    client_for("editor").post(screen(Term, "delete", term.pk))
    assert Term.objects.filter(pk=term.pk).exists()
    client_for("reviewer").post(screen(Term, "delete", term.pk))
    assert not Term.objects.filter(pk=term.pk).exists()
