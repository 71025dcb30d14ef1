"""The practice charts and pages of the demo package: form, codes, length, languages."""

import re
from collections import Counter

from tests.demo.package import (
    DEMO,
    FICTIONAL_NUMBERS,
    PRACTICE_KEYS,
    PROSE_KEYS,
    SITE_LANGUAGES,
    codes_of,
    organisation_names,
    pages,
    practices,
    read_rows,
    texts_in,
)

EXTRA_KEYS = {
    "language", "translations", "assessed_by", "selection_principles", "adapted_from", "adaptation_note",
}  # fmt: skip


def test_a_number_in_a_text_is_fictional_too() -> None:
    allowed = re.compile("|".join(f"(?:{one})" for one in FICTIONAL_NUMBERS))
    for path in [DEMO / "practices.json", *sorted((DEMO / "pages").glob("*.md"))]:
        for number in re.findall(r"\+\d[\d ]{7,}\d", path.read_text(encoding="utf-8")):
            assert allowed.fullmatch(number), f"{path.name}: {number}"


def test_evidence_points_to_a_chart_of_the_same_organisation() -> None:
    charts = {chart["chart_no"]: chart for chart in practices()}
    for row in read_rows("services.csv"):
        for number, field in re.findall(r"practice:(\d+) (\w+)", row["evidence"]):
            chart = charts[int(number)]
            assert field in PRACTICE_KEYS, row["evidence"]
            assert row["organisation"] in chart["organisations"], f"{row['organisation']}: {row['evidence']}"


def test_charts_have_every_key_and_every_category() -> None:
    charts = practices()
    assert [chart["chart_no"] for chart in charts] == list(range(1, 13))
    assert len({chart["name"] for chart in charts}) == 12
    for chart in charts:
        extra = set(chart) - set(PRACTICE_KEYS)
        assert set(PRACTICE_KEYS) <= set(chart), chart["chart_no"]
        assert extra <= EXTRA_KEYS, chart["chart_no"]
    assert {code for chart in charts for code in chart["categories"]} == set("ABCD")
    assert sum("training_key_actors" in chart["typology"] for chart in charts) >= 3
    assert any(len(chart["categories"]) > 1 for chart in charts)
    assert any(len(chart["organisations"]) > 1 for chart in charts)


def test_charts_use_known_codes_and_organisations() -> None:
    lists = {name: codes_of(name) for name in ("countries", "practice_typologies", "target_groups")}
    names = organisation_names()
    for chart in practices():
        number = chart["chart_no"]
        assert chart["organisations"], number
        assert set(chart["organisations"]) <= names, number
        assert chart["country"] in lists["countries"], number
        assert set(chart["categories"]) <= codes_of("practice_categories"), number
        assert chart["typology"], number
        assert set(chart["typology"]) <= lists["practice_typologies"], number
        assert chart["target_groups"], number
        assert set(chart["target_groups"]) <= lists["target_groups"], number
        assert chart["area_level"], number
        assert set(chart["area_level"]) <= {"local", "national", "transnational"}, number
        assert re.fullmatch(r"\d{4}(-\d\d)?", chart["start"]), number
        assert chart["end"] is None or chart["end"] >= chart["start"], number


def test_the_coded_copies_in_a_chart_match_the_form() -> None:
    for chart in practices():
        number = chart["chart_no"]
        for texts in [chart, *chart.get("translations", {}).values()]:
            by_kind = texts["resources_by_kind"]
            assert set(by_kind) == {"human", "financial", "in_kind"}, number
            entries = [entry for kind in by_kind.values() for entry in kind]
            assert sorted(entries) == sorted(texts["resources"]), number
            assert set(texts["monitoring"]) <= set(texts["methods"]) | set(texts["tools"]), number
        assert chart["impact"] is None or set(chart["impact"]) == {"short", "medium", "long"}, number
        assert set(chart["contact"]) == {"name", "address", "phone", "fax", "email", "website"}, number
        shares = [entry["share"] for entry in chart["funding"] if entry["share"] is not None]
        for entry in chart["funding"]:
            assert {"source", "share"} <= set(entry) <= {"source", "share", "kind"}, number
        kinds = {entry["kind"] for entry in chart["funding"] if "kind" in entry}
        assert kinds <= codes_of("funding_source_kinds"), number
        assert sum(shares) <= 100, number


