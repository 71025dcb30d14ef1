"""Template tags of the practices' pages."""

from __future__ import annotations

from typing import Any

from django import template
from django.template.context import Context

from practices.comparison import Line, Row

register = template.Library()


@register.inclusion_tag("practices/compare_cell.html", takes_context=True)
def compare_cell(context: Context, row: Row, line: Line, column: int) -> dict[str, Any]:
    """Draw what the chart of one column answers on one line of a field; the period with its bar."""
    answer = line.cells[column]
    scale = None
    if answer.part.key == "period":
        scale = context["scales"].get(context["columns"][column].chart.chart_no)
    return {"answer": answer, "label": line.label if row.labelled else "", "scale": scale}
