"""Characters that no text of the site holds: taken out of what is typed, named where they came another way."""

from __future__ import annotations

import pytest
from django import forms
from django.http import QueryDict
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from platform_site.texts.characters import as_typed, damage_in, without_damage
from platform_site.texts.forms import TypedTextForm


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("one\r\ntwo\rthree\n\tfour", "one\ntwo\nthree\n\tfour"),
        ("Shift\x0bEnter, next\x0cpage, next\x85line", "Shift Enter, next page, next line"),
        ("a\x00b\x01c\x1fd\x7fe\x9ff", "abcdef"),
        ("half \ud800 and \uffff none", "half  and  none"),
        ("Être, Ανθρωπος, \u200fعربي, 😀", "Être, Ανθρωπος, \u200fعربي, 😀"),
    ],
)
def test_what_is_typed_is_kept_without_what_nobody_sees(typed: str, kept: str) -> None:
    assert as_typed(typed) == kept


@given(text=st.text())
def test_a_text_without_damage_can_stand_in_every_file(text: str) -> None:
    for clean in (without_damage(text), as_typed(text)):
        assert damage_in(clean) == ""
        element = etree.Element("a")
        element.text = clean
        assert "".join(etree.fromstring(etree.tostring(element)).itertext()) == clean
        assert as_typed(clean) == clean


@pytest.mark.parametrize(
    ("value", "found"),
    [("a\nb\tc", ""), ("a\x01b", "\x01"), ([{"a": ["", "\x85"]}], "\x85"), ({"\x02": 1}, "\x02"), (None, ""), (7, "")],
)
def test_damage_is_found_at_any_depth(value, found: str) -> None:
    assert damage_in(value) == found


class NameForm(TypedTextForm, forms.Form):
    name = forms.CharField()
    tags = forms.MultipleChoiceField(choices=[("a", "A"), ("b", "B")])


@pytest.mark.parametrize(
    "data", [QueryDict("name=A%01%0Bb&tags=a&tags=b%02"), {"name": "A\x01\x0bb", "tags": ["a", "b\x02"]}]
)
def test_a_form_takes_text_as_it_is_kept(data) -> None:
    form = NameForm(data)
    assert form.is_valid(), form.errors
    assert form.cleaned_data == {"name": "A b", "tags": ["a", "b"]}
    assert not NameForm().is_bound
