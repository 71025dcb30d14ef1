"""Template tags of the practices' pages."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django import template
from django.template.context import Context

from platform_site.texts.shortening import shortened_source
from practices.comparison import Line, Row

register = template.Library()

# Four charts of the longest answers that the form allows would be too much for one page.
LONGEST = 600


@register.inclusion_tag("practices/compare_cell.html", takes_context=True)
def compare_cell(context: Context, row: Row, line: Line, column: int) -> dict[str, Any]:
    """Draw what the chart of one column answers on one line of a field; the period with its bar.

    Of a long text its beginning stands there, with a link to the field of the chart.
    """
    answer = line.cells[column]
    more_href = ""
    if answer.part.kind in {"formatted", "list"} and len(answer.value) > LONGEST:
        chart = context["columns"][column].chart
        answer = replace(answer, value=shortened_source(answer.value, LONGEST))
        more_href = f"{chart.get_absolute_url()}#{row.field.anchor}"
    scale = None
    if answer.part.key == "period":
        scale = context["scales"].get(context["columns"][column].chart.chart_no)
    return {"answer": answer, "label": line.label if row.labelled else "", "scale": scale, "more_href": more_href}
