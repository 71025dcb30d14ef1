"""Files outside the language prefixes: pictures, robots.txt, the icon, the site map."""

from __future__ import annotations

import mimetypes
from pathlib import PurePosixPath

from django.contrib.sitemaps import views as sitemap_views
from django.core.exceptions import SuspiciousFileOperation
from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.templatetags.static import static
from django.urls import URLPattern, path
from django.views.decorators.http import require_safe
from wagtail.images import get_image_model

from platform_site.home.sitemaps import sections

# What a picture may be: the types that the cleaning of uploads lets in.
PICTURE_TYPES = frozenset({"image/jpeg", "image/png", "image/webp"})
# Rendered pictures carry the size in their name and never change under it.
PICTURE_AGE = 30 * 24 * 60 * 60


@require_safe
def picture(request: HttpRequest, name: str) -> HttpResponse | FileResponse:
    """Serve a rendered picture. Originals, documents and whatever else lies in the media folder have no address.

    The media folder lies outside of what a web server shows; this is the only door to it. Raises Http404.
    """
    rendition = get_image_model().get_rendition_model().objects.filter(file=f"images/{name}").first()
    kind = mimetypes.guess_type(PurePosixPath(name).name)[0]
    if rendition is None or kind not in PICTURE_TYPES:
        raise Http404
    try:
        opened = default_storage.open(rendition.file.name)
    except (FileNotFoundError, SuspiciousFileOperation) as error:
        raise Http404 from error
    response = FileResponse(opened, content_type=kind)
    response["Cache-Control"] = f"public, max-age={PICTURE_AGE}, immutable"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["X-Content-Type-Options"] = "nosniff"
    return response


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """Tell crawlers what is not for them, and where the site map lies."""
    address = request.build_absolute_uri("/sitemap.xml")
    return TemplateResponse(request, "home/robots.txt", {"sitemap": address}, content_type="text/plain; charset=utf-8")


@require_safe
def icon(request: HttpRequest) -> HttpResponse:
    """Lead browsers that ask for the old address of the icon to the one there is."""
    return HttpResponseRedirect(static("img/favicon.svg"))


@require_safe
def sitemap_index(request: HttpRequest) -> HttpResponse:
    """List the sections of the site map."""
    return sitemap_views.index(request, sections(), sitemap_url_name="sitemap_section")


@require_safe
def sitemap_section(request: HttpRequest, section: str) -> HttpResponse:
    """List the addresses of one section with their twins. Raises Http404 for a section that does not exist."""
    return sitemap_views.sitemap(request, sections(), section=section)


urlpatterns: list[URLPattern] = [
    path("robots.txt", robots, name="robots"),
    path("favicon.ico", icon, name="favicon"),
    path("sitemap.xml", sitemap_index, name="sitemap"),
    path("sitemap-<slug:section>.xml", sitemap_section, name="sitemap_section"),
    path("media/images/<str:name>", picture, name="picture"),
]
