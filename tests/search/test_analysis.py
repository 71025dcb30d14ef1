"""What words become before they are compared."""

from __future__ import annotations

import threading

import pytest
import Stemmer
from hypothesis import given
from hypothesis import strategies as st

from search.analysis import (
    ALGORITHMS,
    LONGEST_TOKEN,
    NEVER_STEMMED,
    compound_parts,
    fold,
    groups,
    is_stop_word,
    joined,
    prefix_stems,
    query_stems,
    readable,
    stem,
    stems,
    tokens,
)
from search.stop_words import CONTENT_ELSEWHERE, STOP_WORDS

LANGUAGES = tuple(ALGORITHMS)
TEXTS = st.one_of(
    st.text(max_size=200),
    st.text(st.sampled_from("aéœßİſø²½.'-’ \u0301\u00ad\u200f\u200bЖжйاـ٣ﬁ한か゛१q0N\ud800"), max_size=60),
)


def words(text: str) -> list[str]:
    return [token for token, _start, _end in tokens(text)]


class TestFold:
    @pytest.mark.parametrize(
        ("text", "folded"),
        [
            ("Élève NOËL", "eleve noel"),
            ("main-d’œuvre", "main d oeuvre"),
            ("Straße ẞ Æsir", "strasse ss aesir"),
            ("Łódź Øre đak ıstanbul İzmir Þór ðe", "lodz ore dak istanbul izmir thor de"),
            ("e\u0301te\u0301", "ete"),
            ("ﬁnance Ⅷ ＡＢＣ", "finance viii abc"),
            ("٢٠١١ 2011/36/EU", "2011 2011 36 eu"),
            ("victims³ of trafficking¹²", "victims of trafficking"),
            ("N.G.O. z.B. U.S. law. A. B", "ngo zb us law a b"),
            ("Men\u00adschen\u00adhandel", "menschenhandel"),
            ("foo_bar  baz\u200bqux\n", "foo bar baz qux"),
            ("🙂 … — « »", ""),
        ],
    )
    def test_case_accents_and_signs_do_not_count(self, text: str, folded: str) -> None:
        assert fold(text) == folded

    @pytest.mark.parametrize("text", ["Жертва", "θύμα", "الاتجار", "受害者"])
    def test_other_scripts_are_letters_too(self, text: str) -> None:
        folded = fold(text)
        assert folded.isascii()
        assert folded.isalnum()
        assert folded != fold(text[:-1])
        assert readable(folded) != folded
        assert fold(readable(folded)) == folded

    def test_different_words_of_other_scripts_stay_different(self) -> None:
        letters = [chr(code) for code in (*range(0x430, 0x450), *range(0x3B1, 0x3CA), *range(0x621, 0x63B))]
        plain = [letter for letter in letters if letter not in "йςأإآؤئ"]
        assert len({fold(letter) for letter in plain}) == len(plain)

    def test_a_word_that_only_looks_like_a_code_is_left_alone(self) -> None:
        assert readable("questionnaire") == "questionnaire"
        assert readable("q0000") == "q0000"

    @given(TEXTS)
    def test_folded_text_stays_as_it_is(self, text: str) -> None:
        folded = fold(text)
        assert fold(folded) == folded
        assert all(one.isascii() and one.isalnum() and one == one.lower() for one in folded.split())

    @given(TEXTS)
    def test_what_is_readable_means_the_same(self, text: str) -> None:
        for word in words(text):
            assert fold(readable(word)) == word


class TestTokens:
    def test_they_say_where_they_stand(self) -> None:
        text = "L’accueil d'œuvres: été\u0301!"
        assert [(token, text[start:end]) for token, start, end in tokens(text)] == [
            ("l", "L"),
            ("accueil", "accueil"),
            ("d", "d"),
            ("oeuvres", "œuvres"),
            ("ete", "été\u0301"),
        ]

    @given(TEXTS)
    def test_each_is_the_fold_of_its_place(self, text: str) -> None:
        end_before = 0
        for token, start, end in tokens(text):
            assert end_before <= start < end <= len(text)
            assert fold(text[start:end]) == token
            end_before = end

    def test_a_very_long_word_counts_by_its_beginning(self) -> None:
        assert words("a" * 10_000) == ["a" * LONGEST_TOKEN]
        assert readable(words("ж" * 10_000)[0]) == "ж" * LONGEST_TOKEN
        assert fold(words("ж" * 10_000)[0]) == fold("ж" * LONGEST_TOKEN)

    def test_hyphens_hold_words_together(self) -> None:
        text = "co-operation re‐integration up - down 2014-2020 covid-19 state-of-the-art"
        found = [joined(group) for group in groups(text, tokens(text))]
        assert found == ["cooperation", "reintegration", "", "", "", "covid19", ""]


