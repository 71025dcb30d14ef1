"""Take the pictures of docs/editors.md from a running demo site, as the demo's editor sees it.

    DATA_DIR=… DJANGO_SETTINGS_MODULE=platform_site.settings.dev python scripts/take_pictures.py ADDRESS [CHROMIUM]

DATA_DIR is the folder of the data of the site that runs at ADDRESS (http://127.0.0.1:8000). Nothing of it is changed
but for a session of the editor's. The pictures are written over those in docs/.
"""

from __future__ import annotations

import io
import shutil
import sys
from pathlib import Path
from urllib.parse import urlsplit

import django
from PIL import Image

DOCS = Path(__file__).resolve().parents[1] / "docs"
SIZE = {"width": 1280, "height": 860}
COLOURS = 128


def pictures() -> dict[str, tuple[str, str]]:
    """Return for each picture the path to open, and what to scroll to ("" for the top)."""
    from django.urls import reverse
    from wagtail import hooks

    from directory.models import ProcedureNote
    from library.models import LibraryDocument
    from practices.models import CaseStudy

    # The records know their screens once the hooks are there.
    hooks.search_for_hooks()

    def form(record: object) -> str:
        return reverse(record.snippet_viewset.get_url_name("edit"), args=[record.pk])  # type: ignore[attr-defined]

    case = CaseStudy.objects.published().order_by("case_no").first()
    document = LibraryDocument.objects.published().filter(files__isnull=False).order_by("pk").first()
    note = ProcedureNote.objects.published().order_by("pk").first()
    if case is None or document is None or note is None:
        raise SystemExit("The site has no case study, no document with a file or no procedure note: is it the demo?")
    return {
        "editing-case.png": (f"{form(case)}#tab-consent", ""),
        "editing-document.png": (f"{form(document)}#tab-files", ""),
        "editing-note.png": (form(note), ""),
        "pair.png": ("/en/countries/de-ro/", ""),
    }


def session_of_the_editor() -> str:
    """Return the key of a new session of the demo's editor."""
    from django.conf import settings
    from django.contrib.auth import get_user_model
    from django.test import Client

    client = Client()
    editor = get_user_model().objects.get(email="editor@example.org")
    client.force_login(editor, backend="django.contrib.auth.backends.ModelBackend")
    return client.cookies[settings.SESSION_COOKIE_NAME].value


def take(address: str, chromium: str) -> None:
    """Write the pictures of the site at `address`."""
    from django.conf import settings
    from playwright.sync_api import sync_playwright

    wanted, key = pictures(), session_of_the_editor()
    cookie = {"name": settings.SESSION_COOKIE_NAME, "value": key, "domain": urlsplit(address).hostname, "path": "/"}
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium)
        context = browser.new_context(viewport=SIZE, color_scheme="light")
        for name, (path, scroll) in wanted.items():
            # Readers' pages are taken as the public sees them.
            context.clear_cookies()
            if path.startswith("/admin/"):
                context.add_cookies([cookie])
            page = context.new_page()
            response = page.goto(f"{address.rstrip('/')}{path}", wait_until="networkidle")
            if response is None or not response.ok:
                raise SystemExit(f"{path} could not be opened.")
            if scroll:
                page.locator(scroll).first.scroll_into_view_if_needed()
            picture = Image.open(io.BytesIO(page.screenshot())).convert("RGB")
            picture.quantize(COLOURS).save(DOCS / name, optimize=True)
            page.close()
        browser.close()


if __name__ == "__main__":
    if len(sys.argv) < 2:
        raise SystemExit(__doc__)
    django.setup()
    browser_path = sys.argv[2] if len(sys.argv) > 2 else shutil.which("chromium")
    if not browser_path:
        raise SystemExit("There is no chromium here: say where it is.")
    take(sys.argv[1], browser_path)
