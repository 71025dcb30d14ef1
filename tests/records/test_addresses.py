"""Addresses of records: made from names by one rule for the form and for the importer, and kept once published."""

from __future__ import annotations

from typing import Any

import pytest
from bs4 import BeautifulSoup

from directory.models import Organisation
from platform_site.records.addresses import address_field, free_slug, plain_slug
from platform_site.records.registry import record_models
from platform_site.records.services import save_draft, withdraw_record
from platform_site.vocabulary.store import term_id
from tests.directory.making import make_note
from tests.directory.profiles import make_profile
from tests.directory.test_networks import make_programme
from tests.factories import (
    make_case,
    make_chart,
    make_draft_organisation,
    make_network,
    make_organisation,
    make_user,
)
from tests.library.making import make_document
from tests.records.screens import form_data, press, screen
from tests.search.making import make_abbreviation, make_concept

pytestmark = pytest.mark.django_db

NAMES = [
    ("Casa Lumina", "casa-lumina"),
    ("Złota Kładka", "zlota-kladka"),
    ("Ελληνικό Κέντρο", "elliniko-kentro"),
    ("Център за помощ", "tsentr-za-pomoshch"),
    ("!!!", "entry"),
    ("x" * 300, "x" * 100),
]


@pytest.mark.parametrize(("name", "slug"), NAMES)
def test_names_become_addresses(name: str, slug: str) -> None:
    assert plain_slug(name) == slug


def test_an_address_that_is_taken_gets_a_number() -> None:
    first = make_organisation(slug="casa")
    make_organisation(slug="casa-2")
    make_organisation(slug="casa-lumina")
    assert free_slug(Organisation, "Casa") == "casa-3"
    assert free_slug(Organisation, "Casa", besides=first.pk) == "casa"


@pytest.mark.parametrize("name", ["Złota Kładka", "Ελληνικό Κέντρο"])
def test_the_form_follows_the_rule(client_for, name: str) -> None:
    organisation = make_draft_organisation()
    press(client_for("editor"), screen(Organisation, "edit", organisation.pk), name=name, slug="")
    draft = Organisation.objects.get(pk=organisation.pk).get_latest_revision_as_object()
    assert draft.slug == plain_slug(name)


# Kind of record: what makes a published one, the field that its address is made of, another value for it.
PUBLISHED: dict[str, tuple[Any, str, Any]] = {
    "organisation": (make_organisation, "slug", "elsewhere"),
    "network": (lambda: make_network("A net", []), "slug", "elsewhere"),
    "programme": (lambda: make_programme("A programme"), "slug", "elsewhere"),
    "procedure_note": (make_note, "slug", "elsewhere"),
    "document": (make_document, "slug", "elsewhere"),
    "country_profile": (make_profile, "country", lambda: term_id("countries", "MT")),
    "practice": (make_chart, "chart_no", 99901),
    "case": (make_case, "case_no", 99901),
    "concept": (lambda: make_concept("known", ("en", "known thing", "pref")), "code", "elsewhere"),
    "abbreviation": (lambda: make_abbreviation("KNWN", "Known"), "slug", "elsewhere"),
}


def test_the_table_has_every_kind_of_record_with_the_field_of_its_address() -> None:
    found = {kind: address_field(model).name for kind, model in record_models().items()}
    assert found == {kind: field for kind, (_make, field, _other) in PUBLISHED.items()}


@pytest.mark.parametrize("kind", PUBLISHED)
def test_a_published_address_is_shown_and_cannot_be_changed(client_for, kind: str) -> None:
    make, field, other = PUBLISHED[kind]
    record, client = make(), client_for("editor")
    address, url = record.get_absolute_url(), screen(type(record), "edit", record.pk)
    html = client.get(url).content.decode()
    shown = BeautifulSoup(html, "html.parser").select_one(f"form[data-edit-form] [name={field}]")
    assert shown.has_attr("disabled")
    assert "links lead to it" in shown.find_parent(class_="w-field__wrapper").text
    # What a browser never sends.
    data = {**form_data(html), field: [str(other() if callable(other) else other)]}
    refused = client.post(url, data)
    assert refused.status_code == 200
    assert refused.context["form"].errors.keys() == {field}
    assert "cannot be changed any more" in str(refused.context["form"].errors[field])
    draft = type(record).objects.get(pk=record.pk).get_latest_revision_as_object()
    assert draft.get_absolute_url() == address


def test_the_address_of_a_withdrawn_entry_stays_and_that_of_a_draft_does_not(client_for) -> None:
    withdrawn, draft, client = make_organisation(), make_draft_organisation(), client_for("editor")
    withdraw_record(record=withdrawn, reason="It closed.", user=make_user("administrator"))
    assert press(client, screen(Organisation, "edit", withdrawn.pk), slug="elsewhere").status_code == 200
    assert press(client, screen(Organisation, "edit", draft.pk), slug="elsewhere").status_code == 302
    assert Organisation.objects.get(pk=draft.pk).get_latest_revision_as_object().slug == "elsewhere"


def test_a_draft_from_before_with_another_address_gets_the_published_one_back(client_for) -> None:
    organisation = make_organisation(slug="here")
    organisation.slug = "elsewhere"
    save_draft(record=organisation, user=make_user("editor"))
    client, url = client_for("editor"), screen(Organisation, "edit", organisation.pk)
    assert press(client, url, short_name="Named", slug="elsewhere").status_code == 200
    assert press(client, url, short_name="Named", slug="").status_code == 302
    draft = Organisation.objects.get(pk=organisation.pk).get_latest_revision_as_object()
    assert (draft.slug, draft.short_name) == ("here", "Named")
