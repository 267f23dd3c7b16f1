"""What commands share at the end: printing an audit, and the exit code for findings."""

from __future__ import annotations

from typing import TYPE_CHECKING

import typer

from vetting.errors import VettingError, did_you_mean
from vetting.records import SEVERITIES

if TYPE_CHECKING:
    from collections.abc import Iterable

    from vetting.audit import Audit
    from vetting.records import Finding


def check_severity(severity: str | None) -> None:
    """Refuse a severity that does not exist, before any work is done."""
    if severity is not None and severity not in SEVERITIES:
        raise VettingError(
            "--fail-on names no severity",
            found=severity,
            allowed=", ".join(SEVERITIES),
            hint=did_you_mean(severity, SEVERITIES),
        )


def print_audit(done: Audit, *, as_json: bool) -> None:
    """Print the scores as JSON, or the summary as a table with the way to the report."""
    if as_json:
        from vetting.writing import json_text

        typer.echo(json_text(done.summary["creators"]))
        return
    from vetting.reports.terminal import print_summary

    print_summary(done.summary, done.folder)


def exit_on(findings: Iterable[Finding], severity: str | None) -> None:
    """Exit with 1 when a fired, unexplained finding reaches the severity."""
    if severity is None:
        return
    least = SEVERITIES.index(severity)
    if any(
        finding.state == "fired"
        and finding.explained is not True
        and SEVERITIES.index(finding.severity) >= least
        for finding in findings
    ):
        raise typer.Exit(1)
