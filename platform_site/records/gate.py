"""The publish gate: whatever publishes a record passes here (button, workflow, importer, schedule, members' form)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import NON_FIELD_ERRORS, PermissionDenied, ValidationError
from django.db.models import OuterRef, Subquery
from django.utils.translation import gettext as _
from wagtail.blocks import StreamValue

from platform_site.accounts.roles import is_reviewer
from platform_site.records.questions import open_questions, question_sentence
from platform_site.texts.characters import damage_in


class PublishRefused(PermissionDenied):
    """A record may not be published. `reasons` are sentences for the person who tried.

    A PermissionDenied, because Wagtail's screens answer that with a message and keep the revision; a ValidationError
    became a server error there (tried).
    """

    def __init__(self, reasons: Iterable[str]) -> None:
        self.reasons = list(reasons)
        super().__init__(" ".join(self.reasons))


class Reason(str):
    """A sentence on what a record lacks or has wrong, which knows its place.

    `row` is the record or the row of it that the sentence is about, `name` the field (or the child relation, or the
    list of terms) there; None and "" for what has no one place.
    """

    row: Any
    name: str

    def __new__(cls, sentence: Any, *, row: Any = None, name: str = "") -> Reason:
        """Return the sentence with its place."""
        reason = super().__new__(cls, sentence)
        reason.row, reason.name = row, name
        return reason


def completeness_reasons(record: Any, *, passes_printed: bool = False) -> list[Reason]:
    """Return, as sentences, what `record` (with the content to publish) lacks or has wrong; none if it is complete.

    With `passes_printed` what was printed before with the consent of the person may say what it said there.
    """
    reasons: list[Reason] = []
    try:
        record.full_clean()
    except ValidationError as error:
        reasons.extend(_sentences(record, error))
    reasons.extend(_damage(record))
    for relation in record.child_relation_names():
        for row in getattr(record, relation).all():
            try:
                row.full_clean(exclude=row.gate_exclude() if hasattr(row, "gate_exclude") else _parent_fields(row))
            except ValidationError as error:
                reasons.extend(
                    Reason(f"{row._meta.verbose_name.capitalize()}: {reason}", row=row, name=reason.name)
                    for reason in _sentences(row, error)
                )
            reasons.extend(
                Reason(f"{row._meta.verbose_name.capitalize()}: {reason}", row=row, name=reason.name)
                for reason in _damage(row)
            )
    problems = [
        *record.publish_problems(),
        *(() if passes_printed and record.is_printed else record.privacy_problems()),
    ]
    reasons.extend(problem if isinstance(problem, Reason) else Reason(problem) for problem in problems)
    return reasons


def check_publish(record: Any, *, revision: Any, user: Any) -> None:
    """Raise PublishRefused unless `user` may publish `revision`, whose content is `record`, and it is complete.

    `user` None is the system: the importer, the schedule (both run by an operator or after a person's approval).
    Four eyes: nobody publishes what they wrote themselves (setting PUBLISH_FOUR_EYES, see `author_id`).
    """
    reasons: list[str] = [*completeness_reasons(record, passes_printed=user is None)]
    if user is not None:
        if found := open_questions(record):
            reasons.append(question_sentence(found))
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
    """Return the primary key of who wrote the content of `revision`, None for the system (see `author_ids`)."""
    return author_ids([revision])[revision.pk]


def author_ids(revisions: Iterable[Any]) -> dict[int, int | None]:
    """Return who wrote the contents of `revisions`: their primary keys with those of the authors, None for the system.

    Saving a text again without a change makes nobody its author: neither the reviewer who looks at it in the form, nor
    a colleague through whose hands it goes. Two queries for each step back, whatever the number of revisions.
    """
    from platform_site.records.revision_content import same_content

    authors: dict[int, int | None] = {}
    # Each revision with the earliest one known to say the same.
    walking = {revision.pk: (revision, revision) for revision in revisions}
    while walking:
        before = _previous([earliest for _revision, earliest in walking.values()])
        for pk, (revision, earliest) in list(walking.items()):
            previous = before.get(earliest.pk)
            # From memory: the relation would be asked for once for each revision.
            model = ContentType.objects.get_for_id(revision.content_type_id).model_class()
            if previous is not None and same_content(model, previous.content, revision.content):
                walking[pk] = (revision, previous)
            else:
                authors[pk] = earliest.user_id
                del walking[pk]
    return authors


def _previous(revisions: Sequence[Any]) -> dict[int, Any]:
    """Return the revision before each of `revisions`, by the primary key of the later one; none for a first one."""
    rows = type(revisions[0]).objects
    earlier = rows.filter(
        base_content_type=OuterRef("base_content_type"), object_id=OuterRef("object_id"), pk__lt=OuterRef("pk")
    )
    pairs = dict(
        rows.filter(pk__in=[revision.pk for revision in revisions])
        .order_by()
        .annotate(previous=Subquery(earlier.order_by("-pk").values("pk")[:1]))
        .values_list("pk", "previous")
    )
    found = rows.in_bulk([pk for pk in pairs.values() if pk is not None])
    return {pk: found[previous] for pk, previous in pairs.items() if previous is not None}


def _damage(obj: Any) -> Iterator[Reason]:
    """Yield a sentence for each field of `obj` with a character that no text may hold; forms take them out."""
    for field in obj._meta.concrete_fields:
        value = field.value_from_object(obj) if field.editable else None
        found = damage_in(value.get_prep_value() if isinstance(value, StreamValue) else value)
        if found:
            label = f"{str(field.verbose_name)[:1].upper()}{str(field.verbose_name)[1:]}"
            sentence = _("%(field)s: there is a control character (U+%(code)s) in the text.")
            yield Reason(sentence % {"field": label, "code": f"{ord(found):04X}"}, row=obj, name=field.name)


def _parent_fields(row: Any) -> list[str]:
    """Return the names of the keys to the parent: unsaved parents have no primary key to check yet."""
    from modelcluster.fields import ParentalKey

    return [field.name for field in row._meta.fields if isinstance(field, ParentalKey)]


def _sentences(obj: Any, error: ValidationError) -> list[Reason]:
    sentences: list[Reason] = []
    for name, messages in error.message_dict.items():
        if name == NON_FIELD_ERRORS:
            sentences.extend(Reason(message, row=obj) for message in messages)
            continue
        try:
            label = str(obj._meta.get_field(name).verbose_name)
        except LookupError:
            label = name
        sentences.extend(
            Reason(f"{label[:1].upper()}{label[1:]}: {message}", row=obj, name=name) for message in messages
        )
    return sentences
