"""Who may read a page: restrictions hold for its group of languages and for everything below it."""

from __future__ import annotations

from typing import Any

from django.db.models import Q
from django.http import Http404, HttpRequest
from django.utils.translation import get_language
from wagtail.models import Page, PageViewRestriction, Site


def accepted(request: HttpRequest, thing: Any) -> bool:
    """Say whether the asker is among those for whom the page or collection `thing` is."""
    return all(restriction.accept_request(request) for restriction in thing.get_view_restrictions())


def refused_keys(request: HttpRequest) -> set[Any]:
    """Return the groups of pages (translation keys) that lie under a restriction which refuses the asker."""
    under = Q()
    for restriction in PageViewRestriction.objects.select_related("page"):
        if not restriction.accept_request(request):
            under |= Q(path__startswith=restriction.page.path)
    return set(Page.objects.filter(under).values_list("translation_key", flat=True)) if under else set()


def readable_page(request: HttpRequest, model: Any, path: str) -> Any:
    """Return the page of a type at `path` (behind the language) in the active language, as the asker may read it.

    Raises Http404 for what does not exist, is not published in any language, or is not for the asker.
    """
    page = model.objects.select_related("locale").filter(url_path=home_path() + path).first()
    if page is None or not accepted(request, page):
        raise Http404
    page.route(request, [])
    return page


def home_path() -> str:
    """Return the path of the home page of the active language in the tree. Raises Http404 if there is none."""
    for root in Site.get_site_root_paths():
        if root.language_code == get_language():
            return str(root.root_path)
    raise Http404
