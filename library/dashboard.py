"""What the editors of the library look after: files that cannot be read, addresses that lead nowhere."""

from __future__ import annotations

from typing import Any

from django.contrib.admin.utils import quote
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from library.models import DocumentFile, LibraryDocument, StoredFile
from platform_site.records.dashboard import NAMED, DeskContent, DeskLink, DeskList, DeskRow

UNREADABLE = (
    StoredFile.State.NO_TEXT,
    StoredFile.State.EMPTY,
    StoredFile.State.ENCRYPTED,
    StoredFile.State.TOO_LONG,
    StoredFile.State.BROKEN,
)


def _form(pk: int) -> str:
    viewset = LibraryDocument.snippet_viewset
    return reverse(viewset.get_url_name("edit"), args=[quote(pk)])


def _list(query: str = "") -> DeskLink:
    viewset = LibraryDocument.snippet_viewset
    return DeskLink(_("All documents"), reverse(viewset.get_url_name("list")) + query)


class FilesPanel(DeskList):
    """Files of published documents whose text readers cannot search."""

    name = "library_files"
    heading = gettext_lazy("Files without text")
    empty = gettext_lazy("The text of every file can be read.")
    order = 170

    def content(self, request: Any) -> DeskContent:
        """Return the files with what is the matter."""
        found = DocumentFile.objects.filter(document__live=True, stored__state__in=UNREADABLE)
        rows = [
            DeskRow(str(row.document), _form(row.document_id), f"{row.name}: {row.stored.get_state_display()}")
            for row in found.select_related("document", "stored").order_by("document__name")[:NAMED]
        ]
        return DeskContent(found.count() if len(rows) == NAMED else len(rows), rows, [_list()] if rows else [])


class LinksPanel(DeskList):
    """Published documents whose address on the web leads nowhere (`check_links`)."""

    name = "library_links"
    heading = gettext_lazy("Dead addresses")
    empty = gettext_lazy("No address is known to be dead.")
    order = 175

    def content(self, request: Any) -> DeskContent:
        """Return the documents with the day of the check."""
        dead = LibraryDocument.objects.published().filter(link_state=LibraryDocument.LinkState.DEAD)
        rows = [
            DeskRow(document.name, _form(document.pk), document.address)
            for document in dead.order_by("link_checked_on", "name")[:NAMED]
        ]
        return DeskContent(dead.count() if len(rows) == NAMED else len(rows), rows, [_list("?link_state=dead")])
