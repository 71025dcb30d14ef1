"""Where the bytes of library files lie: below the data folder, at no address of their own. A view serves them."""

from __future__ import annotations

from typing import IO

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import FileSystemStorage

PREVIEW = "png"


class LibraryStorage(FileSystemStorage):
    """Files in a folder of the site's data."""

    def url(self, name: str | None) -> str:
        """Raise ValueError: a view sends the files, nothing else does."""
        raise ValueError("Files of the library have no address of their own.")


def library_storage() -> LibraryStorage:
    """Return the storage in the folder that the settings name."""
    return LibraryStorage(location=settings.LIBRARY_ROOT)


def path_of(sha256: str, ending: str) -> str:
    """Return where the file with this content lies in the storage."""
    return f"{sha256[:2]}/{sha256}.{ending}"


def preview_path(sha256: str) -> str:
    """Return where the picture of the first page of a file lies."""
    return f"{sha256[:2]}/{sha256}.preview.{PREVIEW}"


def keep(path: str, data: bytes) -> None:
    """Write `data` unless it is there: the path says what the content is."""
    storage = library_storage()
    if not storage.exists(path):
        storage.save(path, ContentFile(data))


def opened(path: str) -> IO[bytes]:
    """Return the file, open for reading. Raises FileNotFoundError."""
    return library_storage().open(path)
