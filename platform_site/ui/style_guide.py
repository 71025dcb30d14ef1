"""Invented content of the style guide: every component in every state. English only: it is a page for developers."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

from django import forms

PAGES = (
    ("home", "Home"),
    ("directory", "Directory, list"),
    ("directory_table", "Directory, table"),
    ("organisation", "Organisation"),
    ("country", "Country"),
    ("chart", "Practice chart"),
    ("comparison", "Comparison"),
    ("category", "Category with matrix"),
    ("form", "Form"),
    ("sign_in", "Sign in"),
    ("plain", "Plain page"),
    ("safety", "Safety page"),
    ("error", "Error"),
)


class SampleForm(forms.Form):
    """Each kind of field once."""

    title = forms.CharField(label="Name of the practice", help_text="As it is known in the field.", max_length=120)
    background = forms.CharField(
        label="Background",
        help_text="Why it was started. Up to 300 words.",
        widget=forms.Textarea(attrs={"data-counter": "words", "data-limit": "300"}),
        required=False,
    )
    country = forms.ChoiceField(label="Country", choices=[("", "Any country"), ("LT", "Lithuania"), ("RO", "Romania")])
    groups = forms.MultipleChoiceField(
        label="Who is helped",
        choices=[("women", "Women"), ("men", "Men"), ("minors", "Minors"), ("families", "Families")],
        widget=forms.CheckboxSelectMultiple,
    )
    cost = forms.ChoiceField(
        label="Cost", choices=[("free", "Free"), ("paid", "Paid")], widget=forms.RadioSelect, required=False
    )
    agree = forms.BooleanField(label="This computer is shared: sign out after 15 minutes", required=False)


def freshness_states() -> dict[str, SimpleNamespace]:
    """Return each state of an entry's age by its name."""
    rows = (
        ("new", 5, "confirmed", "Confirmed", "3 Sep 2026"),
        ("confirmed", 4, "confirmed", "Confirmed", "17 Jul 2026"),
        ("due", 3, "due", "Due for a check", "2 Mar 2026"),
        ("overdue", 2, "due", "Due for a check", "11 Jan 2026"),
        ("stale", 0, "stale", "Not confirmed", "14 months ago, 20 Sep 2025"),
        ("imported", 0, "imported", "Not yet confirmed", "imported on 1 Oct 2026"),
        ("closed", None, "closed", "Closed", "since 5 May 2026"),
    )
    return {
        name: SimpleNamespace(ticks=ticks, kind=kind, word=word, detail=detail)
        for name, ticks, kind, word, detail in rows
    }


def _facet(name: str, title: str, options: list[tuple[str, int, bool]], *, is_open: bool = True) -> SimpleNamespace:
    rows = [
        SimpleNamespace(value=label.lower(), label=label, count=count, checked=checked, depth=0)
        for label, count, checked in options
    ]
    return SimpleNamespace(
        name=name,
        title=title,
        on_count=sum(row.checked for row in rows),
        is_open=is_open,
        options=rows,
        more_href="#" if name == "country" else "",
        more_count=11,
    )


def facets() -> list[SimpleNamespace]:
    """Return facets: with choices, with an empty option, closed."""
    return [
        _facet("country", "Country", [("Romania", 4, True), ("Serbia", 3, True), ("Spain", 24, False)]),
        _facet("service", "Service", [("Safe accommodation", 3, False), ("Pick-up on arrival", 2, False)]),
        _facet("language", "Language", [("Romanian", 4, False), ("Albanian", 0, False)]),
        _facet("who", "Who is helped", [("Women", 7, False), ("Minors", 7, True)]),
        _facet("network", "Network", [("Return network", 2, False)], is_open=False),
    ]


def rows() -> list[SimpleNamespace]:
    """Return result rows of organisations in four states."""
    states = freshness_states()

    def row(title: str, original: str, code: str, country: str, state: str, **more: Any) -> SimpleNamespace:
        values: dict[str, Any] = {
            "href": "#",
            "title": title,
            "original_name": original,
            "original_language": "ro" if code == "RO" else "sr-Latn",
            "country_code": code,
            "country_name": country,
            "kind_line": "NGO · capital",
            "freshness": states[state],
            "services": "Safe accommodation, pick-up on arrival, social inquiry, legal and psychological support",
            "languages": "Romanian, English, French",
            "who": "Women, men, minors",
            "accommodation": "yes",
            "accommodation_text": "Yes · București–Ilfov",
            "data_of": "",
            "reasons": [],
            "fits": True,
        }
        return SimpleNamespace(**(values | more))

    return [
        row("Casa Lumina", "Asociația Casa Lumina pentru Sprijin și Reintegrare", "RO", "Romania", "new"),
        row("Open Door Niš", "Otvorena vrata Niš", "RS", "Serbia", "confirmed", accommodation="no", who=""),
        row(
            "Network for Safe Return Iași",
            "Rețeaua de întoarcere în siguranță Iași",
            "RO",
            "Romania",
            "overdue",
            reasons=[SimpleNamespace(text="Accommodation: women, minors; Romanian, English", href="#")],
        ),
        row("Legal Aid Centre Zlatibor", "Centar za pravnu pomoć", "RS", "Serbia", "stale", accommodation=""),
    ]


