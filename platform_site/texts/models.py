"""Texts per language: the abstract row that holds the prose of a record in one language."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, TypeVar

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from platform_site.texts.formatted import LONGEST
from platform_site.vocabulary.store import vocabulary


class FormattedTextField(models.TextField):
    """Markdown source (see `texts.formatted`), at most LONGEST characters."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("blank", True)
        kwargs.setdefault("default", "")
        kwargs.setdefault("max_length", LONGEST)
        super().__init__(*args, **kwargs)


class LanguageText(models.Model):
    """The prose of one record in one language. A record has exactly one original; the rest are translations.

    Subclasses add `record = ParentalKey(…, related_name="texts")`, their text fields, and a unique constraint on
    record and language.
    """

    language = models.CharField(_("language"), max_length=12, default="en")
    is_original = models.BooleanField(
        _("original"), default=False, help_text=_("The text that the others were translated from.")
    )

    class Meta:
        abstract = True

    def clean(self) -> None:
        """Refuse a language that the list of languages does not have. Raises ValidationError."""
        super().clean()
        if self.language not in vocabulary("languages"):
            raise ValidationError({"language": _("Choose a language of the list.")})


TextRow = TypeVar("TextRow", bound=LanguageText)


def original_text(rows: Iterable[TextRow]) -> TextRow | None:
    """Return the original among `rows`: the marked one, else the first, None without rows."""
    found = list(rows)
    return next((row for row in found if row.is_original), found[0] if found else None)


def text_for(rows: Iterable[TextRow], language: str | None = None) -> TextRow | None:
    """Return the text to show a reader: in `language` (default: the active one), else the original.

    The caller labels a row whose `language` is not the reader's. None without rows.
    """
    wanted = (language or get_language() or "en").split("-")[0]
    found = list(rows)
    return next((row for row in found if row.language == wanted), None) or original_text(found)


def text_saying(rows: Iterable[TextRow], name: str, language: str | None = None) -> TextRow | None:
    """Return the text whose field `name` to show a reader: that of `text_for`, else the original, else any other.

    A text that is empty there is passed over: what nobody has translated yet is stated all the same. The caller labels
    a row whose `language` is not the reader's. None where no language says anything.
    """
    found = list(rows)
    in_order = [text_for(found, language), original_text(found), *found]
    return next((row for row in in_order if row is not None and getattr(row, name).strip()), None)
