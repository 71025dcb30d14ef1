"""What an editor sees first: what waits, own drafts, what lacks a translation, what changed lately.

Each panel says a number, names the first few and leads to all. Figures come from few queries whatever the number of
records; names are those that the versions keep, so that no record is built for its name.
"""

from __future__ import annotations

from abc import ABCMeta, abstractmethod
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.contrib.admin.utils import quote
from django.contrib.auth import get_user_model
from django.contrib.contenttypes.models import ContentType
from django.db.models import Count, F, Value
from django.forms import MediaDefiningClass
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.ui.components import Component
from wagtail.log_actions import registry
from wagtail.models import ModelLogEntry, Page, PageLogEntry, TaskState, WorkflowState

from platform_site.records.comments import may_comment
from platform_site.records.gate import author_ids
from platform_site.records.models import RecordComment
from platform_site.records.panels_comments import comments_url
from platform_site.records.registry import record_models
from platform_site.records.reviews import sent_back_words, waiting_for

# So many rows of each panel are named; the rest stands behind its link.
NAMED = 8


@dataclass(frozen=True)
class DeskRow:
    """A line of a panel: what it is about, where it leads, and a word beside it."""

    label: str
    url: str | None
    detail: str = ""


@dataclass(frozen=True)
class DeskLink:
    """Where the whole of a panel stands."""

    label: str
    url: str


@dataclass
class DeskContent:
    """What a panel shows: the number of all, the first rows, links to all."""

    count: int
    rows: list[DeskRow] = field(default_factory=list)
    links: list[DeskLink] = field(default_factory=list)


class _AbstractMediaClass(MediaDefiningClass, ABCMeta):
    pass


class DeskPanel(Component):
    """A panel of the dashboard. Subclasses state `name`, `heading`, `order` and `template_name`."""

    name = ""
    heading: Any = ""
    order = 100

    class Media:
        """The look of the lists."""

        css = {"all": ["records/editing.css"]}


class DeskList(DeskPanel, metaclass=_AbstractMediaClass):
    """A panel with a number and its first rows. Subclasses state also `empty` and give `content(request)`."""

    empty: Any = ""
    template_name = "records/desk_panel.html"

    @abstractmethod
    def content(self, request: Any) -> DeskContent:
        """Return what the panel shows."""

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        """Return the context of the template."""
        content = self.content(parent_context["request"])
        return {"panel": self, "content": content, "count_text": str(content.count)}


def edit_address(content_type: ContentType, pk: Any) -> str | None:
    """Return the address of the form of an object, without building the object; None where there is no form."""
    model = content_type.model_class()
    if model is None:
        return None
    if issubclass(model, Page):
        return reverse("wagtailadmin_pages:edit", args=[pk])
    viewset = getattr(model, "snippet_viewset", None)
    return reverse(viewset.get_url_name("edit"), args=[quote(pk)]) if viewset else None


def kind(content_type: ContentType) -> str:
    """Return what kind of thing an object is, in the editor's language."""
    model = content_type.model_class()
    return capfirst(str(model._meta.verbose_name)) if model else ""


def when(moment: Any) -> str:
    """Return a moment as it is written here."""
    return date_format(localtime(moment), "SHORT_DATETIME_FORMAT")


