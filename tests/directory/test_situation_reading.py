"""What a sentence says about a case, in five languages."""

from __future__ import annotations

import datetime as dt
import json
import time
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from directory.filters import BY_NAME
from directory.situation.lexicon import LANGUAGES, rows_of
from directory.situation.reading import read
from directory.situation.sentence import parse
from platform_site.vocabulary.store import vocabulary

pytestmark = pytest.mark.django_db
SITUATIONS = [
    json.loads(line) for line in Path(__file__).with_name("situations.jsonl").read_text(encoding="utf-8").splitlines()
]
# A Wednesday.
TODAY = dt.date(2026, 4, 1)
SLOW_FIXTURE = settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=60)


@pytest.mark.parametrize("situation", SITUATIONS, ids=[one["id"] for one in SITUATIONS])
def test_a_situation_becomes_filters(situation: dict[str, Any]) -> None:
    reading = read(situation["situation"], situation["lang"], today=TODAY)
    assert {name: set(codes) for name, codes in reading.filters.items()} == {
        name: set(codes) for name, codes in situation["filters"].items()
    }
    assert reading.within == situation.get("within", reading.within)
    assert reading.origin == situation.get("origin", reading.origin)


def other_language(situation: dict[str, Any]) -> str:
    return "it" if situation["lang"] != "it" else "de"


# The others are too short to tell their language by function words.
TELLING = [one for one in SITUATIONS if parse(one["situation"], other_language(one)).language == one["lang"]]


@pytest.mark.parametrize("situation", TELLING, ids=[one["id"] for one in TELLING])
def test_a_sentence_in_another_language_than_the_page_is_read_too(situation: dict[str, Any]) -> None:
    reading = read(situation["situation"], other_language(situation), today=TODAY)
    assert set(reading.filters.get("country", ())) == set(situation["filters"].get("country", ()))


def test_most_sentences_tell_their_language() -> None:
    assert len(TELLING) > len(SITUATIONS) * 0.7


@pytest.mark.parametrize(
    ("language", "text", "days"),
    [
        ("en", "needs a lawyer tomorrow", 1),
        ("en", "leaves next Monday", 5),
        ("en", "arrives on May 3rd", 32),
        ("en", "she left three weeks ago", None),
        ("en", "she may need a lawyer", None),
        ("en", "a hotline that answers 24/7", None),
        ("fr", "arrive mi-juin", 61),
        ("fr", "depuis trois mois en France", None),
        ("de", "Abreise am 3. Mai", 32),
        ("de", "Abreise 03.05.2026", 32),
        ("de", "vor zwei Wochen angekommen", None),
        ("es", "pasado mañana", 2),
        ("es", "llega el 20 de agosto", 141),
        ("it", "entro dieci giorni", 10),
        ("it", "la settimana prossima", 7),
        ("de", "am 31. Februar", None),
    ],
)
def test_times(language: str, text: str, days: int | None) -> None:
    assert read(text, language, today=TODAY).within == days


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("en", "Romanian woman in Lyon who wants to go home", (("RO", "FR"), "FR")),
        ("en", "a Moldovan man, returning from Italy", (("MD", "IT"), "IT")),
        ("en", "woman from Moldova in Italy", (("IT",), "")),
        ("en", "the Romanian embassy in Paris", (("FR",), "")),
        ("en", "it is a nice shelter for us", ((), "")),
        ("en", "flat in Nice", (("FR",), "")),
        ("fr", "une Géorgienne à Lyon veut rentrer chez elle", (("GE", "FR"), "FR")),
        ("de", "Rumäniens Schutzunterkünfte", (("RO",), "")),
        ("de", "Unterkunft in den Niederlanden", (("NL",), "")),
        ("es", "viene de Marruecos y vive en Sevilla", (("ES",), "")),
        ("it", "rumena a Bari", (("IT",), "")),
        ("de", "Bulgarin in der Türkei möchte zurück nach Bulgarien", (("BG", "TR"), "TR")),
        ("de", "will in die Türkei zurück und sucht Arbeit", (("TR",), "")),
    ],
)
def test_countries(language: str, text: str, expected: tuple[tuple[str, ...], str]) -> None:
    reading = read(text, language, today=TODAY)
    assert (reading.filters.get("country", ()), reading.origin) == expected


def test_a_nationality_is_no_language() -> None:
    assert "language" not in read("a Romanian woman needs a lawyer in Spain", "en").filters
    assert read("a Romanian-speaking woman", "en").filters["language"] == ("ro",)
    assert "language" not in read("she speaks no German", "en").filters


