"""What only members see says so: on its page, on its rows, for every kind of record; what everybody sees does not."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from platform_site.records.models import Record
from platform_site.records.registry import record_models
from tests.directory.making import make_note
from tests.directory.test_networks import make_programme
from tests.factories import make_case, make_chart, make_network, make_organisation
from tests.library.making import make_document
from tests.search.making import make_abbreviation, make_concept

pytestmark = pytest.mark.django_db

ROW = "only members see this"
PAGE = "Only members see this. Do not pass it on"
MAKING: dict[str, tuple[Callable[..., Record], str]] = {
    "organisation": (lambda **values: make_organisation(**values), "directory:organisation_list"),
    "practice": (lambda **values: make_chart(**values), "practices:practice_list"),
    "case": (lambda **values: make_case(**values), "practices:case_list"),
    "document": (lambda **values: make_document(**values), "library:document_list"),
    "network": (lambda **values: make_network("A network", [make_organisation()], **values), "directory:network_list"),
    "programme": (lambda **values: make_programme("A programme", **values), "directory:programme_list"),
    "procedure_note": (lambda **values: make_note("DE", "RO", **values), ""),
    "concept": (lambda **values: make_concept("mark", ("en", "marked", "pref"), **values), "search:concept_list"),
    "abbreviation": (lambda **values: make_abbreviation("MRK", "Mark", **values), "search:concept_list"),
}
# Its page is that of the country, which everybody sees.
WITHOUT_A_PAGE = {"country_profile"}


def test_every_kind_of_record_is_tried() -> None:
    assert set(record_models()) == set(MAKING) | WITHOUT_A_PAGE


@pytest.mark.parametrize("kind", MAKING)
@pytest.mark.parametrize("audience", ["public", "members"])
def test_page_and_rows_say_who_sees_them(kind: str, audience: str, client_for: Any) -> None:
    make, listed = MAKING[kind]
    record = make(audience=audience)
    member: Client = client_for("member")
    page = member.get(record.get_absolute_url()).content.decode()
    # A list of procedure notes is the page of their pair.
    where = reverse(listed) if listed else reverse("directory:country_pair", args=["de", "ro"])
    rows = member.get(where).content.decode()
    narrow = audience == "members"
    assert (PAGE in page) is narrow
    assert ((ROW if listed else PAGE) in rows) is narrow


def test_blocks_and_home_say_it_too(client_for: Any) -> None:
    organisation = make_organisation(country="DE")
    case = make_case(organisation=organisation, audience="members", person_code="V-17")
    member = client_for("member")
    for url in (organisation.get_absolute_url(), reverse("directory:country_detail", args=["DE"]), "/en/"):
        assert ROW in member.get(url).content.decode(), url
    page = member.get(case.get_absolute_url()).content.decode()
    assert ROW in page[page.index("V-17") :][:300], "beside the code of the person"
