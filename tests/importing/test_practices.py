"""Practice charts out of a package and back."""

from __future__ import annotations

import json
from decimal import Decimal

import pytest

from platform_site.records.services import publish_record
from practices.importing import FILE
from practices.models import PracticeChart
from practices.standard_form import json_keys
from tests.factories import make_user
from tests.importing.conftest import PACKAGE, empty_site, exported

LEAVE_OUT = ("pages",)
GIVEN = json.loads((PACKAGE / FILE).read_text(encoding="utf-8"))


def change(package, number, **values):
    charts = json.loads((package / FILE).read_text(encoding="utf-8"))
    chart = next(chart for chart in charts if chart["chart_no"] == number)
    for key, value in values.items():
        if value is ...:
            del chart[key]
        else:
            chart[key] = value
    (package / FILE).write_text(json.dumps(charts), encoding="utf-8")


def test_the_synthetic_charts_have_every_key_of_the_form():
    assert json_keys() <= set(GIVEN[0]) | set(GIVEN[1])


def test_the_year_of_the_data_is_given_or_that_of_the_source(run, package, tmp_path):
    change(package, 1, as_of=2019)
    assert not run(source="Handbook, 2014").problems
    charts = PracticeChart.objects.in_bulk(field_name="chart_no")
    stated = {number: (chart.as_of, chart.data_year) for number, chart in charts.items()}
    assert stated[1] == (2019, 2021), "never before it began"
    (other,) = set(stated) - {1}
    assert stated[other] == (None, max(2014, charts[other].start_year))
    written = {chart["chart_no"]: chart for chart in json.loads(exported(tmp_path / "out")[FILE])}
    assert written[1]["as_of"] == 2019
    assert "as_of" not in written[other]
    assert run().changes == 0


def test_every_field_arrives(run):
    report = run()
    assert not report.problems
    assert report.files[FILE].created == 2
    chart = PracticeChart.objects.get(chart_no=1)
    text = chart.texts.get()
    assert chart.live
    assert (text.language, text.is_original, text.name) == ("en", True, "Advice on the quay")
    assert chart.original_name == "Consulenza sul molo"
    assert [row.organisation.name for row in chart.organisations.all()] == ["Casa Lanterna", "Mooring Trust"]
    assert chart.country_entry.code == "IT"
    assert chart.codes("practice_categories") == ["A", "B"]
    assert chart.codes("levels") == ["local"]
    assert (text.period, chart.start, chart.end) == ("Since spring 2021", "2021-03", "")
    assert text.background == GIVEN[1]["background"]
    assert text.general_aim == "That nobody sails unpaid."
    assert text.objectives == "- Explain contracts\n- Find helpers"
    assert text.methods == "- Talking\n- Listening\n  and waiting"
    assert (text.resources_human, text.resources_financial, text.resources_in_kind) == (
        "- Two advisers",
        "- A small grant",
        "- A van",
    )
    assert [(row.source, row.share) for row in chart.funding.all()] == [
        ("City of Bari", Decimal(70)),
        ("Own means", Decimal("12.5")),
        ("Friends", None),
    ]
    assert (text.impact_short, text.impact_medium) == ("People ask.", "")
    assert chart.contact_email == "office@lanterna.example.org"
    assert not chart.contact_public


def test_words_that_were_mapped_stand_beside_the_terms_and_codes_do_not(run):
    run()
    chart = PracticeChart.objects.get(chart_no=1)
    assert chart.codes("practice_typologies") == ["awareness_public", "low_threshold_services", "first_protection"]
    assert chart.texts.get().typology == "- Words to people on their way"
    assert chart.codes("target_groups") == ["migrant_workers"]
    assert chart.texts.get().target_groups == "- Sailors and dockers"
    assert [row.kind_entry and row.kind_entry.code for row in chart.funding.all()] == ["public_local", None, None]
    assert PracticeChart.objects.get(chart_no=7).texts.get(is_original=True).target_groups == ""


