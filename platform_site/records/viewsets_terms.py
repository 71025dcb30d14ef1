"""The editors' screens of the controlled lists. They lie here and not in `vocabulary`, because they ask the records
what refers to a term.
"""

from __future__ import annotations

from typing import Any, ClassVar

import django_filters
from django import forms
from django.contrib.admin.utils import quote
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, ObjectList
from wagtail.admin.ui.tables import Column
from wagtail.admin.utils import set_query_params
from wagtail.admin.widgets.button import Button, HeaderButton
from wagtail.snippets.views.chooser import SnippetChooserViewSet
from wagtail.snippets.views.snippets import CreateView, EditView, IndexView, SnippetViewSet

from platform_site.records.admin_views_lists import DefusedExportMixin
from platform_site.records.admin_views_removal import GuardedDeleteView, ReferencesView
from platform_site.records.forms import TermsForm
from platform_site.records.references import usage_counts
from platform_site.texts.forms import TypedTextForm
from platform_site.texts.sorting import sort_text
from platform_site.vocabulary.models import Term
from platform_site.vocabulary.names import list_label
from platform_site.vocabulary.store import vocabulary, vocabulary_names


def list_choices() -> list[tuple[str, Any]]:
    """Return the names of the lists with what they are called, in alphabetical order."""
    return sorted(((name, list_label(name)) for name in vocabulary_names()), key=lambda pair: sort_text(str(pair[1])))


def _state(term: Term) -> str:
    return _("Retired") if term.retired else _("Offered")


class TermForm(TypedTextForm, TermsForm):
    """A term. Its list and its code are fixed once it is made: addresses, files and records name it by them."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["vocabulary"] = forms.ChoiceField(label=_("List"), choices=list_choices)
        if self.instance.pk:
            self.fields["vocabulary"].disabled = self.fields["code"].disabled = True
        parent: Any = self.fields["parent"]
        parent.queryset = self._parents()
        parent.help_text = _("A term below another one is found with it in every filter.")

    def _parents(self) -> QuerySet[Term]:
        """Return what the term may stand below: terms of its list, but itself and what stands below it."""
        name = self.instance.vocabulary or self.data.get("vocabulary", "")
        below = vocabulary(name).with_descendants(self.instance.code) if self.instance.pk else frozenset()
        return Term.objects.filter(vocabulary=name).exclude(code__in=below)


class TermFilterSet(WagtailFilterSet):
    """What the list of terms can be narrowed by."""

    vocabulary = django_filters.ChoiceFilter(label=gettext_lazy("List"), choices=list_choices)
    retired = django_filters.ChoiceFilter(
        label=gettext_lazy("State"),
        choices=[("False", gettext_lazy("Offered")), ("True", gettext_lazy("Retired"))],
    )


class TermIndexView(DefusedExportMixin, IndexView):
    """Terms, with how often each is used."""

    def get_filterset_kwargs(self) -> dict[str, Any]:
        """Return the arguments of the filters."""
        return {**super().get_filterset_kwargs(), "queryset": Term.objects.all()}

    @cached_property
    def add_url(self) -> str | None:
        """The address of a new term, of the list that the table is narrowed to."""
        url: str | None = self.get_add_url()
        chosen = self.request.GET.get("vocabulary", "")
        return set_query_params(url, {"list": chosen}) if url and chosen in vocabulary_names() else url

    def get_context_data(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Return the context, the uses counted for the terms on this page."""
        context: dict[str, Any] = super().get_context_data(*args, **kwargs)
        counts = usage_counts(Term, [term.pk for term in context["object_list"]])
        for term in context["object_list"]:
            term.uses = counts[term.pk]
        return context


class TermCreateView(CreateView):
    """A new term."""

    def get_initial_form_instance(self) -> Term:
        """Return a term of the list that the address names."""
        chosen = self.request.GET.get("list", "")
        return Term(vocabulary=chosen if chosen in vocabulary_names() else "")


class TermEditView(EditView):
    """A term."""

    def get_usage_url(self) -> None:
        """Wagtail's index of references knows nothing of terms."""

    @cached_property
    def header_more_buttons(self) -> list[Any]:
        """The further actions: what refers to the term."""
        url = reverse(self.usage_url_name, args=[quote(self.object.pk)])
        return [*super().header_more_buttons, Button(_("What refers to it"), url=url, icon_name="link", priority=40)]

    @cached_property
    def header_buttons(self) -> list[Any]:
        """The button that leads to the whole list of this term."""
        url = set_query_params(reverse(self.index_url_name), {"vocabulary": self.object.vocabulary})
        return [HeaderButton(label=_("The whole list"), url=url, icon_name="list-ul")]


class TermChooserViewSet(SnippetChooserViewSet):
    """Forms choose terms from selects (`forms_terms`); Wagtail's dialogue must not take their place."""

    register_widget = False


class TermViewSet(SnippetViewSet):
    """The controlled lists: labels in five languages, parents, order, retired terms."""

    model = Term
    icon = "tag"
    url_prefix = "terms"
    menu_label = gettext_lazy("Lists of terms")
    menu_order = 130
    add_to_admin_menu = True
    copy_view_enabled = False
    search_backend_name = None
    search_fields = ("code", "label_en", "label_fr", "label_de", "label_es", "label_it")
    ordering = ("vocabulary", "sort_order", "code")
    list_per_page = 50
    list_display = [
        "__str__",
        Column("list", label=gettext_lazy("List"), accessor=lambda term: list_label(term.vocabulary)),
        Column("code", label=gettext_lazy("Code"), sort_key="code"),
        Column("parent", label=gettext_lazy("Below"), accessor=lambda term: term.parent or ""),
        Column("uses", label=gettext_lazy("Used"), accessor=lambda term: term.uses),
        Column("state", label=gettext_lazy("State"), accessor=_state, sort_key="retired"),
    ]
    list_export: ClassVar[list[str]] = [
        "vocabulary",
        "code",
        "label_en",
        "label_fr",
        "label_de",
        "label_es",
        "label_it",
        "scope_note",
        "sort_order",
        "retired",
    ]
    export_filename = "terms"
    filterset_class = TermFilterSet
    index_view_class = TermIndexView
    add_view_class = TermCreateView
    edit_view_class = TermEditView
    delete_view_class = GuardedDeleteView
    usage_view_class = ReferencesView
    chooser_viewset_class = TermChooserViewSet
    delete_template_name = "records/confirm_delete.html"
    edit_handler = ObjectList(
        [
            MultiFieldPanel(
                [FieldRowPanel([FieldPanel("vocabulary"), FieldPanel("code")]), FieldPanel("parent")],
                heading=gettext_lazy("Place in the list"),
            ),
            MultiFieldPanel(
                [FieldPanel(f"label_{language}") for language in ("en", "fr", "de", "es", "it")],
                heading=gettext_lazy("Labels"),
            ),
            FieldPanel("scope_note"),
            FieldRowPanel([FieldPanel("sort_order"), FieldPanel("retired")]),
        ],
        base_form_class=TermForm,
    )

    def get_queryset(self, request: Any) -> QuerySet[Term]:
        """Return the terms with what stands above them."""
        return Term.objects.select_related("parent")

    def get_usage_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        """Return the arguments of the view of references, which keeps its own template."""
        return kwargs
