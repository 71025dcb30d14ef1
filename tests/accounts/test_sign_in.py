"""Signing in and out, the second factor, a new password."""

from __future__ import annotations

import re
import time
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.core.cache import caches
from django.core.exceptions import ValidationError
from django.core.mail import EmailMessage
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from pytest_django import Settings

from platform_site.accounts.models import User
from platform_site.accounts.roles import EDITORS, MEMBERS
from platform_site.accounts.services import ADMINISTRATOR, open_account

pytestmark = pytest.mark.django_db
PASSWORD = "a long and quiet walk home"
LOGIN = "/en/accounts/login/"
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


@pytest.fixture
def member() -> User:
    return open_account(email="Ada@Example.org", name="Ada", password=PASSWORD, role=MEMBERS)


def sign_in(client: Client, email: str = "ada@example.org", password: str = PASSWORD, **extra: str) -> HttpResponse:
    return client.post(LOGIN, {"login": email, "password": password, **extra})


def six_digits(secret: str) -> str:
    """The digits of now, of a step of 30 s that lasts long enough to send them."""
    left = 30 - time.time() % 30
    if left < 8:
        time.sleep(left)
    return format_hotp_value(hotp_value(secret, next(iter(yield_hotp_counters_from_time()))))


def signed_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


def test_a_member_signs_in_and_lands_at_home(client: Client, member: User) -> None:
    response = sign_in(client)
    assert response["Location"] == "/en/"
    assert signed_in(client)


def test_an_editor_lands_at_the_desk(client: Client) -> None:
    open_account(email="ed@example.org", name="Ed", password=PASSWORD, role=EDITORS)
    assert sign_in(client, "ed@example.org")["Location"] == "/admin/"


def test_the_page_that_was_wanted_comes_after_the_sign_in(client: Client, member: User) -> None:
    assert sign_in(client, next="/de/directory/")["Location"] == "/de/directory/"


@pytest.mark.parametrize(
    "target", ["https://evil.example/", "//evil.example/", "/\\evil.example/", "javascript:alert(1)"]
)
def test_nobody_is_led_off_the_site(client: Client, member: User, target: str) -> None:
    assert sign_in(client, next=target)["Location"] == "/en/"


def test_a_wrong_password_and_an_unknown_address_answer_alike(client: Client, member: User) -> None:
    wrong = sign_in(client, password="something else entirely")
    unknown = sign_in(client, "nobody@example.org")
    assert wrong.status_code == unknown.status_code == 200
    without_typed = [
        re.sub(r'(name="csrfmiddlewaretoken" value|value)="[^"]*"', "", page.content.decode())
        for page in (wrong, unknown)
    ]
    assert without_typed[0] == without_typed[1]
    assert not signed_in(client)


def test_guesses_are_counted_in_the_database_for_all_processes(client: Client, member: User) -> None:
    for _guess in range(5):
        sign_in(client, password="a wrong guess of a password")
    caches["default"].clear()  # as in another process, or after a restart
    response = sign_in(client)
    assert "Too many failed" in response.content.decode()
    assert not signed_in(client)
    with connection.cursor() as cursor:
        cursor.execute("SELECT COUNT(*) FROM limits_cache")
        assert cursor.fetchone()[0] > 0


@pytest.mark.parametrize(
    ("action", "path", "typed"),
    [
        ("login", "accounts/login/", {"login": "a@example.org", "password": "x"}),
        ("reset_password", "accounts/password/reset/", {"email": "a@example.org"}),
    ],
)
@pytest.mark.parametrize("language", ["en", "de"])
def test_who_asks_too_often_is_told_when_to_come_back(
    client: Client, settings: Settings, action: str, path: str, typed: dict[str, str], language: str
) -> None:
    settings.ACCOUNT_RATE_LIMITS = {action: "1/m/ip"}
    assert client.post(f"/{language}/{path}", typed).status_code in {200, 302}
    response = client.post(f"/{language}/{path}", typed)
    assert response.status_code == 429
    assert response["Retry-After"] == "60"
    assert f'<html lang="{language}"' in response.content.decode()


