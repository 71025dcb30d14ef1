"""The conventions about files hold in this tree, and the code that says so sees each kind of breach."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from devtools import conventions
from devtools.places import ROOT

Check = Callable[..., list[str]]


@pytest.mark.parametrize("check", conventions.ALL, ids=lambda check: check.__name__)
def test_the_tree_keeps_the_convention(check: Check) -> None:
    assert check() == []


def write(root: Path, name: str, text: str = "") -> None:
    """Write one file of a small tree."""
    (root / name).parent.mkdir(parents=True, exist_ok=True)
    (root / name).write_text(text, encoding="utf-8")


@pytest.mark.parametrize(
    ("check", "name", "text", "finding"),
    [
        (conventions.too_long, "app/views.py", "x = 1\n" * 401, "401 lines"),
        (conventions.too_long, "app/templates/app/list.html", "<p>\n" * 121, "121 lines"),
        (conventions.poor_names, "app/utils.py", "", "says nothing"),
        (conventions.poor_names, "core/models.py", "", "says nothing"),
        (conventions.poor_names, "statistics.py", "", "hides a module"),
        (conventions.poor_names, "statistics/models.py", "", "hides a module"),
        (conventions.poor_names, "app/migrations/0002_auto_20260101.py", "", "needs a name"),
        (conventions.unsafe_markup, "app/templates/a.html", '<p style="color: red">', "inline style"),
        (conventions.unsafe_markup, "app/templates/a.html", "<script>alert(1)</script>", "inline style or script"),
        (conventions.unsafe_markup, "app/templates/a.html", '<a onclick="go()">', "inline style or script"),
        # The text of a template on trial, never rendered: the breach that the check must see.
        (conventions.unsafe_markup, "app/templates/a.html", "{{ text|safe }}", "trusted HTML"),
        (conventions.left_open, "app/views.py", "# FIX" + "ME later", "unfinished"),
        (conventions.hidden_messages, "app/views.py", "f\"{first} {_('Later.')}\"", "a message in an f-string"),
        (
            conventions.hidden_messages,
            "app/views.py",
            "f\"{translation.ngettext('a', 'b', n)}\"",
            "a message in an f-string",
        ),
        (conventions.hidden_messages, "app/views.py", "_(f'Later {day}')", "a message that is an f-string"),
        (conventions.uncollected_tests, "tests/app/test_views.py", "", "__init__.py"),
        (conventions.addresses_in_requirements, "requirements/run.txt", "a @ https://example.org/a.whl", "not name=="),
        (conventions.addresses_in_requirements, "requirements/run.txt", "--index-" + "url x", "not name=="),
        (conventions.addresses_in_requirements, "requirements/run.txt", "django>=5.2", "not name=="),
    ],
)
def test_a_breach_is_seen(tmp_path: Path, check: Check, name: str, text: str, finding: str) -> None:
    write(tmp_path, name, text)
    findings = check(tmp_path)
    assert len(findings) == 1
    assert finding in findings[0]


def test_a_module_beside_a_folder_of_its_name_is_seen(tmp_path: Path) -> None:
    write(tmp_path, "app/forms.py")
    write(tmp_path, "app/forms/__init__.py")
    assert any("same name" in finding for finding in conventions.poor_names(tmp_path))


def test_what_is_allowed_is_not_a_finding(tmp_path: Path) -> None:
    write(tmp_path, "app/views.py", "x = 1\n" * 400)
    write(tmp_path, "app/migrations/0001_initial.py", "x = 1\n" * 900)
    write(tmp_path, "app/templates/app/list.html", '<script src="a.js" defer></script>\n' * 120)
    write(tmp_path, "tests/app/__init__.py")
    write(tmp_path, "tests/app/test_views.py")
    write(tmp_path, "requirements/run.txt", "django-allauth==65.21.1\npsycopg[binary]==3.3.9\n")
    write(tmp_path, ".venv/lib/utils.py")
    write(tmp_path, "var/demo/core/utils.py")
    assert conventions.all_findings(tmp_path) == []


def test_the_readme_names_both_commands() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert "python3 dev.py run" in readme
    assert "python3 dev.py test" in readme
