"""Audits the real creators of the shared data and prints docs/real-runs.md, without personal data.

Run: VETTING_DATA=... python -m benchmarks.real_runs > docs/real-runs.md
"""

from __future__ import annotations

import json
import math
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections import Counter
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from typing import Any

import numpy as np

SETS = (("tiktok", "21 TikTok creators"), ("youtube_fr_tech", "227 French YouTube channels"))
GOALS = ("awareness", "engagement", "sales")
BRIEFS = Path(__file__).parent / "briefs"
VERDICTS = ("shortlist", "review", "reject", "insufficient_data")
_ROUNDING = 0.01

HEAD = """# Runs on real creators
Printed by `python -m benchmarks.real_runs` on two shared cores, 2026-11-28. No creator is named.

Three briefs differ in goal, market, languages, category, words to avoid, competitors, currency and
CPM. Their brands are made up; the creators and their figures are real. The data hold no fee and no
audience table, which all three briefs ask for: what is unknown lowers the confidence, never the
score."""

TAIL = """What stands out: without comment exports, fees and audience tables a sales brief that
names an audience and a CPM ranks no channel and an awareness brief shortlists none (a shortlist
needs 40 % of what was asked to be known), while an engagement brief can judge channels on
reactions and growth alone. No authenticity finding of high severity fired on any of these creators.
"""


@dataclass(frozen=True, slots=True)
class Run:
    """What one audit said: weights of the sub-scores, 0..1, and the creators of its summary."""

    weights: dict[str, float]
    creators: dict[str, dict[str, Any]]
    seconds: float
    megabytes: float
    record: dict[str, Any]

    def rank(self, creator: str) -> int | None:
        """Return the rank of a creator; None without a score."""
        rank: int | None = self.creators[creator]["rank"]
        return rank


def audit_here(source: str, out: str, brief: str) -> None:
    """Audit in this process and leave the ledger of everybody in the run directory."""
    from vetting.audit import audit

    summary = audit([source], out, brief).summary
    creators = {one["identity"]["creator_id"]: one for one in summary["creators"]}
    kept = {"weights": summary["run"]["weights"], "creators": creators}
    Path(out, "ledger.json").write_text(json.dumps(kept, default=str), encoding="utf-8")


def run(source: Path, out: Path, brief: Path) -> Run:
    """Audit in a process of its own, so that its peak memory is its own."""
    command = [sys.executable, "-m", "benchmarks.real_runs", str(source), str(out), str(brief)]
    started = time.perf_counter()
    done = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(done.pid, 0)
    if status:
        raise SystemExit(f"the audit of {source.name} failed")
    seconds = time.perf_counter() - started
    record = json.loads((out / "run.json").read_text("utf-8"))
    kept = json.loads((out / "ledger.json").read_text("utf-8"))
    return Run(**kept, seconds=seconds, megabytes=usage.ru_maxrss / 1024, record=record)


def rank_agreement(one: Run, other: Run) -> float:
    """Return Spearman's correlation of the ranks of creators ranked in both; NaN without any."""
    both = [creator for creator in one.creators if one.rank(creator) and other.rank(creator)]
    if not both:
        return math.nan
    ranks = [[float(side.rank(creator) or 0) for creator in both] for side in (one, other)]
    return float(np.asarray(np.corrcoef(ranks))[0, 1])


def widest_mover(runs: dict[str, Run]) -> str:
    """Return the creator whose ranks under the briefs lie furthest apart."""
    ranks = {
        creator: [rank for one in runs.values() if (rank := one.rank(creator)) is not None]
        for creator in next(iter(runs.values())).creators
    }
    complete = {creator: found for creator, found in ranks.items() if len(found) == len(runs)}
    return max(complete, key=lambda c: (max(complete[c]) - min(complete[c]), c))


def parts(one: Run, creator: str) -> dict[str, tuple[float, float]]:
    """Return weight (0..1, of what is known) and sub-score of a creator, checked on the score."""
    subscores = one.creators[creator]["subscores"]
    known = {
        name: (weight, float(subscores[name]["value"]))
        for name, weight in one.weights.items()
        if weight > 0 and subscores[name]["value"] is not None
    }
    total = sum(weight for weight, _ in known.values())
    shares = {name: (weight / total, value) for name, (weight, value) in known.items()}
    score = sum(weight * value for weight, value in shares.values())
    if not math.isclose(score, one.creators[creator]["score"]["value"], abs_tol=_ROUNDING):
        raise SystemExit("weight x sub-score does not add up to the score")
    return shares


