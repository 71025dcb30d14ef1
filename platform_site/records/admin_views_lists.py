"""Lists of records in the editors' screens: filters, search through the ORM, files that no spreadsheet executes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, ClassVar

import django_filters
from django import forms
from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db.models import CharField, Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Cast
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.forms.choosers import BaseFilterForm
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.generic.chooser import ChooseResultsViewMixin, ChooseViewMixin, CreationFormMixin
from wagtail.models import Revision, WorkflowState
from wagtail.snippets.views.chooser import BaseSnippetChooseView, SnippetChooserViewSet
from wagtail.snippets.views.snippets import IndexView

from platform_site.records.audiences import Audience
from platform_site.texts.cells import defused


def numbers_only(pks: Iterable[Any]) -> list[int]:
    """Return the primary keys among what an address names; what is no number is none."""
    return [int(pk) for pk in pks if str(pk).isascii() and str(pk).isdecimal() and len(str(pk)) < 19]


class DefusedExportMixin:
    """For index views: exported cells are text, the CSV has a mark so that spreadsheets read the accents."""

    def preprocess_field_value(self, field: str, value: Any, export_format: str) -> Any:
        """Return the value of a cell."""
        return defused(super().preprocess_field_value(field, value, export_format))  # type: ignore[misc]

    def stream_csv(self, queryset: Any) -> Iterator[Any]:
        """Yield the file line by line."""
        yield "\ufeff".encode()
        yield from super().stream_csv(queryset)  # type: ignore[misc]


class RecordFilterSet(WagtailFilterSet):
    """What every list of records can be narrowed by. The addresses are used by the dashboard's links."""

    state = django_filters.ChoiceFilter(
        label=_("State"),
        method="by_state",
        choices=[
            ("published", _("Published")),
            ("changed", _("Published, with changes")),
            ("draft", _("Never published")),
            ("withdrawn", _("Withdrawn")),
        ],
    )
    audience = django_filters.ChoiceFilter(label=_("Audience"), choices=Audience.choices)
    author = django_filters.ChoiceFilter(label=_("Last changed by"), method="by_author", choices=[("me", _("Me"))])
    untranslated = django_filters.ChoiceFilter(
        label=_("Without a text in"), method="by_missing_text", choices=lambda: settings.LANGUAGES
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "texts" not in self.queryset.model.child_relation_names():
            self.filters.pop("untranslated", None)

    def by_state(self, queryset: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """Narrow by where a record stands between draft and withdrawal."""
        conditions = {
            "published": Q(live=True),
            "changed": Q(live=True, has_unpublished_changes=True),
            "draft": Q(live=False, first_published_at__isnull=True),
            "withdrawn": Q(live=False, withdrawn_on__isnull=False),
        }
        return queryset.filter(conditions[value])

    def by_author(self, queryset: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """Narrow to the drafts whose latest version is the editor's own."""
        return queryset.filter(has_unpublished_changes=True, latest_revision__user=self.request.user)

    def by_missing_text(self, queryset: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """Narrow to published records that have a text, but none in the language `value`."""
        rows = queryset.model._meta.get_field("texts").related_model.objects
        return queryset.filter(live=True, pk__in=rows.values("record")).exclude(
            pk__in=rows.filter(language=value).values("record")
        )


def state_words(record: Any) -> str:
    """Return where a record of the list stands, in words (Wagtail's own column asks twice for each row)."""
    words = []
    if record.live:
        words.append(gettext("published, with changes") if record.has_unpublished_changes else gettext("published"))
    else:
        words.append(gettext("withdrawn") if record.withdrawn_on else gettext("draft"))
    if record.is_in_review:
        words.append(gettext("in review"))
    if record.is_scheduled:
        words.append(gettext("scheduled"))
    return capfirst(", ".join(words))


class StateColumn(Column):
    """Where a record stands between draft and withdrawal."""

    def __init__(self) -> None:
        super().__init__("state", label=_("State"), accessor=state_words, sort_key="live")


class RecordIndexView(DefusedExportMixin, IndexView):
    """The list of a kind of record. `export_columns`: names to pairs of a heading and a function of the record."""

    export_columns: ClassVar[dict[str, tuple[Any, Any]]] = {}

    base_filterset_class = RecordFilterSet
    # Rows that the columns and files read; named by the viewset.
    prefetch: tuple[str, ...] = ()
    select: tuple[str, ...] = ()

    def get_base_queryset(self) -> QuerySet[Any]:
        """Return all records with what a row shows."""
        queryset: QuerySet[Any] = super().get_base_queryset()
        content_type = ContentType.objects.get_for_model(self.model)
        key = Cast(OuterRef("pk"), CharField())
        versions = Revision.objects.filter(base_content_type=content_type, object_id=key)
        reviews = WorkflowState.objects.active().filter(base_content_type=content_type, object_id=key)
        return (
            queryset.annotate(
                is_scheduled=Exists(versions.filter(approved_go_live_at__isnull=False)), is_in_review=Exists(reviews)
            )
            .select_related("latest_revision", *self.select)
            .defer("latest_revision__content")
            .prefetch_related(*self.prefetch)
        )

    def get_filterset_kwargs(self) -> dict[str, Any]:
        """Return the arguments of the filters; the classes name no model of their own."""
        return {**super().get_filterset_kwargs(), "queryset": self.model._default_manager.all()}

    def to_row_dict(self, item: Any) -> dict[str, Any]:
        """Return the cells of a record."""
        return {name: value(item) for name, (_heading, value) in self.export_columns.items()}

    def search_queryset(self, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """Find words in the search fields; a record once, however many of its texts have the words."""
        if not self.is_searching:
            return queryset
        found = super().search_queryset(self.model._default_manager.order_by())
        return queryset.filter(pk__in=found.values("pk"))


class NameFilterForm(BaseFilterForm):
    """The search field of a chooser, answered by the ORM: Wagtail's own search is not used for records."""

    q = forms.CharField(
        label=_("Search term"), widget=forms.TextInput(attrs={"placeholder": _("Search")}), required=False
    )

    def filter(self, objects: QuerySet[Any]) -> QuerySet[Any]:
        """Narrow `objects` to those with the words in their search fields."""
        words = self.cleaned_data.get("q")
        if not words:
            return objects
        self.is_searching, self.search_query = True, words
        condition = Q()
        for field in objects.model.snippet_viewset.search_fields:
            condition |= Q(**{f"{field}__icontains": words})
        return objects.filter(pk__in=objects.model.objects.order_by().filter(condition).values("pk"))


class RecordChooseMixin:
    """What the two views of a chooser of records share: search, and the rows that a title reads."""

    filter_form_class = NameFilterForm

    def get_object_list(self) -> QuerySet[Any]:
        """Return the records to choose from; withdrawn ones are no choice."""
        queryset: QuerySet[Any] = super().get_object_list()  # type: ignore[misc]
        prefetch = ["texts"] if "texts" in queryset.model.child_relation_names() else []
        return queryset.filter(withdrawn_on__isnull=True).prefetch_related(*prefetch)


class RecordChooseView(RecordChooseMixin, ChooseViewMixin, CreationFormMixin, BaseSnippetChooseView):
    """The chooser of records."""


class RecordChooseResultsView(RecordChooseMixin, ChooseResultsViewMixin, CreationFormMixin, BaseSnippetChooseView):
    """Its results alone, while somebody types."""


class RecordChooserViewSet(SnippetChooserViewSet):
    """Choosing a record in a form."""

    choose_view_class = RecordChooseView
    choose_results_view_class = RecordChooseResultsView
