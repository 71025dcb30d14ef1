"""The base of every record: facts once, texts per language, draft, workflow, lock, preview, one publish gate."""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from typing import Any, ClassVar

from django.contrib.contenttypes.fields import GenericRelation
from django.db import models, transaction
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext_lazy as _
from modelcluster.models import ClusterableModel, get_all_child_relations
from wagtail.actions.unpublish import UnpublishAction
from wagtail.models import DraftStateMixin, LockableMixin, PreviewableMixin, RevisionMixin, WorkflowMixin

from platform_site.records.addresses import keep_address
from platform_site.records.audiences import Audience
from platform_site.records.gate import PublishRefused, check_publish
from platform_site.records.models.links import links_to
from platform_site.records.querysets import RecordQuerySet
from platform_site.records.questions import MayTellOfPersons
from platform_site.records.revision_content import without_dangling
from platform_site.records.schedule import SCHEDULED, note_refused_schedule
from platform_site.texts.models import LanguageText, original_text, text_for, text_saying
from platform_site.vocabulary import versions


def new_stamp() -> int:
    """Return a number that no record has had before: random, so that none comes back after a roll-back."""
    return secrets.randbits(62)


class Record(
    MayTellOfPersons, WorkflowMixin, DraftStateMixin, LockableMixin, RevisionMixin, PreviewableMixin, ClusterableModel
):
    """A record of the platform (organisation, practice chart …), edited as a snippet, read at an address of its own.

    Subclasses state `record_type` (the word in keys and versions), `url_name`, `field_audiences`, a name field or
    `title`, and, where the record has prose, child rows with the related name `texts`.
    """

    record_type: ClassVar[str]
    url_name: ClassVar[str]
    field_audiences: ClassVar[dict[str, str]] = {}
    # What is said about the record as a whole and at once: a draft that was written before must not take it back.
    row_fields: ClassVar[tuple[str, ...]] = ("withdrawn_on", "withdrawn_reason", "withdrawn_language", "successor")

    audience = models.CharField(_("audience"), max_length=12, choices=Audience.choices, default=Audience.PUBLIC)
    source = models.CharField(
        _("source"),
        max_length=255,
        blank=True,
        help_text=_("Where the content is from: a publication, a form, a person's report."),
    )
    source_url = models.URLField(_("address of the source"), blank=True)
    imported_on = models.DateField(_("imported on"), null=True, blank=True, editable=False)
    # What an import found in its own words before it was mapped to terms, and what only a printed form shows.
    originals = models.JSONField(default=dict, blank=True, editable=False)
    withdrawn_on = models.DateTimeField(null=True, blank=True, editable=False)
    withdrawn_reason = models.CharField(max_length=500, blank=True, editable=False)
    # Of the reason: it has no translations. Empty where nobody said it.
    withdrawn_language = models.CharField(max_length=12, blank=True, editable=False)
    # The `reference` of the record that takes its place: its key would lead elsewhere once that one is renamed.
    successor = models.CharField(max_length=255, blank=True, editable=False)
    # Another one after each save: what is computed from the record is kept as long as it stays the same.
    stamp = models.BigIntegerField(default=new_stamp, editable=False)
    # So that they are deleted with the record, whichever way that goes.
    comments = GenericRelation("records.RecordComment")

    objects: ClassVar[Any] = RecordQuerySet.as_manager()

    class Meta:
        abstract = True

    # --- what it is ---------------------------------------------------------------------------------------------
    @property
    def title(self) -> str:
        """The name under which readers know the record, in the active language."""
        return str(self)

    @property
    def public_id(self) -> str:
        """What follows the type in the record's key."""
        return str(self.pk)

    @property
    def key(self) -> str:
        """The stable name of the record for interfaces: `organisation:<name>`, `practice:<chart_no>`."""
        return f"{self.record_type}:{self.public_id}"

    @property
    def reference(self) -> str:
        """What other rows keep to find the record again, whatever it is called by then: `organisation#12`."""
        return f"{self.record_type}#{self.pk}"

    @classmethod
    def from_public_id(cls, public_id: str) -> Any | None:
        """Return the record with this public id, whatever its state, or None."""
        return cls.objects.filter(pk=int(public_id)).first() if public_id.isdecimal() and len(public_id) < 19 else None

    def url_arguments(self) -> list[Any]:
        """Return the arguments of the record's address."""
        return [self.public_id]

    def get_absolute_url(self) -> str:
        """Return the path of the record in the active language; the empty text while its address is not filled in."""
        arguments = self.url_arguments()
        return reverse(self.url_name, args=arguments) if all(part not in (None, "") for part in arguments) else ""

    # --- texts --------------------------------------------------------------------------------------------------
    def text(self, language: str | None = None) -> Any | None:
        """Return the text row for a reader of `language` (default: the active one), else the original, else None."""
        rows = getattr(self, "texts", None)
        return text_for(rows.all(), language) if rows is not None else None

    def text_saying(self, name: str) -> Any | None:
        """Return the text row with field `name` for a reader of the active language (see `texts.models`), or None."""
        return text_saying(self.texts.all(), name)

    @property
    def original_language(self) -> str:
        """The language of the original text; English where the record has no prose."""
        row: LanguageText | None = original_text(self.texts.all()) if hasattr(self, "texts") else None
        return row.language if row else "en"

    @property
    def content_languages(self) -> set[str]:
        """The languages in which the record has a text."""
        return {row.language for row in self.texts.all()} if hasattr(self, "texts") else set()

    # --- revisions ----------------------------------------------------------------------------------------------
    @classmethod
    def from_serializable_data(cls, data: dict[str, Any], check_fks: bool = True, strict_fks: bool = False) -> Any:
        """Build the record from the content of a revision; references to what is gone are taken out.

        In place of modelcluster's own check, which asks once per reference and breaks on those that are protected.
        """
        content = without_dangling(cls, data) if check_fks else data
        return super().from_serializable_data(content, check_fks=False, strict_fks=strict_fks)

    def with_content_json(self, content: dict[str, Any]) -> Any:
        """Return the record with the content of a revision; `row_fields` stay as they are in the database."""
        record = super().with_content_json(content)
        for name in self.row_fields:
            attribute = self._meta.get_field(name).attname
            setattr(record, attribute, getattr(self, attribute))
        return record

    # --- publishing ---------------------------------------------------------------------------------------------
    @classmethod
    def child_relation_names(cls) -> list[str]:
        """Return the names of the child relations: what a revision holds beside the record's own fields."""
        return [relation.get_accessor_name() for relation in get_all_child_relations(cls)]

    def publish_problems(self) -> Iterable[Any]:
        """Return, as sentences, what is missing before the record can be published, beyond field validation.

        The base asks for exactly one original text where the record has prose.
        """
        if not hasattr(self, "texts"):
            return []
        rows = list(self.texts.all())
        if not rows:
            return [_("Add a text in at least one language.")]
        if sum(row.is_original for row in rows) != 1:
            return [_("Mark exactly one text as the original.")]
        return []

    def asked_to_publish(self) -> frozenset[str]:
        """Return the fields, lists of terms and child relations that `publish_problems` asks for: a form marks them.

        Rows of a record may have such a method, too. What the columns themselves ask for needs no mention.
        """
        return frozenset()

    def publish(
        self,
        revision: Any,
        user: Any = None,
        changed: bool = True,
        log_action: bool | str = True,
        previous_revision: Any = None,
        skip_permission_checks: bool = False,
    ) -> None:
        """Publish `revision` if the gate lets it pass. Raises PublishRefused with the reasons; the revision is kept.

        An address that was published stays, as it does in the form (`addresses.keep_address`). Wagtail's own permission
        is not asked: reviewers have no publish permission of their own (it would give them a button round the
        workflow), they act through the gate. A refusal at the time of the schedule is noted in the history instead of
        raised: Wagtail publishes all that is due in one go, and one record must not stop the others.
        """
        keep_address(revision, self)
        try:
            check_publish(revision.as_object(), revision=revision, user=user)
        except PublishRefused as refused:
            if log_action != SCHEDULED:
                raise
            note_refused_schedule(revision, refused.reasons)
            return
        with transaction.atomic():
            super().publish(
                revision,
                user=user,
                changed=changed,
                log_action=log_action,
                previous_revision=previous_revision,
                skip_permission_checks=True,
            )
            type(self).objects.filter(pk=self.pk, live=True).update(
                withdrawn_on=None, withdrawn_reason="", withdrawn_language="", successor=""
            )
            versions.bump(self.record_type)

    def unpublish(
        self, set_expired: bool = False, commit: bool = True, user: Any = None, log_action: bool = True
    ) -> None:
        """Take the record off the site (see `records.services.withdraw_record` for the reason)."""
        with transaction.atomic():
            # Wagtail's own method asks for a permission that only pages can answer; the callers ask before.
            UnpublishAction(self, set_expired=set_expired, commit=commit, user=user, log_action=log_action).execute(
                skip_permission_checks=True
            )
            versions.bump(self.record_type)

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save; what readers see of a live record may have changed."""
        self.stamp = new_stamp()
        if kwargs.get("update_fields") is not None:
            kwargs["update_fields"] = {*kwargs["update_fields"], "stamp"}
        super().save(*args, **kwargs)
        if self.live:
            versions.bump(self.record_type)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        """Delete the record and its parts. Raises ProtectedError while something refers to it."""
        with transaction.atomic():
            if naming := list(links_to(self)):
                # No foreign key says so.
                raise models.ProtectedError("Other records name it.", set[models.Model](naming))
            result = super().delete(*args, **kwargs)
            versions.bump(self.record_type)
        return result

    # --- preview ------------------------------------------------------------------------------------------------
    @property
    def preview_modes(self) -> list[tuple[str, Any]]:
        """One preview per language of the site."""
        from django.conf import settings

        return list(settings.LANGUAGES)

    @property
    def default_preview_mode(self) -> str:
        """The original's language where the site has it, else English."""
        return self.original_language if self.original_language in dict(self.preview_modes) else "en"

    def preview_response(self, request: HttpRequest) -> HttpResponse:
        """Return the record's true page for `request`; every record class says how. The preview language is active."""
        raise TypeError(f"{type(self).__name__} has no preview_response")

    def serve_preview(self, request: HttpRequest, mode_name: str) -> HttpResponse:
        """Return the page in the language `mode_name`, as a reader with that language would see it."""
        language = mode_name if mode_name in dict(self.preview_modes) else self.default_preview_mode
        with translation.override(language):
            request.is_preview = True  # type: ignore[attr-defined]  # Wagtail's name for it
            request.LANGUAGE_CODE = language
            response = self.preview_response(request)
            if hasattr(response, "render"):
                response = response.render()
        return response