class TestStems:
    @pytest.mark.parametrize(
        ("language", "one", "other"),
        [
            ("en", "victims", "victim"),
            ("en", "trafficked", "trafficking"),
            ("fr", "exploitées", "exploiter"),
            ("fr", "exploitée", "exploitees"),
            ("fr", "furent retrouvèrent", "furent retrouver"),
            ("de", "Ausbeutungen", "Ausbeutung"),
            ("de", "Rückkehr", "Rueckkehr"),
            ("es", "víctimas", "victima"),
            ("es", "explotación", "explotaciones"),
            ("it", "sfruttamenti", "sfruttamento"),
        ],
    )
    def test_inflections_meet(self, language: str, one: str, other: str) -> None:
        assert stems(one, language) == stems(other, language)

    @pytest.mark.parametrize(
        ("british", "american"),
        [
            ("organisations", "organizations"),
            ("organised", "organizing"),
            ("analyse", "analyzing"),
            ("labour", "labors"),
            ("neighbouring", "neighboring"),
            ("unfavourable", "unfavorable"),
            ("centres", "center"),
            ("theatre", "theaters"),
            ("programmes", "program"),
            ("offences", "offense"),
            ("licence", "licensed"),
            ("practised", "practice"),
            ("dialogue", "dialogs"),
            ("paediatric", "pediatric"),
            ("anaesthetist", "anesthetist"),
            ("oestrogen", "estrogen"),
            ("manoeuvres", "maneuver"),
            ("counsellors", "counselor"),
            ("counselling", "counseling"),
            ("travelling", "traveling"),
            ("judgement", "judgments"),
            ("enrolment", "enrollment"),
            ("fulfil", "fulfilled"),
            ("skilful", "skillful"),
            ("jewellery", "jewelry"),
            ("enquiries", "inquiry"),
        ],
    )
    def test_british_and_american_meet(self, british: str, american: str) -> None:
        assert stem(british, "en") == stem(american, "en")

    @pytest.mark.parametrize(
        ("one", "other"),
        [
            ("size", "side"),
            ("prize", "price"),
            ("supervise", "supervision"),
            ("courts", "court"),
            ("hours", "hour"),
            ("fours", "four"),
        ],
    )
    def test_other_words_keep_their_spelling(self, one: str, other: str) -> None:
        related = {("supervise", "supervision"), ("courts", "court"), ("hours", "hour"), ("fours", "four")}
        assert (stem(one, "en") == stem(other, "en")) == ((one, other) in related)

    def test_rules_of_english_hold_in_english_only(self) -> None:
        assert stem("labour", "fr") != stem("labor", "fr")

    def test_two_words_are_never_stemmed(self) -> None:
        assert {"trata", "tratta"} <= NEVER_STEMMED
        assert stem("trata", "es") == "trata" != stem("tratamiento", "es")
        assert stem("tratta", "it") == "tratta" != stem("trattato", "it")
        assert query_stems("trata", LANGUAGES) == ("trata",)

    def test_words_with_figures_and_of_other_languages_stay(self) -> None:
        assert stem("2011s", "en") == "2011s"
        assert stem("victims", "ro") == "victims"
        assert stems("Victims 2011s", "nl") == ["victims", "2011s"]

    def test_hyphened_words_are_indexed_in_one_too(self) -> None:
        in_order, in_one = ["co", "oper", "in", "anti", "traffick"], ["cooper", "antitraffick"]
        assert stems("Co-operation in anti-trafficking", "en") == [*in_order, *in_one]

    def test_a_query_word_has_the_stems_of_all_languages_and_itself(self) -> None:
        assert query_stems("organisations", ("en", "fr", "de")) == ("organis", "organisation", "organisations")
        assert query_stems("organisations", ("de", "en"))[0] == stem("organisations", "de")
        assert query_stems("2011", LANGUAGES) == ("2011",)

    def test_threads_do_not_disturb_each_other(self) -> None:
        endings = ("", "n", "en", "er", "ung", "ungen", "lich", "keit")
        asked = [f"haus{letter}{other}{ending}" for letter in "abcdefgh" for other in "klmnrt" for ending in endings]
        found: list[list[str]] = []
        threads = [
            threading.Thread(target=lambda: found.append([stem(word, "de") for word in asked])) for _number in range(8)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert found == [[Stemmer.Stemmer("german").stemWord(word) for word in asked]] * 8

    @given(st.text(st.sampled_from("abeilnoprstuyz"), min_size=1, max_size=12), st.sampled_from(LANGUAGES))
    def test_a_stem_is_a_folded_word(self, word: str, language: str) -> None:
        assert fold(stem(word, language)) == stem(word, language) != ""

    @pytest.mark.parametrize(
        ("typed", "language", "word"),
        [
            ("organisati", "en", "organisations"),
            ("countr", "en", "countries"),
            ("country", "en", "country"),
            ("trafficki", "en", "trafficking"),
            ("exploita", "fr", "exploitation"),
            ("explotac", "es", "explotaciones"),
            ("sfruttam", "it", "sfruttamento"),
            ("ausbeutu", "de", "Ausbeutung"),
        ],
    )
    def test_a_beginning_finds_words_with_shorter_stems(self, typed: str, language: str, word: str) -> None:
        (stemmed,) = stems(word, language)
        assert stemmed.startswith(typed) or stemmed in prefix_stems(typed, LANGUAGES)
        assert "organ" not in prefix_stems("organisati", LANGUAGES)


class TestStopWords:
    @pytest.mark.parametrize("language", LANGUAGES)
    def test_the_lists_are_folded_function_words(self, language: str) -> None:
        assert 120 <= len(STOP_WORDS[language]) <= 240
        assert all(fold(word) == word for word in STOP_WORDS[language])

    @pytest.mark.parametrize(
        "word",
        [
            "help",
            "case",
            "state",
            "working",
            "without",
            "no",
            "non",
            "ohne",
            "sans",
            "sin",
            "senza",
            "eu",
            "stato",
            "minor",
        ],
    )
    def test_what_means_something_is_none(self, word: str) -> None:
        assert not is_stop_word(word, LANGUAGES)

    def test_the_language_of_the_reader_comes_first(self) -> None:
        assert is_stop_word("war", ("de", "en"))
        assert not is_stop_word("war", ("en", "de"))
        assert is_stop_word("des", ("en", "de", "fr"))
        assert not is_stop_word("des", ("en",))
        assert not is_stop_word("the", ())
        assert all(any(word in words for words in STOP_WORDS.values()) for word in CONTENT_ELSEWHERE)


class TestCompounds:
    KNOWN = frozenset({"mensch", "handel", "menschenhandel", "opf", "schutz", "arbeit", "ausbeut", "kind", "bar"})

    @pytest.mark.parametrize(
        ("token", "parts"),
        [
            ("opferschutz", ("opf", "schutz")),
            ("opferschutzes", ("opf", "schutz")),
            ("arbeitsausbeutung", ("arbeit", "ausbeut")),
            ("kindesschutz", ("kind", "schutz")),
            ("menschenhandelsopfer", ("menschenhandel", "opf")),
            ("kinderarbeitsausbeutung", ("kind", "arbeit", "ausbeut")),
            ("opfer", ()),
            ("opferx", ()),
            ("opferhilfe", ()),
            ("barschutz", ()),
            ("opfer2schutz", ()),
            ("", ()),
        ],
    )
    def test_all_parts_are_known(self, token: str, parts: tuple[str, ...]) -> None:
        assert compound_parts(token, self.KNOWN) == parts

    @given(st.text(st.sampled_from("opferschutz"), max_size=LONGEST_TOKEN))
    def test_parts_are_known_whatever_is_asked(self, token: str) -> None:
        parts = compound_parts(token, self.KNOWN)
        assert set(parts) <= self.KNOWN
        assert len(parts) != 1
