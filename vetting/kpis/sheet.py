"""Every KPI of every creator as rows: value, unit, denominator, interval, and what is missing."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Decimal
from typing import TYPE_CHECKING

from vetting.intervals import wilson
from vetting.kpis import catalogue

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from vetting.kpis._spec import KpiSpec
    from vetting.kpis.totals import Totals

_CENT = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class KpiRow:
    """One KPI of one creator.

    Attributes
    ----------
    value : float, Decimal or None
        None when a fact is missing; money rounded to cents, half to even.
    low, high : float or None
        90 % Wilson interval of a share of counts; None where none applies.
    n : int or None
        The denominator's count, when it is one.
    missing : tuple of str
        Facts without which it cannot be computed.
    note : str
        Which variant, and warnings of the guard.
    """

    creator_id: str
    id: str
    title: str
    value: float | Decimal | None
    unit: str
    denominator: str
    currency: str
    low: float | None
    high: float | None
    n: int | None
    missing: tuple[str, ...]
    formula: str
    source: str
    note: str


def kpi_rows(totals: Iterable[Totals], *, cpm: Decimal | None = None) -> Iterator[KpiRow]:
    """Yield every KPI of the catalogue that outcome tables can feed.

    Parameters
    ----------
    totals : iterable of Totals
    cpm : Decimal or None
        The brand's own CPM, for EMV; None leaves EMV unknown.
    """
    for one in totals:
        facts = dict(one.facts) | {"cpm": cpm}
        average = None
        for name, function in catalogue().items():
            spec: KpiSpec = vars(function)["spec"]
            known = facts | {"average_order_value": average}
            if not set(spec.needs) <= set(known):
                continue  # another source feeds it: analytics, a search series, a customer table
            given = {need: known[need] for need in spec.needs}
            missing = tuple(need for need, value in given.items() if value is None)
            value = function(**given)
            if name == "average_order_value":
                average = value
            yield _row(one, spec, value=value, missing=missing, given=given)


def _row(
    one: Totals,
    spec: KpiSpec,
    *,
    value: float | Decimal | None,
    missing: tuple[str, ...],
    given: dict[str, int | float | Decimal | None],
) -> KpiRow:
    low = high = None
    n = None
    if spec.unit == "share" and value is not None and len(spec.needs) == 2:
        part, whole = (given[need] for need in spec.needs)
        n = int(whole or 0)
        if part is not None and 0 <= part <= n:
            ends = wilson(float(part), float(n))
            low, high = (float(end) for end in ends)
    note = ""
    if len(one.currencies) > 1 and spec.unit in {"money", "ratio"}:
        note = f"currencies are mixed ({', '.join(one.currencies)}); nothing is converted here"
    elif not missing and value is None:
        note = f"{spec.needs[-1]} is 0"
    if isinstance(value, Decimal):
        step = _CENT if spec.unit == "money" else Decimal("0.0001")
        value = value.quantize(step, ROUND_HALF_EVEN)
    return KpiRow(
        creator_id=one.creator_id,
        id=spec.id,
        title=spec.title,
        value=value,
        unit=spec.unit,
        denominator=spec.denominator or "",
        currency=one.currencies[0] if spec.unit == "money" and len(one.currencies) == 1 else "",
        low=low,
        high=high,
        n=n,
        missing=missing,
        formula=spec.formula,
        source=spec.source,
        note=note,
    )
