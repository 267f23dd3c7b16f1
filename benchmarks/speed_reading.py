"""600,000 comments of one CSV and 300,000 days of growth into canonical tables, on one core.

CPU time, because other work may share the machine; the best of two.
Run: python -m benchmarks.speed_reading [rows]
"""

from __future__ import annotations

import csv
import datetime as dt
import sys
import tempfile
from pathlib import Path

from benchmarks.clock import best_seconds
from vetting.reading import read_inputs

HEADER = ("creator_id", "post_id", "comment_id", "author", "published_at", "likes", "text")


def write_comments(path: Path, rows: int) -> None:
    start = dt.datetime(2024, 1, 1, tzinfo=dt.UTC)
    with path.open("w", encoding="utf-8", newline="") as file:
        table = csv.writer(file)
        table.writerow(
            ["creator_id", "post_id", "comment_id", "author", "published_at", "likes", "text"]
        )
        for row in range(rows):
            time = (start + dt.timedelta(seconds=30 * row)).isoformat()
            ids = (
                f"c{row % 300}",
                f"p{row % 9000}",
                str(10**18 + row),
                f"fan{row * 7919 % 200_000}",
            )
            text = f'Number {row} is lovely, where can I buy "it"?'
            table.writerow((*ids, time, ("1.2K", "3", "", "17")[row % 4], text))


def write_growth(path: Path, rows: int) -> None:
    start = dt.date(2022, 1, 1)
    lines = (
        f"c{row // 1000},{start + dt.timedelta(days=row % 1000)},{1000 + row % 977},{50 * row}\n"
        for row in range(rows)
    )
    path.write_text("creator_id,date,followers,views\n" + "".join(lines), "utf-8")


def main() -> None:
    rows = int(sys.argv[1]) if len(sys.argv) > 1 else 600_000
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_comments(folder / "comments.csv", rows)
        write_growth(folder / "growth.csv", rows // 2)

        def read(kind: str) -> None:
            inputs = [folder / f"{kind}.csv"]
            read_inputs(inputs, folder / kind, keep_authors=False, hash_key=b"key")

        works = {kind: lambda kind=kind: read(kind) for kind in ("comments", "growth")}
        seconds = best_seconds(works, rounds=2)
    print(f"comments  {rows:>9,} rows  {seconds['comments']:6.1f} s CPU")
    print(f"growth    {rows // 2:>9,} rows  {seconds['growth']:6.1f} s CPU")


if __name__ == "__main__":
    main()
