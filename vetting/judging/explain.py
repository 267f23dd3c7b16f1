"""Finds which claims of a condition decided its verdict.

Put back alone, with everything else unknown, the deciding claims give the same verdict.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from vetting.judging import syntax

if TYPE_CHECKING:
    from collections.abc import Callable

    from vetting.judging.syntax import Part

Verdict = bool | None
Deciding = tuple[Verdict, tuple["Part", ...]]


def deciding(part: Part, truth: Callable[[Part], Verdict]) -> Deciding:
    """Return the verdict of a condition and the claims that decided it.

    Parameters
    ----------
    part : Part
    truth : callable
        From a claim (a leaf of and, or, not) to true, false or None for unknown.

    Returns
    -------
    verdict : bool or None
    claims : tuple of Part
        For true and false as few as suffice; for unknown all that are themselves unknown.

    Examples
    --------
    >>> from vetting.judging.parse import parse
    >>> condition = parse("a.b > 1 or c.d > 2")
    >>> verdict, claims = deciding(condition, lambda claim: claim.start > 5 or None)
    >>> verdict, [claim.left.name for claim in claims]
    (True, ['c.d'])
    """
    match part:
        case syntax.Not(operand=operand):
            verdict, claims = deciding(operand, truth)
            return (None if verdict is None else not verdict), claims
        case syntax.And(parts=parts):
            return _joined([deciding(inner, truth) for inner in parts], decisive=False)
        case syntax.Or(parts=parts):
            return _joined([deciding(inner, truth) for inner in parts], decisive=True)
    return truth(part), (part,)


def _joined(results: list[Deciding], *, decisive: bool) -> Deciding:
    """Join the sides of ``and`` (false is decisive) or ``or`` (true is decisive)."""
    enough = [claims for verdict, claims in results if verdict is decisive]
    if enough:
        return decisive, min(enough, key=len)
    open_ = [claims for verdict, claims in results if verdict is None]
    if open_:
        return None, tuple(claim for claims in open_ for claim in claims)
    return (not decisive), tuple(claim for _, claims in results for claim in claims)
