"""Peak memory and time of ``vetting comments`` on five million rows.

Repeats the real TikTok comments until there are enough, writes them as Parquet and as CSV and
runs the command on each in a process of its own.

Run from the root of the repository: ``python -m benchmarks.memory_comments [ROWS] [JOBS]``
"""

from __future__ import annotations

import resource
import subprocess
import sys
import tempfile
from pathlib import Path

import pyarrow as pa
import pyarrow.csv as pacsv
import pyarrow.parquet as pq

from benchmarks.corpora import tiktok_comments

_CHUNK = 100_000


def main(rows: int = 5_000_000, jobs: int = 1) -> None:
    """Print megabytes and seconds for each format."""
    with tempfile.TemporaryDirectory() as folder:
        parquet, csv = Path(folder) / "in.parquet", Path(folder) / "in.csv"
        _write(parquet, csv, rows)
        for source in (parquet, csv):
            out = source.with_name(f"out{source.suffix}")
            before = resource.getrusage(resource.RUSAGE_CHILDREN)
            command = [sys.executable, "-m", "vetting", "comments", source, "--out", out]
            subprocess.run([*command, "--jobs", str(jobs)], check=True, stdout=subprocess.DEVNULL)
            after = resource.getrusage(resource.RUSAGE_CHILDREN)
            seconds = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
            peak = after.ru_maxrss / 1024
            print(f"{source.suffix}: {rows:,} rows, at most {peak:,.0f} MB so far, {seconds:.0f} s")
            out.unlink()


def _write(parquet: Path, csv: Path, rows: int) -> None:
    texts = tiktok_comments()
    schema = pa.schema(
        [("comment_id", pa.string()), ("author", pa.string()), ("text", pa.string())]
    )
    with pq.ParquetWriter(parquet, schema) as first, pacsv.CSVWriter(csv, schema) as second:
        for start in range(0, rows, _CHUNK):
            numbers = range(start, min(start + _CHUNK, rows))
            columns = [
                [str(number) for number in numbers],
                [f"user_{number % 999_983}" for number in numbers],
                [texts[number % len(texts)] for number in numbers],
            ]
            batch = pa.record_batch(columns, schema=schema)
            first.write_batch(batch)
            second.write_batch(batch)


if __name__ == "__main__":
    main(*(int(argument) for argument in sys.argv[1:]))
