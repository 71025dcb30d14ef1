"""How allauth behaves here."""

from __future__ import annotations

import logging
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import get_language

from platform_site.accounts.roles import is_editor

logger = logging.getLogger(__name__)


class AccountAdapter(DefaultAccountAdapter):
    """Accounts are made by administrators: nobody signs up on the own accord."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Return False: the way in is an invitation or an accepted application."""
        return False

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """Return where somebody lands who wanted no page in particular: editors at their desk, others at home."""
        return reverse("wagtailadmin_home") if is_editor(request.user) else home_path()

    def get_logout_redirect_url(self, request: HttpRequest) -> str:
        """Return the home page in the reader's language."""
        return home_path()

    def format_email_subject(self, subject: str) -> str:
        """Return the subject after the platform's name; the name of the server says nothing to its readers."""
        return f"{settings.PLATFORM_NAME}: {subject}"

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Send a mail that says from which platform it comes. One that cannot leave is logged; the page goes on.

        Most pages send to known addresses only: an error page, or a word about the failure, would tell who has an
        account. The log names the mail and the kind of failure; the text of the error often holds the address.
        """
        names = {"platform_name": settings.PLATFORM_NAME, "base_url": settings.BASE_URL}
        try:
            super().send_mail(template_prefix, email, {**names, **context})
        except OSError as error:  # every error of smtplib is one, as are those of sockets, names and certificates
            code = getattr(error, "smtp_code", error.errno)
            logger.error("A mail (%s) could not leave: %s, code %s", template_prefix, type(error).__name__, code)


def home_path() -> str:
    """Return the path of the home page in the active language."""
    return f"/{get_language() or settings.LANGUAGE_CODE}/"
