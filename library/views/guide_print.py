"""The whole guide on one page, to print."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from library.guides.contents import path_of
from library.guides.reading import guide_context
from library.guides.whole import whole_chapters
from library.models import GuidePage
from platform_site.pages.access import readable_page
from platform_site.ui.languages import language_name


@require_safe
def guide_print(request: HttpRequest, guide: str) -> HttpResponse:
    """Show all chapters of the guide with the slug `guide`. Raises Http404."""
    page = readable_page(request, GuidePage, f"guides/{guide}/")
    shown = page.shown_page(request)
    href = path_of(page.url_path)
    context = {
        **guide_context(page, shown, request),
        "shown": shown,
        "parts": [(block, f"{page.slug}-{anchor}" if anchor else "") for block, anchor in shown.parts()],
        "whole": whole_chapters(page, request, scoped=True),
        "guide_scope": f"{page.slug}-",
        "guide_href": href,
        "canonical": request.build_absolute_uri(href),
        "breadcrumbs": [*page.trail(), (shown.title, href), (_("On one page"), None)],
        "is_stand_in": shown.text_language != page.locale.language_code,
        "original_language": shown.text_language,
        "original_language_name": language_name(shown.text_language),
        "content_languages": set(page.written_group().order_by().values_list("locale__language_code", flat=True)),
    }
    return render(request, "library/guide_print.html", context)
