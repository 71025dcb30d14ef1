"""The library document: its facts, its prose, the instruments it is about, who uses it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey

from library.dates import validate_partial_date
from library.querysets import DocumentQuerySet
from platform_site.records.audiences import Audience
from platform_site.records.models import HasName, HasTerms, Record, RecordLink, RecordPart, TermRow, link_problems
from platform_site.records.registry import register_record
from platform_site.texts.models import FormattedTextField, LanguageText
from platform_site.vocabulary.models import Term
from platform_site.vocabulary.store import Entry, entry_by_id

PUBLIC = Audience.PUBLIC
# Words in the place of a document's address that lead elsewhere.
TAKEN_ADDRESSES = frozenset({"tools"})


def partial_date(label: Any, **options: Any) -> models.CharField[Any, Any]:
    """Return a field for a date as a document prints it: year, month or day."""
    return models.CharField(
        label,
        max_length=10,
        blank=True,
        validators=[validate_partial_date],
        help_text=_("YYYY, YYYY-MM or YYYY-MM-DD."),
        **options,
    )


def term_of(list_name: str, label: Any, **options: Any) -> models.ForeignKey[Any, Any]:
    """Return a field for one term of a controlled list."""
    return models.ForeignKey(
        Term,
        models.PROTECT,
        related_name="+",
        limit_choices_to={"vocabulary": list_name},
        verbose_name=label,
        **options,
    )


@register_record
class LibraryDocument(HasName, HasTerms, Record):
    """A document of the library: what it is, where it is from, what it is about.

    Terms: `languages` (those that the document is written in; the first is that of its title), `countries`, `topics`,
    `monitoring_bodies` (that wrote it or that it is for).
    """

    record_type = "document"
    url_name = "library:document_detail"
    id_field = "slug"
    term_lists = ("languages", "countries", "topics", "monitoring_bodies")
    row_fields = (*Record.row_fields, "link_state", "link_checked_on")

    class Status(models.TextChoices):
        """Whether what the document lays down holds."""

        IN_FORCE = "in_force", _("In force")
        ADOPTED = "adopted", _("Adopted, not yet in force")
        PROPOSED = "proposed", _("Proposal or draft")
        REPLACED = "replaced", _("Replaced or amended")
        REPEALED = "repealed", _("No longer in force")

    class Tool(models.TextChoices):
        """What kind of tool a document is that people fill in or work through."""

        FORM = "form", _("Form")
        CHECKLIST = "checklist", _("Checklist")
        RISK_ASSESSMENT = "risk_assessment", _("Risk assessment")
        AGREEMENT = "agreement", _("Agreement")
        OTHER = "other", _("Other tool")

    class LinkState(models.TextChoices):
        """What the last check of the document's address found.

        Dead: a server says so, or there was no connection on two days. Unreached: there was none for the first time.
        """

        REACHED = "reached", _("reached")
        DEAD = "dead", _("not found")
        UNREACHED = "unreached", _("no connection, asked again")
        UNCLEAR = "unclear", _("not clear")

    name = models.CharField(
        _("title"), max_length=500, unique=True, help_text=_("As printed, in the document's own language.")
    )
    slug = models.SlugField(_("address"), max_length=120, unique=True)
    document_type = term_of("library_document_types", _("type"))
    level = term_of("levels", _("level"), null=True, blank=True)
    issuer = models.CharField(_("issuing body"), max_length=500, blank=True)
    authors = models.CharField(
        _("authors"), max_length=500, blank=True, help_text=_("As printed; several are parted by semicolons.")
    )
    adopted = partial_date(_("adopted"))
    published_on = partial_date(_("published"))
    in_force_on = partial_date(_("in force since"))
    status = models.CharField(_("status"), max_length=12, choices=Status.choices, blank=True)
    tool = models.CharField(
        _("kind of tool"),
        max_length=20,
        choices=Tool.choices,
        blank=True,
        help_text=_("Only for what people fill in or work through: then it stands on the tool shelf."),
    )
    address = models.URLField(_("address on the web"), max_length=500, blank=True)
    checked_on = models.DateField(_("address checked on"), null=True, blank=True)
    link_state = models.CharField(max_length=10, choices=LinkState.choices, blank=True, editable=False)
    link_checked_on = models.DateField(null=True, blank=True, editable=False)

    objects: ClassVar[Any] = DocumentQuerySet.as_manager()

    field_audiences: ClassVar[dict[str, str]] = {
        **dict.fromkeys(
            (
                "name", "slug", "document_type", "level", "issuer", "authors", "adopted", "published_on", "in_force_on",
                "status", "tool", "address", "checked_on",
            ),
            PUBLIC,
        ),
        "link_state": PUBLIC,
        "link_checked_on": PUBLIC,
    }  # fmt: skip

    class Meta:
        verbose_name = _("library document")
        verbose_name_plural = _("library documents")
        ordering: ClassVar[list[str]] = ["name"]

    # --- what it is ---------------------------------------------------------------------------------------------
    @property
    def title(self) -> str:
        """The title in the active language where it has been translated, else as printed."""
        row = self._own_title()
        return row.title if row else self.name

    @property
    def title_language(self) -> str:
        """The language of `title`: the reader's for a translated one, else the document's first; "" if unknown."""
        row = self._own_title()
        if row:
            return str(row.language)
        codes = self.codes("languages")
        return codes[0] if codes else ""

    def _own_title(self) -> Any | None:
        active = (get_language() or "en").split("-")[0]
        return next((row for row in self.texts.all() if row.language == active and row.title), None)

    @property
    def type_entry(self) -> Entry | None:
        """The type, from memory."""
        return entry_by_id(self.document_type_id)

    @property
    def level_entry(self) -> Entry | None:
        """The level, from memory."""
        return entry_by_id(self.level_id)

    @property
    def date(self) -> str:
        """The date under which the document is known: published, else adopted, else in force."""
        return self.published_on or self.adopted or self.in_force_on

    @property
    def year(self) -> str:
        """The year of `date`, "" without one."""
        return self.date[:4]

    # --- its files ----------------------------------------------------------------------------------------------
    def name_files(self) -> None:
        """Give each file without one the last part of its address: the language, numbered where it is taken."""
        rows = sorted(self.files.all(), key=lambda row: (row.sort_order, row.pk or 0))
        taken = {row.key for row in rows if row.key}
        for row in rows:
            if row.key:
                continue
            base, number = (row.language or "file"), 1
            row.key = base
            while row.key in taken:
                number += 1
                row.key = f"{base}-{number}"
            taken.add(row.key)

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save; every file gets its address."""
        self.name_files()
        super().save(*args, **kwargs)

    def save_revision(self, *args: Any, **kwargs: Any) -> Any:
        """Keep a version; every file gets its address."""
        self.name_files()
        return super().save_revision(*args, **kwargs)

    def publish(self, revision: Any, *args: Any, **kwargs: Any) -> None:
        """Publish, and keep which files the document has had under which address. Raises PublishRefused."""
        super().publish(revision, *args, **kwargs)
        self.note_versions()

    def note_versions(self) -> None:
        """Keep for each address of this published document which file lies there now, if that is news."""
        from library.versions import note_versions

        note_versions(self)

    # --- the gate -----------------------------------------------------------------------------------------------
    def clean(self) -> None:
        """Refuse an address that leads elsewhere. Raises ValidationError."""
        super().clean()
        if self.slug in TAKEN_ADDRESSES:
            raise ValidationError({"slug": _("This address leads to another page.")})

    def publish_problems(self) -> Iterable[Any]:
        """A document needs no summary; where it has texts, one is the original. It names a user once."""
        texts = super().publish_problems() if self.texts.all() else []
        return [*texts, *link_problems(self, self.uses.all())]

    def preview_response(self, request: HttpRequest) -> HttpResponse:
        """Return the document's page with this content."""
        from library.views.document_detail import render_document

        return render_document(request, self)


