"""Taking a file into the library: checked, cleaned, kept once by its content, its text read."""

from __future__ import annotations

import hashlib
import re
from pathlib import PurePosixPath
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from library.extraction.reading import PICTURES, ReadFile, read_file
from library.models import FileSection, StoredFile
from library.storage import UnusableStorageError, keep, opened, path_of, preview_path
from platform_site.safety.documents import clean_document
from platform_site.safety.pictures import clean_picture

LARGEST = 50 * 1024 * 1024
_ODD = re.compile(r"[^\w.() -]+")


def plain_name(name: str) -> str:
    """Return the name of a file as it is kept: no folders, no odd characters, 150 at most with its ending in small."""
    path = PurePosixPath(name.replace("\\", "/").split("/")[-1])
    stem = _ODD.sub("-", path.stem).strip(" .-") or "file"
    return f"{stem[:140]}{path.suffix.lower()[:6]}"


def clean_upload(name: str, data: bytes) -> bytes:
    """Return the file written anew, without metadata.

    Raises ValidationError, with the reason, for what is too large, is no PDF, DOCX, ODT, plain text or picture by its
    content, is encrypted or broken, or holds something that runs.
    """
    if len(data) > LARGEST:
        raise ValidationError(_("The file is larger than %(megabytes)d MB.") % {"megabytes": LARGEST // 1024 // 1024})
    upload: Any = ContentFile(data, name=name)
    if ending_of(name) in PICTURES:
        # The picture's own format decides how it is written; its name has to say the same.
        cleaned = clean_picture(upload).read()
        if picture_ending(cleaned) != {"jpeg": "jpg"}.get(ending_of(name), ending_of(name)):
            raise ValidationError(_("The file is not what the ending of its name says."))
        return bytes(cleaned)
    return bytes(clean_document(upload).read())


def ending_of(name: str) -> str:
    """Return the ending of a file's name in small letters, without the dot."""
    return PurePosixPath(name).suffix.lower().removeprefix(".")


def picture_ending(data: bytes) -> str:
    """Return the ending for a cleaned picture by its first bytes."""
    if data.startswith(b"\x89PNG"):
        return "png"
    return "jpg" if data.startswith(b"\xff\xd8") else "webp"


def store_file(*, name: str, data: bytes) -> StoredFile:
    """Keep a file that was cleaned (`clean_upload`), read its text, and return it; the same content is kept once.

    Raises ValidationError if the folder of the library cannot be used.
    """
    try:
        return _stored(name, data)
    except UnusableStorageError as error:
        raise ValidationError(
            _("The file cannot be kept at the moment: the site has no place to write it. Tell whoever runs the site.")
        ) from error


def _stored(name: str, data: bytes) -> StoredFile:
    sha256 = hashlib.sha256(data).hexdigest()
    known = StoredFile.objects.filter(sha256=sha256).first()
    if known is not None:
        keep(path_of(sha256, known.ending), data)
        # Its document is saved after it: from now on, too, the sweep waits.
        StoredFile.objects.filter(pk=known.pk).update(created_at=timezone.now())
        return known
    ending = ending_of(name)
    found = read_file(data, ending)
    keep(path_of(sha256, ending), data)
    with transaction.atomic():
        # Reading takes seconds, in which somebody else may have stored the same file.
        values = {"ending": ending, "size": len(data), "state": found.state}
        stored, is_new = StoredFile.objects.get_or_create(sha256=sha256, defaults=values)
        if is_new:
            _keep_text(stored, found)
    return stored


def read_again(stored: StoredFile) -> None:
    """Read the text of a stored file anew: after the way of reading changed. Anchors of the same text stay."""
    with opened(path_of(stored.sha256, stored.ending)) as handle:
        found = read_file(handle.read(), stored.ending)
    with transaction.atomic():
        stored.sections.all().delete()
        _keep_text(stored, found)


def _keep_text(stored: StoredFile, found: ReadFile) -> None:
    FileSection.objects.bulk_create(
        (
            FileSection(
                stored=stored,
                number=section.number,
                anchor=section.anchor,
                heading=section.heading,
                level=section.level,
                page=section.page,
                part=section.part,
                text=section.text,
            )
            for section in found.sections
        ),
        batch_size=500,
    )
    stored.state = found.state
    stored.pages = found.pages
    stored.words = sum(section.words for section in found.sections)
    stored.parts = max((section.part for section in found.sections), default=0)
    stored.has_preview = bool(found.preview)
    stored.save()
    if found.preview:
        keep(preview_path(stored.sha256), found.preview)
