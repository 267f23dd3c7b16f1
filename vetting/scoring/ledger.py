"""The score, line by line: what was measured, by which curve, how many points, whose source."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from vetting.records import LedgerLine
from vetting.scoring.subscores import counts_against

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from vetting.records import Finding, MeasureSpec
    from vetting.scoring.grid import Grid
    from vetting.scoring.profiles import Curve, Deductions, Profile
    from vetting.scoring.subscores import ItemPoints, SubScores


def build_ledger(
    row: int,
    *,
    profile: Profile,
    subscores: Mapping[str, SubScores],
    grid: Grid,
    findings: Sequence[Finding],
    specs: Mapping[str, MeasureSpec],
) -> tuple[LedgerLine, ...]:
    """Return the ledger of one creator, sub-score by sub-score.

    Parameters
    ----------
    row : int
        Position of the creator in the grid.
    """
    lines: list[LedgerLine] = []
    for name, computed in subscores.items():
        applying = [item for item in computed.items if item.chosen[row] >= 0]
        total = sum(item.item.weight for item in applying if not math.isnan(item.value[row]))
        lines += [
            _measure_line(name, item, row=row, total=total, grid=grid, specs=specs)
            for item in applying
        ]
        lines += _finding_lines(name, findings, rules=profile.deductions)
    return tuple(lines)


def show_value(value: float, spec: MeasureSpec | None) -> str:
    """Write a number as a person reads it, in the unit of its measure."""
    unit = spec.unit if spec else ""
    if unit == "share":
        return f"{value:.1%}"
    if unit == "count":
        return f"{value:,.0f}"
    text = f"{value:,.2f}".rstrip("0").rstrip(".")
    return f"{text} {unit.replace('_', ' ')}" if unit in {"days", "hours"} else text


def _measure_line(
    name: str,
    points: ItemPoints,
    *,
    row: int,
    total: float,
    grid: Grid,
    specs: Mapping[str, MeasureSpec],
) -> LedgerLine:
    item = points.item
    spec = specs.get(item.measure)
    value = grid.value[item.measure][row]
    known = not math.isnan(value)
    return LedgerLine(
        subscore=name,
        item=item.measure,
        title=spec.title if spec else item.measure,
        value=float(value) if known else None,
        shown=_with_interval(item.measure, row, grid, spec) if known else "unknown",
        points=float(points.value[row]) if known else None,
        weight=item.weight / total if known and total else 0.0,
        threshold=describe_curve(item.curves[points.chosen[row]], spec),
        source=item.source,
    )


def _with_interval(measure: str, row: int, grid: Grid, spec: MeasureSpec | None) -> str:
    text = show_value(float(grid.value[measure][row]), spec)
    extra = []
    low, high = grid.low[measure][row], grid.high[measure][row]
    if low != high:
        extra.append(f"{show_value(float(low), spec)} to {show_value(float(high), spec)}")
    if not math.isnan(grid.n[measure][row]):
        extra.append(f"n {grid.n[measure][row]:,.0f}")
    return f"{text} ({', '.join(extra)})" if extra else text


def describe_curve(curve: Curve, spec: MeasureSpec | None) -> str:
    """Write a curve in words: ``2.0% = 35 points, 6.0% = 65 points``."""
    whom = " ".join((*curve.platforms, *curve.tiers))
    body = ", ".join(f"{show_value(x, spec)} = {y:g}" for x, y in curve.points)
    return f"{whom}: {body} points" if whom else f"{body} points"


def _finding_lines(
    name: str, findings: Sequence[Finding], *, rules: Deductions
) -> list[LedgerLine]:
    lines = []
    for finding in findings:
        if rules.families.get(finding.family) != name or not counts_against(finding):
            continue
        severity, confidence = finding.severity, finding.confidence
        points = rules.severity[severity] * rules.confidence[confidence]
        lines.append(
            LedgerLine(
                subscore=name,
                item=finding.id,
                title=finding.title,
                value=None,
                shown=finding.message,
                points=-points,
                weight=0.0,
                threshold=f"severity {severity} x confidence {confidence}, of what is left",
                source=finding.source,
            )
        )
    return lines
