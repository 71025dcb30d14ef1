"""The standard form: complete, used everywhere, and asked for by the publish gate."""

from __future__ import annotations

import html
import re
from collections.abc import Callable

import pytest
from django.template.loader import get_template
from django.test import Client

from platform_site.records.gate import PublishRefused
from platform_site.records.services import publish_record
from practices.completeness import problems
from practices.models import FundingShare, PracticeChart, PracticeText
from practices.standard_form import FIELDS, json_keys, part, parts, term_list_names, text_names
from tests.factories import build_chart, make_chart

pytestmark = pytest.mark.django_db

# The keys of practices.json, as the package format documents them; chart_no is the number of the record, no answer.
DOCUMENTED_KEYS = {
    "name", "original_name", "organisations", "country", "categories", "typology", "period", "start", "end", "area",
    "background", "target_groups", "objectives", "activities", "methods", "tools", "resources", "funding", "results",
    "strengths", "innovation", "weaknesses", "transferability", "mainstreaming", "references", "contact", "area_level",
    "general_aim", "monitoring", "resources_by_kind", "impact",
}  # fmt: skip
# What real charts leave empty; a form that asks for it would refuse them.
EMPTY_IN_REAL_CHARTS = {
    "original_name", "further_countries", "end", "general_aim", "tools", "monitoring", "resources_financial",
    "resources_in_kind", "funding", "impact_short", "impact_medium", "impact_long", "innovation", "weaknesses",
    "mainstreaming", "references", "contact",
}  # fmt: skip


def test_the_numbers_run_from_one_to_nineteen() -> None:
    assert [field.number for field in FIELDS] == list(range(1, 20))
    keys = [found.key for _field, found in parts()]
    assert len(set(keys)) == len(keys)
    assert all(field.label and field.guidance for field in FIELDS)


def test_the_form_accounts_for_every_key_of_the_format() -> None:
    assert json_keys() - {"further_countries"} == DOCUMENTED_KEYS


def test_only_what_every_real_chart_fills_is_required() -> None:
    assert {found.key for _field, found in parts() if not found.required} == EMPTY_IN_REAL_CHARTS


def test_each_part_has_its_place_in_the_models() -> None:
    chart_fields = {field.name for field in PracticeChart._meta.get_fields()}
    text_fields = {field.name for field in PracticeText._meta.concrete_fields}
    for _field, found in parts():
        if found.kind == "contact":
            assert {"contact_name", "contact_website"} <= chart_fields
        elif found.holder == "terms":
            assert found.name in PracticeChart.term_lists
            assert not found.printed or found.printed in text_fields
        else:
            assert found.name in (text_fields if found.holder == "text" else chart_fields)


def test_every_text_and_every_list_is_asked_for() -> None:
    own = {field.name for field in PracticeText._meta.concrete_fields} - {"id", "record", "language", "is_original"}
    assert own - set(text_names()) == {"adaptation_note"}
    assert set(PracticeChart.term_lists) - set(term_list_names()) == {"selection_principles"}


def test_each_kind_of_part_can_be_drawn() -> None:
    for kind in {found.kind for _field, found in parts()}:
        assert get_template(f"practices/parts/{kind}.html")


def test_the_page_shows_every_field_in_its_place(client_for: Callable[[str], Client]) -> None:
    chart = make_chart()
    page = client_for("anonymous").get(f"/en/practices/{chart.chart_no}/").content.decode()
    assert re.findall(r'id="field-(\d+)"', page) == [str(number) for number in range(1, 20)]
    for field in FIELDS:
        assert html.escape(str(field.label)) in page


def emptied(key: str) -> PracticeChart:
    """Return a complete chart without the answer to one part."""
    chart, asked = build_chart(), part(key)
    original = chart.texts.all()[0]
    if asked.holder == "text":
        setattr(original, asked.name, "  ")
    elif asked.holder == "rows":
        setattr(chart, asked.name, [])
    elif asked.holder == "terms":
        chart.set_codes(asked.name, [])
        if asked.printed:
            setattr(original, asked.printed, "")
    else:
        setattr(chart, asked.name, "")
    return chart


REQUIRED = [found.key for _field, found in parts() if found.required and found.key != "country"]


@pytest.mark.parametrize("key", REQUIRED)
def test_the_gate_asks_for_each_required_answer(key: str) -> None:
    chart = emptied(key)
    number = next(field.number for field, found in parts() if found.key == key)
    with pytest.raises(PublishRefused) as refused:
        publish_record(record=chart)
    assert [reason for reason in refused.value.reasons if reason.startswith(f"Field {number} (")]
    assert len(refused.value.reasons) == 1
    assert not PracticeChart.objects.exists()


def test_a_chart_without_anything_gets_a_sentence_for_each_required_answer() -> None:
    chart = build_chart(organisations=[], categories="", typologies=(), targets=(), levels=(), start="")
    chart.texts = [PracticeText(language="en", is_original=True)]
    assert len([sentence for sentence in problems(chart) if "is not filled in" in sentence]) == len(REQUIRED)


def test_the_printed_wording_answers_where_the_list_is_too_coarse() -> None:
    chart = build_chart(typologies=(), text={"typology": "- Theatre in prisons"})
    assert problems(chart) == []
    assert publish_record(record=chart).live


LIMITED = [found.key for _field, found in parts() if found.words and (found.holder == "text" or found.printed)]


@pytest.mark.parametrize("key", LIMITED)
def test_the_gate_counts_words_of_the_original(key: str) -> None:
    asked = part(key)
    assert asked.words
    name = asked.printed or asked.name
    longest = " ".join(["w"] * asked.words)
    assert problems(build_chart(text={name: longest})) == []
    (sentence,) = problems(build_chart(text={name: f"{longest} one"}))
    assert str(asked.words + 1) in sentence
    # A translation may be longer than the original.
    assert problems(build_chart(translations={"fr": {"name": "Nom", name: f"{longest} one"}})) == []


@pytest.mark.parametrize(
    ("shares", "is_refused"), [((60, 40), False), ((60, None), False), ((60.5, 39.51), True), ((), False)]
)
def test_shares_add_up_to_a_hundred_at_most(shares: tuple[float | None, ...], is_refused: bool) -> None:
    chart = build_chart()
    chart.funding = [FundingShare(source="Source", share=share) for share in shares]
    found = problems(chart)
    assert bool(found) == is_refused
    assert all(sentence.startswith("Field 14 (Funding): ") for sentence in found)


def test_a_translation_needs_its_name() -> None:
    (sentence,) = problems(build_chart(translations={"fr": {"background": "Contexte"}}))
    assert "French" in sentence


def test_what_was_changed_needs_a_chart_that_it_was_changed_from() -> None:
    (sentence,) = problems(build_chart(text={"adaptation_note": "Younger people."}))
    assert "adapted from" in sentence
