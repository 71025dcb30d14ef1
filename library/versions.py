"""Which files a document has had under each of its addresses."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.contrib.contenttypes.models import ContentType
from wagtail.models import Revision

from library.models import DocumentFile, FileVersion, LibraryDocument, StoredFile


def note_versions(document: LibraryDocument) -> None:
    """Keep for each address of the published document which file lies there now, if that is news."""
    latest: dict[str, int] = {}
    for key, stored in FileVersion.objects.filter(document=document).order_by("pk").values_list("key", "stored_id"):
        latest[key] = stored
    FileVersion.objects.bulk_create(
        FileVersion(document=document, key=row.key, name=row.name, stored_id=row.stored_id)
        for row in DocumentFile.objects.filter(document_id=document.pk)
        if latest.get(row.key) != row.stored_id
    )


def versions_of(document: LibraryDocument) -> list[FileVersion]:
    """Return the files that the document has had, the newest first; for editors."""
    return list(FileVersion.objects.filter(document_id=document.pk).select_related("stored"))


def stored_version(slug: str, key: str, pk: int) -> StoredFile | None:
    """Return the stored file `pk`, if the document `slug` has or had it under the address `key`, or a draft of it has.

    None for any other file.
    """
    document = LibraryDocument.objects.filter(slug=slug).first()
    if document is None:
        return None
    held = {row["stored"] for row in _rows_in(document.revisions.all()) if row.get("key") == key}
    for rows in (FileVersion.objects, DocumentFile.objects):
        held.update(rows.filter(document=document, key=key).values_list("stored_id", flat=True))
    return StoredFile.objects.filter(pk=pk).first() if pk in held else None


def named_files() -> set[int]:
    """Return the stored files (primary keys) that a document, a version or a revision of a document names."""
    kind = ContentType.objects.get_for_model(LibraryDocument)
    named = {row["stored"] for row in _rows_in(Revision.objects.filter(content_type=kind))}
    for rows in (FileVersion.objects, DocumentFile.objects):
        named.update(rows.values_list("stored_id", flat=True))
    return named


def _rows_in(revisions: Any) -> Iterator[dict[str, Any]]:
    for files in revisions.order_by().values_list("content__files", flat=True).iterator(chunk_size=500):
        yield from files or []
