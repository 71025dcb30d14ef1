"""The pages of the library: who sees what, the files and their headers, the reading view, what they cost."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from library.models import DocumentFile, FileVersion, InstrumentParty, LibraryDocument, StoredFile
from library.uploads import store_file
from library.views import tools as tools_view
from platform_site.records.services import publish_record, save_draft, withdraw_record
from platform_site.vocabulary.store import term_id
from tests.directory.profiles import fact, make_profile
from tests.factories import ROLES, make_chart, make_organisation
from tests.library.making import make_document, make_draft_document, make_pdf, text_file

pytestmark = pytest.mark.django_db
ClientFor = Callable[[str], Client]
AUDIENCES = {
    "public": set(ROLES),
    "members": {"member", "editor", "reviewer", "administrator"},
    "staff": {"editor", "reviewer", "administrator"},
}
LONG = "\n\n".join(f"# Chapter {number}\n\n" + "Words about return and papers. " * 60 for number in range(120))


def body(response: Any) -> str:
    content = b"".join(response.streaming_content) if response.streaming else response.content
    return content.decode("utf-8-sig")


def test_who_sees_which_document_in_which_form(client_for: ClientFor) -> None:
    for audience in AUDIENCES:
        make_document(
            name=f"Paper for {audience}", slug=audience, audience=audience, files=[text_file(f"{audience}.txt")],
            instruments=[("palermo_protocol", "art. 3")], monitoring_bodies=["greta"], tool="form", countries=["IT"],
        )  # fmt: skip
    make_draft_document(name="Paper in drawing", slug="drawing", files=[text_file()])
    gone = make_document(name="Paper withdrawn", slug="gone", files=[text_file()])
    withdraw_record(record=gone, user=None, reason="It was replaced.")
    pages = [
        "library/", "library/?format=csv", "library/?format=ris", "library/?q=paper", "library/?q=first+words",
        "library/tools/", "legal-instruments/palermo_protocol/", "monitoring-bodies/greta/", "countries/IT/",
    ]  # fmt: skip
    for role in ROLES:
        client = client_for(role)
        expected = {audience for audience, roles in AUDIENCES.items() if role in roles}
        data = client.get("/en/library/?format=json").json()
        assert {result["title"] for result in data["results"]} == {f"Paper for {audience}" for audience in expected}
        assert data["total"] == sum(option["count"] for option in data["facets"]["type"]) == len(expected)
        for page in pages:
            shown = body(client.get(f"/en/{page}"))
            assert {audience for audience in AUDIENCES if f"Paper for {audience}" in shown} == expected, (role, page)
            assert "in drawing" not in shown
            assert "withdrawn" not in shown
        for audience in AUDIENCES:
            wanted = 200 if audience in expected else 404
            for path in ("", "citation.ris", "files/en/", "read/en/", "read/en/1/"):
                assert client.get(f"/en/library/{audience}/{path}").status_code == wanted, (role, audience, path)
            assert client.get(f"/en/library/{audience}/read/en/at/end/").status_code == (302 if wanted == 200 else 404)
        for path in ("", "files/en/", "read/en/"):
            assert client.get(f"/en/library/drawing/{path}").status_code == 404
            assert client.get(f"/en/library/gone/{path}").status_code == 410


def test_headers_of_files(client_for: ClientFor) -> None:
    make_document(slug="open", files=[("en", "Bericht über.pdf", make_pdf(["Words enough to be a text."]))])
    make_document(slug="closed", audience="members", files=[text_file()])
    response = client_for("anonymous").get("/en/library/open/files/en/")
    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Disposition"] == "attachment; filename*=UTF-8''Bericht%20%C3%BCber.pdf"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert response["Cache-Control"] == "private, max-age=600"
    body_of_file = b"".join(response.streaming_content)
    assert body_of_file.startswith(b"%PDF")
    again = client_for("anonymous").get("/en/library/open/files/en/", headers={"If-None-Match": response["ETag"]})
    assert again.status_code == 304
    preview = client_for("anonymous").get("/en/library/open/files/en/preview/")
    assert (preview.status_code, preview["Content-Type"]) == (200, "image/png")
    for role in ("member", "editor"):
        closed = client_for(role).get("/en/library/closed/files/en/")
        assert (closed.status_code, closed["Content-Type"]) == (200, "text/plain; charset=utf-8")
        assert "no-store" in closed["Cache-Control"]
        assert closed["Content-Disposition"].startswith("attachment")
    assert client_for("member").get("/en/library/closed/files/en/preview/").status_code == 404


def test_an_address_of_a_file_stays_when_another_version_comes(client_for: ClientFor) -> None:
    document = make_document(slug="paper", files=[text_file(words="The first version.")])
    document = LibraryDocument.objects.get(pk=document.pk)
    row = document.files.get()
    row.stored = store_file(name="new.txt", data=b"The second version.")
    row.name = "new.txt"
    document.files = [row]
    save_draft(record=document, user=None)
    assert "first" in body(client_for("anonymous").get("/en/library/paper/files/en/"))
    publish_record(record=document)
    assert "second" in body(client_for("anonymous").get("/en/library/paper/files/en/"))
    names = list(FileVersion.objects.order_by("pk").values_list("key", "name"))
    assert names == [("en", "text.txt"), ("en", "new.txt")]
    old = FileVersion.objects.order_by("pk")[0].stored_id
    address = f"/en/library/paper/files/en/versions/{old}/"
    for role in ROLES:
        answer = client_for(role).get(address)
        assert answer.status_code == (200 if role in AUDIENCES["staff"] else 404), role
        listed = address in body(client_for(role).get("/en/library/paper/"))
        assert listed == (role in AUDIENCES["staff"]), role
    assert "first" in body(client_for("editor").get(address))


def test_under_the_address_of_a_version_lies_only_what_the_document_has_or_had_there(client_for: ClientFor) -> None:
    document = make_document(slug="paper", files=[text_file(words="Of this document.")])
    other = make_document(slug="other", files=[text_file(words="Of the other one.")])
    draft = LibraryDocument.objects.get(pk=document.pk)
    draft.files = [row := draft.files.get()]
    row.stored = in_draft = store_file(name="draft.txt", data=b"Of a draft.")
    save_draft(record=draft, user=None)
    own, foreign = document.files.get().stored_id, other.files.get().stored_id
    orphan = store_file(name="orphan.txt", data=b"Of no document.").pk
    editor = client_for("editor")
    for slug, key, pk, status in (
        ("paper", "en", own, 200),
        ("paper", "en", in_draft.pk, 200),
        ("paper", "no-such-key", own, 404),
        ("paper", "en", foreign, 404),
        ("paper", "en", orphan, 404),
        ("other", "en", in_draft.pk, 404),
        ("no-such-document", "en", own, 404),
        ("paper", "en", 10**30, 404),
    ):
        assert editor.get(f"/en/library/{slug}/files/{key}/versions/{pk}/").status_code == status, (slug, key, pk)


def test_files_get_addresses_of_their_language() -> None:
    files = [text_file("a.txt", "One."), text_file("b.txt", "Two."), text_file("c.txt", "Three.", "fr")]
    document = make_document(files=files)
    assert list(document.files.values_list("key", flat=True)) == ["en", "en-2", "fr"]
    publish_record(record=document)
    assert list(DocumentFile.objects.values_list("key", flat=True)) == ["en", "en-2", "fr"]


def test_a_long_text_is_never_sent_whole(client_for: ClientFor) -> None:
    make_document(slug="long", files=[text_file(words=LONG)])
    stored = StoredFile.objects.get()
    assert stored.words == 36_000
    client = client_for("anonymous")
    seen = set()
    for part in range(1, stored.parts + 1):
        for query in ("", "?q=words", "?q=a"):
            page = client.get(f"/en/library/long/read/en/{part}/{query}")
            assert len(page.content) <= 60_000, (part, query)
        seen |= {number for number in range(120) if f"Chapter {number}<" in body(page)}
    assert seen == set(range(120))
    for path in ("0/", f"{stored.parts + 1}/", "999999999999999999999/", "at/nothing/"):
        assert client.get(f"/en/library/long/read/en/{path}").status_code == 404
    target = client.get("/en/library/long/read/en/at/chapter-100/")
    assert target.status_code == 302
    assert 'id="chapter-100"' in body(client.get(target["Location"]))
    assert target["Location"].endswith("#chapter-100")


def test_hits_are_marked_counted_and_linked_from_page_to_page(client_for: ClientFor) -> None:
    parts = ["# Start\n\nÉtat and état.\n", *(f"# Part {n}\n\n{'Filling words here. ' * 350}" for n in range(12))]
    parts.append("# End\n\nThe Etats are <script>here</script>.")
    make_document(slug="long", files=[text_file(words="\n\n".join(parts))])
    client = client_for("anonymous")
    first = body(client.get("/en/library/long/read/en/?q=etat"))
    assert '<mark id="hit-1">État</mark>' in first
    assert '<mark id="hit-2">état</mark>' in first
    last = StoredFile.objects.get().parts
    assert f"/en/library/long/read/en/{last}/?q=etat#hit-3" in first
    end = body(client.get(f"/en/library/long/read/en/{last}/?q=etat"))
    assert '<mark id="hit-3">Etats</mark> are &lt;script&gt;here' in end
    assert "/en/library/long/read/en/?q=etat#hit-1" in end
    shown = body(client.get("/en/library/long/?q=etat"))
    assert "3 places" in shown
    assert "/read/en/at/end/?q=etat" in shown
    assert "not in the text" in body(client.get("/en/library/long/read/en/?q=nothing+such"))
    for odd in ("%00", "'", "((", "*" * 300, "a"):
        assert client.get(f"/en/library/long/?q={odd}").status_code == 200
        assert client.get(f"/en/library/long/read/en/?q={odd}").status_code == 200


APART = """# Start

