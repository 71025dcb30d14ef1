"""Each page has its address in each language, whatever happens to it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from wagtail.actions.convert_alias import ConvertAliasPageAction
from wagtail.models import Locale, Page, PageViewRestriction

from platform_site.home.models import PlainPage
from platform_site.pages.aliases import ensure_all
from tests.factories import home_page, make_draft_page, make_page, make_user

pytestmark = pytest.mark.django_db
LANGUAGES = ("en", "fr", "de", "es", "it")


@pytest.fixture
def committed(django_capture_on_commit_callbacks: Any) -> Callable[[], Any]:
    """A stretch of code after which what waits for the end of the transaction is done."""
    return lambda: django_capture_on_commit_callbacks(execute=True)


def in_language(page: Any, language: str) -> Any:
    """The member of the page's group in a language."""
    return PlainPage.objects.get(translation_key=page.translation_key, locale__language_code=language)


def group(page: Any) -> list[Any]:
    return list(PlainPage.objects.filter(translation_key=page.translation_key))


def statuses(client: Client, path: str) -> set[int]:
    return {client.get(f"/{language}/{path}").status_code for language in LANGUAGES}


def led_on(client: Client, path: str) -> set[str]:
    """Return where old addresses lead for good, in all languages."""
    answers = [client.get(f"/{language}/{path}") for language in LANGUAGES]
    assert {answer.status_code for answer in answers} == {301}
    return {answer.headers["Location"] for answer in answers}


def translate(page: Any, language: str, title: str) -> Any:
    """Write and publish the translation of a page, as an editor does who makes a page of the alias."""
    alias = in_language(page, language)
    ConvertAliasPageAction(alias).execute(skip_permission_checks=True)
    text = PlainPage.objects.get(pk=alias.pk)
    text.title = title
    text.save_revision().publish()
    return PlainPage.objects.get(pk=alias.pk)


def test_a_published_page_answers_in_every_language(client: Client) -> None:
    page = make_page("About us", slug="about")
    assert {member.locale.language_code for member in group(page)} == set(LANGUAGES)
    assert statuses(client, "about/") == {200}
    assert all(member.alias_of_id == page.pk for member in group(page) if member.pk != page.pk)


def test_a_draft_answers_in_no_language(client: Client) -> None:
    make_draft_page("Not yet", slug="not-yet")
    assert statuses(client, "not-yet/") == {404}


def test_a_page_made_live_by_code_answers_in_every_language(client: Client) -> None:
    home_page("fr").add_child(instance=PlainPage(title="Direct", slug="direct", live=True))
    assert statuses(client, "direct/") == {200}
    german = PlainPage.objects.get(slug="direct", locale__language_code="de")
    assert german.text_language == "fr"


def test_a_change_of_the_original_reaches_the_aliases() -> None:
    page = make_page("Before")
    page.title = "After"
    page.save_revision().publish()
    assert {member.title for member in group(page)} == {"After"}


def test_pages_below_pages_keep_their_path(client: Client) -> None:
    parent = make_page("Parent", slug="parent")
    child = make_page("Child", slug="child", parent=parent)
    assert statuses(client, "parent/child/") == {200}
    assert in_language(child, "it").get_parent().specific == in_language(parent, "it")


def test_a_page_below_a_draft_answers_and_the_draft_does_not(client: Client) -> None:
    parent = make_draft_page("Parent", slug="parent")
    make_page("Child", slug="child", parent=parent)
    assert statuses(client, "parent/child/") == {200}
    assert statuses(client, "parent/") == {404}
    parent.latest_revision.publish()
    assert statuses(client, "parent/") == {200}


def test_a_page_without_translation_is_labelled_and_tells_its_language(client: Client) -> None:
    make_page("About us", slug="about", text="English words.")
    response = client.get("/de/about/")
    page = response.content.decode()
    assert '<html lang="de"' in page
    assert '<h1 lang="en"' in page
    assert response.context["is_stand_in"] is True
    assert response.context["original_language"] == "en"
    assert response.context["content_languages"] == {"en"}
    assert '<span aria-current="page" lang="en">' in response.content.decode()
    assert client.get("/en/about/").context["is_stand_in"] is False


def test_a_translation_takes_the_place_of_the_alias(client: Client) -> None:
    page = make_page("About us", slug="about")
    translate(page, "de", "Über uns")
    response = client.get("/de/about/")
    assert "Über uns" in response.content.decode()
    assert response.context["is_stand_in"] is False
    assert client.get("/fr/about/").context["content_languages"] == {"en", "de"}