class WaitingPanel(DeskList):
    """What the person is asked for: to read what others submitted, to mend what came back."""

    name = "waiting"
    heading = gettext_lazy("Waiting for me")
    empty = gettext_lazy("Nothing waits for you.")
    order = 100

    def content(self, request: Any) -> DeskContent:
        """Return what to review and what was sent back. Own texts wait for somebody else."""
        review = waiting_for(request.user).select_related("revision__content_type")
        returned = (
            WorkflowState.objects.filter(status=WorkflowState.STATUS_NEEDS_CHANGES, requested_by=request.user)
            .select_related("current_task_state__revision__content_type", "current_task_state__finished_by")
            .order_by("-current_task_state__finished_at")
        )
        states = [*returned[:NAMED]]
        tasks = [*review.order_by("started_at")[:NAMED]]
        authors = author_ids(task.revision for task in tasks)
        people = get_user_model().objects.in_bulk({pk for pk in authors.values() if pk is not None})
        read = [self._to_review(task, people.get(authors[task.revision_id])) for task in tasks]
        rows = [*map(self._returned, states), *read]
        count = len(rows) if len(rows) < NAMED else review.count() + returned.count()
        links = [DeskLink(_("All reviews"), reverse("wagtailadmin_reports:workflow"))]
        return DeskContent(count, rows[:NAMED], links if rows else [])

    def _to_review(self, task: TaskState, author: Any) -> DeskRow:
        revision = task.revision
        words = {"kind": kind(revision.content_type), "person": author or "", "day": when(task.started_at)}
        detail = _("%(kind)s, to read; by %(person)s, %(day)s") % words
        return DeskRow(revision.object_str, edit_address(revision.content_type, revision.object_id), detail)

    def _returned(self, state: WorkflowState) -> DeskRow:
        task = state.current_task_state
        revision = task.revision
        address = edit_address(revision.content_type, revision.object_id)
        return DeskRow(revision.object_str, address, sent_back_words(task))


class CommentsPanel(DeskList):
    """Comments that wait for the person: on what they work on, or answers to what they said."""

    name = "comments"
    heading = gettext_lazy("Comments waiting for me")
    empty = gettext_lazy("No comment waits for you.")
    order = 105

    def content(self, request: Any) -> DeskContent:
        """Return the open threads in which somebody else spoke last."""
        models = [model for model in record_models().values() if may_comment(request.user, model)]
        waiting = RecordComment.objects.waiting_for(request.user, models)
        threads: list[Any] = [*waiting[:NAMED]]
        people = get_user_model().objects.in_bulk({thread.last_author for thread in threads} - {None})
        rows = [self._row(thread, people.get(thread.last_author)) for thread in threads]
        return DeskContent(len(rows) if len(rows) < NAMED else waiting.count(), rows)

    def _row(self, thread: Any, person: Any) -> DeskRow:
        content_type = ContentType.objects.get_for_id(thread.content_type_id)
        url = comments_url(content_type.model_class(), thread.object_id, thread.place)
        words = {"kind": kind(content_type), "person": person or "", "day": when(thread.last_said)}
        detail = _("%(kind)s; %(person)s, %(day)s") % words
        return DeskRow(thread.record_name or str(thread.object_id), f"{url}#comment-{thread.pk}", detail)


class DraftsPanel(DeskList):
    """Records and pages whose last version is the person's own and not published."""

    name = "drafts"
    heading = gettext_lazy("My drafts")
    empty = gettext_lazy("You have no drafts.")
    order = 110

    def content(self, request: Any) -> DeskContent:
        """Return the drafts, the latest first: one query for each kind."""
        found: list[tuple[Any, Any, Any, str]] = []
        links = []
        for model in (*record_models().values(), Page):
            mine = model.objects.filter(has_unpublished_changes=True, latest_revision__user=request.user)
            rows = list(mine.order_by().values_list("latest_revision__created_at", "pk", "latest_revision__object_str"))
            found += [(moment, model, pk, name) for moment, pk, name in rows]
            if rows and model is not Page:
                url = reverse(model.snippet_viewset.get_url_name("list")) + "?author=me"
                links.append(DeskLink(f"{capfirst(str(model._meta.verbose_name_plural))}: {len(rows)}", url))
        found.sort(key=lambda draft: draft[0], reverse=True)
        shown = [
            DeskRow(name, edit_address(ContentType.objects.get_for_model(model), pk), when(moment))
            for moment, model, pk, name in found[:NAMED]
        ]
        return DeskContent(len(found), shown, links)


@dataclass(frozen=True)
class MissingCell:
    """How many published records of a kind have no text in a language, and where they stand."""

    count: int
    url: str | None


ANY_LANGUAGE = ""


