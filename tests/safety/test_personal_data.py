"""What a person could be known by in a text: found where it stands, and not where it does not."""

from __future__ import annotations

import datetime as dt
import string

import pytest
from babel.dates import format_date
from hypothesis import given
from hypothesis import strategies as st

from platform_site.safety.personal_data import Kind, identifying, possible_names

GIVEN_AWAY = [
    ("Write to maria.popescu@example.org.", Kind.MAIL),
    ("maria(at)example.org", Kind.MAIL),
    ("Her phone: +40 722 123456", Kind.TELEPHONE),
    ("She rang from 0722 123 456.", Kind.TELEPHONE),
    ("0049 (30) 123456-78", Kind.TELEPHONE),
    ("Telefon 123456", Kind.TELEPHONE),
    ("passport 054321987", Kind.DOCUMENT),
    ("Reisepass Nr. C01X00T47", Kind.DOCUMENT),
    ("carte d’identité n° 120675A00123", Kind.DOCUMENT),
    ("CNP 2850312080016", Kind.DOCUMENT),
    ("She showed RX123456 at the border.", Kind.DOCUMENT),
    ("Born 12.03.2001 in the north", Kind.BIRTH),
    ("Elle est née le 3 mars 2001.", Kind.BIRTH),
    ("Geboren am 3. März 2001", Kind.BIRTH),
    ("Nacida el 3 de marzo de 2001", Kind.BIRTH),
    ("nata il 3 marzo 2001", Kind.BIRTH),
    ("date of birth: 2001-03-12", Kind.BIRTH),
    ("She lives at Strada Florilor 12.", Kind.DOOR),
    ("10115 Berlin", Kind.DOOR),
    ("47.1234, 27.5678", Kind.DOOR),
]
HARMLESS = [
    "",
    "The return took 2-3 weeks; one month before, 48 hrs at most.",
    "She got 12500 euros, another EUR 20000.",
    "The hearing was on 12.03.2001.",
    "The convention of 16 May 2005, and GD no. 1443/2004.",
    "The sister was born in another country, the hearing was in March.",
    "Tools: https://www.example.org/forms and www.example.rs",
    "La Strada Bulgaria took her in.",
    "The passport was issued in 2012 after 14 days.",
    "In 2009 NGOs in 2010 and 2011 met 13 times.",
    "Called 3 times, 24/7, ages 16-18, 50 shelters, 20 NGOs.",
]


@pytest.mark.parametrize(("text", "kind"), GIVEN_AWAY)
def test_what_is_given_away(text: str, kind: Kind) -> None:
    assert [finding.kind for finding in identifying(text, regions=["RO"])] == [kind]


@pytest.mark.parametrize("text", HARMLESS)
def test_what_gives_nobody_away(text: str) -> None:
    assert identifying(text, regions=["RO", "DE", "IT", "FR", "GB"]) == []


def test_any_full_date_counts_where_the_person_is_told_of() -> None:
    (found,) = identifying("She came on 12 March 2011.", about_person=True)
    assert found == (found.__class__(Kind.BIRTH, "12 March 2011"))
    assert identifying("She came in March 2011.", about_person=True) == []


@given(
    day=st.dates(dt.date(1930, 1, 1), dt.date(2020, 12, 31)),
    language=st.sampled_from(["en", "fr", "de", "es", "it"]),
    width=st.sampled_from(["long", "medium", "short"]),
)
def test_every_date_of_birth_is_found_as_the_languages_write_it(day: dt.date, language: str, width: str) -> None:
    written = format_date(day, width, locale=language)
    born = {"en": "born", "fr": "née le", "de": "geboren am", "es": "nacida el", "it": "nata il"}[language]
    assert Kind.BIRTH in [finding.kind for finding in identifying(f"X, {born} {written}, left.")], written


NAMES = st.text(string.ascii_lowercase, min_size=3, max_size=9).map(str.capitalize)


@given(local=st.text(string.ascii_letters + string.digits, min_size=1, max_size=12), before=NAMES)
def test_every_mail_address_is_found(local: str, before: str) -> None:
    assert identifying(f"{before} {local}@example.org, please.")[0].kind == Kind.MAIL


@given(digits=st.text("0123456789", min_size=8, max_size=12), gap=st.sampled_from(["", " ", "-", "."]))
def test_every_number_from_abroad_is_found_however_it_is_parted(digits: str, gap: str) -> None:
    parted = gap.join(digits[at : at + 3] for at in range(0, len(digits), 3))
    assert identifying(f"She rang +4{parted} twice.")[0].kind == Kind.TELEPHONE


@given(text=st.text(max_size=200))
def test_no_text_is_an_error(text: str) -> None:
    identifying(text, about_person=True, regions=["DE"])
    possible_names(text, frozenset())


KNOWN = frozenset({"national", "agency", "romania", "police"})


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Maria Popescu came back to her mother Elena Popescu in Bacau.", ["Maria Popescu", "Elena Popescu"]),
        ("We met Anna-Lena Müller.", ["Anna-Lena Müller"]),
        ("Her lawyer M. Popescu wrote.", ["M. Popescu"]),
        ("The National Agency in Romania", []),
        ("NGOs and IOM met ADPARE Nice", []),
        ("Yesterday Police came. Police Romania", []),
        ("A Social Worker came: every social worker does.", []),
        ("Tools: Individual. Plan", []),
        ("Tools: Individual\nScheme", []),
        ("", []),
    ],
)
def test_what_looks_like_a_name(text: str, found: list[str]) -> None:
    assert possible_names(text, KNOWN) == found


@given(first=NAMES, last=NAMES)
def test_a_name_inside_a_sentence_is_asked_about(first: str, last: str) -> None:
    small = {"we", "met", "in", "the", "north", "affairs"}
    if not small & {first.lower(), last.lower()}:
        names = possible_names(f"We met {first} {last} in the north.", KNOWN)
        assert names == [f"{first} {last}"] or names == [f"We met {first} {last}"] or first.lower() in KNOWN
