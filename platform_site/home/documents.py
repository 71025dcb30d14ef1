"""Documents that pages lead to: who may have one, and how it is handed out; several at once into the library.

A document is as public as the pages that link to it (`/documents/7/name.pdf` in a text or a list of links): uploading
one publishes nothing, and the publish gate of the page decides.
"""

from __future__ import annotations

from typing import Any

from django.core.exceptions import SuspiciousFileOperation
from django.db.models import Q, TextField
from django.db.models.functions import Cast
from django.http import FileResponse, Http404, HttpRequest
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from wagtail.admin.auth import require_admin_access
from wagtail.documents import get_document_model
from wagtail.documents.views.multiple import AddView as AddDocumentsView
from wagtail.fields import StreamField
from wagtail.images.views.multiple import AddView as AddImagesView

from platform_site.accounts.principals import STAFF, principals_of
from platform_site.pages.access import accepted
from platform_site.pages.site_page import site_page_types
from platform_site.safety.documents import KINDS, TEXT, kind_of
from platform_site.texts.models import FormattedTextField


@require_safe
def document(request: HttpRequest, key: str, name: str) -> FileResponse:
    """Hand out a document as a file to keep, never inside the browser.

    Raises Http404 for one that does not exist, has another name, or that this reader may not know of.
    """
    found = get_document_model().objects.filter(pk=key).first() if len(key) <= LONGEST_KEY else None
    if found is None or found.filename != name or not may_read(request, found):
        raise Http404
    try:
        opened = found.file.open("rb")
    except (FileNotFoundError, SuspiciousFileOperation) as error:
        raise Http404 from error
    kind = kind_of(name)
    content_type = KINDS[kind] if kind else "application/octet-stream"
    response = FileResponse(opened, as_attachment=True, filename=name, content_type=content_type)
    if content_type == TEXT:
        response["Content-Type"] = f"{TEXT}; charset=utf-8"
    # Asked for again each time: what is taken off the site is gone at once. Nobody else's cache keeps it.
    response["Cache-Control"] = "no-store, private" if request.user.is_authenticated else "private, no-cache"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["X-Content-Type-Options"] = "nosniff"
    return response


LONGEST_KEY = 18


def may_read(request: HttpRequest, found: Any) -> bool:
    """Say whether the asker may have the document `found`: staff, and whoever may read a published page with it."""
    if STAFF in principals_of(request.user):
        return True
    return accepted(request, found.collection) and any(accepted(request, page) for page in pages_with(found))


def pages_with(found: Any) -> list[Any]:
    """Return the published pages whose text links to the document `found`."""
    address = f"/documents/{found.pk}/"
    pages: list[Any] = []
    for model in site_page_types():
        texts = [
            field.name for field in model._meta.get_fields() if isinstance(field, StreamField | FormattedTextField)
        ]
        mentions = Q(pk__in=[])
        for name in texts:
            mentions |= Q(**{f"{name}_as_text__contains": address})
        # The blocks of a body are JSON to the database.
        as_text = {f"{name}_as_text": Cast(name, TextField()) for name in texts}
        pages += model.objects.live().annotate(**as_text).filter(mentions)
    return pages


class _OneAnswer:
    """Mixed into Wagtail's screens for several files: whatever is wrong refuses the file at once.

    Wagtail keeps the file aside as it came, uncleaned, if only another field is wrong, and takes it from there later.
    """

    def get_upload_form_class(self) -> Any:
        """Return the form with every error moved to the file."""
        base = super().get_upload_form_class()  # type: ignore[misc]  # mixed into a view that has it

        class UploadForm(base):  # type: ignore[misc, valid-type]  # Wagtail makes the class as it runs
            def full_clean(self) -> None:
                super().full_clean()
                if self.is_bound and self.errors and "file" not in self.errors:
                    self.add_error("file", [message for errors in self.errors.values() for message in errors])

        return UploadForm


@method_decorator([never_cache, require_admin_access], name="dispatch")
class AddDocuments(_OneAnswer, AddDocumentsView):
    """Several documents at once."""


@method_decorator([never_cache, require_admin_access], name="dispatch")
class AddImages(_OneAnswer, AddImagesView):
    """Several pictures at once."""