def _records_by_language(models: dict[str, Any]) -> dict[str, dict[str, int]]:
    """Return for each type how many published records have a text, in each language and in any; in one query."""
    parts = []
    for name, model in models.items():
        texts = model._meta.get_field("texts").related_model.objects.filter(record__live=True).order_by()
        for language in (F("language"), Value(ANY_LANGUAGE)):
            named = texts.values(_type=Value(name), _language=language)
            parts.append(named.annotate(_number=Count("record", distinct=True)))
    found: dict[str, dict[str, int]] = {name: {} for name in models}
    for row in parts[0].union(*parts[1:], all=True) if parts else ():
        found[row["_type"]][row["_language"]] = row["_number"]
    return found


class TranslationsPanel(DeskPanel):
    """Published content without a text, by language."""

    name = "translations"
    heading = gettext_lazy("Without a translation")
    order = 140
    template_name = "records/desk_translations.html"

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        """Return the table: a row for each kind, a column for each language."""
        languages = list(settings.LANGUAGES)
        written = {name: model for name, model in record_models().items() if "texts" in model.child_relation_names()}
        counts = _records_by_language(written)
        rows = [
            (capfirst(str(model._meta.verbose_name_plural)), self._cells(model, counts[name], languages))
            for name, model in written.items()
        ]
        rows.append((_("Pages"), self._page_cells(languages)))
        total = sum(cell.count for _kind, cells in rows for cell in cells)
        return {"panel": self, "languages": [label for _code, label in languages], "rows": rows, "total": total}

    def _cells(self, model: Any, counts: dict[str, int], languages: Iterable[tuple[str, Any]]) -> list[MissingCell]:
        base = reverse(model.snippet_viewset.get_url_name("list"))
        with_text = counts.get(ANY_LANGUAGE, 0)
        return [
            MissingCell(with_text - counts.get(code, 0), f"{base}?untranslated={code}") for code, _label in languages
        ]

    def _page_cells(self, languages: Iterable[tuple[str, Any]]) -> list[MissingCell]:
        aliases = Page.objects.filter(live=True, alias_of__isnull=False).order_by()
        counts = dict(aliases.values_list("locale__language_code").annotate(number=Count("pk")))
        return [MissingCell(counts.get(code, 0), None) for code, _label in languages]


class ChangesPanel(DeskList):
    """What anybody did lately."""

    name = "changes"
    heading = gettext_lazy("Recent changes")
    empty = gettext_lazy("Nothing was changed yet.")
    order = 160

    def content(self, request: Any) -> DeskContent:
        """Return the latest entries of the history, each object once; pages that stand in for a missing translation
        follow by themselves and are left out.
        """
        entries = [
            entry
            for model, left_out in ((ModelLogEntry, {}), (PageLogEntry, {"page__alias_of__isnull": False}))
            for entry in model.objects.viewable_by_user(request.user)
            .exclude(**left_out)
            .select_related("user", "content_type")
            .order_by("-timestamp")[: NAMED * 5]
        ]
        latest: dict[tuple[int, str], Any] = {}
        for entry in sorted(entries, key=lambda entry: entry.timestamp, reverse=True):
            latest.setdefault((entry.content_type_id, str(entry.object_id)), entry)
        shown = list(latest.values())[:NAMED]
        rows = [DeskRow(entry.label, self._url(entry), self._detail(entry)) for entry in shown]
        links = [DeskLink(_("The whole history"), reverse("wagtailadmin_reports:site_history"))] if rows else []
        return DeskContent(len(rows), rows, links)

    @staticmethod
    def _url(entry: Any) -> str | None:
        return (
            None if entry.deleted or entry.content_type is None else edit_address(entry.content_type, entry.object_id)
        )

    @staticmethod
    def _detail(entry: Any) -> str:
        action = dict(registry.get_choices()).get(entry.action, entry.action)
        words = {"action": action, "person": entry.user_display_name, "day": when(entry.timestamp)}
        return _("%(action)s; %(person)s, %(day)s") % words


def record_panels() -> list[DeskPanel]:
    """Return the panels that every editor sees; apps add theirs beside them."""
    return [WaitingPanel(), CommentsPanel(), DraftsPanel(), TranslationsPanel(), ChangesPanel()]
