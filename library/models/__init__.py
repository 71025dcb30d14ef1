"""Models of the library."""

from library.models.documents import (
    DocumentInstrument,
    DocumentTerm,
    DocumentUse,
    LibraryDocument,
    LibraryText,
)
from library.models.files import DocumentFile, FileSection, FileVersion, StoredFile
from library.models.parties import InstrumentParty

__all__ = [
    "DocumentFile",
    "DocumentInstrument",
    "DocumentTerm",
    "DocumentUse",
    "FileSection",
    "FileVersion",
    "InstrumentParty",
    "LibraryDocument",
    "LibraryText",
    "StoredFile",
]
