"""Rows of the editors' form that hold what a plain field cannot: an uploaded file, the record that uses a tool."""

from __future__ import annotations

import hashlib
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from library.models import DocumentUse
from library.uploads import clean_upload, plain_name, store_file
from library.wording import kind_words
from platform_site.records.forms import TermsForm
from platform_site.records.registry import record_for_key

ACCEPTED = ".pdf,.docx,.odt,.txt,.png,.jpg,.jpeg,.webp"


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
        """Check and clean the file. Raises ValidationError with the reason of a refusal."""
        upload = self.cleaned_data.get("upload")
        if not upload:
            return None
        given = upload.read()
        name = plain_name(upload.name)
        self.instance.stored = store_file(name=name, data=clean_upload(name, given))
        self.instance.name = name
        self.instance.given_sha256 = hashlib.sha256(given).hexdigest()
        return upload

    def clean(self) -> dict[str, Any]:
        """Refuse a row without a file. Raises ValidationError."""
        cleaned = super().clean()
        if "upload" in self.fields and self.instance.stored_id is None and "upload" not in self.errors:
            self.add_error("upload", ValidationError(_("Choose a file.")))
        return cleaned


class DocumentUseForm(TermsForm):
    """A record that uses the document, named by its key."""

    record_key = forms.CharField(
        label=gettext_lazy("Key of the record"),
        max_length=300,
        help_text=gettext_lazy("As in “practice:3” (number of the chart) or “organisation:Name of the organisation”."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.record_type and "record_key" in self.fields:
            self.initial["record_key"] = self.instance.record_key

    def clean_record_key(self) -> str:
        """Find the record. Raises ValidationError if there is none of a kind that uses tools."""
        key: str = self.cleaned_data["record_key"].strip()
        kind = key.partition(":")[0]
        record = record_for_key(key) if kind in DocumentUse.allowed() else None
        if record is None:
            raise ValidationError(_("There is no such record."))
        self.instance.record_type, self.instance.record_pk = kind, record.pk
        return key
