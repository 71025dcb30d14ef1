"""A secret word stands in everything that is not for everybody; no reader may find one that is not for them."""

from __future__ import annotations

import datetime as dt
import itertools
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.db import models
from django.test import Client
from pytest_django import Settings
from wagtail.models import PageViewRestriction

from directory.models import ActionPlan, ErrorReport, Location, NationalBody, Organisation, Programme
from library.models import ChapterPage, GuidePage
from newsletters.models import NewsListPage, NewsPage
from platform_site.home.kept_pages import kept_pages
from platform_site.records.comments import write_comment
from platform_site.records.models import Record
from platform_site.records.services import publish_record, save_draft, withdraw_record
from tests.canary.crawler import crawl
from tests.canary.glossary import GLOSSARY_ENTRIES, GLOSSARY_OUTLETS, secret_glossary
from tests.directory.making import build_note, make_programme_of_everything
from tests.directory.profiles import build_profile, fact
from tests.factories import ROLES, build_case, build_chart, build_organisation, make_service, make_user
from tests.library.guiding import make_chapter, make_guide
from tests.library.making import build_document

pytestmark = pytest.mark.django_db

MEMBER_ROLES = frozenset({"member", "editor", "reviewer", "administrator"})
STAFF_ROLES = frozenset({"editor", "reviewer", "administrator"})
EVERYBODY = frozenset(ROLES)
# Whom Wagtail's restriction to the group of members lets in: an administrator passes every restriction.
GROUP_ROLES = frozenset({"member", "administrator"})
NOBODY: frozenset[str] = frozenset()

_numbers = itertools.count(1)
OUTLETS = [
    f"/{language}/{path}"
    for language in ("en", "de")
    for path in (
        "",
        "directory/",
        "directory/?view=table",
        "directory/?view=map",
        "directory/?format=csv",
        "directory/?format=json",
        "directory/?service=accommodation&age=minor",
        "directory/?q=canary",
        "directory/?q=canary&format=json",
        "countries/",
        "countries/IT/",
        "countries/coverage/",
        "countries/coverage/?view=networks",
        "countries/coverage/?format=csv",
        "countries/it-ro/",
        "countries/ro-it/",
        "countries/AL/",
        "countries/compare/?country=AL&country=RS",
        "countries/compare/?country=AL&country=RS&format=csv",
        "countries/compare/?country=AL&country=RS&format=json",
        "countries/indicators/",
        "countries/indicators/?format=csv",
        "countries/indicators/?format=json",
        "networks/",
        "programmes/",
        "safety/",
        "practices/",
        "practices/?format=csv",
        "practices/?format=json",
        "practices/?q=canary",
        "case-studies/",
        "case-studies/?format=csv",
        "case-studies/?format=json",
        "case-studies/?q=canary",
        "case-studies/statistics/?by=organisation",
        "case-studies/statistics/?by=pair&format=csv",
        "case-studies/999999/",
        "directory/nobody/",
        "practices/999999/",
        "library/",
        "library/?format=csv",
        "library/?format=json",
        "library/?format=ris",
        "library/?q=canary",
        "library/tools/",
        "legal-instruments/palermo_protocol/",
        "monitoring-bodies/greta/",
        "guides/",
        "guides/open-guide/",
        "guides/open-guide/print/",
        "guides/open-guide/guide.epub",
        "guides/inside-guide/print/",
        "guides/inside-guide/guide.epub",
        "guides/inside-guide/chapter/citation.ris",
        "news/",
        "news/feed/",
        *GLOSSARY_OUTLETS,
    )
] + ["/sitemap.xml", "/robots.txt", "/health/", "/health/ready/"]


# Pages of the lists, the same in each language but for their labels: two languages of the outlets are enough.
VOCABULARY_PAGES = tuple(
    f"/{language}/{pages}/" for language in ("fr", "es", "it") for pages in ("legal-instruments", "monitoring-bodies")
)


_LETTERS = "abcdefghijklmnopqrstuvwxyz"


