"""Which files a document has had under each of its addresses."""

from __future__ import annotations

from library.models import DocumentFile, FileVersion, LibraryDocument


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