def test_the_session_ends_with_the_browser_unless_it_is_to_stay(client: Client, member: User) -> None:
    sign_in(client)
    assert client.session.get_expire_at_browser_close()
    client.logout()
    sign_in(client, remember="on")
    assert not client.session.get_expire_at_browser_close()


def test_signing_out_asks_and_leads_home(client: Client, member: User) -> None:
    sign_in(client)
    page = client.get("/fr/accounts/logout/")
    assert page.status_code == 200
    assert signed_in(client)
    response = client.post("/fr/accounts/logout/")
    assert response["Location"] == "/fr/"
    assert "Clear-Site-Data" in response.headers
    assert not signed_in(client)


def test_nobody_signs_up(client: Client) -> None:
    page = client.get("/en/accounts/signup/").content.decode()
    assert "opened by the secretariat" in page
    fields = {"email": "new@example.org", "password1": PASSWORD, "password2": PASSWORD}
    client.post("/en/accounts/signup/", fields)
    assert not User.objects.filter(email="new@example.org").exists()


def test_a_closed_account_does_not_open(client: Client, member: User) -> None:
    member.is_active = False
    member.save()
    sign_in(client)
    assert not signed_in(client)


# --- the second factor ------------------------------------------------------------------------------------------
def confirm(client: Client) -> None:
    client.post("/en/accounts/reauthenticate/", {"password": PASSWORD})


def test_the_second_factor_is_set_up_with_a_picture_that_nobody_keeps(client: Client, member: User) -> None:
    sign_in(client)
    assert client.get("/en/accounts/2fa/totp/activate/").status_code == 302
    assert client.get("/en/accounts/2fa/totp/picture.svg").status_code == 302
    confirm(client)
    assert client.get("/en/accounts/2fa/totp/picture.svg").status_code == 404
    page = client.get("/en/accounts/2fa/totp/activate/")
    assert "data:image" not in page.content.decode()
    picture = client.get("/en/accounts/2fa/totp/picture.svg")
    assert picture["Content-Type"] == "image/svg+xml"
    assert picture["Cache-Control"] == "no-store, private"
    assert b"<svg" in picture.content
    secret = page.context["form"].secret
    response = client.post("/en/accounts/2fa/totp/activate/", {"code": six_digits(secret)})
    assert response["Location"] == "/en/accounts/2fa/recovery-codes/"
    assert Authenticator.objects.filter(user=member, type=Authenticator.Type.TOTP).exists()


def test_with_a_second_factor_the_password_alone_opens_nothing(client: Client, member: User) -> None:
    TOTP.activate(member, SECRET)
    assert sign_in(client)["Location"] == "/en/accounts/2fa/authenticate/"
    assert not signed_in(client)
    assert client.get("/admin/").status_code == 302
    client.post("/en/accounts/2fa/authenticate/", {"code": "000000"})
    assert not signed_in(client)
    client.post("/en/accounts/2fa/authenticate/", {"code": six_digits(SECRET)})
    assert signed_in(client)


def test_digits_open_once_in_all_processes(client: Client, member: User) -> None:
    TOTP.activate(member, SECRET)
    digits = six_digits(SECRET)
    sign_in(client)
    client.post("/en/accounts/2fa/authenticate/", {"code": digits})
    assert signed_in(client)
    other = Client()
    caches["default"].clear()
    sign_in(other)
    other.post("/en/accounts/2fa/authenticate/", {"code": digits})
    assert not signed_in(other)


# --- a new password ---------------------------------------------------------------------------------------------
def test_a_new_password_comes_by_a_link(client: Client, member: User, mailoutbox: list[EmailMessage]) -> None:
    client.post("/en/accounts/password/reset/", {"email": "ada@example.org"})
    mail = mailoutbox[0]
    assert mail.subject.startswith("Waymark: ")
    address = re.search(r"http://testserver(/\S+)", str(mail.body))
    assert address
    form = client.get(address[1], follow=True)
    new = "another long and quiet walk"
    client.post(form.request["PATH_INFO"], {"password1": new, "password2": new})
    member.refresh_from_db()
    assert member.check_password(new)
    assert "no longer works" in Client().get(address[1], follow=True).content.decode()


