"""From score, confidence and findings to a verdict and its gates."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vetting.records import SEVERITIES
from vetting.scoring.subscores import counts_against

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from vetting.records import Finding, Verdict
    from vetting.scoring.profiles import VerdictLimits


def open_gates(findings: Iterable[Finding]) -> tuple[str, ...]:
    """Name the findings that end the matter: severity block, fired, unexplained, not just a hint.

    A finding of low confidence never closes a gate: it asks a question instead.
    """
    return tuple(
        f"{finding.title} ({finding.id})"
        for finding in findings
        if finding.severity == "block" and finding.confidence != "low" and counts_against(finding)
    )


def is_held_back(findings: Iterable[Finding], limits: VerdictLimits) -> bool:
    """Tell whether a fired, unexplained finding asks for a person before a shortlist."""
    least = SEVERITIES.index(limits.review_on)
    return any(
        counts_against(finding) and SEVERITIES.index(finding.severity) >= least
        for finding in findings
    )


def decide_verdict(
    score: float | None,
    *,
    score_high: float | None,
    confidence: float,
    gates: Sequence[str],
    held_back: bool,
    limits: VerdictLimits,
) -> Verdict:
    """Return the verdict.

    Gates come before weights; too little data is said before any number is judged; a rejection by
    score needs the whole interval below the shortlist; a shortlist needs enough known facts and no
    open high finding.
    """
    if gates:
        return "reject"
    if score is None or score_high is None or confidence < limits.least_confidence:
        return "insufficient_data"
    if score < limits.reject_below and score_high < limits.shortlist_at:
        return "reject"
    enough = confidence >= limits.shortlist_confidence
    if score >= limits.shortlist_at and enough and not held_back:
        return "shortlist"
    return "review"
