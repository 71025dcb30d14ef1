"""Access rules of documents: which principals may find a thing, as an AND of ORs in one short text.

Wagtail's restrictions nest (each restricted page above must let the reader pass), so a list of groups does not say
enough: `member|staff` is one clause, `group:3&signed_in` two that must both hold. A document has exactly one rule;
rules are few, so each is judged once for a reader.
"""

from __future__ import annotations

from collections.abc import Iterable

PUBLIC = "public"
AND, OR = "&", "|"


def any_of(principals: Iterable[str]) -> str:
    """Return the rule that one of `principals` is enough for. Raises ValueError for none: that would be nobody."""
    names = sorted(set(principals))
    if not names:
        raise ValueError("A rule needs at least one principal.")
    return PUBLIC if PUBLIC in names else OR.join(names)


def all_of(rules: Iterable[str]) -> str:
    """Return the rule that holds where all of `rules` hold, in one way of writing it; no rules mean everybody."""
    clauses = {clause for rule in rules for clause in rule.split(AND)} - {PUBLIC}
    return AND.join(sorted(clauses)) or PUBLIC


def allows(rule: str, principals: frozenset[str]) -> bool:
    """Say whether a reader with `principals` may find what carries `rule`."""
    return all(not principals.isdisjoint(clause.split(OR)) for clause in rule.split(AND))


def allowed(rules: Iterable[str], principals: frozenset[str]) -> frozenset[str]:
    """Return those of `rules` that a reader with `principals` passes."""
    return frozenset(rule for rule in rules if allows(rule, principals))
