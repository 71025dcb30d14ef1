"""The table of `docs/architecture.md` that leads from HSDS 3.0 to the directory names what is there."""

from __future__ import annotations

import re

from django.apps import apps
from django.conf import settings

from directory.models import Hotline, Organisation, Service

HEADING = "## Where the directory stands in HSDS 3.0"
NAMED_ALONE = {
    *Service.term_lists,
    *Hotline.term_lists,
    *(field.name for model in (Organisation, Service) for field in model._meta.get_fields()),
}


def test_every_name_of_the_table_is_there() -> None:
    text = (settings.BASE_DIR / "docs/architecture.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| .+ \| (.+) \|$", text.split(HEADING)[1].split("\n## ")[0], re.MULTILINE)
    assert len(rows) > 12
    for right in rows[1:]:
        model = None
        for name in re.findall(r"`([A-Za-z_.]+)`", right):
            owner, _, field = name.partition(".")
            if not field:
                assert owner in NAMED_ALONE, name
                continue
            if owner:
                model = apps.get_model("directory", owner)
            assert model is not None, name
            model._meta.get_field(field)
