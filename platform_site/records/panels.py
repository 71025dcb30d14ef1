"""Panels of the editors' forms: terms of a list, rows of a record, texts per language, texts with a word limit."""

from __future__ import annotations

import difflib
import functools
import json
import re
from collections.abc import Callable, Sequence
from typing import Any, Literal

from django import forms
from django.conf import settings
from django.utils.functional import cached_property
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.compare import TextDiff
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel
from wagtail.admin.panels.base import get_form_for_model
from wagtail.admin.widgets import AdminAutoHeightTextInput

from platform_site.records.forms import terms_form
from platform_site.records.forms_rows import RowsFormSet
from platform_site.records.forms_terms import language_choices
from platform_site.vocabulary.names import list_label
from platform_site.vocabulary.store import vocabulary


class TermsComparison:
    """The difference between two versions in the terms of one list, by their labels."""

    is_field = True
    is_child_relation = False

    def __init__(self, list_name: str, label: Any, obj_a: Any, obj_b: Any) -> None:
        self.list_name, self.label = list_name, label
        self.codes_a, self.codes_b = obj_a.codes(list_name), obj_b.codes(list_name)

    def field_label(self) -> str:
        """Return what the field is called in the form."""
        return str(self.label)

    def has_changed(self) -> bool:
        """Say whether the versions differ."""
        return bool(self.codes_a != self.codes_b)

    def htmldiff(self) -> SafeString:
        """Return the terms of both versions, added and removed ones marked."""
        entries = vocabulary(self.list_name)
        changes: list[tuple[str, str]] = []
        matcher = difflib.SequenceMatcher(None, self.codes_a, self.codes_b)
        for kind, a1, a2, b1, b2 in matcher.get_opcodes():
            if kind == "equal":
                changes += [("equal", entries.label(code)) for code in self.codes_a[a1:a2]]
                continue
            changes += [("deletion", entries.label(code)) for code in self.codes_a[a1:a2]]
            changes += [("addition", entries.label(code)) for code in self.codes_b[b1:b2]]
        html: SafeString = TextDiff(changes, separator=", ").to_html()
        return html


class TermsPanel(FieldPanel):
    """The terms of one list, chosen in the field that `forms.terms_form` declares under the name of the list."""

    class BoundPanel(FieldPanel.BoundPanel):
        """The panel with its form."""

        def get_comparison(self) -> list[Callable[..., TermsComparison]]:
            """Return what compares two versions: Wagtail compares fields of the model alone."""
            name = self.field_name
            return [functools.partial(TermsComparison, name, self.panel.heading or list_label(name))]


