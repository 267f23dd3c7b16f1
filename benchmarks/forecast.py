"""Forecast of views on real creators: fit on the first nine months, tested on the last three.

Run: VETTING_DATA=... python benchmarks/forecast.py
Prints the share of later posts between P10 and P90, and the median absolute error of log views
against the mean of the last 12 posts.
"""

from __future__ import annotations

import datetime as dt
import os
import tempfile
from pathlib import Path

import numpy as np
import pyarrow.parquet as pq

from vetting.forecasting import LEAST_POSTS, view_quantiles
from vetting.reading import read_inputs

CUT = dt.datetime(2024, 10, 1)  # noqa: DTZ001 - the tables hold UTC without a zone


def histories() -> dict[str, list[tuple[dt.datetime, int]]]:
    """Return the views of each creator's posts by time."""
    source = Path(os.environ["VETTING_DATA"]) / "creators" / "tiktok" / "profiles"
    with tempfile.TemporaryDirectory() as folder:
        reading = read_inputs([source], Path(folder), keep_authors=False, hash_key=b"benchmark")
        rows = pq.read_table(reading.files["posts"]).to_pylist()
    found: dict[str, list[tuple[dt.datetime, int]]] = {}
    for row in sorted(rows, key=lambda row: row["published_at"]):
        if row["views"]:
            found.setdefault(row["creator_id"], []).append((row["published_at"], row["views"]))
    return found


def main() -> None:
    held, ours, baseline = [], [], []
    for posts in histories().values():
        past = np.array([views for at, views in posts if at < CUT], dtype=float)
        later = np.log([views for at, views in posts if at >= CUT])
        if len(past) < LEAST_POSTS or not len(later):
            continue
        low, middle, high = np.log(view_quantiles(past))
        held.extend((later >= low) & (later <= high))
        ours.extend(np.abs(later - middle))
        baseline.extend(np.abs(later - np.log(past[-12:].mean())))
    gain = 1 - np.median(ours) / np.median(baseline)
    print(f"posts tested {len(held)}; P10-P90 holds {np.mean(held):.1%} (goal 78-82 %)")
    print(
        f"median |log error| {np.median(ours):.3f}, mean of the last 12 posts "
        f"{np.median(baseline):.3f}: {gain:.0%} better (must be 10 %)"
    )


if __name__ == "__main__":
    main()
