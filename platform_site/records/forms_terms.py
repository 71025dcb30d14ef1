"""Form fields for terms of the controlled lists: labels in the editor's language, children below their parents."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from functools import lru_cache, partial
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.conf import settings
from django.forms.utils import flatatt
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.utils.choices import BaseChoiceIterator
from django.utils.html import format_html, format_html_join, json_script
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe
from wagtail.admin.forms.models import register_form_field_override

from platform_site.texts.sorting import LISTS_BY_NAME, sort_text
from platform_site.vocabulary import versions
from platform_site.vocabulary.models import Term
from platform_site.vocabulary.names import LISTS_WITH_CODES, list_label
from platform_site.vocabulary.store import Entry, Vocabulary, vocabulary, vocabulary_names

# Up to so many terms are checkboxes; a longer list is a select that a script turns into a list with a filter.
SHORT_LIST = 20
INDENT = "\u2003"

Choices = list[tuple[str, str]]


def term_choices(name: str, chosen: Iterable[str] = ()) -> Choices:
    """Return codes and labels of the list `name` that can be chosen; retired ones only if they are `chosen` already."""
    return [(entry.code, label) for entry, label in _offered(name, frozenset(chosen))]


def _offered(name: str, chosen: frozenset[str]) -> Iterator[tuple[Entry, str]]:
    entries = vocabulary(name)
    yield from _labelled(entries, name, get_language() or settings.LANGUAGE_CODE)
    for entry in entries:
        if entry.retired and entry.code in chosen:
            yield entry, _("%(term)s (retired)") % {"term": entry.label()}


# A form with ten services asks for each list ten times; another state of a list is another `entries`.
@lru_cache(maxsize=256)
def _labelled(entries: Vocabulary, name: str, language: str) -> tuple[tuple[Entry, str], ...]:
    """Return what can be chosen of a list, in the order and with the indented labels of the forms."""
    offered = entries.offered()
    if name in LISTS_BY_NAME:
        offered.sort(key=lambda entry: sort_text(entry.label(language)))
    found = []
    for entry in offered:
        depth = len(entries.with_ancestors(entry.code)) - 1
        label = f"{entry.code}  {entry.label(language)}" if name in LISTS_WITH_CODES else entry.label(language)
        found.append((entry, INDENT * depth + label))
    return tuple(found)


def language_choices(*, with_empty: bool) -> list[tuple[str, Any]]:
    """Return the languages to choose from: those of the site, then all others by their label."""
    known = vocabulary("languages")
    site = [code for code, _label in settings.LANGUAGES if code in known]
    others = sorted(
        (entry.code for entry in known.offered() if entry.code not in site),
        key=lambda code: sort_text(known.label(code)),
    )
    found: list[tuple[str, Any]] = [(code, known.label(code)) for code in (*site, *others)]
    return [("", "\u2013"), *found] if with_empty else found


def drawn_options(choices: Iterable[tuple[Any, Any]], chosen: Collection[str]) -> SafeString:
    """Return the options of a select in one go: a template for each is slow in forms with a thousand of them."""
    return format_html_join(
        "",
        "{}",
        (
            (
                format_html('<option value="{}" selected>{}</option>', value, label)
                if str(value) in chosen
                else format_html('<option value="{}">{}</option>', value, label),
            )
            for value, label in choices
        ),
    )


class TermsCheckboxes(forms.CheckboxSelectMultiple):
    """Checkboxes of a short list."""

    class Media:
        """The look of the lists."""

        css = {"all": ["records/editing.css"]}


class TermsSelect(forms.SelectMultiple):
    """A select of a long list that holds what is chosen; a script lets one choose from the whole list.

    The list comes from an address of its own when it is opened: an organisation with twenty services has a hundred
    such fields, and the countries in each would make a page of megabytes.
    """

    list_name = ""

    class Media:
        """The look of the lists, and the script."""

        css = {"all": ["records/editing.css"]}
        js = ["records/terms.js"]

    def render(self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: Any = None) -> SafeString:
        """Return the select with the chosen options; `value` are their codes."""
        chosen = frozenset(str(code) for code in value or ())
        options = drawn_options(((code, label) for code, label in self.choices if code in chosen), chosen)
        words = {"data-controller": "terms", "data-terms-url-value": choices_address(self.list_name)}
        final = self.build_attrs(self.attrs, {**words, **(attrs or {}), "name": name})
        return format_html("<select{} multiple>{}</select>", flatatt(final), options)


class TermSelect(forms.Select):
    """A select of one term. That of a long list holds the empty option and the chosen one; a script adds the rest from
    the address of the list, once for all selects of a form.
    """

    list_name = ""

    class Media:
        """The script."""

        js = ["records/terms.js"]

    def render(self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: Any = None) -> SafeString:
        """Return the select; `value` is the primary key of the chosen term."""
        chosen = frozenset({"" if value is None else str(value)})
        options, words = list(self.choices), {}
        if len(options) > SHORT_LIST:
            options = [(pk, label) for pk, label in options if pk == "" or str(pk) in chosen]
            words = {"data-controller": "term", "data-term-url-value": choices_address(self.list_name)}
        final = self.build_attrs(self.attrs, {**words, **(attrs or {}), "name": name})
        return format_html("<select{}>{}</select>", flatatt(final), drawn_options(options, chosen))


def terms_words() -> SafeString:
    """Return what the script of the lists says, once for a form with two hundred of them."""
    words = {
        "filter": _("Type to filter"),
        "none": _("Nothing chosen"),
        "count": _("chosen: {count}"),
        "error": _("The list could not be loaded. Close it and open it again."),
    }
    return json_script(words, "terms-words")


def choices_address(list_name: str) -> str:
    """Return where the whole list is had in the editor's language; another address when the lists change."""
    # The start of it tells versions apart, and stands in the form a hundred times.
    version = f"{get_language()}-{versions.current('vocabulary')[:12]}"
    return f"{reverse('records_term_choices', args=[list_name])}?{urlencode({'version': version})}"


@require_safe
@cache_control(private=True, max_age=24 * 60 * 60)
def term_choices_view(request: HttpRequest, list_name: str) -> HttpResponse:
    """Answer code, label and primary key of the offered terms of a list (a view behind the admin's sign-in)."""
    if list_name not in vocabulary_names():
        raise Http404
    return JsonResponse(
        {"choices": [(entry.code, label, entry.id) for entry, label in _offered(list_name, frozenset())]}
    )


class TermsField(forms.MultipleChoiceField):
    """Several terms of the list `list_name`; the value is a list of codes in the order of the list."""

    def __init__(self, list_name: str, **kwargs: Any) -> None:
        self.list_name = list_name
        kwargs.setdefault("required", False)
        kwargs.setdefault("label", list_label(list_name))
        kwargs.setdefault("choices", partial(term_choices, list_name))
        kwargs.setdefault("widget", TermsSelect)
        super().__init__(**kwargs)
        self.widget.list_name = list_name

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
        # Not in the order of the choices: what is stored must not depend on the language of the editor.
        return [entry.code for entry in vocabulary(self.list_name) if entry.code in wanted]


class TermChoices(BaseChoiceIterator):
    """The choices of a single term: the empty one, what is offered, and the chosen one if it is retired.

    Drawn when a form is shown, not when its class is made: then there may be no database yet.
    """

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
        kwargs.setdefault("widget", TermSelect)
        super().__init__(queryset, **kwargs)
        self.widget.list_name = list_name

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
