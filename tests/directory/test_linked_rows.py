"""Rows of the editors' form that name another record: by its key, or by the address of its page."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from bs4 import BeautifulSoup
from django.forms import modelform_factory
from django.test import Client

from directory.models import Programme, ProgrammeLink
from platform_site.records.forms_links import RecordLinkForm
from tests.directory.test_networks import make_programme
from tests.factories import make_chart, make_network, make_organisation
from tests.library.making import make_document
from tests.records.screens import press, screen

pytestmark = pytest.mark.django_db
ClientFor = Callable[[str], Client]

GIVEN = [
    ("practice:88", "practice:88"),
    (" document:a-form ", "document:a-form"),
    ("network:Round Table", "network:Round Table"),
    ("/en/practices/88/", "practice:88"),
    ("https://platform.example.org/de/networks/round-table/?q=1#members", "network:Round Table"),
    ("/fr/library/a-form/", "document:a-form"),
    ("practice:9", ""),
    ("organisation:Open House", ""),
    ("/en/directory/open-house/", ""),
    ("/en/practices/9/", ""),
    ("/en/practices/99999999999999999999999/", ""),
    ("/en/practices/", ""),
    ("/en/nothing/", ""),
    ("http://[", ""),
    ("guide:1", ""),
    ("88", ""),
    ("practice:", ""),
]
IN_THE_SCREEN = [GIVEN[0], GIVEN[4], GIVEN[6]]
RowForm = modelform_factory(ProgrammeLink, RecordLinkForm, fields=())


def make_what_can_be_named() -> None:
    make_chart(chart_no=88)
    make_organisation(name="Open House", slug="open-house")
    make_document(name="A form", slug="a-form")
    make_network("Round Table", [])


def test_a_row_takes_the_key_or_the_address_of_a_record() -> None:
    make_what_can_be_named()
    for given, key in GIVEN:
        form = RowForm({"record_key": given}, instance=ProgrammeLink())
        assert form.is_valid() == bool(key), given
        assert form.instance.record_key == key, given
        assert form.errors == ({} if key else {"record_key": ["There is no such record."]}), given


@pytest.mark.parametrize(("given", "key"), IN_THE_SCREEN)
def test_the_form_takes_the_key_or_the_address_of_a_record(client_for: ClientFor, given: str, key: str) -> None:
    make_what_can_be_named()
    programme = make_programme("Way Back")
    address = screen(Programme, "edit", programme.pk)
    rows = {"linked_records-TOTAL_FORMS": "1", "linked_records-0-record_key": given, "linked_records-0-ORDER": "1"}
    response = press(client_for("editor"), address, **rows)
    assert response.status_code == (302 if key else 200)
    named = [row.record_key for row in Programme.objects.get().get_latest_revision_as_object().linked_records.all()]
    assert named == ([key] if key else [])
    if not key:
        field = BeautifulSoup(response.content, "html.parser").select_one("[name=linked_records-0-record_key]")
        assert field is not None
        assert field["aria-invalid"] == "true"
        errors = field.find_parent(class_="w-field--error").select_one(".error-message")
        assert errors is not None
        assert errors.text.strip() == "There is no such record."
        assert response.content.decode().count("There is no such record.") == 1
