"""Pages that tell of all case studies or all practices: the lists lead to them."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth.models import Group
from django.test import Client
from wagtail.models import PageViewRestriction

from tests.factories import make_draft_page, make_page
from tests.library.guiding import translate

pytestmark = pytest.mark.django_db

# The address of a list, the kind of page that tells of it, and where the link stands.
LISTS = [
    ("case-studies/", "analysis", "main .page-head"),
    ("case-studies/statistics/", "analysis", "main .page-head"),
    ("practices/", "method", "main .dateline"),
]
lists = pytest.mark.parametrize(("path", "kind", "place"), LISTS)


def links(client: Client, path: str, place: str, address: str) -> list[tuple[str, str | None]]:
    """Return title and language of the links to `address` in that place of a page."""
    response = client.get(path)
    assert response.status_code == 200
    found = BeautifulSoup(response.content, "html.parser").select(f'{place} a[href="{address}"]')
    return [(link.get_text(strip=True), link.get("lang")) for link in found]


@lists
def test_a_list_leads_to_the_page_about_it(path: str, kind: str, place: str, client: Client) -> None:
    page = make_page("What they show", kind=kind, slug="told")
    make_page("Another one", kind="about", slug="other")
    assert links(client, f"/en/{path}", place, "/en/told/") == [("What they show", None)]
    assert links(client, f"/de/{path}", place, "/de/told/") == [("What they show", "en")]
    translate(page, "de", "Was sie zeigen")
    assert links(client, f"/de/{path}", place, "/de/told/") == [("Was sie zeigen", None)]
    page.refresh_from_db()
    page.unpublish()
    assert links(client, f"/en/{path}", place, "/en/told/") == []


@lists
def test_a_page_that_the_reader_may_not_read_is_not_named(
    path: str, kind: str, place: str, client_for: Callable[[str], Client]
) -> None:
    make_draft_page("Not yet", kind=kind, slug="draft")
    page = make_page("For members", kind=kind, slug="told")
    visitor, member = client_for("anonymous"), client_for("member")
    assert links(visitor, f"/en/{path}", place, "/en/told/") == [("For members", None)]
    restriction = PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.GROUPS)
    restriction.groups.add(Group.objects.get(name="Members"))
    shown = visitor.get(f"/en/{path}").content.decode()
    assert "For members" not in shown
    assert "Not yet" not in shown
    assert links(member, f"/en/{path}", place, "/en/told/") == [("For members", None)]
    restriction.delete()
    assert links(visitor, f"/en/{path}", place, "/en/told/") == [("For members", None)]
