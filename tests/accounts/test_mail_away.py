"""Accounts while the mail server is away: nobody sees an error page, and nobody learns who has an account."""

from __future__ import annotations

import logging
import re
import smtplib
import socket
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from django.http import HttpResponse
from django.test import Client

from platform_site.accounts.models import User
from platform_site.accounts.roles import MEMBERS
from platform_site.accounts.services import open_account

pytestmark = pytest.mark.django_db
PASSWORD = "a long and quiet walk home"
KNOWN, NEW, UNKNOWN = "ada@example.org", "new@example.org", "nobody@example.org"
LOGIN, RESET = "/en/accounts/login/", "/en/accounts/password/reset/"


class RefusingBackend(BaseEmailBackend):
    """A mail server that is there and takes no mail for anybody; its answer names the address."""

    def send_messages(self, email_messages: list[EmailMessage]) -> int:  # type: ignore[override]  # a narrower list
        raise smtplib.SMTPRecipientsRefused(dict.fromkeys(email_messages[0].to, (550, b"no such person")))


class UnfindableBackend(BaseEmailBackend):
    """A mail server whose name nobody knows."""

    def send_messages(self, email_messages: list[EmailMessage]) -> int:  # type: ignore[override]  # a narrower list
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")


BACKENDS = {
    "ConnectionRefusedError": "django.core.mail.backends.smtp.EmailBackend",
    "SMTPRecipientsRefused": f"{__name__}.RefusingBackend",
    "gaierror": f"{__name__}.UnfindableBackend",
}


@pytest.fixture(params=BACKENDS)
def mail_away(request: pytest.FixtureRequest, settings: Any) -> Iterator[str]:
    """Set up mail that cannot leave, in each of the ways in which servers fail; return the name of the error."""
    with socket.socket() as taken:
        # Bound and not listening: whoever connects is refused, and nobody else can open the port meanwhile.
        taken.bind(("127.0.0.1", 0))
        settings.EMAIL_BACKEND = BACKENDS[request.param]
        settings.EMAIL_HOST, settings.EMAIL_PORT = taken.getsockname()
        settings.EMAIL_USE_SSL = True
        yield request.param


@pytest.fixture
def member() -> User:
    return open_account(email=KNOWN, name="Ada", password=PASSWORD, role=MEMBERS)


@pytest.fixture
def unconfirmed() -> User:
    return User.objects.create_user(NEW, PASSWORD)


def answer(response: HttpResponse, typed: str) -> tuple[int, str | None, str]:
    """Return what somebody sees of an answer, without what was typed and without tokens."""
    text = re.sub(r'name="csrfmiddlewaretoken" value="[^"]*"', "", response.content.decode())
    return response.status_code, response.get("Location"), text.replace(typed, "")


def test_a_new_password_is_answered_alike_for_known_and_unknown(mail_away: str, member: User) -> None:
    answers = []
    for address in (KNOWN, UNKNOWN):
        client = Client()
        first = client.post(RESET, {"email": address})
        answers += [(answer(first, address), answer(client.get(first["Location"]), address))]
    assert answers[0] == answers[1]
    assert answers[0][0][0] == 302


@pytest.mark.parametrize(
    ("email", "password", "status", "where"),
    [
        (KNOWN, PASSWORD, 302, "/en/"),
        (KNOWN, "something else entirely", 200, None),
        (UNKNOWN, PASSWORD, 200, None),
        (NEW, PASSWORD, 302, "/en/accounts/confirm-email/"),
        (NEW, "something else entirely", 200, None),
    ],
)
def test_sign_in_goes_on(
    mail_away: str,
    member: User,
    unconfirmed: User,
    client: Client,
    email: str,
    password: str,
    status: int,
    where: str | None,
) -> None:
    response = client.post(LOGIN, {"login": email, "password": password})
    assert (response.status_code, response.get("Location")) == (status, where)
    if where:
        assert client.get(where).status_code == 200


def test_a_changed_password_stays_changed(mail_away: str, member: User, client: Client) -> None:
    client.post(LOGIN, {"login": KNOWN, "password": PASSWORD})
    fields = {"oldpassword": PASSWORD, "password1": "another quiet walk", "password2": "another quiet walk"}
    assert client.post("/en/accounts/password/change/", fields).status_code == 302
    member.refresh_from_db()
    assert member.check_password("another quiet walk")


def test_the_log_says_what_failed_and_names_nobody(
    mail_away: str, member: User, client: Client, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.ERROR, "platform_site.accounts"):
        client.post(RESET, {"email": KNOWN})
    [line] = [record for record in caplog.records if record.name.startswith("platform_site.accounts")]
    assert "account/email/password_reset_key" in line.getMessage()
    assert mail_away in line.getMessage()
    assert KNOWN not in caplog.text
    assert line.exc_info is None  # the error itself carries the address
