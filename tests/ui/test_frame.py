"""The frame of every page: the ways out, the menu, the languages, the parts of a document."""

from __future__ import annotations

import re

import pytest
from django.contrib.messages.storage.base import Message
from django.template.loader import render_to_string
from django.test import Client, RequestFactory

from platform_site.ui import navigation

# The footer names the pages that editors wrote, so the frame reads the database once.
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("style_site", "places")]


def frame(path: str = "/en/frame/", **context: object) -> str:
    return render_to_string("ui/base.html", context, request=RequestFactory().get(path))


def test_the_second_way_out_follows_the_skip_link() -> None:
    links = re.findall(r'<a [^>]*href="([^"]+)"', frame())
    assert links[0] == "#main"
    assert links[1] == "/en/leave/"


def test_the_exit_is_a_link_that_sends_no_referrer_and_works_without_script() -> None:
    exits = re.findall(r"<a [^>]*data-exit[^>]*>", frame())
    assert len(exits) == 2
    assert all('href="/en/leave/"' in link and 'rel="noreferrer nofollow"' in link for link in exits)
    assert re.search(r'<script src="[^"]*js/exit.js" defer></script>', frame())


def test_the_hotlines_are_one_link_away() -> None:
    assert 'class="strip-hotlines" href="/en/safety/#hotlines"' in frame()


def test_the_menu_marks_where_the_reader_is() -> None:
    html = frame("/en/places/RO/")
    assert re.search(r'href="/en/places/RO/" aria-current="page"', html)
    assert re.search(r'href="/en/places/" aria-current="true"', html)
    assert 'href="/en/places/RO/"' in frame()
    assert "aria-current" not in re.sub(r'<ul class="languages">.*?</ul>', "", frame(), flags=re.S)


def test_a_view_may_say_which_place_is_active() -> None:
    html = frame("/en/frame/", nav_active="romania")
    assert re.search(r'href="/en/places/RO/" aria-current="true"', html)


def test_a_place_without_an_address_is_left_out() -> None:
    assert "Lost" not in frame()
    assert [link.key for link in navigation.links("main", "/en/")] == ["places", "romania"]
    assert [link.key for link in navigation.links("search", "/en/")] == ["search"]


def test_a_place_can_be_taken_out_again() -> None:
    navigation.unregister("romania")
    navigation.unregister("never was there")
    assert [link.key for link in navigation.links("main", "/en/")] == ["places"]


def test_the_breadcrumb_starts_at_home_and_ends_here() -> None:
    html = frame(breadcrumbs=[("Directory", "/en/places/"), ("Casa <Lumina>", None)])
    trail = html.split('class="wrap breadcrumbs"')[1].split("</nav>")[0]
    assert re.findall(r'href="([^"]+)"', trail) == ["/en/", "/en/places/"]
    assert '<span aria-current="page">Casa &lt;Lumina&gt;</span>' in trail


def test_messages_are_announced() -> None:
    html = frame(messages=[Message(40, "Not saved", "")])
    assert re.search(r'<div class="messages" role="status">.*Not saved', html, re.S)


def test_the_document_names_its_language(client: Client) -> None:
    response = client.get("/fr/frame/")
    assert '<html lang="fr" dir="ltr">' in response.content.decode()


def test_an_anonymous_page_sets_no_cookie(client: Client) -> None:
    assert not client.get("/en/frame/").cookies


def test_the_platform_is_named_by_the_settings() -> None:
    html = frame()
    assert html.count("Ferry") >= 3
    assert "A platform of organisations" in html
