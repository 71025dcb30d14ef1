"""Terms of the controlled lists."""

from __future__ import annotations

from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from platform_site.vocabulary import versions
from platform_site.vocabulary.articles import ARTICLES, INSTRUMENTS, article_parts

LABEL_LANGUAGES = ("en", "fr", "de", "es", "it")


class DataVersion(models.Model):
    """The token of one kind of data (see `vocabulary.versions`)."""

    name = models.CharField(max_length=60, primary_key=True)
    token = models.CharField(max_length=32)

    def __str__(self) -> str:
        return f"{self.name} {self.token}"


class Term(models.Model):
    """One entry of a controlled list, known by its list and its code; a parent includes its children in every filter.

    A code is stable once published: a term is retired, never reused. Records refer to terms by PROTECT foreign keys,
    so that a term in use cannot be deleted.
    """

    vocabulary = models.CharField(_("list"), max_length=40, db_index=True)
    code = models.CharField(
        _("code"),
        max_length=80,
        validators=[RegexValidator(r"\A[A-Za-z0-9_/-]+\Z", _("Letters, digits, _, - and / only."))],
        help_text=_("Stands in addresses and files. Never change it once it is in use."),
    )
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name=_("parent")
    )
    sort_order = models.PositiveIntegerField(_("order"), default=0)
    label_en = models.CharField(_("label in English"), max_length=255)
    label_fr = models.CharField(_("label in French"), max_length=255, blank=True)
    label_de = models.CharField(_("label in German"), max_length=255, blank=True)
    label_es = models.CharField(_("label in Spanish"), max_length=255, blank=True)
    label_it = models.CharField(_("label in Italian"), max_length=255, blank=True)
    scope_note = models.TextField(
        _("scope note"), blank=True, help_text=_("What the term covers and what it does not, in English.")
    )
    retired = models.BooleanField(
        _("retired"), default=False, help_text=_("Kept on the records that have it, no longer offered.")
    )
    attributes = models.JSONField(_("further facts"), default=dict, blank=True)
    # References to terms are asked of the foreign keys (`records.references`); in Wagtail's index of references they
    # would be most of its rows, written anew each time that a record is published.
    wagtail_reference_index_ignore = True

    # What the project's list said when it was last loaded: a difference to it is an editor's change.
    seeded = models.JSONField(default=dict, editable=False)

    class Meta:
        verbose_name = _("term")
        verbose_name_plural = _("terms")
        ordering: ClassVar[list[str]] = ["vocabulary", "sort_order", "code"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["vocabulary", "code"], name="term_code_once_in_list"),
        ]

    def __str__(self) -> str:
        from platform_site.vocabulary.store import label_in

        return label_in({language: getattr(self, f"label_{language}") for language in LABEL_LANGUAGES}) or self.code

    def clean(self) -> None:
        """Refuse a parent of another list, a circle of parents, an article of no instrument. Raises ValidationError."""
        super().clean()
        self._check_article()
        if self.parent and self.parent.vocabulary != self.vocabulary:
            raise ValidationError({"parent": _("The parent must stand in the same list.")})
        seen, above = {self.pk}, self.parent
        while above is not None:
            if above.pk is not None and above.pk in seen:
                raise ValidationError({"parent": _("A term cannot stand below itself.")})
            seen.add(above.pk)
            above = above.parent

    def _check_article(self) -> None:
        if self.vocabulary != ARTICLES:
            return
        instrument, _number = article_parts(self.code)
        if not instrument or not Term.objects.filter(vocabulary=INSTRUMENTS, code=instrument).exists():
            message = _("Write the code of a legal instrument, a slash and the number: palermo_protocol/3, …/18a.")
            raise ValidationError({"code": message})

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save, and tell every process that the lists changed."""
        super().save(*args, **kwargs)
        versions.bump("vocabulary")

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        """Delete, and tell every process. Raises ProtectedError for a term in use."""
        result = super().delete(*args, **kwargs)
        versions.bump("vocabulary")
        return result
