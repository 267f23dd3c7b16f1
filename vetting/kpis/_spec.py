"""What every KPI says about itself, and the register that docs, tables and guard read."""

from __future__ import annotations

import inspect
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from functools import wraps
from typing import TYPE_CHECKING, Any, Literal, TypeVar

from vetting.errors import VettingError
from vetting.kpis._facts import EXACT_COUNT, WILSON

if TYPE_CHECKING:
    from collections.abc import Callable

Money = Decimal | int | float | str | None
Count = int | float | None
Unit = Literal["share", "ratio", "money", "count", "per_person", "seconds"]


@dataclass(frozen=True, slots=True)
class KpiSpec:
    """One KPI.

    Attributes
    ----------
    id : str
        The function's name.
    title : str
    unit : Unit
        ``share`` is 0..1; ``money`` is in the currency of the inputs.
    formula : str
        As a person would write it.
    denominator : str or None
        What it is divided by, printed with every number.
    needs : tuple of str
        Facts, which are also the parameters of the function.
    source : str
        Where the formula comes from, with date.
    disagreement : str or None
        Where sources disagree, and what we do about it.
    bounds : tuple of (float or None, float or None)
        What is possible; the guard reports anything else.
    interval : str
        How its 90 % interval is found; begins with "none: " and says why where there is none.
    """

    id: str
    title: str
    unit: Unit
    formula: str
    denominator: str | None
    needs: tuple[str, ...]
    source: str
    disagreement: str | None
    bounds: tuple[float | None, float | None]
    interval: str


F = TypeVar("F", bound="Callable[..., Any]")


def kpi(
    title: str,
    *,
    unit: Unit,
    formula: str,
    source: str,
    denominator: str | None = None,
    disagreement: str | None = None,
    bounds: tuple[float | None, float | None] = (0, None),
    interval: str | None = None,
) -> Callable[[F], F]:
    """Make a KPI of a function whose parameters are the facts it needs.

    The function is called only when every fact is known; otherwise the answer is None. A share of
    two counts has Wilson's interval and a count none, unless ``interval`` says otherwise; every
    other KPI must say it.
    """

    def make(function: F) -> F:
        needs = tuple(inspect.signature(function).parameters)

        @wraps(function)
        def known(*arguments: Any, **named: Any) -> Any:  # noqa: ANN401 - the wrapped types hold
            bound = inspect.signature(function).bind(*arguments, **named)
            bound.apply_defaults()
            if any(value is None for value in bound.arguments.values()):
                return None
            return function(*bound.args, **bound.kwargs)

        known.spec = KpiSpec(  # type: ignore[attr-defined]
            id=function.__name__,
            title=title,
            unit=unit,
            formula=formula,
            denominator=denominator,
            needs=needs,
            source=source,
            disagreement=disagreement,
            bounds=bounds,
            interval=interval or _usual_interval(unit, needs),
        )
        return known  # type: ignore[return-value]

    return make


def _usual_interval(unit: Unit, needs: tuple[str, ...]) -> str:
    usual = WILSON if unit == "share" and len(needs) == 2 else EXACT_COUNT
    if unit not in {"share", "count"} or (unit == "share" and usual != WILSON):
        raise VettingError(
            "this KPI does not say how its interval is found",
            found=f"unit {unit}, needs {', '.join(needs)}",
            allowed='a text, or "none: " and the reason',
        )
    return usual


def share(part: Count, whole: Count) -> float | None:
    """Return part / whole; None when either is unknown or the whole is 0."""
    if part is None or whole is None or whole == 0:
        return None
    return float(part) / float(whole)


def money_per(amount: Money, count: Count, *, times: int = 1) -> Decimal | None:
    """Return amount / count x times, exactly; None when either is unknown or the count is 0."""
    if amount is None or count is None or count == 0:
        return None
    return exact(amount) * times / exact(count)


def exact(amount: Decimal | float | str) -> Decimal:
    """Return an amount as a Decimal; a float is read as it is written, so .1 is one tenth.

    Raises
    ------
    VettingError
        When it is no finite number.
    """
    try:
        number = amount if isinstance(amount, Decimal) else Decimal(str(amount))
    except InvalidOperation:
        number = Decimal("nan")
    if not number.is_finite():
        raise VettingError(
            "this is no amount", found=str(amount), allowed="a number, with a decimal point"
        )
    return number
