"""Rows of the editors' form that name another record: by its key, or by the address of its page."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.safestring import SafeString
from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.compare import TextDiff
from wagtail.admin.panels import FieldPanel

from platform_site.records.forms import TermsForm
from platform_site.records.models import RecordLink
from platform_site.records.panels import PartsPanel
from platform_site.records.registry import record_for_address, record_for_key

LABEL = gettext_lazy("Key of the record")
ADDRESS_HELP = gettext_lazy("The address of its page will do as well.")


class RecordLinkForm(TermsForm):
    """A row that names a record of one of the kinds that its class can name."""

    record_key = forms.CharField(label=LABEL, max_length=600)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.record_type and "record_key" in self.fields:
            self.initial["record_key"] = self.instance.record_key

    def clean_record_key(self) -> str:
        """Find the record. Raises ValidationError if there is none of a kind that the row can name."""
        given: str = self.cleaned_data["record_key"].strip()
        record = record_for_key(given) or record_for_address(given)
        if record is None or record.record_type not in self.instance.allowed():
            raise ValidationError(_("There is no such record."))
        self.instance.record_type, self.instance.record_pk = record.record_type, record.pk
        return str(record.key)

    def _post_clean(self) -> None:
        """Ask the row itself only if it names a record: that it names none is said once, beside the field."""
        if "record_key" not in self.errors:
            super()._post_clean()


class RecordLinkComparison:
    """The difference between two versions of a row, in words."""

    is_field = True
    is_child_relation = False

    def __init__(self, obj_a: RecordLink, obj_b: RecordLink) -> None:
        self.obj_a, self.obj_b = obj_a, obj_b

    def field_label(self) -> str:
        """Return what the field is called in the form."""
        return str(LABEL)

    def has_changed(self) -> bool:
        """Say whether the versions name different records."""
        return self.obj_a.target != self.obj_b.target

    def htmldiff(self) -> SafeString:
        """Return the record, or the one that was named before and the one that is named now."""
        before, now = link_name(self.obj_a), link_name(self.obj_b)
        same = [("equal", now)]
        html: SafeString = TextDiff([("deletion", before), ("addition", now)] if self.has_changed() else same).to_html()
        return html


class RecordKeyPanel(FieldPanel):
    """The key of the record that a row names."""

    class BoundPanel(FieldPanel.BoundPanel):
        """The panel with its form."""

        def get_comparison(self) -> list[Callable[..., RecordLinkComparison]]:
            """Return what compares two versions: Wagtail compares fields of the model alone."""
            return [functools.partial(RecordLinkComparison)]


def link_name(row: RecordLink) -> str:
    """Return kind and title of the record that a row names, "" where it is gone."""
    record = row.record
    return f"{record._meta.verbose_name} \u2013 {record}" if record is not None else ""


def links_panel(relation: str, *, heading: Any, rows: type[RecordLink]) -> PartsPanel:
    """Return the panel of the rows `relation` (of the class `rows`), each of which names a record."""
    return PartsPanel(
        relation,
        [RecordKeyPanel("record_key")],
        heading=heading,
        label=gettext_lazy("Record"),
        form_class=RecordLinkForm,
        row_name=link_name,
        help_text=format_lazy("{} {}", rows.key_help, ADDRESS_HELP),
    )
