"""Form fields for terms of the controlled lists: labels in the editor's language, children below their parents."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import partial
from typing import Any

from django import forms
from django.forms.utils import flatatt
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from wagtail.admin.forms.models import register_form_field_override

from platform_site.vocabulary.models import Term
from platform_site.vocabulary.names import list_label
from platform_site.vocabulary.store import Entry, vocabulary

# Up to so many terms are checkboxes; a longer list is a select that a script turns into a list with a filter.
SHORT_LIST = 20
INDENT = "\u2003"

Choices = list[tuple[str, str]]


def term_choices(name: str, chosen: Iterable[str] = ()) -> Choices:
    """Return codes and labels of the list `name` that can be chosen; retired ones only if they are `chosen` already."""
    return [(entry.code, label) for entry, label in _offered(name, frozenset(chosen))]


def _offered(name: str, chosen: frozenset[str]) -> Iterator[tuple[Entry, str]]:
    entries = vocabulary(name)
    for entry in entries.offered():
        depth = len(entries.with_ancestors(entry.code)) - 1
        yield entry, INDENT * depth + entry.label()
    for entry in entries:
        if entry.retired and entry.code in chosen:
            yield entry, _("%(term)s (retired)") % {"term": entry.label()}


class TermsCheckboxes(forms.CheckboxSelectMultiple):
    """Checkboxes of a short list."""

    class Media:
        """The look of the lists."""

        css = {"all": ["records/editing.css"]}


class TermsSelect(forms.SelectMultiple):
    """A select of a long list. Drawn in one go: a form may hold two hundred of them, and a template per option is slow.

    The script makes a list with a filter of it; without the script it stays a plain select.
    """

    class Media:
        """The look of the lists, and the script."""

        css = {"all": ["records/editing.css"]}
        js = ["records/terms.js"]

    def render(self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: Any = None) -> SafeString:
        """Return the select with its options; `value` are the chosen codes."""
        chosen = {str(code) for code in value or ()}
        options = format_html_join(
            "",
            "{}",
            (
                (
                    format_html('<option value="{}" selected>{}</option>', code, label)
                    if code in chosen
                    else format_html('<option value="{}">{}</option>', code, label),
                )
                for code, label in self.choices
            ),
        )
        words = {
            "data-controller": "terms",
            "data-terms-filter-value": _("Type to filter"),
            "data-terms-none-value": _("Nothing chosen"),
            "data-terms-one-value": ngettext("%(count)d chosen", "%(count)d chosen", 1) % {"count": 1},
            "data-terms-many-value": ngettext("%(count)d chosen", "%(count)d chosen", 2).replace(
                "%(count)d", "{count}"
            ),
        }
        final = self.build_attrs(self.attrs, {**words, "size": 6, **(attrs or {}), "name": name})
        return format_html("<select{} multiple>{}</select>", flatatt(final), options)


class TermsField(forms.MultipleChoiceField):
    """Several terms of the list `list_name`; the value is a list of codes in the order of the list."""

    def __init__(self, list_name: str, **kwargs: Any) -> None:
        self.list_name = list_name
        kwargs.setdefault("required", False)
        kwargs.setdefault("label", list_label(list_name))
        kwargs.setdefault("choices", partial(term_choices, list_name))
        kwargs.setdefault("widget", TermsSelect)
        super().__init__(**kwargs)

    def offer(self, chosen: Iterable[str]) -> None:
        """Make the field ready for a form whose record has the terms `chosen`: they stay possible when retired."""
        kept = list(chosen)
        if len(vocabulary(self.list_name)) <= SHORT_LIST and not isinstance(self.widget, TermsCheckboxes):
            self.widget = TermsCheckboxes(attrs={"class": "terms-checkboxes"})
            self.widget.is_required = self.required
        self.choices = partial(term_choices, self.list_name, kept)

    def clean(self, value: Any) -> list[str]:
        """Return the codes once each, in the order of the list. Raises ValidationError for what cannot be chosen."""
        wanted = set(super().clean(value))
        return [code for code, _label in term_choices(self.list_name, wanted) if code in wanted]


class TermChoices:
    """The choices of a single term: the empty one, what is offered, and the chosen one if it is retired."""

    def __init__(self, field: TermChoiceField) -> None:
        self.field = field

    def __iter__(self) -> Iterator[tuple[Any, Any]]:
        if self.field.empty_label is not None:
            yield "", self.field.empty_label
        entries = vocabulary(self.field.list_name)
        chosen = frozenset(entry.code for entry in entries if entry.id == self.field.chosen)
        for entry, label in _offered(self.field.list_name, chosen):
            yield entry.id, label


class TermChoiceField(forms.ModelChoiceField):
    """One term of the list `list_name`, as a select drawn from memory."""

    default_error_messages = {"retired": gettext_lazy("This term is retired. Choose another one.")}

    def __init__(self, queryset: Any, *, list_name: str, **kwargs: Any) -> None:
        self.list_name = list_name
        self.chosen: int | None = None
        kwargs.setdefault("empty_label", "\u2013")
        super().__init__(queryset, **kwargs)

    @property
    def choices(self) -> Any:
        """The terms to choose from."""
        return TermChoices(self)

    @choices.setter
    def choices(self, value: Any) -> None:
        # Django assigns choices to a new select; ours are always drawn anew.
        self.widget.choices = self.choices

    def __deepcopy__(self, memo: Any) -> TermChoiceField:
        copied: TermChoiceField = super().__deepcopy__(memo)
        copied.widget.choices = copied.choices
        return copied

    def clean(self, value: Any) -> Any:
        """Return the term. Raises ValidationError for an unknown one, and for a retired one that was not chosen."""
        term = super().clean(value)
        if term is not None and term.retired and term.pk != self.chosen:
            raise forms.ValidationError(self.error_messages["retired"], code="retired")
        return term


def _term_field(db_field: Any) -> dict[str, Any]:
    name = (db_field.remote_field.limit_choices_to or {}).get("vocabulary", "")
    if not name:
        return {}
    field: Callable[..., forms.Field] = partial(TermChoiceField, list_name=name)
    return {"form_class": field}


def register_term_fields() -> None:
    """Let every form of the editors' screens draw foreign keys to a list from memory."""
    from django.db import models

    register_form_field_override(models.ForeignKey, to=Term, override=_term_field)