class Secrets:
    """Gives out secret words and remembers who may read each."""

    def __init__(self) -> None:
        self.readers: dict[str, frozenset[str]] = {}
        self.meaning: dict[str, str] = {}

    def word(self, meaning: str, readers: frozenset[str]) -> str:
        # Letters alone: some fields take nothing else.
        tens, ones = divmod(next(_numbers), 26)
        token = f"canary{_LETTERS[tens // 26]}{_LETTERS[tens % 26]}{_LETTERS[ones]}x"
        self.readers[token] = readers
        self.meaning[token] = meaning
        return token

    def code(self, meaning: str, readers: frozenset[str]) -> str:
        """Give out a secret in the form of a code of a person."""
        token = f"CNR-{next(_numbers):06d}"
        self.readers[token] = readers
        self.meaning[token] = meaning
        return token


def fill_texts(obj: Record, secrets: Secrets, readers: frozenset[str], meaning: str) -> None:
    """Put a secret word into every text of a record and its parts that takes one."""
    for row in [obj, *(part for name in obj.child_relation_names() for part in getattr(obj, name).all())]:
        for field in row._meta.concrete_fields:
            plain = isinstance(field, models.CharField | models.TextField) and not isinstance(field, models.EmailField)
            if not plain or field.choices or field.validators[1:] or field.name in FIXED:
                continue
            if field.max_length and field.max_length < 30:
                continue
            setattr(row, field.name, secrets.word(f"{meaning}: {row._meta.label}.{field.name}", readers))


FIXED = {
    "adaptation_note",
    "capacity_note",
    "slug",
    "language",
    "native_language",
    "time_zone",
    "website",
    "source_url",
    "number",
    "successor",
}


def secret_document(secrets: Secrets, readers: frozenset[str], meaning: str, **values: Any) -> Any:
    """Return a document with a secret word in every text and in its file."""
    words = f"# {secrets.word(f'{meaning}: heading of its file', readers)}\n\n" + secrets.word(
        f"{meaning}: text of its file", readers
    )
    facts: dict[str, Any] = {"instruments": [("palermo_protocol", "art. 3")], "monitoring_bodies": ["greta"]}
    document = build_document(
        tool="form", countries=["IT"], files=[("en", "secret.txt", words.encode())], **facts, **values
    )
    fill_texts(document, secrets, readers, meaning)
    return document


def secret_profile(country: str, secrets: Secrets, readers: frozenset[str], meaning: str, **values: Any) -> Any:
    """Return a country's profile with a secret word in every text and in each of its rows."""
    profile = build_profile(
        country,
        [fact("role_in_trafficking", "origin", evidence="p. 7")],
        texts={"en": {"trends": "Trends."}},
        plans=[ActionPlan(name="Plan")],
        bodies=[NationalBody(name="Body", role="police")],
        **values,
    )
    fill_texts(profile, secrets, readers, meaning)
    for row in profile.facts.all():
        # These have rules of their own: no unit for words, a year with four figures.
        row.unit, row.year = "", "2024"
    for plan in profile.plans.all():
        plan.start = plan.end = ""
    return profile


def secret_guides(secrets: Secrets) -> None:
    """Make a guide and news for members, an open guide with a chapter for members and with a draft, each with words."""
    members = Group.objects.get(name="Members")

    def close(page: Any) -> None:
        restriction = PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.GROUPS)
        restriction.groups.add(members)

    def words(meaning: str, readers: frozenset[str]) -> dict[str, Any]:
        return {
            "title": secrets.word(f"{meaning}: title", readers),
            "intro": secrets.word(f"{meaning}: introduction", readers),
            "body": [
                ("heading", {"text": secrets.word(f"{meaning}: heading", readers), "level": "2"}),
                ("text", secrets.word(f"{meaning}: text", readers)),
            ],
        }

    closed = make_guide(
        slug="inside-guide",
        chapters=0,
        subtitle=secrets.word("guide for members: subtitle", GROUP_ROLES),
        changes=[(dt.date(2026, 1, 1), secrets.word("guide for members: change", GROUP_ROLES))],
        **words("guide for members", GROUP_ROLES),
    )
    make_chapter(closed, slug="chapter", **words("chapter of a guide for members", GROUP_ROLES))
    close(closed)
    guide = make_guide(slug="open-guide", chapters=1)
    close(make_chapter(guide, slug="inside", **words("chapter for members", GROUP_ROLES)))
    document = publish_record(record=secret_document(secrets, MEMBER_ROLES, "document in a guide", audience="members"))
    make_chapter(guide, title="Papers", slug="papers", body=[("documents", {"title": "", "documents": [document]})])
    draft = ChapterPage(slug="draft", live=False, **words("draft of a chapter", NOBODY))
    GuidePage.objects.get(pk=guide.pk).add_child(instance=draft)
    draft.save_revision()
    news = NewsPage(slug="inside", live=False, **words("news for members", GROUP_ROLES))
    NewsListPage.objects.get(locale__language_code="en").add_child(instance=news)
    news.save_revision().publish()
    close(news)


