"""The template tags: what they write, and what they refuse."""

from __future__ import annotations

import re
from types import SimpleNamespace
from typing import Any

import pytest
from django.template import Context, Template
from django.test import RequestFactory

from platform_site.ui.templatetags import ui as tags


def draw(source: str, path: str = "/en/", **context: Any) -> str:
    request = RequestFactory().get(path)
    return Template("{% load ui %}" + source).render(Context({"request": request, **context}))


def test_an_icon_is_hidden_from_screen_readers() -> None:
    html = draw('{% icon "phone" %}')
    assert 'aria-hidden="true"' in html
    assert "icons/sprite.svg#phone" in html


def test_a_plate_alone_is_named_by_its_country() -> None:
    html = draw('{% plate "RO" "Romania" %}')
    assert 'role="img" aria-label="Romania"' in html
    assert ">RO</span>" in html


def test_a_plate_with_its_name_beside_it_is_not_said_twice() -> None:
    html = draw('{% plate "RO" "Romania" show_name=True %}')
    assert html.count("Romania") == 1
    assert 'aria-hidden="true"' in html


@pytest.mark.parametrize("words", ['"xl"', '"s" "round"'])
def test_a_plate_refuses_sizes_and_kinds_that_do_not_exist(words: str) -> None:
    with pytest.raises(ValueError, match="A plate has no"):
        draw(f'{{% plate "RO" "Romania" {words} %}}')


def test_a_pair_says_which_way_it_goes() -> None:
    assert 'aria-label="from Germany to Romania"' in draw('{% pair "DE" "Germany" "RO" "Romania" %}')


@pytest.mark.parametrize(("ticks", "drawn"), [(5, 5), (2, 2), (0, 0), (9, 5), (-1, 0)])
def test_freshness_fills_as_many_of_five_ticks(ticks: int, drawn: int) -> None:
    state = SimpleNamespace(ticks=ticks, kind="due", word="Due for a check", detail="11 Jan 2026")
    html = draw("{% freshness state %}", state=state)
    assert f"icons/sprite.svg#ticks-{drawn}" in html
    assert "Due for a check" in html
    assert "11 Jan 2026" in html


def test_freshness_of_a_closed_entry_has_a_dash() -> None:
    state = SimpleNamespace(ticks=None, kind="closed", word="Closed", detail="")
    html = draw("{% freshness state %}", state=state)
    assert "#ticks" not in html
    assert "–" in html


def test_freshness_of_nothing_draws_nothing() -> None:
    assert draw("{% freshness state %}", state=None).strip() == ""


def test_each_kind_of_record_has_a_word_and_an_icon() -> None:
    for name, (symbol, label) in tags.RECORD_TYPES.items():
        html = draw("{% record_type name %}", name=name)
        assert f"#{symbol}" in html
        assert str(label) in html
    with pytest.raises(KeyError):
        draw('{% record_type "poem" %}')


def shares(*values: float | None) -> list[SimpleNamespace]:
    return [
        SimpleNamespace(label=f"Funder {number}", share=value, kind=f"Kind {number}")
        for number, value in enumerate(values)
    ]


def test_the_funding_bar_lays_shares_side_by_side() -> None:
    html = draw("{% funding_bar rows %}", rows=shares(55, 15, 30))
    assert re.findall(r'class="fill-\d" x="([\d.]+%)" width="([\d.]+%)"', html) == [
        ("0%", "55%"),
        ("55%", "15%"),
        ("70%", "30%"),
    ]
    assert "unstated" not in html
    assert "style=" not in html


def test_the_legend_of_the_funding_bar_says_the_kinds_where_asked() -> None:
    assert "Kind 1" in draw("{% funding_bar rows kinds=True %}", rows=shares(60, None))
    assert "Kind 1" not in draw("{% funding_bar rows %}", rows=shares(60, None))


def test_the_funding_bar_hatches_what_is_not_stated() -> None:
    html = draw("{% funding_bar rows %}", rows=shares(60, None))
    assert 'x="60%" width="40%"' in html
    assert "not stated" in html


def test_the_funding_bar_without_shares_counts_the_funders() -> None:
    html = draw("{% funding_bar rows legend=False %}", rows=shares(None, None, None))
    assert "3 funders, shares not stated" in html
    assert "<svg" not in html


@pytest.mark.parametrize(("value", "maximum", "width"), [(9, 12, "75%"), (0, 0, "0%"), (5, 3, "100%"), (-1, 3, "0%")])
def test_a_bar_stays_within_its_track(value: int, maximum: int, width: str) -> None:
    assert f'<rect width="{width}" height="14"/>' in draw("{% bar value maximum %}", value=value, maximum=maximum)


def test_a_period_lies_on_its_scale() -> None:
    html = draw("{% period_bar 2006 None 2000 2012 %}")
    assert 'x="50%" width="50%"' in html
    assert 'width="2%"' in draw("{% period_bar 2012 2012 2000 2012 %}")


def test_the_language_switch_leads_to_the_same_page_with_its_query() -> None:
    html = draw("{% language_switch %}", "/en/directory/?country=IT&page=2")
    assert 'href="/de/directory/?country=IT&amp;page=2"' in html
    assert re.search(r'href="/en/directory/[^"]*"[^>]*aria-current="true"', html)
    assert [name for name in ("Deutsch", "English", "Español", "Français", "Italiano") if name not in html] == []
    assert "is-missing" not in html


def test_the_language_switch_names_the_original_where_a_text_is_missing() -> None:
    html = draw("{% language_switch %}", "/en/x/", content_languages={"en", "it"}, original_language="it")
    assert html.count("is-missing") == 3
    assert html.count("original: Italian") == 3
    assert 'href="/de/x/"' in html


def test_outside_the_language_prefixes_the_switch_leads_home() -> None:
    assert 'href="/de/"' in draw("{% language_switch %}", "/style-guide/?secret=1")


def test_the_map_names_each_plate_with_its_number() -> None:
    entries = [SimpleNamespace(code="IT", name="Italy", href="/en/countries/IT/", count=3)]
    html = draw("{% europe_map entries %}", entries=entries)
    assert 'href="/en/countries/IT/" aria-label="Italy, 3 organisations"' in html
    assert html.count('class="map-has"') == 1
    assert html.count("europe.svg#") == 47


def test_the_cutout_paints_a_country_and_its_neighbours() -> None:
    html = draw('{% country_map "LT" "Lithuania" %}')
    assert html.count('class="map-own"') == 1
    assert re.findall(r'class="map-near" href="[^"]*#(\w\w)"', html) == ["BY", "LV", "PL", "RU"]
    assert draw('{% country_map "NG" "Nigeria" %}').strip() == ""
