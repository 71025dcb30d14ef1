"""What staff say to each other about a record while they work on it. Wagtail's own comments belong to pages alone."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, ClassVar

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.core.validators import MaxLengthValidator
from django.db import models
from django.db.models import F, OuterRef, Prefetch, Q, QuerySet, Subquery
from django.db.models.functions import Cast
from django.utils import timezone
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _
from wagtail.models import Revision

from platform_site.accounts.roles import is_reviewer
from platform_site.records.audiences import Audience

# Characters: what somebody reads beside a field.
LONGEST = 2000


class RecordCommentQuerySet(QuerySet["RecordComment"]):
    """Reads of comments. A thread is its first comment; the answers hang on it."""

    def of(self, record: Any) -> RecordCommentQuerySet:
        """Narrow to the comments on `record`."""
        return self.filter(content_type=ContentType.objects.get_for_model(type(record)), object_id=record.pk)

    def threads(self) -> RecordCommentQuerySet:
        """Narrow to the first comments of threads, the oldest first."""
        return self.filter(thread=None).order_by("created_at", "pk")

    def open(self) -> RecordCommentQuerySet:
        """Narrow to threads that nobody has resolved."""
        return self.threads().filter(resolved_at=None)

    def for_comments_page(self) -> RecordCommentQuerySet:
        """Fetch with each thread its answers, and who wrote and resolved what."""
        answers = RecordComment.objects.order_by("created_at", "pk").select_related("author")
        return self.select_related("author", "resolved_by").prefetch_related(Prefetch("answers", answers))

    def waiting_for(self, user: Any, models_: Iterable[Any]) -> RecordCommentQuerySet:
        """Narrow to the open threads on records of `models_` that wait for `user`, the latest word first.

        Those in which somebody else spoke last (`last_said`, `last_author`), on a record that `user` began or changed
        last, or in which `user` wrote before. On a record that nobody began or changed (it was imported) they wait for
        everybody; what is asked by who began or changed it last waits for reviewers. `record_name` is the name that the
        latest version keeps.
        """
        said = RecordComment.objects.filter(Q(pk=OuterRef("pk")) | Q(thread=OuterRef("pk"))).order_by(
            "-created_at", "-pk"
        )
        versions = Revision.objects.filter(
            base_content_type=OuterRef("content_type"), object_id=Cast(OuterRef("object_id"), models.CharField())
        )
        asked = Q(last_author=F("began")) | Q(last_author=F("changed")) if is_reviewer(user) else Q(pk=None)
        latest, first = versions.order_by("-created_at", "-pk"), versions.order_by("created_at", "pk")
        types = ContentType.objects.get_for_models(*models_).values()
        return (
            self.open()
            .filter(content_type__in=[content_type.pk for content_type in types])
            .annotate(
                last_author=Subquery(said.values("author")[:1]),
                last_said=Subquery(said.values("created_at")[:1]),
                began=Subquery(first.values("user")[:1]),
                changed=Subquery(latest.values("user")[:1]),
                record_name=Subquery(latest.values("object_str")[:1]),
            )
            .filter(
                Q(began=user.pk)
                | Q(changed=user.pk)
                | Q(began=None, changed=None)
                | asked
                | Q(author=user)
                | Q(pk__in=RecordComment.objects.filter(author=user, thread__isnull=False).values("thread"))
            )
            # An account that was deleted is somebody else, too.
            .filter(~Q(last_author=user.pk) | Q(last_author=None))
            .order_by("-last_said", "-pk")
        )


class RecordComment(models.Model):
    """A comment on a record, on a field of it (`path`), or an answer to one (`thread`). For staff alone.

    `path` is the name of a field, a list of terms or a child relation; `texts.<field>` with `language` is a text. It is
    kept when the field is gone. Never part of a version, a page, a file or a package; the record's end is its end.
    """

    content_type = models.ForeignKey(ContentType, models.CASCADE, related_name="+")
    object_id = models.PositiveBigIntegerField()
    record = GenericForeignKey("content_type", "object_id")
    path = models.CharField(max_length=120, blank=True)
    language = models.CharField(max_length=12, blank=True)
    text = models.TextField(_("comment"), validators=[MaxLengthValidator(LONGEST)])
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)
    thread = models.ForeignKey("self", models.CASCADE, null=True, blank=True, related_name="answers")
    resolved_at = models.DateTimeField(null=True, blank=True)
    resolved_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")

    # For staff alone, all of it: that is what holds of a field of which nothing is said.
    field_audiences: ClassVar[dict[str, str]] = {
        "text": Audience.STAFF,
        "path": Audience.STAFF,
        "author": Audience.STAFF,
    }
    # Nothing that a record refers to, and nothing that keeps a record from being deleted.
    wagtail_reference_index_ignore = True

    objects: ClassVar[Any] = RecordCommentQuerySet.as_manager()

    class Meta:
        # Who may change a record may comment on it: no permissions of its own (see `records.comments`).
        default_permissions = ()
        verbose_name = _("comment")
        verbose_name_plural = _("comments")
        indexes = [models.Index(fields=["content_type", "object_id"], name="records_comment_record")]

    def __str__(self) -> str:
        return Truncator(self.text).chars(60)

    @property
    def place(self) -> str:
        """What it is about, as addresses name it: see `records.comment_places`."""
        return f"{self.path}:{self.language}" if self.language else self.path
