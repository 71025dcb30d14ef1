"""Models of the library."""

from library.models.documents import (
    DocumentInstrument,
    DocumentTerm,
    DocumentUse,
    LibraryDocument,
    LibraryText,
)
from library.models.files import DocumentFile, FileSection, FileVersion, StoredFile
from library.models.guides import ChapterPage, GuideChange, GuideListPage, GuidePage
from library.models.parties import InstrumentParty

__all__ = [
    "ChapterPage",
    "DocumentFile",
    "DocumentInstrument",
    "DocumentTerm",
    "DocumentUse",
    "FileSection",
    "FileVersion",
    "GuideChange",
    "GuideListPage",
    "GuidePage",
    "InstrumentParty",
    "LibraryDocument",
    "LibraryText",
    "StoredFile",
]
