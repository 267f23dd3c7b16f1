"""What a condition uses: facts with their sub-fields, and lists. Types are not checked here."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from vetting.judging.syntax import SUBFIELDS

if TYPE_CHECKING:
    from vetting.facts import Catalogue


@dataclass(slots=True)
class Uses:
    """What a condition needs.

    Attributes
    ----------
    columns : set of str
        Facts with their sub-field: ``engagement.rate_by_views``, ``engagement.rate_by_views.n``.
    lists : dict of str to set of str
        List ids with the fields used.
    """

    columns: set[str] = field(default_factory=set)
    lists: dict[str, set[str]] = field(default_factory=dict)


def fact_of(column: str, catalogue: Catalogue) -> tuple[str, str | None] | None:
    """Split a name into fact and sub-field; None when the catalogue has no such fact.

    ``x.y.low`` is the sub-field ``low`` of the fact ``x.y`` unless a fact has that very name.
    """
    if column in catalogue.facts:
        return column, None
    base, _, last = column.rpartition(".")
    if last in SUBFIELDS and base in catalogue.facts:
        return base, last
    return None
