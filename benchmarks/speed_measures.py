"""How long and how much memory the measures take for many creators, family by family.

Run: ``python benchmarks/speed_measures.py [CREATORS]`` (default 100,000 creators with 2 million
posts, 5 million comments and 3 million growth readings).
"""

from __future__ import annotations

import resource
import sys
import tempfile
import time
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import duckdb

from vetting.brief import Brief
from vetting.measuring import families, measure_all
from vetting.store import open_store

if TYPE_CHECKING:
    from collections.abc import Callable

    import pyarrow as pa

    from vetting.store import Store

TABLES = {
    "creators": """
        SELECT 'creator-' || c AS creator_id, ['instagram', 'tiktok', 'youtube'][1 + c % 3]
               AS platform, 1000 + (c * 7919) % 900000 AS followers, 'NL' AS country
        FROM range({n}) t(c)""",
    "posts": """
        SELECT 'creator-' || (p % {n}) AS creator_id, 'p' || p AS post_id,
               TIMESTAMP '2026-06-01' + INTERVAL (p // {n} * 5) DAY AS published_at,
               50 + hash(p) % 5000 AS likes, hash(p + 1) % 200 AS comments,
               hash(p + 2) % 100 AS shares, 5000 + hash(p + 3) % 90000 AS views,
               hash(p + 4) % 6 = 0 AS sponsored
        FROM range({n} * 20) t(p)""",
    "comments": """
        SELECT 'creator-' || (hash(i) % {n}) AS creator_id, 'comment number ' || (i % 700000)
               || ' about this lovely thing' AS text, 'a' || (hash(i + 1) % 900000) AS author,
               TIMESTAMP '2026-07-01' AS published_at, 'en' AS language,
               ['positive', 'neutral', 'negative'][(1 + hash(i + 2) % 3)::INT] AS sentiment,
               ['none', 'want', 'want+ask_where'][(1 + hash(i + 3) % 3)::INT] AS intent,
               'genuine' AS quality
        FROM range({n} * 50) t(i)""",
    "growth": """
        SELECT 'creator-' || (g // 30) AS creator_id, DATE '2026-06-01' + (g % 30)::INTEGER AS date,
               10000 + (g % 30) * 20 + hash(g) % 30 AS followers,
               100000 + (g % 30) * 5000 + hash(g) % 3000 AS views
        FROM range({n} * 30) t(g)""",
    "audience": """
        SELECT 'creator-' || (b // 3) AS creator_id, 'country' AS dimension,
               ['NL', 'BE', 'DE'][1 + b % 3] AS bucket, [0.5, 0.3, 0.2][1 + b % 3] AS share
        FROM range({n} * 3) t(b)""",
}


def main() -> None:
    creators = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    brief = Brief.model_validate({"audience": {"country": {"buckets": ["NL"]}}})
    with tempfile.TemporaryDirectory() as folder:
        files = {}
        con = duckdb.connect()
        for name, query in TABLES.items():
            files[name] = Path(folder) / f"{name}.parquet"
            con.execute(f"COPY ({query.format(n=creators)}) TO '{files[name]}' (FORMAT parquet)")
        con.close()
        start = time.perf_counter()
        store = open_store(files, brief=brief, temp_directory=Path(folder) / "spill")
        print(f"open    {time.perf_counter() - start:7.1f} s   {peak():5.0f} MB")
        for name, module in families().items():
            module.compute = partial(timed, name, module.compute)
        start = time.perf_counter()
        rows = measure_all(store)
        seconds = time.perf_counter() - start
        print(f"all     {seconds:7.1f} s   {peak():5.0f} MB   {rows.num_rows} rows")


def timed(name: str, compute: Callable[[Store], pa.Table], store: Store) -> pa.Table:
    start = time.perf_counter()
    rows = compute(store)
    print(f"{name:14}{time.perf_counter() - start:7.1f} s   {peak():5.0f} MB", flush=True)
    return rows


def peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    main()
