"""The way to the sign-in and back to the page from which somebody came."""

from __future__ import annotations

from urllib.parse import urlencode

from django.contrib.auth import REDIRECT_FIELD_NAME
from django.http import HttpRequest
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from platform_site.accounts.adapter import home_path

# A longer address would make the links of the page too long for some servers.
LONGEST_WAY_BACK = 1500


def sign_in_href(request: HttpRequest) -> str:
    """Return the address of the sign-in that leads back to the page of `request`, with its filters.

    From the home page everybody lands where people of their role begin (see the adapter). A page of the accounts
    themselves is no place to come back to, and may carry a secret; it passes on the place that was wanted before.
    """
    href = reverse("account_login")
    accounts = href.removesuffix("login/")
    wanted = request.GET.get(REDIRECT_FIELD_NAME, "") if request.path.startswith(accounts) else request.get_full_path()
    if wanted == home_path() or len(wanted) > LONGEST_WAY_BACK or _leads_nowhere(wanted):
        return href
    return f"{href}?{urlencode({REDIRECT_FIELD_NAME: wanted}, safe='/')}"


def _leads_nowhere(wanted: str) -> bool:
    """Say whether `wanted` leaves this site; "//name/" is the path of a request here and another host in a link."""
    return not wanted.startswith("/") or not url_has_allowed_host_and_scheme(wanted, allowed_hosts=None)
