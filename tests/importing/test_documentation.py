"""`docs/import.md` is complete: every file, column, key, option and list that the importer knows stands in it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.core.management.base import BaseCommand

from library.guides.package_files import CHAPTER_KEYS, GUIDE_KEYS
from newsletters.importing import HEAD_KEYS as NEWS_KEYS
from platform_site.home.importing import HEAD_KEYS
from platform_site.home.importing_versions import VERSION_KEYS
from platform_site.home.management.commands.import_package import Command
from platform_site.records.packages import registry
from platform_site.records.packages.package import KEYS as PACKAGE_KEYS
from platform_site.records.packages.sheets import Sheet
from platform_site.records.packages.tables import TableImporter
from practices.cases.exporting import CASE_EXTRA_KEYS, CASE_KEYS
from practices.exporting import EXTRA_KEYS, KEYS

TEXT = (Path(__file__).parents[2] / "docs" / "import.md").read_text(encoding="utf-8")
CODES = set(re.findall(r"`([^`\n]+)`", TEXT))
WORDS = CODES | {word for code in CODES for word in re.split(r"[^A-Za-z0-9_./*-]+", code)}


def sheets() -> list[Sheet]:
    tables = [importer for importer in registry.importers() if isinstance(importer, TableImporter)]
    return [sheet for table in tables for sheet in (table.main, *(child.sheet for child in table.children))]


def test_every_column_of_every_table_is_documented():
    missing = {(sheet.file, name) for sheet in sheets() for name in sheet.known if name not in WORDS}
    assert not missing


def test_every_file_is_documented():
    files = {file for importer in registry.importers() for file in importer.files}
    assert {file for file in files if file.rstrip("/") not in TEXT} == set()
    assert len(files) >= 13


@pytest.mark.parametrize(
    "keys",
    [
        KEYS,
        EXTRA_KEYS,
        CASE_KEYS,
        CASE_EXTRA_KEYS,
        HEAD_KEYS,
        VERSION_KEYS,
        NEWS_KEYS,
        GUIDE_KEYS,
        CHAPTER_KEYS,
        PACKAGE_KEYS,
    ],
)
def test_every_key_is_documented(keys):
    assert [key for key in keys if key not in WORDS] == []


def test_every_option_is_documented():
    parser = Command().create_parser("manage.py", "import_package")
    own = {action.option_strings[0] for action in parser._actions if action.option_strings}
    django = {action.option_strings[0] for action in BaseCommand().create_parser("manage.py", "x")._actions}
    assert {option for option in own - django if option not in TEXT} == set()


def test_what_has_no_place_names_no_file_that_is_imported():
    assert not set(registry.parts().values()) & set(registry.WITHOUT_PLACE)
