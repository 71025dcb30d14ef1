"""Keys in the editors' addresses that no row can have: not found, never a server error."""

from __future__ import annotations

import pytest

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