def test_what_was_not_understood_is_named_and_what_was_is_not() -> None:
    reading = read("Woman in Rome needs a lawyer and a zeppelin", "en")
    assert reading.not_understood == ("zeppelin",)
    assert {(one.facet, one.code) for one in reading.understood} >= {("country", "IT"), ("service", "legal_aid")}


def test_all_codes_of_the_cues_exist() -> None:
    lists = {"services": "service_types", "targets": "target_groups", "exploitation": "exploitation_types"}
    lists |= {"demonyms": "countries", "names": "countries", "cities": "countries", "languages": "languages"}
    for name, list_name in lists.items():
        assert {row["code"] for row in rows_of(name)} <= set(vocabulary(list_name).entries), name
    for row in rows_of("conditions"):
        facet, code = row["code"].split("=")
        assert code in {option.value for option in BY_NAME[facet].options()}
    for row in rows_of("nearest"):
        assert {row["code"], *row["nearest"].split(";")} <= set(vocabulary("service_types").entries)


def test_every_service_has_cues_in_every_language() -> None:
    cued = {(row["code"], row["lang"]) for row in rows_of("services")}
    wanted = {
        (entry.code, language)
        for entry in vocabulary("service_types").offered()
        if entry.parent and entry.code != "funding"
        for language in LANGUAGES
    }
    assert wanted <= cued


WORDS = sorted({word for one in SITUATIONS for word in one["situation"].split()})
TYPED = st.one_of(
    st.text(max_size=400),
    st.lists(
        st.sampled_from([*WORDS, "no", "nicht", "sans", "99", "24/7", "3.5.", ",", ".", "\x00", "\ud800", "🙂", "%"]),
        max_size=40,
    ).map(" ".join),
)


@SLOW_FIXTURE
@given(text=TYPED, language=st.sampled_from(LANGUAGES))
def test_reading_never_raises_and_gives_only_values_of_the_filters(text: str, language: str) -> None:
    reading = read(text, language, today=TODAY)
    for name, codes in reading.filters.items():
        assert set(codes) <= {option.value for option in BY_NAME[name].options()}
    for one in reading.understood:
        assert 0 <= one.start < one.end <= len(text)
    assert all(word in text for word in reading.not_understood)


@pytest.mark.parametrize("text", ["a " * 5000, "no lawyer, " * 900, "x" * 10_000, "in Rom " * 1400, "1 " * 5000])
def test_reading_is_bounded(text: str) -> None:
    read("lawyer", "en")
    start = time.perf_counter()
    read(text[:10_000], "en")
    assert time.perf_counter() - start < 2


THINGS = {
    "en": ["a lawyer", "accommodation", "a doctor", "an interpreter", "shelter", "a psychologist"],
    "fr": ["avocat", "hébergement", "médecin", "interprète", "logement", "psychologue"],
    "de": ["Anwältin", "Unterkunft", "Ärztin", "Dolmetscherin", "Therapie", "Rechtsberatung"],
    "es": ["abogado", "alojamiento", "médico", "intérprete", "refugio", "psicóloga"],
    "it": ["avvocato", "alloggio", "medico", "interprete", "rifugio", "psicologa"],
}
NEGATIONS = {
    "en": [("she needs {}", "she does not need {}"), ("{} is needed", "{} is not needed"), ("{}", "no need for {}")],
    "fr": [("elle a besoin de {}", "elle n'a pas besoin de {}"), ("avec {}", "sans {}")],
    "de": [("sie braucht {}", "sie braucht keine {}"), ("{} ist nötig", "{} ist nicht nötig"), ("mit {}", "ohne {}")],
    "es": [("necesita {}", "no necesita {}"), ("con {}", "sin {}")],
    "it": [("le serve {}", "non le serve {}"), ("con {}", "senza {}")],
}


@SLOW_FIXTURE
@given(data=st.data(), language=st.sampled_from(LANGUAGES))
def test_negation_takes_out_and_never_adds(data: st.DataObject, language: str) -> None:
    thing, other = data.draw(st.permutations(THINGS[language]))[:2]
    plain, negated = data.draw(st.sampled_from(NEGATIONS[language]))
    asked = set(read(plain.format(thing), language).filters.get("service", ()))
    left = set(read(negated.format(thing), language).filters.get("service", ()))
    assert asked
    assert not left & asked
    assert left <= asked
    both = set(read(f"{plain.format(other)}; {negated.format(thing)}", language).filters.get("service", ()))
    assert both <= set(read(plain.format(other), language).filters.get("service", ())) - asked
