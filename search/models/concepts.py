"""Concepts: what people look for, with the words for it in each language, and how concepts stand to each other."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey

from platform_site.records.audiences import Audience
from platform_site.records.gate import Reason
from platform_site.records.models import Record, RecordPart
from platform_site.records.registry import register_record
from platform_site.texts.models import FormattedTextField, LanguageText
from platform_site.vocabulary.store import FALLBACK_LANGUAGE, vocabulary
from search.analysis import tokens
from search.querysets import ConceptQuerySet

PUBLIC = Audience.PUBLIC


@register_record
class Concept(Record):
    """A concept of the thesaurus. Its words are its `labels`, its prose (what it covers) the `texts`."""

    record_type = "concept"
    url_name = "search:concept_detail"
    # What the project's files said is a fact of the row: a draft that was written before must not take it back.
    row_fields = (*Record.row_fields, "seeded")

    code = models.SlugField(
        _("code"),
        max_length=80,
        unique=True,
        validators=[RegexValidator(r"\A[a-z0-9][a-z0-9_-]*\Z", _("Small letters, digits, _ and - only."))],
        help_text=_("Stands in addresses and files, as in “forced_labour”. Never used again for another concept."),
    )
    # The preferred label in English, else the first one: for the editors' lists and choosers, which show many at once.
    name = models.CharField(_("name"), max_length=255, blank=True, editable=False)
    # What the project's files said when they were last loaded: a difference to it is an editor's change.
    seeded = models.JSONField(default=dict, blank=True, editable=False)

    objects: ClassVar[Any] = ConceptQuerySet.as_manager()

    field_audiences: ClassVar[dict[str, str]] = {"code": PUBLIC, "name": PUBLIC, "seeded": Audience.STAFF}

    class Meta:
        verbose_name = _("concept")
        verbose_name_plural = _("concepts")
        ordering: ClassVar[list[str]] = ["name", "code"]

    def __str__(self) -> str:
        return self.name or self.code

    # --- what it is ---------------------------------------------------------------------------------------------
    def preferred(self, language: str | None = None) -> ConceptLabel | None:
        """Return the preferred label in `language` (default: the active one), else the English one, else any."""
        wanted = (language or get_language() or FALLBACK_LANGUAGE).split("-")[0]
        by_language: dict[str, ConceptLabel] = {}
        for row in self.labels.all():
            if row.kind == ConceptLabel.Kind.PREFERRED:
                by_language.setdefault(row.language, row)
        first = next(iter(by_language.values()), None)
        return by_language.get(wanted) or by_language.get(FALLBACK_LANGUAGE) or first

    @property
    def title(self) -> str:
        """The preferred label in the active language, else in English, else in any."""
        row = self.preferred()
        return row.label if row else self.code

    @property
    def title_language(self) -> str:
        """The language of `title`; "" without a label."""
        row = self.preferred()
        return row.language if row else ""

    @property
    def public_id(self) -> str:
        """The code, as in the documented keys `concept:<code>`."""
        return self.code

    @classmethod
    def from_public_id(cls, public_id: str) -> Any | None:
        """Return the concept with this code, whatever its state, or None."""
        return cls.objects.filter(code=public_id).first()

    # --- saving -------------------------------------------------------------------------------------------------
    def _take_name(self) -> None:
        row = self.preferred(FALLBACK_LANGUAGE)
        self.name = row.label if row else ""

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save; it is called what its labels say."""
        self._take_name()
        super().save(*args, **kwargs)

    def save_revision(self, *args: Any, **kwargs: Any) -> Any:
        """Keep a version; it is called what its labels say."""
        self._take_name()
        return super().save_revision(*args, **kwargs)

    # --- the gate -----------------------------------------------------------------------------------------------
    def publish_problems(self) -> Iterable[Any]:
        """A concept needs a preferred label, and no text. What its words and relations must not be is said below."""
        texts = super().publish_problems() if self.texts.all() else []
        return [*texts, *self._label_problems(), *self._owned_labels(), *self._relation_problems()]

    def asked_to_publish(self) -> frozenset[str]:
        """Labels."""
        return frozenset({"labels"})

    def _label_problems(self) -> Iterator[Any]:
        rows = list(self.labels.all())
        preferred = Counter(row.language for row in rows if row.kind == ConceptLabel.Kind.PREFERRED)
        if not preferred:
            yield Reason(_("Add a preferred label in at least one language."), row=self, name="labels")
        seen: set[tuple[str, str]] = set()
        for row in rows:
            if row.kind == ConceptLabel.Kind.PREFERRED and preferred[row.language] > 1:
                yield Reason(_("A language has one preferred label."), row=row, name="kind")
            # With its accents: both ways to write a word are labels.
            key = (row.language, " ".join(row.label.casefold().split()))
            if not row.words:
                yield Reason(_("A label needs a letter or a digit."), row=row, name="label")
            elif key in seen:
                yield Reason(_("This label stands there twice."), row=row, name="label")
            seen.add(key)

    def _owned_labels(self) -> Iterator[Any]:
        """Yield the labels that widen a search and belong to another published concept."""
        from search.thesaurus.selectors import thesaurus

        others = thesaurus().owners
        for row in self.labels.all():
            owner = others.get(row.words) if row.expand else None
            if owner is not None and owner.code != self.code:
                sentence = _("“%(label)s” belongs to “%(concept)s” already. Take it out of one, or the tick off it.")
                yield Reason(sentence % {"label": row.label, "concept": owner.name()}, row=row, name="label")

    def _relation_problems(self) -> Iterator[Any]:
        seen: set[int] = set()
        for row in self.relations.all():
            if row.other_id is None:
                continue
            if row.other_id == self.pk:
                yield Reason(_("A concept has no relation to itself."), row=row, name="other")
            elif row.other_id in seen:
                yield Reason(_("This concept is named twice."), row=row, name="other")
            elif row.kind == ConceptRelation.Kind.BROADER and self._stands_above(row.other_id):
                yield Reason(
                    _("This concept is narrower: the two would stand above each other."), row=row, name="other"
                )
            seen.add(row.other_id)

    def _stands_above(self, pk: int) -> bool:
        """Say whether the concept with this primary key stands somewhere below this one."""
        if self.pk is None:
            return False
        above: dict[int, set[int]] = defaultdict(set)
        rows = ConceptRelation.objects.filter(kind=ConceptRelation.Kind.BROADER).exclude(concept=self.pk)
        for narrower, broader in rows.values_list("concept_id", "other_id"):
            above[narrower].add(broader)
        seen, waiting = {pk}, [pk]
        while waiting:
            for broader in above[waiting.pop()] - seen:
                if broader == self.pk:
                    return True
                seen.add(broader)
                waiting.append(broader)
        return False

    def preview_response(self, request: HttpRequest) -> HttpResponse:
        """Return the entry of the glossary with this content."""
        from search.views.concept_detail import render_concept

        return render_concept(request, self)