def light_rows() -> list[SimpleNamespace]:
    """Return lighter rows: a chart, a case with its pair of countries, a document."""
    pair = SimpleNamespace(code_a="DE", name_a="Germany", code_b="RO", name_b="Romania")
    return [
        SimpleNamespace(
            href="#",
            title="A day centre after the shelter",
            facts_line="Open Door Niš · since 2007 · long-term assistance and inclusion",
            type="practice_chart",
            country_code="RS",
            country_name="Serbia",
        ),
        SimpleNamespace(href="#", title="Return of a minor", facts_line="Case 11", type="case_study", pair=pair),
    ]


def countries() -> list[SimpleNamespace]:
    """Return countries with the number of their organisations, as the map and the list take them."""
    names = {
        "AT": "Austria", "AZ": "Azerbaijan", "BE": "Belgium", "BA": "Bosnia and Herzegovina", "DE": "Germany",
        "ES": "Spain", "FR": "France", "GB": "United Kingdom", "GE": "Georgia", "IT": "Italy", "LT": "Lithuania",
        "LU": "Luxembourg", "NL": "Netherlands", "RO": "Romania", "RS": "Serbia", "TR": "Türkiye", "XK": "Kosovo",
    }  # fmt: skip
    return [
        SimpleNamespace(code=code, name=name, href=f"#{code}", count=3 if code in {"DE", "IT"} else 1)
        for code, name in names.items()
    ]


def funding() -> dict[str, list[SimpleNamespace]]:
    """Return funders with shares, with one share missing, and without any."""

    def funder(label: str, share: float | None, kind: str | None = None) -> SimpleNamespace:
        return SimpleNamespace(label=label, share=share, kind=kind)

    full = [
        ("Ministry of Social Affairs", 55.0, "National public funds"),
        ("Oak Tree Fund", 15.0, "Foundation"),
        ("City", 15.0, "Local public funds"),
        ("Donations", 15.0, None),
    ]
    return {
        "full": [funder(*row) for row in full],
        "part": [funder("Ministry", 60.0), funder("Donations", None)],
        "none": [funder(label, None) for label, _share, _kind in full],
    }


def pages_line() -> SimpleNamespace:
    """Return the pages of a long list, in the middle of it."""
    numbers = (1, None, 4, 5, 6, None, 88)
    cells = [
        SimpleNamespace(number=number, href=f"?page={number}", is_current=number == 5, is_gap=number is None)
        for number in numbers
    ]
    return SimpleNamespace(number=5, count=88, previous_href="?page=4", next_href="?page=6", cells=cells)


def context() -> dict[str, Any]:
    """Return all of it for the templates, the form bound and refused."""
    refused = SampleForm({"title": "", "background": "word " * 338, "agree": "on"})
    refused.is_valid()
    view_names = (("List", "list", True), ("Table", "table-2", False), ("Map", "map", False))
    return {
        "guide_pages": PAGES,
        "states": freshness_states(),
        "facets": facets(),
        "chips": [
            SimpleNamespace(facet_label="Country", value_label=name, remove_href="#") for name in ("Romania", "Serbia")
        ],
        "rows": rows(),
        "light_rows": light_rows(),
        "countries": countries(),
        "funding": funding(),
        "page": pages_line(),
        "downloads": [SimpleNamespace(label="Download as CSV", href="#")],
        "views": [
            SimpleNamespace(label=label, icon_name=symbol, href="#", is_current=current)
            for label, symbol, current in view_names
        ],
        "refused": refused,
        "fresh_form": SampleForm(auto_id="fresh_%s"),
        "dateline": [("Source", "the organisation's own entry"), ("Language", "English"), ("Checked", "3 Sep 2026")],
        "dateline_actions": [("columns-3", "Add to comparison", "#")],
        "ways": [("Without Accommodation:", "3 organisations", "#"), ("In the neighbour countries:", "6", "#")],
        "ways_out": [("Remove all filters", "#"), ("Ask the secretariat", "#")],
        "facts": [("Country, city", "Romania, Bucharest"), ("Languages", "Romanian, English"), ("Role", "Member")],
    }
