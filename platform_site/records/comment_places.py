"""What of a record can be commented on: the fields of its form, in their order, as the panels of the form name them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.utils.formats import date_format
from django.utils.text import Truncator, capfirst, slugify
from django.utils.translation import gettext as _
from wagtail.admin.panels import FieldPanel, InlinePanel, MultiFieldPanel, PublishingPanel

from platform_site.vocabulary.names import list_label
from platform_site.vocabulary.store import entry_by_id, vocabulary

TEXTS = "texts"
# What a text is, not what it says.
NOT_COMMENTED = frozenset({"language", "is_original"})
# Characters of a value that is shown beside its comments.
SHOWN = 300


@dataclass(frozen=True)
class Place:
    """Something that a comment can be about. `path` and `language` as in `RecordComment`; `group` is where it stands
    in the form, both as words in the editor's language.
    """

    path: str
    language: str
    label: str
    group: str

    @property
    def key(self) -> str:
        """The place in addresses and forms: `name`, `texts.summary:fr`, and "" for the whole record."""
        return place_key(self.path, self.language)

    @property
    def anchor(self) -> str:
        """The id of its link in the form of the record."""
        return f"comment-on-{slugify(self.key.replace('.', '-').replace(':', '-')) or 'all'}"


def place_key(path: str, language: str = "") -> str:
    """Return how a place is named in addresses and forms."""
    return f"{path}:{language}" if language else path


def whole_record() -> Place:
    """Return the place of what is about no field."""
    return Place("", "", _("The whole record"), "")


def places(record: Any) -> dict[str, Place]:
    """Return the places of `record` (with its texts) by their keys, the whole record first, then as the form goes."""
    found = [whole_record()]
    form = type(record).snippet_viewset._edit_handler
    for tab in form.children:
        for panel, label in fields_of(tab.children):
            found.append(Place(panel_path(panel), "", label, str(tab.heading)))
            if panel_path(panel) == TEXTS:
                found += _in_texts(panel, record)
    return {place.key: place for place in found}


def _in_texts(panel: Any, record: Any) -> Iterator[Place]:
    languages = vocabulary("languages")
    inside = [*fields_of(panel.child_edit_handler.children)]
    for row in record.texts.all():
        for field, label in inside:
            if field.field_name not in NOT_COMMENTED:
                group = _("Text: %(language)s") % {"language": languages.label(row.language)}
                yield Place(f"{TEXTS}.{field.field_name}", row.language, label, group)


def panel_path(panel: Any) -> str:
    """Return the name of what a panel of a form holds: a field, a list of terms or rows."""
    return str(panel.relation_name if isinstance(panel, InlinePanel) else panel.field_name)


def fields_of(panels: Iterable[Any], above: str = "") -> Iterator[tuple[Any, str]]:
    """Yield the panels of fields and rows within `panels`, each with its label; `above` is the heading around them."""
    for panel in panels:
        if isinstance(panel, PublishingPanel):
            continue
        if isinstance(panel, FieldPanel | InlinePanel):
            label = _label(panel)
            # "2. Organisations" says "Organisations" already.
            yield panel, above if above.endswith(label) else f"{above}: {label}" if above else label
        elif hasattr(panel, "children"):
            heading = str(panel.heading) if isinstance(panel, MultiFieldPanel) else ""
            yield from fields_of(panel.children, heading or above)


def _label(panel: Any) -> str:
    if panel.heading:
        return str(panel.heading)
    try:
        return str(capfirst(panel.db_field.verbose_name))
    except FieldDoesNotExist:
        return str(list_label(panel.field_name))


def present_value(record: Any, place: Place) -> str:
    """Return in short what `record` says at `place`; "" where it says nothing, and for the whole record."""
    name = place.path
    if name.startswith(f"{TEXTS}."):
        row = next((row for row in record.texts.all() if row.language == place.language), None)
        value = getattr(row, name.removeprefix(f"{TEXTS}."), "") or ""
    elif name in record.child_relation_names():
        value = "; ".join(str(row) for row in getattr(record, name).all())
    elif name in getattr(record, "term_lists", ()):
        value = "; ".join(entry.label() for entry in record.entries(name))
    else:
        value = _field_value(record, name)
    return str(Truncator(value).chars(SHOWN))


def _field_value(record: Any, name: str) -> str:
    try:
        field = record._meta.get_field(name)
    except FieldDoesNotExist:
        return ""
    value = getattr(record, field.attname)
    if value in (None, ""):
        return ""
    if isinstance(field, models.ForeignKey):
        entry = entry_by_id(value) if field.related_model._meta.label == "vocabulary.Term" else None
        return entry.label() if entry else str(getattr(record, name))
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(field, models.DateField):
        return date_format(value, "SHORT_DATE_FORMAT")
    return str(getattr(record, f"get_{name}_display")() if field.choices else value)
