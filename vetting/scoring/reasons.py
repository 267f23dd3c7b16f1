"""The few sentences a reader sees first, and which finding holds the verdict."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vetting.records import CONFIDENCES, SEVERITIES
from vetting.scoring.subscores import counts_against

if TYPE_CHECKING:
    from collections.abc import Sequence

    from vetting.records import Finding, LedgerLine, Verdict

MOST = 4


def top_reasons(
    verdict: Verdict,
    *,
    ledger: Sequence[LedgerLine],
    gates: Sequence[str],
    findings: Sequence[Finding],
    ask_for: Sequence[str],
) -> tuple[str, ...]:
    """Return at most four sentences: gates, then findings, then the strongest measures."""
    reasons = [f"Gate: {gate}" for gate in gates]
    if verdict == "insufficient_data":
        reasons += [f"Missing: {wanted}" for wanted in ask_for[:3]]
    fired = sorted(
        (finding for finding in findings if counts_against(finding)),
        key=lambda finding: (
            -SEVERITIES.index(finding.severity),
            -CONFIDENCES.index(finding.confidence),
            finding.id,
        ),
    )
    # What only informs is in the list of findings; here it would hide what decides.
    telling = [finding for finding in fired if finding.severity not in {"info", "block"}]
    reasons += [f"{finding.title}: {finding.message}" for finding in telling[:2]]
    measured = sorted(
        (line for line in ledger if line.points is not None and line.weight > 0),
        key=lambda line: (-abs((line.points or 0.0) - 50) * line.weight, line.item),
    )
    reasons += [f"{line.title} {line.shown}: {line.points:.0f} of 100 points" for line in measured]
    return tuple(reasons[:MOST])


def finding_changes(
    verdict: Verdict, gates: Sequence[str], *, held_back: bool, findings: Sequence[Finding]
) -> tuple[str, ...]:
    """Say which finding, once explained, would change the verdict; empty when none holds it."""
    if gates:
        return (
            "The verdict would be weighed by score if this were cleared up: "
            + "; ".join(gates)
            + ".",
        )
    if verdict == "review" and held_back:
        holding = [
            finding.title
            for finding in findings
            if counts_against(finding) and finding.severity in {"high", "block"}
        ]
        return ("A sound explanation or better figures for: " + "; ".join(holding) + ".",)
    return ()
