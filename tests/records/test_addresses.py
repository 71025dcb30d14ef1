"""Addresses that are made from names: one rule for the form and for the importer."""

from __future__ import annotations

import pytest

from directory.models import Organisation
from platform_site.records.addresses import free_slug, plain_slug
from tests.factories import make_organisation
from tests.records.screens import press, screen

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
    organisation = make_organisation()
    press(client_for("editor"), screen(Organisation, "edit", organisation.pk), name=name, slug="")
    draft = Organisation.objects.get(pk=organisation.pk).get_latest_revision_as_object()
    assert draft.slug == plain_slug(name)
