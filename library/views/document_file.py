"""Files of documents: fetched through a view, so that who may read a document decides who gets its file.

A file is always an attachment, of the type that was found when it was checked; nothing of it runs on this site.
"""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseNotModified
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from library.models import DocumentFile, LibraryDocument, StoredFile
from library.storage import UnusableStorageError, opened, path_of, preview_path
from library.versions import stored_version
from platform_site.accounts.principals import STAFF, principals_of
from platform_site.records.access import get_readable
from platform_site.records.audiences import Audience
from platform_site.safety.error_views import error_page
from platform_site.safety.withdrawn import answers_withdrawn

MEDIA_TYPES = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "odt": "application/vnd.oasis.opendocument.text",
    "txt": "text/plain; charset=utf-8",
    "png": "image/png",
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
    "webp": "image/webp",
}
# Whoever may read it at all may keep a public file for so long; the address stays when a new version comes.
PUBLIC_SECONDS = 600
# When to ask again for a file whose folder cannot be used.
RETRY_SECONDS = 600
NOTHING = "default-src 'none'; sandbox"
DOOR = (gettext_lazy("All documents"), "library:document_list")


def readable_file(user: Any, slug: str, key: str) -> tuple[LibraryDocument, DocumentFile]:
    """Return the document and the file under this key. Raises Http404, RecordGone for a withdrawn document."""
    document = get_readable(LibraryDocument.objects.with_files(), user, slug=slug)
    for row in document.files.all():
        if row.key == key:
            return document, row
    raise Http404


@require_safe
@answers_withdrawn(DOOR)
def document_file(request: HttpRequest, slug: str, key: str) -> HttpResponseBase:
    """Send the file that lies under this address now. Raises Http404."""
    document, row = readable_file(request.user, slug, key)
    return _sent(request, row.stored, row.name, is_public=document.audience == Audience.PUBLIC)


@require_safe
@answers_withdrawn(DOOR)
def document_preview(request: HttpRequest, slug: str, key: str) -> HttpResponseBase:
    """Send the picture of the first page of a file. Raises Http404."""
    document, row = readable_file(request.user, slug, key)
    if not row.stored.has_preview:
        raise Http404

    def picture() -> HttpResponseBase:
        return FileResponse(_open(preview_path(row.stored.sha256)), content_type="image/png")

    return _with_headers(request, row.stored, document.audience == Audience.PUBLIC, picture)


@require_safe
def document_file_version(request: HttpRequest, slug: str, key: str, pk: int) -> HttpResponseBase:
    """Send a version that lay under this address, or that a draft holds; for staff alone. Raises Http404."""
    if STAFF not in principals_of(request.user):
        raise Http404
    stored = stored_version(slug, key, pk)
    if stored is None:
        raise Http404
    return _sent(request, stored, f"{slug}-{key}-{pk}.{stored.ending}", is_public=False)


def _sent(request: HttpRequest, stored: StoredFile, name: str, *, is_public: bool) -> HttpResponseBase:
    def whole() -> HttpResponseBase:
        media_type = MEDIA_TYPES[stored.ending]
        response = FileResponse(_open(path_of(stored.sha256, stored.ending)), content_type=media_type)
        response["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name)}"
        return response

    return _with_headers(request, stored, is_public, whole)


def _with_headers(request: HttpRequest, stored: StoredFile, is_public: bool, whole: Any) -> HttpResponseBase:
    tag = f'"{stored.sha256[:32]}"'
    known = is_public and request.headers.get("If-None-Match") == tag
    try:
        response: HttpResponse | HttpResponseBase = HttpResponseNotModified() if known else whole()
    except UnusableStorageError:
        return _not_at_the_moment(request)
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = NOTHING
    if is_public:
        response["Cache-Control"] = f"private, max-age={PUBLIC_SECONDS}"
        response["ETag"] = tag
    else:
        response["Cache-Control"] = "private, no-store"
    return response


def _not_at_the_moment(request: HttpRequest) -> HttpResponse:
    title = _("This file is not here at the moment")
    response = error_page(request, 503, title, template="library/document_file_away.html")
    response["Retry-After"] = str(RETRY_SECONDS)
    response["Cache-Control"] = "private, no-store"
    return response


def _open(path: str) -> Any:
    try:
        return opened(path)
    except FileNotFoundError as error:
        raise Http404 from error
