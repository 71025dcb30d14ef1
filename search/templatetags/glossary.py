"""Template tags of the glossary (`{% load glossary %}`)."""

from __future__ import annotations

from django import template
from django.template.base import FilterExpression, NodeList, Parser, Token
from django.template.context import Context
from django.utils.safestring import SafeString

from search.short_forms import explained

register = template.Library()


class ExplainedNode(template.Node):
    """What stands between the tags, with its abbreviations explained."""

    def __init__(self, nodelist: NodeList, language: FilterExpression) -> None:
        self.nodelist = nodelist
        self.language = language

    def render(self, context: Context) -> SafeString:
        """Draw the content, then explain each abbreviation where it is first used."""
        user = getattr(context.get("request"), "user", None)
        return explained(self.nodelist.render(context), user, str(self.language.resolve(context) or ""))


@register.tag("explained")
def do_explained(parser: Parser, token: Token) -> ExplainedNode:
    """Write `{% explained language %}…{% endexplained %}`: `language` is the code of the language of the text."""
    parts = token.split_contents()
    if len(parts) != 2:
        raise template.TemplateSyntaxError("explained takes the language of the text.")
    nodelist = parser.parse(("endexplained",))
    parser.delete_first_token()
    return ExplainedNode(nodelist, parser.compile_filter(parts[1]))
