"""The importers that the apps registered, and the files of the format that no app takes yet."""

from __future__ import annotations

from django.utils.module_loading import autodiscover_modules

from platform_site.records.packages.importer import Importer

_importers: dict[str, Importer] = {}

# Files of the format whose content has no place on the site yet: they are named, never read.
WITHOUT_PLACE = {
    "survey.json": "Surveys have no place yet.",
}
# Files about the package itself.
ABOUT = {"package.yaml", "mappings.csv"}


def register(importer: Importer) -> None:
    """Add the importer of a kind of content. Raises ValueError for a second one of that kind or with its files."""
    if any(
        type(other) is not type(importer) and set(other.files) & set(importer.files) for other in _importers.values()
    ):
        raise ValueError(f"Files of {importer.record_type!r} are taken already.")
    if type(_importers.get(importer.record_type, importer)) is not type(importer):
        raise ValueError(f"There is an importer of {importer.record_type!r} already.")
    _importers[importer.record_type] = importer


def importers() -> list[Importer]:
    """Return the importers of all installed apps (their modules `importing`): what is referred to comes first."""
    autodiscover_modules("importing")
    return sorted(_importers.values(), key=lambda importer: importer.order)


def parts() -> dict[str, str]:
    """Return the words for `--only` with the files (or folders) that they stand for."""
    return {part: file for importer in importers() for file, part in importer.files.items()}