class LibraryText(LanguageText):
    """What a document says, in short, in one language, and its title where it has been translated."""

    record = ParentalKey(LibraryDocument, related_name="texts")
    title = models.CharField(
        _("title in this language"),
        max_length=500,
        blank=True,
        help_text=_("Only where it differs from the title as printed."),
    )
    summary = FormattedTextField(_("summary"))

    field_audiences: ClassVar[dict[str, str]] = {"title": PUBLIC, "summary": PUBLIC}

    class Meta:
        verbose_name = _("text")
        verbose_name_plural = _("texts")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["record", "language"], name="library_text_once_per_language")
        ]

    def __str__(self) -> str:
        return self.title or self.language


class DocumentTerm(TermRow):
    """A term of a document."""

    owner = ParentalKey(LibraryDocument, related_name="terms")


class DocumentInstrument(RecordPart):
    """A legal instrument that the document is or is about, with the article where it is about one."""

    document = ParentalKey(LibraryDocument, related_name="instruments")
    instrument = term_of("legal_instruments", _("legal instrument"))
    article = models.CharField(_("article"), max_length=120, blank=True, help_text=_("As in “art. 13” or “§ 25”."))
    subject = models.CharField(
        _("what the article is about"),
        max_length=200,
        blank=True,
        # Packages join the subjects of a document with semicolons.
        validators=[RegexValidator(";", _("Write it without semicolons."), inverse_match=True)],
        help_text=_("In the usual words, as people look for it: “recovery and reflection period”."),
    )
    subject_language = models.CharField(_("language of these words"), max_length=12, default="en")
    sort_order = models.PositiveIntegerField(default=0, editable=False)

    field_audiences: ClassVar[dict[str, str]] = dict.fromkeys(
        ("instrument", "article", "subject", "subject_language", "sort_order"), PUBLIC
    )

    class Meta:
        verbose_name = _("legal instrument")
        ordering: ClassVar[list[str]] = ["sort_order", "id"]

    @property
    def entry(self) -> Entry | None:
        """The instrument, from memory."""
        return entry_by_id(self.instrument_id)

    def __str__(self) -> str:
        return f"{self.entry} {self.article}".strip()


class DocumentUse(RecordLink):
    """A record (organisation, practice chart, case study, programme) that uses the document as a tool."""

    linkable = ("organisation", "practice", "case", "programme")
    key_help = _("As in “practice:3” (number of the chart) or “organisation:Name of the organisation”.")

    document = ParentalKey(LibraryDocument, related_name="uses")

    class Meta(RecordLink.Meta):
        verbose_name = _("used by")
