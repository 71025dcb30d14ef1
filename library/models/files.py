"""Files of documents: what is stored once by its content, under which address a document shows it, and its text."""

from __future__ import annotations

from typing import ClassVar

from django.core.validators import validate_slug
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey

from library.models.documents import PUBLIC, LibraryDocument
from platform_site.records.models import RecordPart


class StoredFile(models.Model):
    """A file as it is kept: known by its content, never changed. Its bytes lie in `library.storage`."""

    class State(models.TextChoices):
        """What reading its text came to."""

        READ = "read", _("text can be read and searched")
        NO_TEXT = "no_text", _("no text layer: pictures of pages only")
        EMPTY = "empty", _("empty: it holds no words")
        ENCRYPTED = "encrypted", _("encrypted: the text cannot be read")
        TOO_LONG = "too_long", _("too long: only the first pages can be read here")
        BROKEN = "broken", _("the text could not be read")
        PICTURE = "picture", _("a picture")

    sha256 = models.CharField(max_length=64, unique=True)
    ending = models.CharField(max_length=5)
    size = models.PositiveBigIntegerField()
    pages = models.PositiveIntegerField(null=True)
    words = models.PositiveIntegerField(default=0)
    parts = models.PositiveIntegerField(default=0)
    state = models.CharField(max_length=10, choices=State.choices)
    has_preview = models.BooleanField(default=False)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("stored file")

    def __str__(self) -> str:
        return f"{self.sha256[:12]}.{self.ending}"

    @classmethod
    def received(cls, name: str, data: bytes) -> StoredFile:
        """Return what an upload is kept as: checked, cleaned, read. Raises ValidationError with the reason."""
        from library.uploads import clean_upload, store_file

        return store_file(name=name, data=clean_upload(name, data))

    @property
    def can_be_read(self) -> bool:
        """Whether there is a reading view."""
        return self.parts > 0


class FileSection(models.Model):
    """A section of a file's text: a page of a PDF, or what stands under a heading.

    `anchor` names it in addresses and stays the same when the text is extracted again; `part` is the page of the
    reading view that shows it, from 1.
    """

    stored = models.ForeignKey(StoredFile, models.CASCADE, related_name="sections")
    number = models.PositiveIntegerField()
    anchor = models.CharField(max_length=80)
    heading = models.CharField(max_length=300, blank=True)
    level = models.PositiveSmallIntegerField(default=0)
    page = models.PositiveIntegerField(null=True)
    part = models.PositiveIntegerField()
    text = models.TextField()

    class Meta:
        ordering: ClassVar[list[str]] = ["number"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["stored", "number"], name="library_section_number_once"),
            models.UniqueConstraint(fields=["stored", "anchor"], name="library_section_anchor_once"),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["stored", "part"], name="library_section_by_part"),
        ]

    def __str__(self) -> str:
        return self.anchor


class DocumentFile(RecordPart):
    """A file of a document in one language. Its address stays when another version takes its place."""

    document = ParentalKey(LibraryDocument, related_name="files")
    key = models.CharField(max_length=40, blank=True, editable=False, validators=[validate_slug])
    language = models.CharField(_("language"), max_length=12, default="en")
    label = models.CharField(
        _("what it is"), max_length=120, blank=True, help_text=_("Only for a part or a form of it: “Annex”, “Form”.")
    )
    name = models.CharField(_("name of the file"), max_length=150, editable=False)
    stored = models.ForeignKey(
        StoredFile, models.PROTECT, related_name="document_files", editable=False, verbose_name=_("file")
    )
    # Of the file as it was given, before it was cleaned: an import sees that it is the same again.
    given_sha256 = models.CharField(max_length=64, blank=True, editable=False)
    sort_order = models.PositiveIntegerField(default=0, editable=False)

    # While a package is read: the name of the file that is to be taken, and whether its language was given.
    pending = ""
    language_given = False

    field_audiences: ClassVar[dict[str, str]] = {
        **dict.fromkeys(("key", "language", "label", "name", "stored", "sort_order"), PUBLIC),
        "given_sha256": "staff",
    }

    class Meta:
        verbose_name = _("file")
        verbose_name_plural = _("files")
        ordering: ClassVar[list[str]] = ["sort_order", "id"]

    def __str__(self) -> str:
        return self.name


class FileVersion(models.Model):
    """That a document has had a file under an address since a day: old versions are kept and listed for editors."""

    document = models.ForeignKey(LibraryDocument, models.CASCADE, related_name="file_versions")
    key = models.CharField(max_length=40)
    name = models.CharField(max_length=150)
    stored = models.ForeignKey(StoredFile, models.PROTECT, related_name="versions")
    since = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["-since", "-pk"]

    def __str__(self) -> str:
        return f"{self.name} {self.since:%Y-%m-%d}"
