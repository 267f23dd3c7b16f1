"""Audits the real creators of the shared data and prints docs/real-runs.md, without personal data.

Run: VETTING_DATA=... python -m benchmarks.real_runs > docs/real-runs.md
"""

from __future__ import annotations

import csv
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import numpy as np

SETS = (("tiktok", "21 TikTok creators"), ("youtube_fr_tech", "227 French YouTube channels"))
BRIEFS = {
    "awareness": "goal: awareness\n",
    "engagement": "goal: engagement\n",
    "sales": "goal: sales\n",
}
_SUBSCORES = ("authenticity", "engagement", "sentiment", "intent", "safety")


def audit(source: Path, out: Path, brief: Path) -> tuple[float, float]:
    """Return wall seconds and peak megabytes of one audit in a process of its own."""
    command = [sys.executable, "-m", "vetting", "audit", str(source)]
    started = time.perf_counter()
    done = subprocess.Popen(
        [*command, "--out", str(out), "--brief", str(brief)], stdout=subprocess.DEVNULL
    )
    _, status, usage = os.wait4(done.pid, 0)
    if status:
        raise SystemExit(f"the audit of {source.name} failed")
    return time.perf_counter() - started, usage.ru_maxrss / 1024


def scores(run: Path) -> dict[str, dict[str, str]]:
    """Return the rows of scores.csv by creator."""
    with (run / "scores.csv").open(encoding="utf-8", newline="") as file:
        return {row["creator_id"]: row for row in csv.DictReader(file)}


def rank_agreement(one: dict[str, dict[str, str]], other: dict[str, dict[str, str]]) -> float:
    """Return Spearman's correlation of the ranks of creators ranked in both."""
    both = [creator for creator in one if one[creator]["rank"] and other[creator]["rank"]]
    ranks = [[float(side[creator]["rank"]) for creator in both] for side in (one, other)]
    return float(np.corrcoef(ranks)[0, 1])


def largest_move(one: dict[str, dict[str, str]], other: dict[str, dict[str, str]]) -> str:
    """Describe, without a name, who moved most between two briefs, and by which sub-scores."""
    both = [creator for creator in one if one[creator]["rank"] and other[creator]["rank"]]
    moved = max(both, key=lambda c: (abs(int(one[c]["rank"]) - int(other[c]["rank"])), c))
    parts = ", ".join(
        f"{name.replace('_', ' ')} {float(one[moved][name]):.0f}"
        for name in _SUBSCORES
        if one[moved][name]
    )
    return f"rank {one[moved]['rank']} to {other[moved]['rank']} ({parts})"


def report(name: str, title: str, folder: Path) -> None:
    """Audit one set under every brief and print its section."""
    source = Path(os.environ["VETTING_DATA"]) / "creators" / name
    found = {}
    seconds = memory = 0.0
    for goal, text in BRIEFS.items():
        brief = folder / f"{goal}.yaml"
        brief.write_text(text)
        run = folder / f"{name}-{goal}"
        seconds, memory = audit(source, run, brief)
        found[goal] = scores(run)
    record = json.loads((run / "run.json").read_text("utf-8"))
    counts = record["counts"]
    tables = ", ".join(f"{rows:,} {table}" for table, rows in counts["tables"].items() if rows)
    print(f"\n## {title}")
    print(f"{counts['rows_read']:,} rows read, {counts['rows_left_out']:,} left out; {tables}.")
    print(f"Wall time {seconds:.0f} s, peak memory {memory:,.0f} MB, one process.\n")
    stages = ", ".join(f"{stage} {value:.1f} s" for stage, value in record["seconds"].items())
    print(f"Stages: {stages}.\n")
    print("| goal | shortlist | review | reject | too little data |\n|---|---|---|---|---|")
    for goal, rows in found.items():
        verdicts = [row["verdict"] for row in rows.values()]
        shown = [verdicts.count(v) for v in ("shortlist", "review", "reject", "insufficient_data")]
        print(f"| {goal} | {' | '.join(map(str, shown))} |")
    print("\n| ranks under | agree with awareness | largest move, with the sub-scores behind it |")
    print("|---|---|---|")
    for goal in ("engagement", "sales"):
        agree = rank_agreement(found["awareness"], found[goal])
        print(f"| {goal} | {agree:.2f} | {largest_move(found['awareness'], found[goal])} |")


def main() -> None:
    """Print the whole page."""
    print(
        "# Runs on real creators\nPrinted by `python -m benchmarks.real_runs` on two shared cores,"
        " 2026-11-28. No creator is named here. Every goal weighs the same sub-scores differently,"
        " so ranks differ; the ledger in each report says by how much."
    )
    with tempfile.TemporaryDirectory() as folder:
        for name, title in SETS:
            report(name, title, Path(folder))
    print(f"\nPeak of the largest child process: {_peak():,.0f} MB.")


def _peak() -> float:
    return resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024


if __name__ == "__main__":
    main()