def test_an_unknown_address_gets_no_mail_and_the_same_answer(
    client: Client, member: User, mailoutbox: list[EmailMessage]
) -> None:
    answers = [
        client.post("/en/accounts/password/reset/", {"email": email})["Location"]
        for email in ("nobody@example.org", "ada@example.org")
    ]
    assert answers[0] == answers[1]
    assert [mail.to for mail in mailoutbox] == [["ada@example.org"]]


@pytest.mark.parametrize("weak", ["short", "password1234567"[:14], "ada@example.org", "qwertyuiopasdfghjkl"[:12]])
def test_weak_passwords_are_refused(client: Client, member: User, weak: str) -> None:
    sign_in(client)
    fields = {"oldpassword": PASSWORD, "password1": weak, "password2": weak}
    response = client.post("/en/accounts/password/change/", fields)
    assert response.status_code == 200
    assert response.context["form"].errors


# --- every screen -----------------------------------------------------------------------------------------------
SCREENS = (
    "login/",
    "logout/",
    "signup/",
    "inactive/",
    "email/",
    "password/change/",
    "password/reset/",
    "password/reset/done/",
    "password/reset/key/1-x/",
    "password/reset/key/done/",
    "reauthenticate/",
    "2fa/",
    "2fa/totp/activate/",
    "2fa/totp/deactivate/",
    "2fa/recovery-codes/",
    "2fa/recovery-codes/generate/",
    "sessions/",
)


@pytest.mark.parametrize("language", ["en", "de"])
@pytest.mark.parametrize("with_factor", [False, True])
def test_every_screen_has_the_look_and_one_headline(
    client: Client, member: User, language: str, with_factor: bool
) -> None:
    if with_factor:
        TOTP.activate(member, SECRET)
    client.force_login(member)
    confirm(client)
    shown = 0
    for screen in SCREENS:
        response = client.get(f"/{language}/accounts/{screen}")
        assert response.status_code in {200, 302, 404}, screen
        if response.status_code != 200:
            continue
        page = response.content.decode()
        assert page.count("<h1") == 1, screen
        assert 'class="strip"' in page, screen
        assert "data:image" not in page, screen
        assert "style=" not in page, screen
        assert "no-store" in response["Cache-Control"], screen
        shown += 1
    assert shown >= 9


def test_the_list_of_devices_shows_no_network_address(client: Client, member: User) -> None:
    agent = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
    client.post(LOGIN, {"login": "ada@example.org", "password": PASSWORD}, headers={"user-agent": agent})
    page = client.get("/en/accounts/sessions/", headers={"user-agent": agent}).content.decode()
    assert "Firefox, Linux" in page
    assert "127.0.0.1" not in page


# --- opening accounts -------------------------------------------------------------------------------------------
def test_an_opened_account_has_a_confirmed_address_and_its_role(member: User) -> None:
    assert member.email == "ada@example.org"
    assert EmailAddress.objects.get(user=member).verified
    assert member.groups.get().name == MEMBERS


def test_an_administrator_is_no_group() -> None:
    user = open_account(email="root@example.org", name="Root", password=None, role=ADMINISTRATOR)
    assert user.is_superuser
    assert not user.has_usable_password()


@pytest.mark.parametrize(
    ("fields", "refusal"),
    [
        ({"role": "Moderators"}, ValueError),
        ({"email": "ada@example.org"}, ValidationError),
        ({"email": "not an address"}, ValidationError),
    ],
)
def test_accounts_that_cannot_be(member: User, fields: dict[str, Any], refusal: type[Exception]) -> None:
    with pytest.raises(refusal):
        open_account(**{"email": "new@example.org", "name": "New", "password": PASSWORD, **fields})
    assert User.objects.count() == 1
