"""The nouns of ``vetting.records`` as the plain dictionaries of ``vetting.summary.shape``."""

from __future__ import annotations

import math
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from vetting.summary.evidence import show_evidence
from vetting.wording import interval_shown, points_shown, shown

if TYPE_CHECKING:
    from collections.abc import Mapping

    from vetting.records import Finding, LedgerLine, MeasureSpec, Problem
    from vetting.summary.shape import (
        Definition,
        FindingView,
        Interval,
        Kpi,
        Ledger,
        ProblemView,
    )


def number(value: float | None) -> float | None:
    """Return a plain number; NaN and infinity say unknown, as None does."""
    return None if value is None or not math.isfinite(value) else float(value)


def whole(value: int | None) -> int | None:
    """Return a plain whole number, or None."""
    return None if value is None else int(value)


def interval(value: float | None, low: float | None, high: float | None) -> Interval:
    """Return a value with its interval."""
    return {"value": number(value), "low": number(low), "high": number(high)}


@lru_cache(maxsize=4096)
def _shared(texts: tuple[str, ...]) -> list[str]:
    """Return one list for the same texts: a rule says the same about thousands of creators."""
    return list(texts)


def finding_view(finding: Finding) -> FindingView:
    """Return a finding with plain evidence."""
    return {
        "creator_id": finding.creator_id,
        "id": finding.id,
        "kind": finding.kind,
        "family": finding.family,
        "state": finding.state,
        "severity": finding.severity,
        "confidence": finding.confidence,
        "title": finding.title,
        "message": finding.message,
        "start": finding.start,
        "end": finding.end,
        "explained": finding.explained,
        "evidence": show_evidence(finding.evidence),
        "missing": _shared(finding.missing),
        "innocent_explanations": _shared(finding.innocent_explanations),
        "what_to_do": finding.what_to_do,
        "source": finding.source,
        "status": finding.status,
    }


def ledger_view(line: LedgerLine) -> Ledger:
    """Return a line of the ledger with its points in words."""
    return {
        "subscore": line.subscore,
        "item": line.item,
        "title": line.title,
        "value": number(line.value),
        "shown": line.shown,
        "points": number(line.points),
        "points_shown": points_shown(number(line.points)),
        "weight": line.weight,
        "threshold": line.threshold,
        "source": line.source,
    }


def problem_view(problem: Problem) -> ProblemView:
    """Return a problem as plain values."""
    return {
        "file": problem.file,
        "line": problem.line,
        "column": problem.column,
        "what": problem.what,
        "found": problem.found,
        "action": problem.action,
    }


def definition(spec: MeasureSpec) -> Definition:
    """Return what the glossary says about a measure."""
    return {
        "id": spec.id,
        "title": spec.title,
        "unit": spec.unit,
        "denominator": spec.denominator,
        "better": spec.better,
        "description": spec.description,
        "source": spec.source,
    }


def kpi_view(row: Mapping[str, Any], unit: str) -> Kpi:
    """Return a row of the long table ``measures`` with its value in words."""
    value, low, high = number(row["value"]), number(row["low"]), number(row["high"])
    return {
        "id": row["id"],
        "value": value,
        "low": low,
        "high": high,
        "n": row["n"],
        "status": row["status"],
        "note": row["note"] or "",
        "shown": shown(value, unit),
        "interval_shown": interval_shown(low, high, unit),
    }
