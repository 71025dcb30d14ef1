"""Where the bytes of library files lie: below the data folder, at no address of their own. A view serves them."""

from __future__ import annotations

import logging
from typing import IO

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import FileSystemStorage

PREVIEW = "png"

logger = logging.getLogger(__name__)


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


class UnusableStorageError(Exception):
    """The folder of the library cannot be used: not there, not allowed, no folder, no room."""


def keep(path: str, data: bytes) -> None:
    """Write `data` unless it is there: the path says what the content is. Raises UnusableStorageError."""
    storage = library_storage()
    try:
        if not storage.exists(path):
            storage.save(path, ContentFile(data))
    except OSError as error:
        logger.exception("The folder of the library cannot be written")
        raise UnusableStorageError from error


def opened(path: str) -> IO[bytes]:
    """Return the file, open for reading. Raises FileNotFoundError, UnusableStorageError."""
    try:
        return library_storage().open(path)
    except FileNotFoundError:
        raise
    except OSError as error:
        logger.exception("The folder of the library cannot be read")
        raise UnusableStorageError from error
