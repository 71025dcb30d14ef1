"""What the frame of every page needs: name, navigation, the path without its language."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import get_script_prefix
from django.utils.functional import SimpleLazyObject
from django.utils.translation import get_language

from platform_site.accounts.roles import is_editor
from platform_site.accounts.sign_in import sign_in_href
from platform_site.ui import navigation
from platform_site.ui.languages import path_without_prefix


def site_chrome(request: HttpRequest) -> dict[str, Any]:
    """Return the values that `ui/base.html` shows on every page. It asks the database nothing."""
    path = request.path
    return {
        "platform_name": settings.PLATFORM_NAME,
        "platform_tagline": settings.PLATFORM_TAGLINE,
        "home_url": SimpleLazyObject(lambda: f"{get_script_prefix()}{get_language() or settings.LANGUAGE_CODE}/"),
        # Roles are asked once per request anyway; Wagtail's own permission would cost two queries on every page.
        "has_desk": SimpleLazyObject(lambda: is_editor(getattr(request, "user", None))),
        "sign_in_href": SimpleLazyObject(lambda: sign_in_href(request)),
        "unprefixed_path": path_without_prefix(request.path_info),
        "main_navigation": SimpleLazyObject(lambda: navigation.links("main", path)),
        "search_places": SimpleLazyObject(lambda: navigation.links("search", path)),
        "footer_columns": SimpleLazyObject(
            lambda: {area: navigation.links(area, path) for area in ("use", "platform", "care")}
        ),
    }
