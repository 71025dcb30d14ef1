"""The screens on which administrators keep accounts, and each person the own one."""

from __future__ import annotations

import re

import pytest
from django.core.mail import EmailMessage
from django.test import Client

from platform_site.accounts.models import User
from tests.factories import make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def administrator(client: Client) -> User:
    user = make_user("administrator")
    client.force_login(user)
    return user


def test_a_new_person_gets_the_password_by_a_link(
    client: Client, administrator: User, mailoutbox: list[EmailMessage]
) -> None:
    from django.contrib.auth.models import Group

    page = client.get("/admin/users/new/").content.decode()
    assert 'name="name"' in page
    assert "first_name" not in page
    editors = Group.objects.get(name="Editors").pk
    client.post("/admin/users/new/", {"email": "New@Example.org", "name": "Noor", "groups": [editors]})
    person = User.objects.get(email="new@example.org")
    assert person.name == "Noor"
    assert not person.has_usable_password()
    visitor = Client()
    visitor.post("/en/accounts/password/reset/", {"email": "new@example.org"})
    address = re.search(r"http://testserver(/\S+)", str(mailoutbox[0].body))
    assert address
    form = visitor.get(address[1], follow=True)
    password = "a garden behind the station"
    visitor.post(form.request["PATH_INFO"], {"password1": password, "password2": password})
    person.refresh_from_db()
    assert person.check_password(password)


def test_an_account_is_changed_and_closed(client: Client, administrator: User) -> None:
    person = make_user("editor", name="Before")
    path = f"/admin/users/edit/{person.pk}/"
    assert 'name="name"' in client.get(path).content.decode()
    client.post(path, {"email": person.email, "name": "After", "groups": []})
    person.refresh_from_db()
    assert (person.name, person.is_active, person.groups.count()) == ("After", False, 0)


def test_people_are_found_by_name_and_address(client: Client, administrator: User) -> None:
    make_user(name="Zuzana", email="z@example.org")
    make_user(name="Wilhelmina", email="w@example.org")
    for words in ("zuza", "z@example"):
        page = client.get("/admin/users/", {"q": words}).content.decode()
        assert "Zuzana" in page
        assert "Wilhelmina" not in page


@pytest.mark.parametrize("role", ["editor", "reviewer"])
def test_only_administrators_keep_accounts(client: Client, role: str) -> None:
    client.force_login(make_user(role))
    person = make_user()
    for path in ("/admin/users/", "/admin/users/new/", f"/admin/users/edit/{person.pk}/"):
        assert client.get(path).status_code == 302


@pytest.mark.parametrize("role", ["editor", "reviewer", "administrator"])
def test_everybody_changes_the_own_name(client: Client, role: str) -> None:
    user = make_user(role)
    client.force_login(user)
    page = client.get("/admin/account/").content.decode()
    assert 'name="name-name"' in page
    assert "avatar" not in page.replace("avatar-wrapper", "").split("<main")[-1].split("</main>")[0]
    fields = {
        "name-name": "New name",
        "locale-preferred_language": "de",
        "locale-current_time_zone": "",
        "theme-theme": "system",
        "theme-contrast": "system",
        "theme-density": "default",
    }
    client.post("/admin/account/", fields)
    user.refresh_from_db()
    assert user.name == "New name"
