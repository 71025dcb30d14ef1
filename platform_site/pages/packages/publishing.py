"""Making, translating and publishing the pages that a package gives."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.core.exceptions import ValidationError
from wagtail.actions.convert_alias import ConvertAliasPageAction
from wagtail.models import Page

from platform_site.pages.packages.writing import FILE_KEYS, group_of
from platform_site.records.gate import PublishRefused
from platform_site.records.packages.files import Row
from platform_site.records.packages.importer import IMPORTED_REVISION
from platform_site.records.packages.objects import keep_printed
from platform_site.records.packages.package import NEVER
from platform_site.records.packages.provenance import state_source
from platform_site.records.packages.reading import Reading

LEFT_TO_SITE = ("source", "source_url", "imported_on")


def add_page(parent: Page, page: Any) -> Any:
    """Put the new `page` below `parent`, not published. Raises PublishRefused where it cannot stand."""
    page.live = False
    try:
        parent.add_child(instance=page)
    except ValidationError as error:
        raise PublishRefused(error.messages) from error
    return page


def translation_of(original: Any, language: str) -> tuple[Any, bool]:
    """Return the page of a language to write a translation into, and whether it is new."""
    model = type(original)
    page = model.objects.get(translation_key=original.translation_key, locale__language_code=language)
    if page.alias_of_id is None:
        return page, False
    ConvertAliasPageAction(page, user=None, log_action=False).execute(skip_permission_checks=True)
    return model.objects.get(pk=page.pk), True


def drop_translations(original: Any, *, kept: set[str]) -> None:
    """Let aliases take the place of translations that are given no more; what stands below them stays."""
    gone = [page.pk for page in group_of(original) if page.locale.language_code not in kept]
    if gone:
        Page.objects.filter(pk__in=gone).update(alias_of=original, latest_revision=None, live_revision=None)
        original.update_aliases()


def fill(page: Any, row: Row, reading: Reading, *, fields: Iterable[str], fresh: bool) -> None:
    """Put what a row gives of `fields` into `page`, and where it is from."""
    for key in fields:
        if key in row.typed:
            setattr(page, key, row.typed[key])
    state_source(page, row.values, reading, fresh=fresh)
    page.imported_on = reading.imported_on
    for key in LEFT_TO_SITE:
        if row.typed.get(key):
            setattr(page, key, None if row.typed[key] == NEVER else row.typed[key])


def keep_originals(page: Any, row: Row, kept: Mapping[str, Any]) -> None:
    """Keep beside `page` what its file was, and what of the file has no field (`kept`; empty values are forgotten)."""
    page.originals = {
        **{key: value for key, value in page.originals.items() if key not in kept and key != IMPORTED_REVISION},
        **{key: row.values[key] for key in FILE_KEYS if key in row.values},
        **{key: value for key, value in kept.items() if value},
    }


def publish(page: Any, row: Row, says: Mapping[str, Any], *, leave: Iterable[str], fresh: bool) -> None:
    """Publish `page`; what it `says` in another way than the row is kept as printed. Raises PublishRefused."""
    keep_printed(page, row, says, leave=(*LEFT_TO_SITE, *leave), fresh=fresh)
    try:
        page.save_revision(changed=True).publish()
    except ValidationError as error:
        raise PublishRefused(error.messages) from error
    page.refresh_from_db()
