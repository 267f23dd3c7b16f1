"""``vetting demo``: the bundled campaign, written and audited."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

NAME = "demo"


def command(
    out: Annotated[Path, typer.Option(help="Where to put the campaign and its audit.")] = Path(
        "demo"
    ),
    as_json: Annotated[bool, typer.Option("--json", help="Print the scores as JSON.")] = False,
) -> None:
    """Write the bundled example campaign into OUT/campaign and audit it into OUT."""
    from vetting.audit import audit
    from vetting.cli._results import print_audit
    from vetting.example.campaign import write_campaign
    from vetting.reports.terminal import progress

    campaign = out / "campaign"
    brief, _ = write_campaign(campaign)
    with progress() as say:
        done = audit([campaign], out, brief, progress=say)
    print_audit(done, as_json=as_json)