def test_a_translation_begun_shows_the_newest_original_until_it_is_published(client: Client) -> None:
    page = make_page("First words", slug="about")
    alias = in_language(page, "de")
    ConvertAliasPageAction(alias).execute(skip_permission_checks=True)
    page.title = "Second words"
    page.save_revision().publish()
    response = client.get("/de/about/")
    assert "Second words" in response.content.decode()
    assert response.context["is_stand_in"] is True
    assert response.context["content_languages"] == {"en"}


def test_a_translation_survives_changes_of_the_original() -> None:
    page = make_page("About us")
    translate(page, "de", "Über uns")
    page.title = "About the platform"
    page.save_revision().publish()
    assert in_language(page, "de").title == "Über uns"
    assert in_language(page, "fr").title == "About the platform"


def test_unpublishing_the_only_text_closes_the_address_everywhere(client: Client) -> None:
    page = make_page(slug="about")
    page.unpublish()
    assert statuses(client, "about/") == {404}
    PlainPage.objects.get(pk=page.pk).save_revision().publish()
    assert statuses(client, "about/") == {200}


def test_unpublishing_also_closes_a_translation_that_was_only_begun(client: Client) -> None:
    page = make_page(slug="about")
    ConvertAliasPageAction(in_language(page, "de")).execute(skip_permission_checks=True)
    page.unpublish()
    assert statuses(client, "about/") == {404}


def test_when_the_original_goes_off_the_site_the_translation_stands_in(client: Client) -> None:
    page = make_page("About us", slug="about")
    translate(page, "de", "Über uns")
    PlainPage.objects.get(pk=page.pk).unpublish()
    assert statuses(client, "about/") == {200}
    for language in ("en", "fr"):
        response = client.get(f"/{language}/about/")
        assert "Über uns" in response.content.decode()
        assert response.context["original_language"] == "de"


def test_unpublishing_a_translation_brings_back_the_original(client: Client) -> None:
    page = make_page("About us", slug="about")
    translate(page, "de", "Über uns").unpublish()
    assert "About us" in client.get("/de/about/").content.decode()


def test_a_slug_changes_in_every_language(client: Client, committed: Callable[[], Any]) -> None:
    page = make_page("About us", slug="about")
    translate(page, "de", "Über uns")
    page = PlainPage.objects.get(pk=page.pk)
    page.slug = "who-we-are"
    with committed():
        page.save_revision().publish()
    assert statuses(client, "who-we-are/") == {200}
    assert led_on(client, "about/") == {f"/{language}/who-we-are/" for language in LANGUAGES}


def test_a_draft_of_a_translation_keeps_the_slug_of_the_original(client: Client, committed: Callable[[], Any]) -> None:
    page = make_page("About us", slug="about")
    german = translate(page, "de", "Über uns")
    draft = german.save_revision()
    page = PlainPage.objects.get(pk=page.pk)
    page.slug = "who-we-are"
    with committed():
        page.save_revision().publish()
        draft.publish()
    assert statuses(client, "who-we-are/") == {200}


def test_a_translation_cannot_choose_a_slug() -> None:
    page = make_page("About us", slug="about")
    german = translate(page, "de", "Über uns")
    german.slug = "ueber-uns"
    with pytest.raises(ValidationError, match="same in every language"):
        german.full_clean()


def test_a_page_moves_in_every_language(client: Client) -> None:
    parent = make_page(slug="parent")
    page = make_page("About us", slug="about")
    translate(page, "de", "Über uns")
    PlainPage.objects.get(pk=page.pk).move(parent, pos="last-child")
    assert statuses(client, "parent/about/") == {200}
    assert led_on(client, "about/") == {f"/{language}/parent/about/" for language in LANGUAGES}


def test_a_moved_alias_goes_back_to_its_place(client: Client) -> None:
    parent = make_page(slug="parent")
    page = make_page(slug="about")
    in_language(page, "de").move(in_language(parent, "de"), pos="last-child")
    assert statuses(client, "about/") == {200}


def test_deleting_the_only_text_deletes_the_aliases(client: Client, committed: Callable[[], Any]) -> None:
    page = make_page(slug="about")
    with committed():
        page.delete()
    assert group(page) == []
    assert statuses(client, "about/") == {404}