@pytest.fixture
def secrets() -> Secrets:
    found = Secrets()

    def office(public: bool) -> Organisation:
        readers = EVERYBODY if public else MEMBER_ROLES
        organisation = build_organisation(office_public=public, services=[make_service()])
        organisation.office_phone = found.word(f"office phone, public {public}", readers)
        organisation.office_fax = found.word(f"office fax, public {public}", readers)
        organisation.office_email = found.word(f"office mail, public {public}", readers) + "@example.org"
        return organisation

    publish_record(record=office(public=False))
    publish_record(record=office(public=True))

    located = build_organisation()
    located.locations = [
        Location(city=found.word("city, kept back", STAFF_ROLES), address=found.word("street, kept back", STAFF_ROLES)),
        Location(
            city=found.word("city, for members", MEMBER_ROLES),
            address=found.word("street, for members", MEMBER_ROLES),
            shown=True,
        ),
        Location(
            city=found.word("city, public", EVERYBODY),
            address=found.word("street, public", EVERYBODY),
            shown=True,
            public=True,
        ),
    ]
    publish_record(record=located)

    for audience, readers in (("members", MEMBER_ROLES), ("staff", STAFF_ROLES)):
        organisation = build_organisation(audience=audience, services=[make_service("shelter", ages=["minor"])])
        fill_texts(organisation, found, readers, f"organisation for {audience}")
        publish_record(record=organisation)

    draft = build_organisation(services=[make_service("shelter", ages=["minor"])])
    fill_texts(draft, found, NOBODY, "draft")
    save_draft(record=draft, user=make_user("editor"))

    changed = publish_record(record=build_organisation())
    fill_texts(changed, found, NOBODY, "unpublished change")
    save_draft(record=changed, user=make_user("editor"))

    gone = build_organisation(audience="members")
    fill_texts(gone, found, NOBODY, "withdrawn")
    withdraw_record(
        record=publish_record(record=gone), user=None, reason=found.word("reason of a withdrawal", MEMBER_ROLES)
    )

    for audience, readers in (("members", MEMBER_ROLES), ("staff", STAFF_ROLES)):
        chart = build_chart(audience=audience)
        fill_texts(chart, found, readers, f"chart for {audience}")
        publish_record(record=chart)
    unpublished = build_chart()
    fill_texts(unpublished, found, NOBODY, "draft chart")
    save_draft(record=unpublished, user=make_user("editor"))

    for audience, readers in (("members", MEMBER_ROLES), ("staff", STAFF_ROLES)):
        case = build_case(audience=audience, steps=[("DE", "Step", "What happened.")])
        fill_texts(case, found, readers, f"case for {audience}")
        publish_record(record=case)
    told = build_case(text={"answer_12": found.word("answer, public", EVERYBODY)})
    # A code is no word: this one is as good as one, and for members.
    told.person_code = found.code("code of a person", MEMBER_ROLES)
    told.organisation = publish_record(
        record=build_organisation(audience="members", name=found.word("teller, for members", MEMBER_ROLES))
    )
    publish_record(record=told)
    untold = build_case()
    fill_texts(untold, found, NOBODY, "draft case")
    save_draft(record=untold, user=make_user("editor"))

    for audience, readers in (("members", MEMBER_ROLES), ("staff", STAFF_ROLES)):
        publish_record(record=secret_document(found, readers, f"document for {audience}", audience=audience))
    save_draft(record=secret_document(found, NOBODY, "draft document"), user=make_user("editor"))

    for audience, readers in (("members", MEMBER_ROLES), ("staff", STAFF_ROLES)):
        note = build_note("IT", "RO", audience=audience)
        fill_texts(note, found, readers, f"procedure note for {audience}")
        note.points.get_object_list()[0].source_url = ""
        for text in note.texts.get_object_list():
            text.consulates = text.usual_time = text.travel = text.costs = ""
        publish_record(record=note)
    unwritten = build_note("IT", "RO")
    fill_texts(unwritten, found, NOBODY, "draft procedure note")
    save_draft(record=unwritten, user=make_user("editor"))
    for country, audience, readers in (("AL", "members", MEMBER_ROLES), ("RS", "staff", STAFF_ROLES)):
        publish_record(record=secret_profile(country, found, readers, f"profile for {audience}", audience=audience))
    save_draft(record=secret_profile("MD", found, NOBODY, "draft profile"), user=make_user("editor"))
    secret_guides(found)

    secret_glossary(found.word, MEMBER_ROLES, STAFF_ROLES)

    hidden = build_organisation(audience="members")
    programme = Programme(
        name=found.word("programme for members", MEMBER_ROLES), slug="hidden-programme", audience="members"
    )
    programme.texts = []
    save_draft(record=programme, user=None)
    publish_record(record=hidden)
    make_programme_of_everything()

    for record in (located, hidden, told, unpublished):
        comment = write_comment(
            record=record, user=make_user("editor"), text=found.word("comment", NOBODY), path="audience"
        )
        write_comment(record=record, user=make_user("reviewer"), text=found.word("answer", NOBODY), thread=comment)

    ErrorReport.objects.create(
        record_reference=located.reference,
        record_name=located.name,
        message=found.word("error report", NOBODY),
        reply_to=f"{found.word('reporter', NOBODY)}@example.org",
    )
    return found