def differing_lines(runs: dict[str, Run], creator: str) -> list[str]:
    """Return ledger lines that are not the same under every brief, as rows of a table."""
    found: dict[tuple[str, str], dict[str, str]] = {}
    for goal, one in runs.items():
        for line in one.creators[creator]["ledger"]:
            told = f"{line['shown']}: " if line["weight"] else ""
            points = "unknown" if line["points"] is None else f"{line['points']:.0f} points"
            key = (line["subscore"].replace("_", " "), line["title"])
            found.setdefault(key, {})[goal] = f"{told}{points}"
    return [
        f"| {subscore} | {title} | {' | '.join(told.get(goal, 'no line') for goal in runs)} |"
        for (subscore, title), told in sorted(found.items())
        if len(told) < len(runs) or len(set(told.values())) > 1
    ]


def print_mover(runs: dict[str, Run]) -> None:
    """Print why one creator moved: weight x sub-score under each brief, then the lines below."""
    creator = widest_mover(runs)
    split = {goal: parts(one, creator) for goal, one in runs.items()}
    ranks = ", ".join(f"{one.rank(creator)} ({goal})" for goal, one in runs.items())
    print(f"\nThe creator who moves most has rank {ranks}. Weight x sub-score by the ledger:\n")
    print(f"| sub-score | {' | '.join(runs)} |\n|---|{'---|' * len(runs)}")
    for name in dict.fromkeys(name for one in runs.values() for name in one.weights):
        cells = [
            _product(split[goal].get(name), one.weights.get(name, 0.0))
            for goal, one in runs.items()
        ]
        print(f"| {name.replace('_', ' ')} | {' | '.join(cells)} |")
    scores = [f"{one.creators[creator]['score']['value']:.1f}" for one in runs.values()]
    print(f"| **score** | {' | '.join(scores)} |")
    lines = differing_lines(runs, creator)
    if lines:
        print("\nLines of that ledger that are not the same under every brief:\n")
        print(f"| sub-score | line | {' | '.join(runs)} |\n|---|---|{'---|' * len(runs)}")
        print("\n".join(lines))


def _product(part: tuple[float, float] | None, weight: float) -> str:
    if part is None:
        return f"unknown (asked at {weight:.0%})" if weight else "not weighed"
    return f"{part[0]:.0%} x {part[1]:.1f} = {part[0] * part[1]:.1f}"


def report(name: str, title: str, folder: Path) -> None:
    """Audit one set under every brief and print its section."""
    source = Path(os.environ["VETTING_DATA"]) / "creators" / name
    runs = {goal: run(source, folder / f"{name}-{goal}", BRIEFS / f"{goal}.yaml") for goal in GOALS}
    print_cost(title, runs["sales"])
    print("| brief | shortlist | review | reject | too little data |\n|---|---|---|---|---|")
    for goal, one in runs.items():
        verdicts = Counter(creator["verdict"] for creator in one.creators.values())
        print(f"| {goal} | {' | '.join(str(verdicts[verdict]) for verdict in VERDICTS)} |")
    print("\n| ranks under | agree (Spearman) |\n|---|---|")
    for left, right in combinations(GOALS, 2):
        agree = rank_agreement(runs[left], runs[right])
        told = "nobody is ranked by both" if math.isnan(agree) else f"{agree:.2f}"
        print(f"| {left} and {right} | {told} |")
    print_mover({goal: one for goal, one in runs.items() if any(map(one.rank, one.creators))})


def print_cost(title: str, one: Run) -> None:
    """Print what was read, and the time and memory one audit took."""
    counts = one.record["counts"]
    tables = ", ".join(f"{rows:,} {table}" for table, rows in counts["tables"].items() if rows)
    stages = ", ".join(f"{stage} {value:.1f} s" for stage, value in one.record["seconds"].items())
    print(f"\n## {title}")
    print(f"{counts['rows_read']:,} rows read, {counts['rows_left_out']:,} left out; {tables}.")
    print(f"Wall time {one.seconds:.0f} s, peak memory {one.megabytes:,.0f} MB, one process.\n")
    print(f"Stages: {stages}.\n")


def main() -> None:
    """Print the whole page."""
    print(HEAD)
    for goal in GOALS:
        brief = (BRIEFS / f"{goal}.yaml").read_text("utf-8").strip()
        print(f"\n```yaml\n{brief}\n```")
    with tempfile.TemporaryDirectory() as folder:
        for name, title in SETS:
            report(name, title, Path(folder))
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    print(f"\nPeak of the largest child process: {peak:,.0f} MB.\n\n{TAIL}", end="")


if __name__ == "__main__":
    if len(sys.argv) > 1:
        audit_here(*sys.argv[1:])
    else:
        main()
