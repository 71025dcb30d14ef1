"""Addresses that are shut or lead elsewhere, named before the patterns of the packages that bring them.

One page takes a password, the sign-in of allauth. Wagtail brings six more (its own sign-in and reset, the sign-in for
private pages, shared passwords of pages and of collections); each leads to the one. Settings alone leave them open.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlencode

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import path, re_path, reverse
from django.views.decorators.cache import never_cache
from wagtail.admin.auth import require_admin_access
from wagtail.utils.urlpatterns import decorate_urlpatterns

from platform_site.accounts.viewsets import OwnAccount
from platform_site.home.admin_views import review_action
from platform_site.home.documents import AddDocuments, AddImages, document

OPEN_ADMIN = frozenset({"wagtailadmin_sprite", "wagtailadmin_javascript_catalog"})


def to_sign_in(request: HttpRequest, **_arguments: object) -> HttpResponse:
    """Lead to the sign-in, with the page that was wanted."""
    return _lead_to("account_login", request)


def to_password_reset(request: HttpRequest, **_arguments: object) -> HttpResponse:
    """Lead to the one form that sends a link for a new password."""
    return _lead_to("account_reset_password", request)


def shut(request: HttpRequest, **_arguments: object) -> HttpResponse:
    """Answer 404: the address has no use here."""
    raise Http404


def for_staff(patterns: list[Any]) -> list[Any]:
    """Return the addresses of the editors' desk `patterns` so that who is signed in without a right to it gets 403.

    Wagtail sends them to the sign-in, which sends who is signed in back to where they came from, for ever. Visitors
    still go to the sign-in. The icons and words of the interface stay open: nothing of the site is in them.
    """
    inside = [pattern for pattern in patterns if getattr(pattern, "name", None) not in OPEN_ADMIN]
    decorate_urlpatterns(inside, _refuse_outsiders)
    return patterns


def _refuse_outsiders(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    @wraps(view)
    def refusing(request: HttpRequest, *arguments: Any, **named: Any) -> HttpResponse:
        if request.user.is_authenticated and not request.user.has_perm("wagtailadmin.access_admin"):
            raise PermissionDenied
        return view(request, *arguments, **named)

    return refusing


def _lead_to(url_name: str, request: HttpRequest) -> HttpResponse:
    """Redirect to `url_name`; the sign-in itself checks that `next` stays on this site."""
    wanted = request.GET.get("next", "")
    query = f"?{urlencode({'next': wanted})}" if wanted else ""
    return HttpResponseRedirect(reverse(url_name) + query)


# Behind `/admin/`.
admin_doors = [
    path("login/", to_sign_in),
    re_path(r"^password_reset/(?:.*/)?$", to_password_reset),
    # A test of the error page: it answers 500 to anybody who may enter.
    path("failwhale/", shut),
    # The root is no page and has no parent; Wagtail forgets that here.
    re_path(r"^pages/1/(?:set_position|lock|unlock|move/\d+/confirm)/$", shut),
    # Publishing by the interface of the page explorer would go round the publish gate; nothing in the screens uses it.
    re_path(r"^api/main/pages/\d+/action/", shut),
    # Nothing in the screens looks a thing up this way, and a number that is none became a server error.
    re_path(r"^api/main/\w+/find/$", shut),
    # In place of Wagtail's, which asks for two names and a picture.
    path("account/", never_cache(require_admin_access(OwnAccount.as_view()))),
    # In place of Wagtail's, which says nothing of why the publish gate refuses.
    path("pages/workflow/action/<int:page_id>/<slug:action_name>/<int:task_state_id>/", review_action),
    # A chosen thing has a number; anything else became a server error.
    re_path(r"^(?:images|documents)/chooser/chosen/(?!\d+/$)[^/]+/$", shut),
    re_path(r"^snippets/choose/\w+/\w+/chosen/(?!\d+/$)[^/]+/$", shut),
    # Records are not made inside a chooser, and texts here are no rich text, which alone chooses links this way.
    re_path(r"^snippets/choose/\w+/\w+/create/$", shut),
    re_path(r"^choose-(?:external|email|phone|anchor)-link/$", shut),
    # In place of Wagtail's, which keep an uploaded file as it came if another field is wrong.
    path("documents/multiple/add/", AddDocuments.as_view()),
    path("images/multiple/add/", AddImages.as_view()),
    path("documents/multiple/create_from_uploaded_document/<int:uploaded_file_id>/", shut),
    path("images/multiple/create_from_uploaded_image/<int:uploaded_file_id>/", shut),
    # Redirects are few and made one by one.
    re_path(r"^redirects/import/", shut),
]

# Behind the language prefix.
page_doors = [
    path("_util/login/", to_sign_in, name="wagtailcore_login"),
    path(
        "_util/authenticate_with_password/<int:page_view_restriction_id>/<int:page_id>/",
        to_sign_in,
        name="wagtailcore_authenticate_with_password",
    ),
]

# Behind `/documents/`, in place of `wagtail.documents.urls`: the names are Wagtail's, which links by them.
document_doors = [
    re_path(r"^(\d+)/(.*)$", document, name="wagtaildocs_serve"),
    path("authenticate_with_password/<int:restriction_id>/", to_sign_in, name="wagtaildocs_authenticate_with_password"),
]