# In every run those whom most is kept from, in one language; with the long suites each role, in all five.
EACH_RUN = [pytest.param(role, ("/de/", "/fr/", "/es/", "/it/"), id=role) for role in ("anonymous", "member")]
LONG_RUN = [pytest.param(role, (), marks=pytest.mark.long, id=f"{role}-everywhere") for role in ROLES]


@pytest.mark.parametrize(("role", "other_languages"), [*EACH_RUN, *LONG_RUN])
def test_no_secret_comes_out(role: str, other_languages: tuple[str, ...], secrets: Secrets, client_for: Any) -> None:
    client: Client = client_for(role)
    left_out = (*VOCABULARY_PAGES, *GLOSSARY_ENTRIES, *other_languages, *(("/admin/",) if role in STAFF_ROLES else ()))
    forbidden = {token for token, readers in secrets.readers.items() if role not in readers}
    seen: set[str] = set()
    # The editors' desk shows drafts, reports and what was withdrawn by right; others find no link to it.
    for path, status, text in crawl(client, OUTLETS, most=1200, left_out=left_out):
        assert status < 500, path
        asked = {token for token in forbidden if token in path}
        found = {token for token in forbidden - asked if token in text}
        assert not found, (path, [secrets.meaning[token] for token in found])
        seen |= {token for token in secrets.readers if token in text}
    shown = {"office phone, public True", "city, public", "answer, public"} | (
        {"office phone, public False", "code of a person", "teller, for members"} if role in MEMBER_ROLES else set()
    )
    shown |= {"guide for members: title", "chapter for members: text"} if role in GROUP_ROLES else set()
    assert shown <= {secrets.meaning[token] for token in seen}, (
        "what a reader may know is there: the crawl reaches the fields"
    )


def test_kept_pages_give_nobody_what_is_for_others(secrets: Secrets, client_for: Any, settings: Settings) -> None:
    """Visitors, members and editors ask by turns for the same addresses, which are kept for visitors alone."""
    settings.KEEP_PAGES = True
    turns = [(role, client_for(role)) for role in ("member", "anonymous", "editor", "anonymous", "member")]
    kept_pages.clear()
    for path in (path for path in OUTLETS if path.startswith("/en/")):
        for role, client in turns:
            response = client.get(path)
            body = b"".join(response.streaming_content) if response.streaming else response.content
            text = body.decode("utf-8", errors="replace")
            found = {word for word, readers in secrets.readers.items() if role not in readers and word in text}
            assert not found, (path, role, [secrets.meaning[word] for word in found])
    kept_pages.clear()