The time of reflection is short.

# Middle

A period of months.

# End

A recovery and reflection period of thirty days, for a period.
"""


def test_all_words_count_in_any_order_in_the_list_the_document_and_its_text(client_for: ClientFor) -> None:
    make_document(name="Near", slug="near", files=[text_file("near.txt", APART)])
    make_document(name="Apart", slug="apart", files=[text_file("apart.txt", APART.partition("# End")[0])])
    make_document(name="One word", files=[text_file("one.txt", "A period of months.")])
    client = client_for("anonymous")
    shown = body(client.get("/en/library/?q=period+reflection"))
    assert "One word" not in shown
    assert '<a href="/en/library/near/read/en/at/end/?q=period+reflection">' in shown
    assert "recovery and <mark>reflection</mark> <mark>period</mark> of thirty days" in shown
    assert '<a href="/en/library/apart/read/en/at/start/?q=period+reflection">' in shown
    for address in ("near/?q", "near/read/en/?q", "apart/?q", "apart/read/en/?q"):
        assert f'href="/en/library/{address}=period+reflection"' in shown
    page = body(client.get("/en/library/near/?q=period+reflection"))
    assert "1 place" in page
    assert "at/end/" in page
    assert "at/start/" not in page
    text = body(client.get("/en/library/near/read/en/?q=period+reflection"))
    assert 'recovery and <mark id="hit-1">reflection</mark> <mark>period</mark>' in text
    assert "time of <mark>reflection</mark>" in text
    assert "not in the text" not in text
    apart = body(client.get("/en/library/apart/read/en/?q=period+reflection"))
    assert '<mark id="hit-1">reflection</mark>' in apart
    assert '<mark id="hit-2">period</mark>' in apart
    assert "No paragraph has all the words" in apart


def test_words_in_quotation_marks_are_a_phrase_and_missing_words_are_named(client_for: ClientFor) -> None:
    make_document(name="Near leave", slug="near", files=[text_file("near.txt", APART)])
    make_document(name="Apart", slug="apart", files=[text_file("apart.txt", APART.partition("# End")[0])])
    client = client_for("anonymous")
    shown = body(client.get("/en/library/", {"q": '"reflection period"'}))
    assert "/en/library/near/" in shown
    assert "/en/library/apart/" not in shown
    text = body(client.get("/en/library/near/read/en/", {"q": '"reflection period"'}))
    assert '<mark id="hit-1">reflection period</mark>' in text
    apart = body(client.get("/en/library/apart/read/en/", {"q": '"reflection period"'}))
    assert "These words are not in the text." in apart
    # The title has the second word: the list finds the document, its text has the first one only.
    assert "/en/library/near/" in body(client.get("/en/library/?q=recovery+leave"))
    partly = body(client.get("/en/library/near/read/en/?q=recovery+leave"))
    assert '<mark id="hit-1">recovery</mark>' in partly
    assert "Not in the text: leave." in partly
    # What the list finds inside words, the text finds too.
    assert "/en/library/near/" in body(client.get("/en/library/?q=flection"))
    assert '<mark id="hit-1">reflection</mark>' in body(client.get("/en/library/near/read/en/?q=flection"))


def test_two_words_make_no_page_of_the_reading_view_too_heavy(client_for: ClientFor) -> None:
    make_document(slug="long", files=[text_file(words=LONG)])
    for part in range(1, StoredFile.objects.get().parts + 1):
        page = client_for("anonymous").get(f"/en/library/long/read/en/{part}/?q=words+return")
        assert len(page.content) <= 60_000


@pytest.mark.parametrize("state", ["no_text", "empty", "encrypted", "too_long", "broken"])
def test_states_are_told_to_readers_and_editors(client_for: ClientFor, state: str) -> None:
    make_document(slug="scan", files=[("en", "scan.pdf", make_pdf([""]))])
    stored = StoredFile.objects.get()
    assert stored.state == "no_text"
    StoredFile.objects.update(state=state)
    words = str(StoredFile.State(state).label)
    assert words in body(client_for("anonymous").get("/en/library/scan/"))
    assert words in body(client_for("editor").get("/admin/"))
    assert client_for("anonymous").get("/en/library/scan/read/en/").status_code == 404


def test_tools_say_who_uses_them_as_far_as_the_reader_may_know(client_for: ClientFor) -> None:
    hidden = make_organisation(name="Hidden house", audience="members")
    chart = make_chart(name="An open chart", organisations=[make_organisation(name="Open house")])
    make_document(name="Risk form", slug="risk", tool="risk_assessment", uses=[hidden, chart])
    for page in ("library/tools/", "library/risk/"):
        assert "An open chart" in body(client_for("anonymous").get(f"/en/{page}"))
        assert "Hidden house" not in body(client_for("anonymous").get(f"/en/{page}"))
        assert "Hidden house" in body(client_for("member").get(f"/en/{page}"))
    assert "Risk form" in body(client_for("member").get(hidden.get_absolute_url()))


def test_a_legal_instrument_says_its_facts_articles_and_parties(client_for: ClientFor) -> None:
    make_document(name="On the reflection period", instruments=[("coe_convention_trafficking", "art. 13")])
    InstrumentParty.objects.create(
        instrument_id=term_id("legal_instruments", "coe_convention_trafficking"),
        country_id=term_id("countries", "RO"),
        since="2008-02-01",
        source_url="https://example.org",
        checked_on="2026-01-02",
    )
    shown = body(client_for("anonymous").get("/en/legal-instruments/coe_convention_trafficking/"))
    for words in ("art. 13", "On the reflection period", "Romania", "since 1 February 2008", "GRETA"):
        assert words in shown
    other = body(client_for("anonymous").get("/en/legal-instruments/palermo_protocol/"))
    assert "not stated here yet" in other
    for path in ("legal-instruments/no-such/", "monitoring-bodies/no-such/"):
        assert client_for("anonymous").get(f"/en/{path}").status_code == 404


def test_a_country_is_party_by_the_ratification_that_its_profile_states(client_for: ClientFor) -> None:
    """Both pages tell one story, and a profile that is not for everybody tells it to those alone who may read it."""
    make_profile("ES", [fact("coe_convention_ratified", "2009-04")])
    make_profile("MT", [fact("palermo_ratified", "2003")], audience="members")
    for role in ROLES:
        spain = body(client_for(role).get("/en/legal-instruments/coe_convention_trafficking/"))
        assert "Spain" in spain
        assert "ratified: April 2009" in spain
        assert "ratified: April 2009" in body(client_for(role).get("/en/countries/ES/"))
        malta = body(client_for(role).get("/en/legal-instruments/palermo_protocol/"))
        assert ("ratified: 2003" in malta) == (role in AUDIENCES["members"]), role


CONVENTION = "coe_convention_trafficking"


def test_an_article_is_found_by_its_subject_and_leads_to_the_text(client_for: ClientFor) -> None:
    words = f"# Start\n\n{'Filling words here. ' * 2000}\n\n# Rest\n\nA recovery and reflection period is given."
    article = [(CONVENTION, "art. 13", "recovery and reflection period")]
    make_document(name="The text", slug="text", files=[text_file(words=words)], instruments=article)
    make_document(name="No text", slug="none", instruments=[(CONVENTION, "art. 12", "aide aux victimes", "fr")])
    make_document(name="For some", instruments=[(CONVENTION, "art. 14", "secret permit")], audience="members")
    client = client_for("anonymous")
    found = body(client.get("/en/library/?q=reflection+period"))
    assert f'/en/legal-instruments/{CONVENTION}/#articles">' in found
    assert "art. 13: <span" in found
    assert "No text" in body(client.get("/en/library/?q=aide+victimes"))
    shown = body(client.get(f"/en/legal-instruments/{CONVENTION}/"))
    assert '<span lang="fr">aide aux victimes</span>' in shown
    assert "secret permit" not in shown
    assert "secret permit" in body(client_for("member").get(f"/en/legal-instruments/{CONVENTION}/"))
    address = "/en/library/text/read/en/?q=recovery+and+reflection+period"
    assert f'art. 13: <span><a href="{address}&amp;at=first">' in shown
    answer = client.get(f"{address}&at=first")
    last = StoredFile.objects.get().parts
    assert last > 1
    assert answer["Location"] == f"/en/library/text/read/en/{last}/?q=recovery+and+reflection+period#hit-1"
    assert client.get("/en/library/text/read/en/?q=nothing&at=first").status_code == 200


PAGES = {
    "/en/library/": 12,
    "/en/library/?q=document": 12,
    "/en/library/?q=words": 12,
    "/en/library/?q=definition": 12,
    "/en/library/tools/": 12,
    "/en/library/one/": 10,
    "/en/library/one/?q=words": 11,
    "/en/library/one/read/en/": 10,
    "/en/library/one/files/en/": 6,
    "/en/legal-instruments/palermo_protocol/": 12,
}


def test_more_documents_cost_no_more_queries(client_for: ClientFor) -> None:
    charts = [make_chart() for _number in range(2)]
    facts = {
        "instruments": [("palermo_protocol", "art. 3", "the definition")],
        "tool": "form",
        "topics": ["prevention"],
        "uses": charts,
    }
    make_document(slug="one", files=[text_file("one.txt", "Some words.")], **facts)

    def costs() -> dict[str, int]:
        client, found = client_for("anonymous"), {}
        for path in PAGES:
            client.get(path)
            with CaptureQueriesContext(
                connection,
            ) as queries:
                assert client.get(path).status_code == 200
            found[path] = len(queries)
        return found

    before = costs()
    for number in range(5):
        make_document(files=[text_file(f"{number}.txt", f"Other words {number}.")], **facts)
    assert costs() == before
    assert {path: cost for path, cost in before.items() if cost > PAGES[path]} == {}


def test_a_shelf_with_more_tools_than_it_shows_says_so(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    make_document(name="A checklist", tool="checklist")
    make_document(name="A form", tool="form")
    page = "/en/library/tools/"
    monkeypatch.setattr(tools_view, "MOST_TOOLS", 1)
    assert "by name." not in body(client.get(page))
    make_document(name="B checklist", tool="checklist")
    make_document(name="C checklist", tool="checklist", audience="members")
    shown = body(client.get(page))
    assert "A checklist" in shown
    assert "A form" in shown
    assert "B checklist" not in shown
    assert shown.count("The first 1 of 2 by name.") == 1
    assert 'href="?tool=checklist">All of this kind: Checklist</a>' in shown
    whole = body(client.get(f"{page}?tool=checklist"))
    assert "B checklist" in whole
    assert "A form" not in whole
    monkeypatch.setattr(tools_view, "PAGE_OF_TOOLS", 1)
    assert "B checklist" in body(client.get(f"{page}?tool=checklist&page=2"))
    assert {client.get(page + one).status_code for one in ("?tool=spade", "?tool=checklist&page=x")} == {200}
