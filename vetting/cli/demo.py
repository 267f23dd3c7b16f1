"""``vetting demo``: writes the bundled example campaign and audits it."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

NAME = "demo"


def command(
    out: Annotated[Path, typer.Option(help="Folder for the campaign and the run.")] = Path("demo"),
    as_json: Annotated[bool, typer.Option("--json", help="Print the scores as JSON.")] = False,
) -> None:
    """Write the example campaign (twelve made-up creators) and audit it."""
    from vetting.audit import audit
    from vetting.cli._results import print_audit
    from vetting.example.campaign import write_campaign
    from vetting.reports.terminal import progress

    campaign = out / "spring-launch"
    brief, _ = write_campaign(campaign)
    with progress() as say:
        done = audit([campaign], out / "run", brief, progress=say)
    print_audit(done, as_json=as_json)
