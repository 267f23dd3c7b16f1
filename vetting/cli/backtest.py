"""``vetting backtest``: which measures and findings went with good outcomes."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

NAME = "backtest"
_LISTED = 15


def command(
    run: Annotated[Path, typer.Argument(metavar="RUN", help="A past run directory.")],
    outcomes: Annotated[
        list[str], typer.Option(help="Outcome tables of the campaigns that followed; repeatable.")
    ],
    seed: Annotated[int, typer.Option(help="For the bootstrap.")] = 0,
    as_json: Annotated[bool, typer.Option("--json", help="Print everything as JSON.")] = False,
) -> None:
    """Lay a past run beside what happened: what predicted ROI, CPA and CAC, with intervals."""
    from dataclasses import asdict

    from vetting.backtesting import backtest

    found = backtest(run, outcomes, seed=seed)
    if as_json:
        from vetting.writing import json_text

        print(json_text(asdict(found)))
        return
    for warning in found.warnings:
        print(f"warning  {warning}")
    print("Rank correlation with the outcome; positive: more of it, better outcome.")
    for link in found.links[:_LISTED]:
        between = f"({link.low:+.2f} to {link.high:+.2f}, n {link.n})"
        print(f"{link.correlation:+.2f} {between:28} {link.outcome:5} {link.predictor}")
    for one in found.forecasts:
        print(
            f"Forecast of {one.outcome}: {one.held} of {one.n} creators lay between P10 and P90 "
            f"({one.low:.0%} to {one.high:.0%}; 80 % is promised)."
        )
    if found.suggested_weights:
        shares = ", ".join(f"{name} {share:.0%}" for name, share in found.suggested_weights.items())
        print(f"Weights that {found.outcome} would suggest (nothing is changed): {shares}")
    else:
        print("No sub-score went with the outcome more surely than chance; weights stay.")
