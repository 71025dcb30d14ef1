"""As what a person reads: by role, by group, by having an account at all."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser, Group
from django.db import connection
from django.test.utils import CaptureQueriesContext

from platform_site.accounts.principals import group_principal, principals_of
from tests.factories import make_user

pytestmark = pytest.mark.django_db


def test_each_role_reads_as_what_it_is() -> None:
    def named(user: Any) -> set[str]:
        return {name for name in principals_of(user) if not name.startswith("group:")}

    assert named(None) == named(AnonymousUser()) == named(make_user(is_active=False)) == {"public"}
    assert named(make_user()) == {"public", "signed_in"}
    assert named(make_user("member")) == {"public", "signed_in", "member"}
    assert named(make_user("editor")) == named(make_user("reviewer")) == {"public", "signed_in", "member", "staff"}
    assert named(make_user("administrator")) == {"public", "signed_in", "member", "staff", "administrator"}


def test_every_group_is_a_principal_of_who_is_in_it() -> None:
    ours, theirs = Group.objects.create(name="Ours"), Group.objects.create(name="Theirs")
    user = make_user("member")
    user.groups.add(ours)
    held = principals_of(user)
    assert {group_principal(pk) for pk in user.groups.values_list("pk", flat=True)} <= held
    assert group_principal(theirs.pk) not in held


def test_roles_and_groups_are_asked_once() -> None:
    user = make_user("editor")
    with CaptureQueriesContext(connection) as caught:
        principals_of(user)
        principals_of(user)
    assert len(caught) == 1
