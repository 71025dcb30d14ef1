"""A package is what lies in its folder: a link that leaves it carries no file of the machine onto the site."""

from __future__ import annotations

from pathlib import Path

import pytest

from platform_site.records.packages.package import open_package
from platform_site.records.packages.problems import PackageError
from platform_site.records.packages.running import import_package

pytestmark = pytest.mark.django_db
OUT = "It is a link that leads out of the package."
HEADER = "file,title,kind,issuer,year,language,level,countries,topics,summary,source_url"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "package"
    made.mkdir()
    (made / "README.md").write_text("# A package\n")
    (tmp_path / "secret.txt").write_text("# Secret\n\nWords.\n")
    (tmp_path / "secrets").mkdir()
    (tmp_path / "secrets" / "guide.yaml").write_text("title: Secret\n")
    return made


def sentences(folder: Path) -> list[str]:
    try:
        return [str(problem) for problem in import_package(folder, dry_run=True).problems]
    except PackageError as error:
        return [str(problem) for problem in error.problems]


@pytest.mark.parametrize(
    "name",
    [
        "README.md",
        "package.yaml",
        "mappings.csv",
        "organisations.csv",
        "practices.json",
        "case_themes.csv",
        "indicators.csv",
        "pages/about.md",
        "pages/versions/about.md",
        "guides/return/chapter.md",
        "library/library.csv",
    ],
)
@pytest.mark.parametrize("target", ["secret.txt", "absolute"])
def test_a_file_that_is_a_link_out_is_refused(folder: Path, name: str, target: str) -> None:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    (folder / "hotlines.csv").touch()
    path.unlink(missing_ok=True)
    secret = folder.parent / "secret.txt"
    path.symlink_to(secret if target == "absolute" else "../" * (name.count("/") + 1) + "secret.txt")
    assert f"{name}: {OUT}" in sentences(folder)


@pytest.mark.parametrize("name", ["pages", "pages/versions", "guides", "guides/return", "library"])
def test_a_folder_that_is_a_link_out_is_refused(folder: Path, name: str) -> None:
    (folder / name).parent.mkdir(parents=True, exist_ok=True)
    (folder / name).symlink_to(folder.parent / "secrets")
    assert any(OUT in sentence for sentence in sentences(folder))


def test_a_library_file_that_is_a_link_out_is_named_with_its_row(folder: Path) -> None:
    (folder / "library").mkdir()
    (folder / "library" / "library.csv").write_text(f"{HEADER}\nlink.txt,A,handbook,,,en,,,,,\n")
    (folder / "library" / "link.txt").symlink_to(folder.parent / "secret.txt")
    assert sentences(folder) == [f"library/library.csv, line 2, file: {OUT}"]


def test_links_within_the_package_lead_on_and_circles_nowhere(folder: Path) -> None:
    (folder / "one.csv").write_text("a\n")
    (folder / "two.csv").symlink_to("one.csv")
    (folder / "three.csv").symlink_to("three.csv")
    package = open_package(folder)
    assert package.path("two.csv").read_text() == "a\n"
    with pytest.raises(PackageError, match=r"three.csv: It is a link that leads nowhere"):
        package.path("three.csv")
