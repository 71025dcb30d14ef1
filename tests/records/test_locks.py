"""A record that somebody locked: nobody else writes to it, and who may open it again."""

from __future__ import annotations

from typing import Any

import pytest

from directory.models import Organisation
from tests.factories import make_organisation, make_user
from tests.records.screens import form_data, screen
from tests.records.test_screens_gate import signed_in

pytestmark = pytest.mark.django_db

# Who locked it, who wants to open it, whether that one may. `own` is the same person.
UNLOCKING = [
    ("editor", "own", True),
    ("editor", "editor", False),
    ("editor", "reviewer", True),
    ("editor", "administrator", True),
    ("reviewer", "own", True),
    ("reviewer", "editor", False),
    ("reviewer", "reviewer", True),
]


@pytest.mark.parametrize(("locker", "opener", "may"), UNLOCKING)
def test_who_opens_a_lock(locker: str, opener: str, may: bool) -> None:
    organisation = make_organisation(name="House")
    first = make_user(locker)
    second = first if opener == "own" else make_user(opener)
    signed_in(first).post(screen(Organisation, "lock", organisation.pk))
    assert stored(organisation).locked
    signed_in(second).post(screen(Organisation, "unlock", organisation.pk))
    assert stored(organisation).locked is not may


@pytest.mark.parametrize("role", ["editor", "reviewer", "administrator"])
def test_a_locked_record_is_not_written_to(role: str) -> None:
    organisation = make_organisation(name="House")
    url = screen(Organisation, "edit", organisation.pk)
    other = signed_in(make_user(role))
    data: dict[str, Any] = form_data(other.get(url).content.decode())
    signed_in(make_user("reviewer")).post(screen(Organisation, "lock", organisation.pk))
    versions = organisation.revisions.count()
    answer = other.post(url, {**data, "name": ["Another name"]})
    assert answer.status_code in (200, 403)
    assert organisation.revisions.count() == versions
    assert stored(organisation).name == "House"
    assert "Save draft" not in other.get(url).content.decode()


def stored(organisation: Organisation) -> Organisation:
    return Organisation.objects.get(pk=organisation.pk)
