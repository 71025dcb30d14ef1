"""Which response headers a page gets: content security policy, referrer, permissions, what caches may keep.

Pure functions over request and response; `middleware` calls them. The rules are section 5 of the security notes.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.cache import patch_cache_control
from django.utils.translation import get_language_from_path

PREVIEW_ANCESTORS = ["'self'"]


def is_static(request: HttpRequest) -> bool:
    """Tell whether the request is for a static file, which is the same for everybody."""
    return request.path.startswith(settings.STATIC_URL)


def is_admin(request: HttpRequest) -> bool:
    """Tell whether the request is for a screen of Wagtail's admin."""
    return request.path_info.startswith(settings.ADMIN_PATH)


def is_private_path(request: HttpRequest) -> bool:
    """Tell whether the path belongs to the admin or the account pages, with or without a language prefix."""
    path = request.path_info
    language = get_language_from_path(path)
    if language:
        path = path[len(language) + 1 :]
    return path.startswith(tuple(settings.PRIVATE_PATHS))


def carries_session(request: HttpRequest, response: HttpResponseBase) -> bool:
    """Tell whether the browser came with a session or leaves with one.

    Asks the cookies alone: `request.user` would open the session and the database for every visitor.
    """
    return settings.SESSION_COOKIE_NAME in request.COOKIES or settings.SESSION_COOKIE_NAME in response.cookies


def carries_form_token(response: HttpResponseBase) -> bool:
    """Tell whether the page holds a POST form, which is when Django sends its token as a cookie."""
    return settings.CSRF_COOKIE_NAME in response.cookies


def policy_text(directives: Mapping[str, Sequence[str]]) -> str:
    """Return a Content-Security-Policy header for directives in the shape of Django 6's SECURE_CSP."""
    return "; ".join(" ".join([name, *sources]) for name, sources in directives.items())


def content_security_policy(request: HttpRequest) -> str:
    """Return the policy for the page: strict, the admin's, or the strict one inside the admin's preview frame."""
    if getattr(request, "is_preview", False):
        return policy_text({**settings.CONTENT_SECURITY_POLICY, "frame-ancestors": PREVIEW_ANCESTORS})
    return policy_text(
        settings.CONTENT_SECURITY_POLICY_ADMIN if is_admin(request) else settings.CONTENT_SECURITY_POLICY
    )


@lru_cache
def permissions_policy(*, inside: bool) -> str:
    """Return a Permissions-Policy that turns all listed features off; `inside` leaves passkeys to account pages."""
    kept = settings.PERMISSIONS_POLICY_INSIDE if inside else ()
    return ", ".join(f"{name}=({'self' if name in kept else ''})" for name in settings.PERMISSIONS_POLICY_OFF)


def referrer_policy(request: HttpRequest, response: HttpResponseBase) -> str:
    """Return `no-referrer` for what the public reads, `same-origin` inside and on pages with a POST form.

    A page with `no-referrer` sends its forms with `Origin: null`, which Django's check of the origin refuses.
    """
    inside = is_private_path(request) or carries_session(request, response) or carries_form_token(response)
    return "same-origin" if inside else "no-referrer"


def set_security_headers(request: HttpRequest, response: HttpResponseBase) -> None:
    """Add the security headers that the view has not set itself."""
    headers = response.headers
    headers.setdefault("Content-Security-Policy", content_security_policy(request))
    headers.setdefault("Permissions-Policy", permissions_policy(inside=is_private_path(request)))
    headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
    headers.setdefault("Referrer-Policy", referrer_policy(request, response))


def set_cache_headers(request: HttpRequest, response: HttpResponseBase) -> None:
    """Keep what is personal out of every cache, and public pages the same for everybody.

    Signed-in answers, account pages and pages with a form token: `no-store, private`. Other HTML pages of visitors:
    `private, no-cache`, and no `Vary: Cookie`. That one comes from asking whether somebody is signed in; with no
    session cookie in the request the answer is the same for all, and no shared cache may keep the page anyway.
    """
    if is_static(request):
        return
    if carries_session(request, response) or is_private_path(request) or carries_form_token(response):
        del response["Cache-Control"]
        patch_cache_control(response, no_store=True, private=True)
        return
    if not response.cookies:
        drop_vary(response, "cookie")
    if response.headers.get("Content-Type", "").startswith("text/html"):
        response.headers.setdefault("Cache-Control", "private, no-cache")


def drop_vary(response: HttpResponseBase, name: str) -> None:
    """Take the request header `name` (lower case) out of the response's Vary."""
    kept = [part.strip() for part in response.headers.get("Vary", "").split(",")]
    kept = [part for part in kept if part and part.lower() != name]
    if kept:
        response.headers["Vary"] = ", ".join(kept)
    elif response.has_header("Vary"):
        del response.headers["Vary"]
