"""A few addresses to try the safety app on, without the rest of the site."""

from __future__ import annotations

from django.conf.urls.i18n import i18n_patterns
from django.contrib import messages
from django.contrib.auth import login, logout
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.urls import include, path

from platform_site.accounts.models import User
from platform_site.safety import error_views, rate_limits

handler400 = error_views.bad_request
handler403 = error_views.permission_denied
handler404 = error_views.page_not_found
handler500 = error_views.server_error


def read(request: HttpRequest) -> HttpResponse:
    """A public page that asks whether somebody is signed in, as the header of every page does."""
    return HttpResponse("desk" if request.user.is_authenticated else "sign in")


def form(request: HttpRequest) -> HttpResponse:
    """A page that holds a POST form."""
    return HttpResponse("sent" if request.method == "POST" else get_token(request))


def data(request: HttpRequest) -> JsonResponse:
    return JsonResponse({"count": 1})


def own_headers(request: HttpRequest) -> HttpResponse:
    return HttpResponse("file", headers={"Content-Security-Policy": "default-src 'none'; sandbox"})


def preview(request: HttpRequest) -> HttpResponse:
    request.is_preview = True
    return HttpResponse("preview")


def hidden(request: HttpRequest) -> HttpResponse:
    from django.http import Http404

    raise Http404("Organisation 7 of the members")


def forbidden(request: HttpRequest) -> HttpResponse:
    raise PermissionDenied("only reviewers")


def suspicious(request: HttpRequest) -> HttpResponse:
    raise SuspiciousOperation("a forged thing")


def full_disk(request: HttpRequest) -> HttpResponse:
    raise OperationalError("database or disk is full")


def crash(request: HttpRequest) -> HttpResponse:
    raise RuntimeError("caseworker@example.org looked for /en/directory/?q=secret")


def keyed(request: HttpRequest, key: str) -> HttpResponse:
    return HttpResponse("opened")


def keyed_crash(request: HttpRequest, key: str) -> HttpResponse:
    raise RuntimeError(f"The link {key} does not fit.")


def withdrawn(request: HttpRequest) -> HttpResponse:
    return error_views.gone(request, "It has closed.", [("Its successor", "/en/read/")])


def limited(request: HttpRequest) -> HttpResponse:
    if rate_limits.allow("test.limited", rate_limits.client_key(request), limit=2, seconds=120):
        return HttpResponse("done")
    return error_views.too_many_requests(request, retry_after=120)


def notify(request: HttpRequest) -> HttpResponse:
    messages.info(request, "Something happened.")
    return HttpResponse("noted")


def read_notices(request: HttpRequest) -> HttpResponse:
    return HttpResponse(" | ".join(str(message) for message in messages.get_messages(request)))


def sign_in(request: HttpRequest) -> HttpResponse:
    user = User.objects.get(email=request.GET["email"])
    login(request, user, backend="django.contrib.auth.backends.ModelBackend")
    return HttpResponse("in")


def sign_out(request: HttpRequest) -> HttpResponse:
    logout(request)
    return HttpResponse("out")


urlpatterns = [
    path("health/", include("platform_site.health")),
    path("admin/screen/", read),
    path("accounts/login/", read),
    path("outside/<str:key>/", keyed),
    path("outside/<str:key>/crash/", keyed_crash),
    *i18n_patterns(
        path("", include("platform_site.safety.urls")),
        path("safety/", read, name="safety_page"),
        path("read/", read, name="read"),
        path("accounts/login/", read),
        path("form/", form),
        path("data/", data),
        path("own-headers/", own_headers),
        path("preview/", preview),
        path("hidden/", hidden),
        path("forbidden/", forbidden),
        path("suspicious/", suspicious),
        path("crash/", crash),
        path("full-disk/", full_disk),
        path("withdrawn/", withdrawn),
        path("limited/", limited),
        path("notify/", notify),
        path("notices/", read_notices),
        path("sign-in/", sign_in, name="account_login"),
        path("sign-out/", sign_out, name="account_logout"),
    ),
]


def broken_processor(request: HttpRequest) -> dict[str, object]:
    raise RuntimeError("a context processor that crashes")
