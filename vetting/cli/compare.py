"""``vetting compare``: what changed between two runs, and whether the data can show it."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

NAME = "compare"


def command(
    before: Annotated[Path, typer.Argument(metavar="RUN_A", help="The earlier run directory.")],
    after: Annotated[Path, typer.Argument(metavar="RUN_B", help="The later run directory.")],
    everything: Annotated[
        bool, typer.Option("--all", help="Also list what changed no more than chance allows.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print everything as JSON.")] = False,
) -> None:
    """Compare two runs: verdicts, scores, findings and measures, with intervals, and why."""
    from collections import Counter
    from dataclasses import asdict

    from vetting.comparing import EXACT, NOT_SHOWN, NOW_KNOWN, NOW_UNKNOWN, SHOWN, compare_runs
    from vetting.wording import counted

    found = compare_runs(before, after)
    if as_json:
        from vetting.writing import json_text

        print(json_text(asdict(found)))
        return
    for reason in found.why:
        print(f"made differently  {reason}")
    for title, creators in (("gone", found.only_before), ("new", found.only_after)):
        if creators:
            print(f"{title}  {', '.join(creators)}")
    quiet = {NOT_SHOWN, NOW_KNOWN, NOW_UNKNOWN}
    shown = [change for change in found.changes if everything or change.state not in quiet]
    for change in shown:
        between = "" if change.low is None else f" ({change.low:+.3g} to {change.high:+.3g})"
        line = f"{change.creator_id}  {change.what}: {change.before} -> {change.after}{between}"
        aside = everything or change.state not in {SHOWN, EXACT}
        print(f"{line}  {change.state}" if aside else line)
    if not everything:
        for state in (NOW_KNOWN, NOW_UNKNOWN):
            turned = Counter(one.creator_id for one in found.changes if one.state == state)
            one, many = "number or finding", "numbers and findings"
            for creator, number in sorted(turned.items()):
                print(f"{creator}  {counted(number, one, many)} {state} (--all lists them)")
    kept = sum(change.state == NOT_SHOWN for change in found.changes)
    changes = counted(len(shown), "change", "changes")
    others = counted(kept, "difference is", "differences are")
    print(f"{changes}; {others} no change that the data can show.")
    ranged = sum(change.state == SHOWN and change.low is not None for change in found.changes)
    if said := _of_chance(ranged, found.by_chance):
        print(said)


def _of_chance(ranged: int, by_chance: int) -> str:
    """Return how many of the changes with a range chance alone would give; empty when none has."""
    if ranged == 0 or by_chance == 0:
        return ""
    if by_chance < ranged:
        return f"About {by_chance:,} of the changes with a range would be chance alone."
    return f"Chance alone would give as many changes with a range as there are: {ranged:,}."
