"""Keys in the editors' addresses and forms that no row can have: not found, never a server error."""

from __future__ import annotations

import pytest

from tests.factories import make_draft_organisation, make_page

pytestmark = pytest.mark.django_db

ADDRESSES = [
    "/admin/organisations/history/'%20OR%201=1/revisions/compare/1...2/",
    "/admin/programmes/history/%00/revisions/compare/1...2/",
    "/admin/organisations/edit/99999999999999999999999/",
    "/admin/snippets/choose/directory/programme/chosen-multiple/?id=2026-02-31",
    "/admin/snippets/choose/directory/programme/chosen-multiple/?id=99999999999999999999999",
]


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_key_that_is_no_number_is_not_found(address, client_for) -> None:
    assert client_for("administrator").get(address).status_code == 404


BODIES = [
    ("/admin/pages/{page}/edit/", {}, 400),
    ("/admin/pages/{page}/edit/", {"title": "x", "slug": "y"}, 400),
    ("/admin/pages/{page}/edit/", {"body-count": "zz"}, 400),
    ("/admin/pages/{page}/edit/", {"body-count": "1", "body-0-deleted": ""}, 400),
    ("/admin/pages/{page}/edit/", {"body-count": "0"}, 200),
    ("/admin/pages/{page}/edit/preview/", {"title": "x"}, 400),
    ("/admin/pages/add/home/plainpage/{home}/", {}, 400),
    ("/admin/pages/{page}/copy/", {}, 400),
    ("/admin/pages/{page}/copy/", {"new_parent_page": "999999"}, 400),
    ("/admin/pages/{page}/copy/", {"new_parent_page": "zz"}, 404),
    ("/admin/pages/{page}/copy/", {"new_parent_page": "{home}"}, 200),
    ("/admin/editing-sessions/ping/directory/organisation/{organisation}/1/", {"revision_id": "zz"}, 404),
    ("/admin/editing-sessions/ping/directory/organisation/{organisation}/1/", {}, 200),
    ("/admin/organisations/add/", {"name": "x", "logo": "zz"}, 400),
    ("/admin/organisations/add/", {"name": "x", "logo": "9" * 20}, 200),
]


@pytest.mark.parametrize(("address", "body", "status"), BODIES)
def test_a_body_that_no_form_sends_is_refused(address, body, status, client_for) -> None:
    page = make_page("A page", slug="a-page")
    keys = {"page": page.pk, "home": page.get_parent().pk, "organisation": make_draft_organisation().pk}
    sent = {name: value.format(**keys) for name, value in body.items()}
    assert client_for("administrator").post(address.format(**keys), sent).status_code == status
