"""The publish gate: whatever publishes a record passes here (button, workflow, importer, schedule, members' form)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.core.exceptions import NON_FIELD_ERRORS, PermissionDenied, ValidationError
from django.utils.translation import gettext as _

from platform_site.accounts.roles import is_reviewer


class PublishRefused(PermissionDenied):
    """A record may not be published. `reasons` are sentences for the person who tried.

    A PermissionDenied, because Wagtail's screens answer that with a message and keep the revision; a ValidationError
    became a server error there (tried).
    """

    def __init__(self, reasons: Iterable[str]) -> None:
        self.reasons = list(reasons)
        super().__init__(" ".join(self.reasons))


def completeness_reasons(record: Any) -> list[str]:
    """Return, as sentences, what `record` (with the content to publish) lacks or has wrong; none if it is complete."""
    reasons: list[str] = []
    try:
        record.full_clean()
    except ValidationError as error:
        reasons.extend(_sentences(record, error))
    for relation in record.child_relation_names():
        for row in getattr(record, relation).all():
            try:
                row.full_clean(exclude=row.gate_exclude() if hasattr(row, "gate_exclude") else _parent_fields(row))
            except ValidationError as error:
                reasons.extend(
                    f"{row._meta.verbose_name.capitalize()}: {sentence}" for sentence in _sentences(row, error)
                )
    reasons.extend(str(reason) for reason in record.publish_problems())
    return reasons


def check_publish(record: Any, *, revision: Any, user: Any) -> None:
    """Raise PublishRefused unless `user` may publish `revision`, whose content is `record`, and it is complete.

    `user` None is the system: the importer, the schedule (both run by an operator or after a person's approval).
    Four eyes: nobody publishes what they wrote themselves (setting PUBLISH_FOUR_EYES, see `author_id`).
    """
    reasons = completeness_reasons(record)
    if user is not None:
        if not is_reviewer(user):
            reasons.insert(0, _("Only reviewers publish. Submit it for review instead."))
        elif settings.PUBLISH_FOUR_EYES and author_id(revision) == user.pk:
            reasons.insert(
                0,
                _("Somebody else has to publish what you wrote (four eyes). It is kept: submit it for review."),
            )
    if reasons:
        raise PublishRefused(reasons)


def author_id(revision: Any) -> int | None:
    """Return the primary key of who wrote the content of `revision`, None for the system.

    Saving a text again without a change makes nobody its author: neither the reviewer who looks at it in the form, nor
    a colleague through whose hands it goes.
    """
    from platform_site.records.revision_content import same_content

    model = revision.content_type.model_class()
    author: int | None = revision.user_id
    earlier = type(revision).objects.filter(
        base_content_type_id=revision.base_content_type_id, object_id=revision.object_id
    )
    previous = earlier.filter(pk__lt=revision.pk).order_by("-pk").first()
    while previous is not None and same_content(model, previous.content, revision.content):
        author = previous.user_id
        previous = earlier.filter(pk__lt=previous.pk).order_by("-pk").first()
    return author


def _parent_fields(row: Any) -> list[str]:
    """Return the names of the keys to the parent: unsaved parents have no primary key to check yet."""
    from modelcluster.fields import ParentalKey

    return [field.name for field in row._meta.fields if isinstance(field, ParentalKey)]


def _sentences(obj: Any, error: ValidationError) -> list[str]:
    sentences = []
    for name, messages in error.message_dict.items():
        if name == NON_FIELD_ERRORS:
            sentences.extend(messages)
            continue
        try:
            label = str(obj._meta.get_field(name).verbose_name)
        except LookupError:
            label = name
        sentences.extend(f"{label[:1].upper()}{label[1:]}: {message}" for message in messages)
    return sentences
