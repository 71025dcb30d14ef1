"""Rows of the editors' form that hold what a plain field cannot: an uploaded file."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from library.uploads import clean_upload, plain_name, store_file
from library.wording import kind_words
from platform_site.records.forms import TermsForm

ACCEPTED = ".pdf,.docx,.odt,.txt,.png,.jpg,.jpeg,.webp"


@dataclass(frozen=True)
class Upload:
    """A file that was checked and cleaned; `given_sha256` is of its bytes before."""

    name: str
    data: bytes
    given_sha256: str


class DocumentFileForm(TermsForm):
    """A file of a document in one language: uploaded, or another version in the place of the one that is there."""

    upload = forms.FileField(
        label=gettext_lazy("File"), required=False, widget=forms.FileInput(attrs={"accept": ACCEPTED})
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "upload" not in self.fields:
            return
        note = _("PDF, DOCX, ODT, plain text or a picture. Names, places and remarks of authors are taken out of it.")
        if self.instance.stored_id is not None:
            stored = self.instance.stored
            words = {"name": self.instance.name, "kind": kind_words(self.instance), "state": stored.get_state_display()}
            note = _("Now: %(name)s (%(kind)s; %(state)s). Another file takes its place, its address stays.") % words
        self.fields["upload"].help_text = note

    def clean_upload(self) -> Any:
        """Check the file and return it cleaned; it is not kept yet. Raises ValidationError with the reason."""
        upload = self.cleaned_data.get("upload")
        if not upload:
            return None
        given, name = upload.read(), plain_name(upload.name)
        return Upload(name, clean_upload(name, given), hashlib.sha256(given).hexdigest())

    def clean(self) -> dict[str, Any]:
        """Refuse a row without a file. Raises ValidationError."""
        cleaned = super().clean()
        has_file = self.instance.stored_id is not None or bool(cleaned.get("upload"))
        if "upload" in self.fields and not has_file and "upload" not in self.errors:
            self.add_error("upload", ValidationError(_("Choose a file.")))
        return cleaned

    def save(self, commit: bool = True) -> Any:
        """Save the row. Only now is the file kept: a form that is refused leaves nothing behind."""
        upload = self.cleaned_data.get("upload")
        if upload:
            self.instance.stored = store_file(name=upload.name, data=upload.data)
            self.instance.name = upload.name
            self.instance.given_sha256 = upload.given_sha256
        return super().save(commit=commit)