def test_languages_and_the_trail_arrive(run):
    run()
    chart = PracticeChart.objects.get(chart_no=7)
    assert chart.adapted_from.chart_no == 1
    original, english = chart.texts.order_by("-is_original")
    assert (original.language, english.language) == ("fr", "en")
    assert (original.adaptation_note, english.adaptation_note) == ("Shorter.", "Shortened.")
    assert (english.name, english.target_groups) == ("Advice in the port", "- Everybody")
    assert chart.assessed_by == "external"
    assert chart.codes("selection_principles") == ["participation"]
    assert chart.codes("countries") == ["FR"]


def test_a_second_run_changes_nothing_and_an_export_gives_what_was_imported(run, tmp_path):
    run()
    assert run().changes == 0
    first = exported(tmp_path / "first")
    by_number = sorted(GIVEN, key=lambda chart: chart["chart_no"])
    found = json.loads(first[FILE])
    # A translation is written with all keys of a text, empty ones too.
    assert found[1].pop("translations")["en"].items() >= by_number[1]["translations"]["en"].items()
    assert found == [by_number[0], {k: v for k, v in by_number[1].items() if k != "translations"}]
    assert "practices.json,funding,City of Bari,funding_source_kinds,public_local" in first["mappings.csv"]
    empty_site()
    assert not run(folder=tmp_path / "first").problems
    assert exported(tmp_path / "second") == first


def test_what_an_editor_changes_travels(run, tmp_path):
    run()
    chart = PracticeChart.objects.get(chart_no=1)
    chart.set_codes("practice_typologies", ["health_prevention"])
    text = chart.texts.get()
    text.target_groups = ""
    text.tools = "- A map"
    chart.texts = [text]
    publish_record(record=chart, author=make_user("editor"))
    first = exported(tmp_path / "first")
    (found, _other) = json.loads(first[FILE])
    assert found["typology"] == ["Words to people on their way"]
    assert found["typology_codes"] == ["health_prevention"]
    assert found["target_groups"] == ["migrant_workers"]
    assert found["tools"] == ["A map"]
    report = run(overwrite=False)
    assert (report.changes, report.files[FILE].kept) == (0, 1)
    empty_site()
    assert not run(folder=tmp_path / "first").problems
    assert exported(tmp_path / "second") == first


def test_a_change_in_the_package_arrives_and_rows_stay_the_same(run, package):
    run()
    before = list(PracticeChart.objects.get(chart_no=1).organisations.values_list("pk", flat=True))
    change(package, 1, results="Fifty people were advised.", tools=...)
    assert run().files[FILE].changed == 1
    chart = PracticeChart.objects.get(chart_no=1)
    assert chart.texts.get().results == "Fifty people were advised."
    assert list(chart.organisations.values_list("pk", flat=True)) == before
    assert run().changes == 0


