"""``vetting kpis``: what a campaign cost and brought."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

NAME = "kpis"


def command(
    inputs: Annotated[
        list[str],
        typer.Argument(
            metavar="INPUT...",
            help="Outcome tables; posts, comments, growth, searches and touchpoints add to them.",
        ),
    ],
    out: Annotated[Path, typer.Option(help="The KPI sheet to write: .csv, .jsonl or .parquet.")],
    brief: Annotated[Path | None, typer.Option(help="The campaign brief (YAML).")] = None,
    seed: Annotated[int, typer.Option(help="For intervals drawn at random.")] = 0,
    as_json: Annotated[bool, typer.Option("--json", help="Print the KPIs as JSON.")] = False,
) -> None:
    """Compute campaign KPIs and attribution from outcome tables."""
    from vetting.campaign import measure_campaign, write_campaign_files
    from vetting.cli._campaign import print_campaign

    campaign = measure_campaign(inputs, brief=brief, seed=seed)
    written = write_campaign_files(campaign, out)
    print_campaign(campaign, written, as_json=as_json)