class PartsPanel(InlinePanel):
    """The rows of a record. Rows with terms get a field for each of their lists.

    `form_class` takes the place of the rows' form. `row_name` says of a row what stands in its heading. With `closed`
    rows are folded at first where there are several of them, for rows with many fields.
    """

    def __init__(
        self,
        *args: Any,
        form_class: Any = None,
        row_name: Callable[[Any], Any] = str,
        closed: bool = False,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.form_class = form_class
        self.row_name = row_name
        self.closed = closed

    def clone_kwargs(self) -> dict[str, Any]:
        """Return the arguments of a copy."""
        own = {"form_class": self.form_class, "row_name": self.row_name, "closed": self.closed}
        return {**super().clone_kwargs(), **own}

    @cached_property
    def child_edit_handler(self) -> Any:
        """The panels of a row."""
        handler = super().child_edit_handler
        _without_comments(handler)
        return handler

    def get_form_options(self) -> dict[str, Any]:
        """Return the options of the formset, with the form class that knows terms."""
        options: dict[str, Any] = super().get_form_options()
        child = self.db_field.related_model
        deferred = self.child_edit_handler.get_form_options().get("defer_required_on_fields", [])
        options["formsets"][self.relation_name] |= {
            "form": get_form_for_model(
                child, form_class=self.form_class or terms_form(child), defer_required_on_fields=deferred
            ),
            "formset": RowsFormSet,
        }
        return options

    class BoundPanel(InlinePanel.BoundPanel):
        """The rows with their forms."""

        template_name = "records/parts_panel.html"

        def is_required(self) -> bool:
            """Say whether the publish gate asks for a row."""
            asked = getattr(self.instance, "asked_to_publish", frozenset)
            return self.panel.relation_name in asked()

        def __init__(self, **kwargs: Any) -> None:
            super().__init__(**kwargs)
            if self.form is not None:
                for child in (*self.children, self.empty_child):
                    _draw_sparingly(child)

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            """Return the context: each row with its name, and whether it is folded. What is wrong stays open.

            `options` are those of Wagtail's script, as `rows.js` reads them from the page.
            """
            context: dict[str, Any] = super().get_context_data(parent_context)
            context["options"] = [
                (re.sub("([A-Z])", r"-\1", name).lower(), value if isinstance(value, str) else json.dumps(value))
                for name, value in self.js_opts().items()
            ]
            folding = self.panel.closed and len(self.children) > 1
            context["rows"] = [
                {
                    "panel": child,
                    "name": self.panel.row_name(child.instance),
                    "folded": folding and not child.form.errors,
                }
                for child in self.children
            ]
            return context


def _without_comments(panel: Any) -> None:
    """Take the buttons of comments off a row: Wagtail keeps no comment there."""
    if isinstance(panel, FieldPanel):
        panel.disable_comments = True
    for child in getattr(panel, "children", ()):
        _without_comments(child)


def _draw_sparingly(panel: Any) -> None:
    """Let a row be drawn by our templates: a record may have thirty rows with thirty fields each."""
    if isinstance(panel, FieldPanel.BoundPanel):
        panel.template_name = "records/row_field.html"
    elif isinstance(panel, MultiFieldPanel.BoundPanel | FieldRowPanel.BoundPanel):
        panel.template_name = "records/row_fields.html"
        panel.in_line = isinstance(panel, FieldRowPanel.BoundPanel)
    for child in getattr(panel, "children", ()):
        _draw_sparingly(child)


class WordsTextInput(AdminAutoHeightTextInput):
    """A text that counts its words, or its characters (`unit`), against the `limit` of the form."""

    def __init__(
        self,
        limit: int | None = None,
        attrs: dict[str, Any] | None = None,
        *,
        unit: Literal["words", "characters"] = "words",
    ) -> None:
        self.limit, self.unit = limit, unit
        counting = {"data-controller": "w-autosize words", "data-words-limit-value": str(limit)} if limit else {}
        if unit == "characters":
            counting["data-words-unit-value"] = unit
        super().__init__({"rows": 3, **counting, **(attrs or {})})

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """Return the context of the template, with the words of the counter in the editor's language."""
        context: dict[str, Any] = super().get_context(name, value, attrs)
        if self.limit:
            sentence = _("{used} of {limit} words") if self.unit == "words" else _("{used} of {limit} characters")
            context["widget"]["attrs"]["data-words-text-value"] = sentence
        return context

    class Media:
        """The look of the counter, and its script."""

        css = {"all": ["records/editing.css"]}
        js = ["records/words.js"]


class LanguageSelect(forms.Select):
    """The language of a text: the languages of the site first, then the others of the list."""

    def optgroups(self, name: str, value: list[str], attrs: dict[str, Any] | None = None) -> Any:
        """Return the options; drawn when shown, because the labels are in the editor's language."""
        self.choices = language_choices(with_empty=False)
        return super().optgroups(name, value, attrs)


class OptionalLanguageSelect(forms.Select):
    """The language of a name, or none."""

    def optgroups(self, name: str, value: list[str], attrs: dict[str, Any] | None = None) -> Any:
        """Return the options, the empty one first."""
        self.choices = language_choices(with_empty=True)
        return super().optgroups(name, value, attrs)


class SiteLanguageSelect(forms.Select):
    """A language of the site, and the one that is stored: a short list, in forms that are long already."""

    def optgroups(self, name: str, value: list[str], attrs: dict[str, Any] | None = None) -> Any:
        """Return the options, with their labels in the editor's language."""
        site = [code for code, _label in settings.LANGUAGES]
        known = vocabulary("languages")
        self.choices = [(code, known.label(code)) for code in dict.fromkeys((*site, *filter(None, value)))]
        return super().optgroups(name, value, attrs)


FORMATTED_HELP = gettext_lazy("A blank line starts a paragraph, - a list item. *emphasis*, [words](https://address).")


def texts_panel(fields: Sequence[Any], *, label: Any = "") -> PartsPanel:
    """Return the panel of a record's texts: one row per language, with `fields` (panels) for its prose."""
    return PartsPanel(
        "texts",
        [
            FieldPanel("language", widget=LanguageSelect),
            FieldPanel("is_original"),
            *fields,
        ],
        heading=gettext_lazy("Texts, one for each language"),
        label=label or gettext_lazy("Text"),
        help_text=gettext_lazy("Write one text and mark it as the original. Translations come beside it."),
    )


def formatted_panel(name: str, *, limit: int | None = None, **options: Any) -> FieldPanel:
    """Return the panel of a formatted text with a counter against `limit` words, and with how to format it."""
    options.setdefault("help_text", FORMATTED_HELP)
    return FieldPanel(name, widget=WordsTextInput(limit), **options)