def test_charts_show_who_pays_who_assessed_and_where_a_practice_comes_from() -> None:
    charts = {chart["chart_no"]: chart for chart in practices()}
    kinds = {entry.get("kind") for chart in charts.values() for entry in chart["funding"]}
    assert len(kinds) >= 5
    assessed = {chart.get("assessed_by") for chart in charts.values()}
    assert assessed == {"own", "external", None}
    for number, chart in charts.items():
        principles = chart.get("selection_principles", [])
        assert bool(principles) == bool(chart.get("assessed_by")), number
        assert set(principles) <= codes_of("selection_principles"), number
        # What an outside body assessed says so where the form asks for it.
        if chart.get("assessed_by") == "external":
            assert chart["monitoring"], number
        if "adapted_from" in chart:
            origin = charts[chart["adapted_from"]]
            assert chart["adaptation_note"], number
            assert chart["start"] > origin["start"], number
            assert chart["country"] != origin["country"], number
    assert any("adapted_from" in chart for chart in charts.values())


def test_fields_that_real_charts_leave_empty_are_empty_here_too() -> None:
    charts = practices()
    for key in ("original_name", "end", "mainstreaming", "impact", "general_aim", "monitoring", "references", "tools"):
        assert any(chart[key] for chart in charts), key
        assert any(not chart[key] for chart in charts), key
    for key in ("period", "area", "background", "objectives", "activities", "methods", "resources", "results"):
        assert all(chart[key] for chart in charts), key
    assert all(chart["strengths"] and chart["transferability"] for chart in charts)


def prose_of(texts: dict) -> str:
    """Return the running text of a chart; the coded copies would count twice."""
    keys = PROSE_KEYS - {"resources_by_kind", "monitoring"}
    return " ".join(text for key in sorted(keys) for text in texts_in(texts[key]))


def test_charts_are_long_enough_to_learn_from() -> None:
    for chart in practices():
        words = len(prose_of(chart).split())
        assert 250 <= words <= 700, f"{chart['chart_no']}: {words} words"


def test_charts_say_relevant_and_never_good_practice() -> None:
    texts = [(DEMO / "practices.json").read_text(encoding="utf-8"), *(body for _, body in pages().values())]
    for text in texts:
        assert not re.search(r"\b(good|best)[ -]practices?\b|bonnes? pratiques?", text, re.IGNORECASE)


def test_no_sentence_is_used_twice() -> None:
    seen: Counter[str] = Counter()
    for chart in practices():
        prose = [text for key in PROSE_KEYS - {"resources_by_kind", "monitoring"} for text in texts_in(chart[key])]
        for text in prose:
            seen.update(part for part in re.split(r"(?<=[.!?])\s+|\n+", text) if len(part.split()) > 6)
    for _, body in pages().values():
        seen.update(part for part in re.split(r"(?<=[.!?])\s+|\n+", body) if len(part.split()) > 6)
    assert [sentence for sentence, count in seen.items() if count > 1] == []


def test_translated_charts_are_complete() -> None:
    languages = []
    for chart in practices():
        translations = chart.get("translations", {})
        original = chart.get("language", "en")
        assert original in SITE_LANGUAGES
        assert original not in translations, chart["chart_no"]
        for language, texts in translations.items():
            assert language in SITE_LANGUAGES, chart["chart_no"]
            assert set(texts) == PROSE_KEYS, f"{chart['chart_no']} {language}"
            for key in PROSE_KEYS:
                assert bool(texts[key]) == bool(chart[key]), f"{chart['chart_no']} {language} {key}"
                if isinstance(chart[key], list):
                    assert len(texts[key]) == len(chart[key]), f"{chart['chart_no']} {language} {key}"
        languages.append({original, *translations})
    assert {"en", "fr", "de"} in languages
    assert sum(len(one) == 2 for one in languages) == 1


def test_pages_are_of_known_kinds() -> None:
    found = pages()
    kinds = Counter(front["kind"] for front, _ in found.values())
    assert kinds == Counter({"category_overview": 4, "about": 2, "charter": 1, "statement": 1, "method": 1})
    for name, (front, body) in found.items():
        assert set(front) <= {"title", "kind", "category", "adopted_on", "language", "key"}, name
        assert front["title"], name
        assert front["language"] in SITE_LANGUAGES, name
        assert ("category" in front) == (front["kind"] == "category_overview"), name
        assert len(body.split()) >= 200, name
    assert {front["category"] for front, _ in found.values() if "category" in front} == set("ABCD")


def test_the_about_page_is_one_page_in_two_languages() -> None:
    about = [front for front, _ in pages().values() if front["kind"] == "about"]
    assert {front["key"] for front in about} == {"about"}
    assert {front["language"] for front in about} == {"en", "fr"}