def test_a_deleted_original_leaves_the_translation_in_every_language(
    client: Client, committed: Callable[[], Any]
) -> None:
    page = make_page("About us", slug="about")
    translate(page, "de", "Über uns")
    with committed():
        PlainPage.objects.get(pk=page.pk).delete()
    assert statuses(client, "about/") == {200}
    assert "Über uns" in client.get("/en/about/").content.decode()


def test_a_deleted_alias_or_translation_is_replaced(client: Client, committed: Callable[[], Any]) -> None:
    page = make_page("About us", slug="about")
    translate(page, "de", "Über uns")
    with committed():
        in_language(page, "de").delete()
    with committed():
        in_language(page, "fr").delete()
    assert statuses(client, "about/") == {200}
    assert "About us" in client.get("/de/about/").content.decode()


def test_deleting_a_parent_keeps_translations_below_it(client: Client, committed: Callable[[], Any]) -> None:
    parent = make_page(slug="parent")
    child = make_page("Child", slug="child", parent=parent)
    translate(child, "de", "Kind")
    with committed():
        PlainPage.objects.get(pk=parent.pk).delete()
    assert statuses(client, "parent/child/") == {200}
    assert statuses(client, "parent/") == {404}


def test_an_address_that_another_language_uses_is_refused() -> None:
    make_page("About us", slug="about")
    with pytest.raises(ValidationError, match="slug"):
        make_draft_page("Über uns", slug="about", language="de")
    make_draft_page("One", slug="later", language="en")
    with pytest.raises(ValidationError, match="another language"):
        make_draft_page("Zwei", slug="later", language="de")


@pytest.mark.parametrize("slug", ["accounts", "safety"])
def test_an_address_of_the_site_itself_is_refused(slug: str) -> None:
    if slug == "accounts":  # no page of its own, so nothing is shadowed
        make_draft_page(slug=slug)
        return
    with pytest.raises(ValidationError, match="uses this address"):
        make_draft_page(slug=slug)


def test_a_page_for_some_is_for_them_in_every_language(client: Client) -> None:
    page = make_page("Inside", slug="inside", text="Not for everybody.")
    child = make_page("Below", slug="below", parent=page)
    ConvertAliasPageAction(in_language(page, "es")).execute(skip_permission_checks=True)
    translate(page, "de", "Drinnen")
    PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)
    assert statuses(client, "inside/") == {404}
    assert statuses(client, "inside/below/") == {404}
    for member in (page, child):
        assert not PlainPage.objects.visible_to(None).filter(translation_key=member.translation_key).exists()
    client.force_login(make_user("member"))
    assert statuses(client, "inside/") == {200}


@pytest.mark.parametrize("language", ["en", "fr", "de", "es", "it"])
def test_a_page_for_some_answers_as_one_that_does_not_exist(client: Client, language: str) -> None:
    """The way in stands in the head of the page: the sign-in, which leads back here."""
    inside = make_page("Inside words", slug="inside")
    PageViewRestriction.objects.create(page=inside, restriction_type=PageViewRestriction.LOGIN)
    answer, missing = client.get(f"/{language}/inside/"), client.get(f"/{language}/nowhere/")
    assert answer.status_code == missing.status_code == 404
    assert b"Inside words" not in answer.content
    assert f"/{language}/accounts/login/?next=/{language}/inside/" in answer.content.decode()


def test_the_search_finds_a_text_once_per_language_it_is_written_in() -> None:
    page = make_page("About us")
    translate(page, "de", "Über uns")
    found = PlainPage.objects.visible_to(None).filter(translation_key=page.translation_key)
    assert {member.locale.language_code for member in found} == {"en", "de"}


def test_putting_all_in_order_changes_nothing_that_is_in_order() -> None:
    parent = make_page()
    translate(make_page(parent=parent), "it", "Pagina")
    before = list(Page.objects.order_by("pk").values_list("pk", "path", "url_path", "alias_of_id", "live"))
    ensure_all()
    assert list(Page.objects.order_by("pk").values_list("pk", "path", "url_path", "alias_of_id", "live")) == before


def test_a_language_that_is_added_gets_its_tree(settings: Any, committed: Callable[[], Any]) -> None:
    page = make_page(slug="about")
    settings.LANGUAGES = [*settings.LANGUAGES, ("ro", "Romanian")]
    settings.WAGTAIL_CONTENT_LANGUAGES = settings.LANGUAGES
    with committed():
        Locale.objects.create(language_code="ro")
    assert in_language(page, "ro").url_path == "/home-ro/about/"
