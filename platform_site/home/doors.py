"""Addresses that are shut or lead elsewhere, named before the patterns of the packages that bring them.

One page takes a password, the sign-in of allauth. Wagtail brings six more (its own sign-in and reset, the sign-in for
private pages, shared passwords of pages and of collections); each leads to the one. Settings alone leave them open.
"""

from __future__ import annotations

from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import path, re_path, reverse


def to_sign_in(request: HttpRequest, **_arguments: object) -> HttpResponse:
    """Lead to the sign-in, with the page that was wanted."""
    return _lead_to("account_login", request)


def to_password_reset(request: HttpRequest, **_arguments: object) -> HttpResponse:
    """Lead to the one form that sends a link for a new password."""
    return _lead_to("account_reset_password", request)


def shut(request: HttpRequest, **_arguments: object) -> HttpResponse:
    """Answer 404: the address has no use here."""
    raise Http404


def _lead_to(url_name: str, request: HttpRequest) -> HttpResponse:
    """Redirect to `url_name`; the sign-in itself checks that `next` stays on this site."""
    wanted = request.GET.get("next", "")
    query = f"?{urlencode({'next': wanted})}" if wanted else ""
    return HttpResponseRedirect(reverse(url_name) + query)


# Behind `/admin/`. Two addresses of Wagtail's answer 500 to anybody who may enter: a test of the error page, and the
# position of the root page, which has no parent.
admin_doors = [
    path("login/", to_sign_in),
    re_path(r"^password_reset/(?:.*/)?$", to_password_reset),
    path("failwhale/", shut),
    path("pages/1/set_position/", shut),
]

# Behind the language prefix.
page_doors = [
    path("_util/login/", to_sign_in),
    path("_util/authenticate_with_password/<int:page_view_restriction_id>/<int:page_id>/", to_sign_in),
]

# Behind `/documents/`.
document_doors = [path("authenticate_with_password/<int:restriction_id>/", to_sign_in)]
