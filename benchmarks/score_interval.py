"""Measures whether the interval of a score keeps its promise when posts and comments are halved.

Run: VETTING_DATA=... python benchmarks/score_interval.py
Scores the 21 real TikTok creators once with everything and several times with a random half of
their posts and a random half of their comments, and prints how often the interval of the half
holds the score of the whole (promise: 90 %; must be 85-95 %).
"""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

import duckdb
import numpy as np

from vetting.audit import Rulebook, _judge, _measure, _open_rulebook, _score
from vetting.brief import Brief
from vetting.options import Options
from vetting.work import Work, open_work

HALVES = 6


def scores(files: dict[str, Path], book: Rulebook, work: Work) -> dict[str, tuple[float, ...]]:
    """Return (score, low, high) of every creator that has a score."""
    store, measures = _measure(files, book.brief, work)
    findings, _ = _judge(store, book)
    found = _score(store, measures, findings)
    store.con.close()
    return {
        one.creator_id: (one.score, one.score_low, one.score_high)
        for one in found
        if one.score is not None and one.score_low is not None and one.score_high is not None
    }


def halved(files: dict[str, Path], folder: Path, seed: int) -> dict[str, Path]:
    """Write a random half of posts and comments and return the tables with them in place."""
    made = dict(files)
    for table, key in (("posts", "post_id"), ("comments", "comment_id")):
        made[table] = folder / f"{table}-{seed}.parquet"
        duckdb.sql(
            f"COPY (SELECT * FROM '{files[table]}' WHERE hash({key} || '{seed}') % 2 = 0) "
            f"TO '{made[table]}' (FORMAT parquet)"
        )
    return made


def main() -> None:
    source = Path(os.environ["VETTING_DATA"]) / "creators" / "tiktok"
    book = _open_rulebook(Brief(goal="engagement"), Options())
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        with open_work(folder / "run", [source], Options()) as work:
            files = work.understand(work.read(lambda _: None))
            (work.temp / "halves").mkdir()
            whole = scores(files, book, work)
            held, widths, moved = [], [], []
            for seed in range(HALVES):
                half = scores(halved(files, work.temp / "halves", seed), book, work)
                for creator in sorted(set(whole) & set(half)):
                    _, low, high = half[creator]
                    held.append(low <= whole[creator][0] <= high)
                    widths.append(high - low)
                    moved.append(abs(half[creator][0] - whole[creator][0]))
    print(f"{len(held)} halves of {len(whole)} creators")
    print(f"interval holds the full score: {np.mean(held):.1%} (promise 90 %, must be 85-95 %)")
    print(f"median width {np.median(widths):.1f} points, median move {np.median(moved):.1f} points")


if __name__ == "__main__":
    main()