def test_contacts_are_shown_if_the_operator_says_so(run):
    assert not run(publish_offices=True).problems
    assert PracticeChart.objects.get(chart_no=1).contact_public


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"colour": "blue"}, "chart 1, colour: The format has no such key."),
        ({"name": ""}, "chart 1, name: The value is missing."),
        ({"name": 7}, "chart 1, name: Expected a text"),
        ({"name": "A" * 256}, "chart 1, name: Ensure this value has at most 255"),
        ({"organisations": ["Casa Lanterne"]}, "chart 1, organisations: There is no organisation named"),
        ({"organisations": []}, "chart 1, organisations: The value is missing."),
        ({"country": "Italy"}, "chart 1, country: 'Italy' is no code"),
        ({"typology": ["Something else"]}, "chart 1, typology: 'Something else' is no code"),
        ({"target_groups": "victims"}, "chart 1, target_groups: Expected a list."),
        ({"target_groups": [3]}, "chart 1, target_groups: Expected a list of texts."),
        ({"typology_codes": ["x"]}, "chart 1, typology_codes: 'x' is no code"),
        ({"start": "spring"}, "chart 1, start: Write YYYY or YYYY-MM."),
        ({"end": "2019"}, "chart 1: End: The end lies before the start."),
        ({"funding": [{"source": "A", "share": 60}, {"source": "B", "share": 60}]}, "more than 100 percent"),
        ({"funding": [{"source": "A", "share": "60"}]}, "chart 1, funding 1.share: Expected a number"),
        ({"funding": [{"source": "A", "share": 33.333}]}, "chart 1, funding 1.share: "),
        ({"funding": [{"source": "", "share": 1}]}, "chart 1, funding 1.source: The value is missing."),
        ({"funding": [{"source": "A", "share": None, "kind": "x"}]}, "chart 1, funding 1.kind: 'x' is no code"),
        ({"funding": ["A"]}, "chart 1, funding 1: Expected an object"),
        ({"contact": {"mobile": "1"}}, "chart 1, contact.mobile: The format has no such key."),
        ({"contact": {"email": "me"}}, "chart 1, contact.email: Write a mail address"),
        ({"contact": []}, "chart 1, contact: Expected an object."),
        ({"impact": {"soon": "x"}}, "chart 1, impact.soon: The format has no such key."),
        ({"resources": ["Two advisers"]}, "chart 1, resources: Each entry stands once"),
        ({"resources_by_kind": None}, "chart 1, resources: Each entry stands once"),
        ({"objectives": []}, "chart 1: Field 10"),
        ({"background": "word " * 500}, "the form has room for"),
        ({"language": "xx"}, "chart 1, language: 'xx' is no code"),
        ({"language": 4}, "chart 1, language: Expected the code of a language."),
        ({"translations": ["fr"]}, "chart 1, translations: Expected an object"),
        ({"translations": {"en": {"name": "A"}}}, "chart 1, translations.en: The original is in this language."),
        ({"translations": {"fr": {"country": "FR"}}}, "chart 1, translations.fr.country: The format has no such key."),
        ({"translations": {"fr": {"period": "x"}}}, "The text in this language has no name yet"),
        ({"translations": {"fr": "x"}}, "chart 1, translations.fr: Expected an object"),
        ({"adapted_from": 99}, "chart 1, adapted_from: There is no practice named '99'"),
        ({"adapted_from": 7}, "adapted_from: A practice cannot be adapted from itself."),
        ({"assessed_by": "us"}, "chart 1, assessed_by: "),
        ({"contact_public": "yes"}, "chart 1, contact_public: Expected true or false."),
        ({"as_of": "2012"}, "chart 1, as_of: Expected a year, or null."),
        ({"as_of": 12}, "chart 1, as_of: "),
        ({"imported_on": "soon"}, "chart 1, imported_on: "),
    ],
)
def test_what_is_wrong_is_refused_with_its_place(run, package, values, sentence):
    change(package, 1, **values)
    report = run()
    assert any(sentence in str(problem) for problem in report.problems), [str(problem) for problem in report.problems]
    assert not PracticeChart.objects.exists()


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        ("{}", "practices.json: Expected a list of charts."),
        ("[[]]", "entry 1: Expected an object with a chart_no"),
        ('[{"chart_no": true}]', "entry 1: Expected an object with a chart_no"),
        ('[{"chart_no": 5, "name": "A"}, {"chart_no": 5}]', "chart 5: The number stands twice in the file."),
        ('[{"chart_no": 5,', "practices.json, line 1: The JSON is damaged"),
    ],
)
def test_a_damaged_file_is_refused(run, package, content, sentence):
    (package / FILE).write_text(content)
    assert any(sentence in str(problem) for problem in run().problems)


def test_charts_alone_find_the_organisations_of_the_site(run):
    run(only=["organisations"])
    assert not run(only=["practices"]).problems
    assert PracticeChart.objects.count() == 2
