"""A few thousand creators of a fact sheet at a time, as plain values for wording findings."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from vetting.judging.uses import fact_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from vetting.facts import Catalogue
    from vetting.judging.factsheet import Detail, FactSheet


@dataclass(slots=True)
class Scene:
    """Some of the creators of a sheet.

    Attributes
    ----------
    sheet : FactSheet
    catalogue : Catalogue
    creators : list of str
        A run of the sheet's creators, in its order.
    offset : int
        Row of the first of them.
    """

    sheet: FactSheet
    catalogue: Catalogue
    creators: list[str]
    offset: int
    _details: Mapping[tuple[str, str], Detail] | None = None
    _columns: dict[str, list[Any]] = field(default_factory=dict)

    def value(self, column: str, place: int) -> Any:  # noqa: ANN401 - facts have several types
        """Return one column for the creator at ``place``, as JSON has it; None is unknown."""
        if column not in self._columns:
            rows = self.sheet.facts[column].slice(self.offset, len(self.creators))
            self._columns[column] = rows.to_pylist()
        return plain(self._columns[column][place])

    def detail(self, place: int, column: str) -> Detail:
        """Return interval, sample and status of the measure behind a column, else nothing."""
        if self._details is None:
            self._details = self.sheet.details(self.creators)
        split = fact_of(column, self.catalogue)
        return self._details.get((self.creators[place], split[0] if split else column), {})

    def unit(self, column: str) -> str:
        """Return the unit of a column; ``count`` for a sample size."""
        split = fact_of(column, self.catalogue)
        if split is None:
            return ""
        return "count" if split[1] == "n" else self.catalogue.facts[split[0]].unit


def plain(value: Any) -> Any:  # noqa: ANN401 - any fact
    """Return a value as JSON has it."""
    if isinstance(value, (dt.date, dt.datetime)):
        return value.isoformat()
    if isinstance(value, Decimal):
        return float(value)
    return value
