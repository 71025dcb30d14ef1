"""The editors' screens of indicators: terms of their list, with area, kind of value and definitions."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.forms.models import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, ObjectList
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.generic.models import IndexView
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.permissions import ModelPermissionPolicy

from directory.models import CountryFact, Indicator
from directory.profiles.indicators import AREAS, INDICATORS, ValueKind
from platform_site.records.admin_views_lists import DefusedExportMixin
from platform_site.records.forms_terms import term_choices
from platform_site.texts.forms import TypedTextForm
from platform_site.vocabulary.models import LABEL_LANGUAGES, Term

TRANSLATED = tuple(code for code in LABEL_LANGUAGES if code != "en")
LABELS = tuple(f"label_{code}" for code in LABEL_LANGUAGES)
DEFINITIONS = {
    "definition_fr": gettext_lazy("definition in French"),
    "definition_de": gettext_lazy("definition in German"),
    "definition_es": gettext_lazy("definition in Spanish"),
    "definition_it": gettext_lazy("definition in Italian"),
}
FURTHER = ("area", "value_kind", *DEFINITIONS)


def _short() -> forms.Textarea:
    return forms.Textarea(attrs={"rows": 2})


class IndicatorForm(TypedTextForm, WagtailAdminModelForm):
    """An indicator. Its code is fixed once it is made, its kind of value once a country has a value."""

    area = forms.ChoiceField(label=gettext_lazy("area"), choices=lambda: term_choices(AREAS))
    value_kind = forms.ChoiceField(label=gettext_lazy("kind of value"), choices=ValueKind.choices)
    definition_fr = forms.CharField(label=DEFINITIONS["definition_fr"], required=False, widget=_short())
    definition_de = forms.CharField(label=DEFINITIONS["definition_de"], required=False, widget=_short())
    definition_es = forms.CharField(label=DEFINITIONS["definition_es"], required=False, widget=_short())
    definition_it = forms.CharField(label=DEFINITIONS["definition_it"], required=False, widget=_short())

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.instance.vocabulary = INDICATORS
        self.fields["scope_note"].label = _("definition")
        self.fields["scope_note"].help_text = _("In English: what it says, what it does not, how it is counted.")
        self.fields["scope_note"].required = True
        for name in FURTHER:
            self.initial[name] = self.instance.attributes.get(name, "")
        if self.instance.pk:
            self.fields["code"].disabled = True

    def clean_code(self) -> str:
        """Refuse a code that the list has. Raises ValidationError."""
        code: str = self.cleaned_data["code"]
        others = Indicator.objects.filter(code=code).exclude(pk=self.instance.pk)
        if others.exists():
            raise ValidationError(_("There is an indicator with this code."))
        return code

    def clean_value_kind(self) -> str:
        """Refuse another kind for an indicator in use. Raises ValidationError."""
        kind: str = self.cleaned_data["value_kind"]
        changes = self.instance.attributes.get("value_kind", kind) != kind
        if changes and CountryFact.objects.filter(indicator=self.instance.pk).exists():
            raise ValidationError(_("Countries have values of this indicator. Make another one for another kind."))
        return kind

    def save(self, commit: bool = True) -> Any:
        """Put area, kind and definitions beside the term; an empty definition leaves no trace."""
        further = {name: self.cleaned_data.get(name, "") for name in FURTHER}
        kept = {name: value for name, value in self.instance.attributes.items() if name not in FURTHER}
        self.instance.attributes = {**kept, **{name: value for name, value in further.items() if value}}
        return super().save(commit=commit)


class IndicatorIndexView(DefusedExportMixin, IndexView):
    """The list of indicators."""

    def get_base_queryset(self) -> QuerySet[Any]:
        """Return the terms of the list."""
        return Indicator.objects.all()


class IndicatorPolicy(ModelPermissionPolicy):
    """Who may edit the lists of terms may edit indicators; nobody deletes one here, where uses are not asked for."""

    def user_has_permission(self, user: Any, action: str) -> bool:
        """Say whether `user` may do `action`."""
        return action != "delete" and bool(super().user_has_permission(user, action))


def _area(indicator: Indicator) -> str:
    entry = indicator.area_entry
    return entry.label() if entry else ""


class IndicatorViewSet(ModelViewSet):
    """Indicators: what countries are compared by. They are deleted, if at all, in the lists of terms."""

    model = Indicator
    icon = "list-ul"
    name = "indicators"
    menu_label = gettext_lazy("Indicators")
    menu_order = 36
    index_view_class = IndicatorIndexView
    copy_view_enabled = False
    add_to_reference_index = False
    search_backend_name = None
    search_fields = ("code", *LABELS)
    ordering = ("sort_order", "code")
    list_per_page = 80
    list_display = [
        "__str__",
        Column("code", label=gettext_lazy("Code"), sort_key="code"),
        Column("area", label=gettext_lazy("Area"), accessor=_area),
        Column("kind", label=gettext_lazy("Kind of value"), accessor=lambda row: ValueKind(row.kind).label),
    ]
    list_export = ["code", *LABELS, "scope_note", "retired"]
    export_filename = "indicators"
    edit_handler = ObjectList(
        [
            MultiFieldPanel(
                [FieldPanel("code"), FieldRowPanel([FieldPanel("area"), FieldPanel("value_kind")])],
                heading=gettext_lazy("What it is"),
            ),
            MultiFieldPanel([FieldPanel(name) for name in LABELS], heading=gettext_lazy("Labels")),
            MultiFieldPanel(
                [FieldPanel("scope_note"), *(FieldPanel(name) for name in DEFINITIONS)],
                heading=gettext_lazy("Definitions"),
            ),
            FieldRowPanel([FieldPanel("sort_order"), FieldPanel("retired")]),
        ],
        base_form_class=IndicatorForm,
    )

    @property
    def permission_policy(self) -> IndicatorPolicy:
        """Who may do what."""
        return IndicatorPolicy(Term)

    def register_admin_url_finder(self) -> None:
        """Leave the way to a term's form to the lists of terms."""
