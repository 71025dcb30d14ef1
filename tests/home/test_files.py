"""What lies outside the language prefixes: site map, robots, pictures."""

from __future__ import annotations

import io
import re
from pathlib import Path
from xml.etree import ElementTree

import pytest
from django.contrib.staticfiles import finders
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image as Picture
from wagtail.images.models import Image

from tests.factories import make_draft_organisation, make_organisation, make_page
from tests.home.test_aliases import translate

pytestmark = pytest.mark.django_db
NAMES = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9", "x": "http://www.w3.org/1999/xhtml"}


def addresses(client: Client, section: str) -> dict[str, dict[str, str]]:
    """Path of each address of a section, with the paths of its twins by language."""
    response = client.get(f"/sitemap-{section}.xml")
    assert response.status_code == 200
    tree = ElementTree.fromstring(response.content)
    found = {}
    for url in tree.findall("s:url", NAMES):
        twins = {link.get("hreflang", ""): path_of(link.get("href", "")) for link in url.findall("x:link", NAMES)}
        found[path_of(url.findtext("s:loc", "", NAMES))] = twins
    return found


def path_of(address: str) -> str:
    assert address.startswith("http://testserver/"), address
    return address.removeprefix("http://testserver")


def test_the_index_names_sections_that_answer(client: Client) -> None:
    body = client.get("/sitemap.xml").content.decode()
    sections = re.findall(r"http://testserver(/sitemap-[a-z]+\.xml)", body)
    assert "/sitemap-pages.xml" in sections
    assert "/sitemap-organisations.xml" in sections
    assert {client.get(section).status_code for section in sections} == {200}
    assert client.get("/sitemap-nothing.xml").status_code == 404


def test_pages_are_listed_in_the_languages_in_which_they_are_written(client: Client) -> None:
    page = make_page("About us", slug="about")
    make_page("Only English", slug="only")
    translate(page, "de", "Über uns")
    found = addresses(client, "pages")
    assert set(found) >= {"/en/", "/it/", "/en/about/", "/de/about/", "/en/only/"}
    assert not set(found) & {"/fr/about/", "/de/only/"}
    assert found["/de/about/"] == {"en": "/en/about/", "de": "/de/about/"}


def test_restricted_pages_are_not_listed(client: Client) -> None:
    from wagtail.models import PageViewRestriction

    page = make_page(slug="inside")
    PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)
    assert "/en/inside/" not in addresses(client, "pages")


def test_records_are_listed_as_far_as_the_public_may_read_them(client: Client) -> None:
    shown = make_organisation(language="fr")
    hidden = make_organisation(audience="members")
    draft = make_draft_organisation()
    found = addresses(client, "organisations")
    assert f"/fr/directory/{shown.slug}/" in found
    assert f"/en/directory/{shown.slug}/" not in found
    assert not [path for path in found if hidden.slug in path or draft.slug in path]


def test_a_record_in_a_language_that_the_site_does_not_have_is_listed_once(client: Client) -> None:
    shown = make_organisation(language="ro")
    assert [path for path in addresses(client, "organisations") if shown.slug in path] == [
        f"/en/directory/{shown.slug}/"
    ]


def test_every_address_of_the_site_map_answers(client: Client) -> None:
    make_organisation()
    translate(make_page(), "it", "Pagina")
    for section in ("lists", "pages", "organisations"):
        for path in addresses(client, section):
            assert client.get(path).status_code == 200, path


def test_robots_are_told_where_the_site_map_lies(client: Client) -> None:
    body = client.get("/robots.txt")
    assert body["Content-Type"].startswith("text/plain")
    assert "Sitemap: http://testserver/sitemap.xml" in body.content.decode()
    assert "Disallow: /admin/" in body.content.decode()


def test_the_icon_leads_to_a_file_that_exists(client: Client) -> None:
    assert finders.find(client.get("/favicon.ico")["Location"].removeprefix("/static/"))


@pytest.fixture
def image(site_folder: Path) -> Image:
    """A picture in the library of a site with a media folder of its own."""
    drawn = io.BytesIO()
    Picture.new("RGB", (80, 60), "teal").save(drawn, "PNG")
    return Image.objects.create(title="Logo", file=SimpleUploadedFile("logo.png", drawn.getvalue(), "image/png"))


def test_a_rendered_picture_is_served_with_strict_headers(client: Client, image: Image) -> None:
    rendition = image.get_rendition("width-40")
    response = client.get(rendition.url)
    assert response.status_code == 200
    assert response["Content-Type"] == "image/png"
    assert response["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert b"".join(response.streaming_content).startswith(b"\x89PNG")


def test_only_pictures_are_served_even_if_a_rendition_is_something_else(client: Client, image: Image) -> None:
    rendition = image.get_rendition("width-40")
    name = default_storage.save("images/trap.html", ContentFile(b"<script>alert(1)</script>"))
    type(rendition).objects.filter(pk=rendition.pk).update(file=name)
    assert client.get(f"/media/{name}").status_code == 404


def test_nothing_else_of_the_media_folder_has_an_address(client: Client, image: Image) -> None:
    default_storage.save("images/secret.png", ContentFile(b"not a rendition"))
    default_storage.save("notes.txt", ContentFile(b"private"))
    image.get_rendition("width-40")
    for path in (
        image.file.url,
        "/media/images/secret.png",
        "/media/notes.txt",
        "/media/images/../notes.txt",
        "/media/images/..%2Fnotes.txt",
        "/media/",
        "/media/images/",
    ):
        assert client.get(path).status_code == 404, path


def test_a_lost_file_is_not_found(client: Client, image: Image) -> None:
    rendition = image.get_rendition("width-40")
    default_storage.delete(rendition.file.name)
    assert client.get(rendition.url).status_code == 404