class ConceptLabel(RecordPart):
    """A word, or several, for a concept in one language."""

    class Kind(models.TextChoices):
        """What a label is to its concept."""

        PREFERRED = "pref", _("Preferred")
        ALTERNATIVE = "alt", _("Other word")
        ACRONYM = "acronym", _("Acronym")
        HIDDEN = "hidden", _("Found by, never shown")

    concept = ParentalKey(Concept, related_name="labels")
    language = models.CharField(_("language"), max_length=12, default="en")
    label = models.CharField(_("label"), max_length=255)
    kind = models.CharField(_("kind"), max_length=8, choices=Kind.choices, default=Kind.ALTERNATIVE)
    expand = models.BooleanField(
        _("widens a search"),
        default=True,
        help_text=_("Take the tick off a word that means something else as well, in any of the languages."),
    )
    sort_order = models.PositiveIntegerField(default=0, editable=False)

    field_audiences: ClassVar[dict[str, str]] = dict.fromkeys(
        ("language", "label", "kind", "expand", "sort_order"), PUBLIC
    )
    # Labels refer to nothing; Wagtail's index would be asked for each of a concept's twenty rows.
    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("label")
        verbose_name_plural = _("labels")
        ordering: ClassVar[list[str]] = ["sort_order", "id"]

    def __str__(self) -> str:
        return self.label

    def clean(self) -> None:
        """Refuse a language that the list of languages does not have. Raises ValidationError."""
        super().clean()
        if self.language not in vocabulary("languages"):
            raise ValidationError({"language": _("Choose a language of the list.")})

    @property
    def words(self) -> tuple[str, ...]:
        """The words of the label, folded: two labels with the same ones are one to who searches."""
        return tuple(word for word, _start, _end in tokens(self.label))


class ConceptRelation(RecordPart):
    """That another concept is broader than this one, or related to it."""

    class Kind(models.TextChoices):
        """How the other concept stands to this one."""

        BROADER = "broader", _("Broader")
        RELATED = "related", _("Related")

    concept = ParentalKey(Concept, related_name="relations")
    kind = models.CharField(_("kind"), max_length=8, choices=Kind.choices, default=Kind.RELATED)
    other = models.ForeignKey(Concept, models.PROTECT, related_name="named_by", verbose_name=_("other concept"))
    sort_order = models.PositiveIntegerField(default=0, editable=False)

    field_audiences: ClassVar[dict[str, str]] = dict.fromkeys(("kind", "other", "sort_order"), PUBLIC)

    class Meta:
        verbose_name = _("relation")
        verbose_name_plural = _("relations")
        ordering: ClassVar[list[str]] = ["sort_order", "id"]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.other}"


class ConceptText(LanguageText):
    """What a concept covers and what it does not, in one language."""

    record = ParentalKey(Concept, related_name="texts")
    scope_note = FormattedTextField(_("what it means"))

    field_audiences: ClassVar[dict[str, str]] = {"scope_note": PUBLIC}

    class Meta:
        verbose_name = _("text")
        verbose_name_plural = _("texts")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["record", "language"], name="concept_text_once_per_language")
        ]

    def __str__(self) -> str:
        return self.language
