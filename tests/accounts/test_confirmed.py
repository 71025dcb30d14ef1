"""Which accounts count as confirmed: those that an administrator made, whether mail works or not."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from allauth.account.models import EmailAddress
from django.core.mail import EmailMessage
from django.core.management import call_command
from django.test import Client

from platform_site.accounts.models import User
from platform_site.accounts.services import open_account
from tests.factories import make_user

pytestmark = pytest.mark.django_db
PASSWORD = "a long and quiet walk home"
LOGIN, RESET = "/en/accounts/login/", "/en/accounts/password/reset/"


def made_by_the_command() -> str:
    call_command("createsuperuser", email="Root@Example.org", interactive=False, verbosity=0)
    return "root@example.org"


def made_in_code() -> str:
    return User.objects.create_superuser("Root@Example.org").email


def made_by_a_service() -> str:
    return open_account(email="Root@Example.org", name="Root", password=None).email


def made_on_the_screen() -> str:
    client = Client()
    client.force_login(make_user("administrator"))
    client.post("/admin/users/new/", {"email": "Root@Example.org", "name": "Root"})
    return "root@example.org"


def moved_on_the_screen() -> str:
    person = open_account(email="before@example.org", name="Before", password=None)
    client = Client()
    client.force_login(make_user("administrator"))
    fields = {"email": "Root@Example.org", "name": "Before", "is_active": "on"}
    client.post(f"/admin/users/edit/{person.pk}/", fields)
    return "root@example.org"


@pytest.mark.parametrize(
    "make", [made_by_the_command, made_in_code, made_by_a_service, made_on_the_screen, moved_on_the_screen]
)
def test_an_account_that_an_administrator_made_is_confirmed(
    client: Client, mailoutbox: list[EmailMessage], make: Callable[[], str]
) -> None:
    email = make()
    user = User.objects.get(email=email)
    addresses = EmailAddress.objects.filter(user=user).values_list("email", "verified", "primary")
    assert list(addresses) == [(email, True, True)]
    user.set_password(PASSWORD)
    user.save()
    response = client.post(LOGIN, {"login": email, "password": PASSWORD})
    assert response["Location"] in {"/en/", "/admin/"}
    assert "_auth_user_id" in client.session
    assert mailoutbox == []


def test_an_address_that_was_taken_away_opens_nothing(client: Client, mailoutbox: list[EmailMessage]) -> None:
    moved_on_the_screen()
    person = User.objects.get(email="root@example.org")
    person.set_password(PASSWORD)
    person.save()
    client.post(LOGIN, {"login": "before@example.org", "password": PASSWORD})
    assert "_auth_user_id" not in client.session
    client.post(RESET, {"email": "before@example.org"})
    assert mailoutbox == []


def test_nobody_gets_a_further_address_of_somebody_else(client: Client) -> None:
    other = open_account(email="ada@example.org", name="Ada", password=None)
    EmailAddress.objects.create(user=other, email="root@example.org", verified=True, primary=False)
    moved_on_the_screen()
    made_on_the_screen()
    assert not User.objects.filter(email="root@example.org").exists()


def test_a_change_of_the_name_alone_confirms_nothing(client: Client) -> None:
    unconfirmed = User.objects.create_user("new@example.org", PASSWORD)
    client.force_login(make_user("administrator"))
    fields = {"email": unconfirmed.email, "name": "Noor", "is_active": "on"}
    client.post(f"/admin/users/edit/{unconfirmed.pk}/", fields)
    unconfirmed.refresh_from_db()
    assert unconfirmed.name == "Noor"
    assert not EmailAddress.objects.filter(user=unconfirmed, verified=True).exists()


@pytest.mark.parametrize("language", ["en", "fr", "de", "es", "it"])
def test_the_mail_with_a_code_speaks_of_no_registration(
    client: Client, mailoutbox: list[EmailMessage], language: str
) -> None:
    User.objects.create_user("new@example.org", PASSWORD)
    path = f"/{language}/accounts/login/"
    response = client.post(path, {"login": "new@example.org", "password": PASSWORD})
    code = client.session["account_email_verification_code"]["code"]
    assert response.status_code == 302
    text = str(mailoutbox[0].body)
    assert code in text
    assert "testserver." not in text  # the sentence on a registration ends with the name of the server
    assert "register" not in text
    assert ("safely ignored" in text) is (language == "en")
