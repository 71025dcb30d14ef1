"""A number that no row can have: a form that chooses several rows says so, as one that chooses a single row does."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import Group

from platform_site.accounts.models import User
from tests.factories import make_user

pytestmark = pytest.mark.django_db

TOO_LARGE = 99999999999999999999


@pytest.mark.parametrize("number", [TOO_LARGE, -TOO_LARGE, 2**63, 2**31])
def test_rows_with_impossible_numbers_are_none(number: int) -> None:
    group = Group.objects.create(name="Some group")
    assert list(Group.objects.filter(pk__in=[number])) == []
    assert list(Group.objects.filter(pk__in=[number, group.pk])) == [group]
    assert group in Group.objects.exclude(pk__in=[number])
    assert list(User.objects.filter(groups__in=[number])) == []
    assert list(User.objects.filter(groups__in=[group])) == []
    assert not Group.objects.filter(pk__in=[]).exists()


def test_a_number_too_large_for_a_group_is_refused_beside_the_field(client_for: Any) -> None:
    person = make_user("editor")
    body = {"email": person.email, "name": person.name, "groups": str(TOO_LARGE)}
    answer = client_for("administrator").post(f"/admin/users/edit/{person.pk}/", body)
    assert answer.status_code == 200
    assert answer.context["form"].errors["groups"]
