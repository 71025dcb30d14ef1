"""The style guide. Everything else of this app is drawn by other apps' views."""

from __future__ import annotations

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from platform_site.ui import style_guide as guide


def style_guide(request: HttpRequest, page: str = "") -> HttpResponse:
    """Show the components, or one sample page. Answers 404 where the setting `STYLE_GUIDE` is off."""
    if not settings.STYLE_GUIDE:
        raise Http404
    titles = dict(guide.PAGES)
    if page and page not in titles:
        raise Http404
    context = guide.context()
    context["breadcrumbs"] = [("Style guide", None)] if not page else [("Style guide", ".."), (titles[page], None)]
    template = f"ui/style_guide/pages/{page}.html" if page else "ui/style_guide/style_guide.html"
    return render(request, template, context)
