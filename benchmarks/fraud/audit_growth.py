"""Planted purchases in short and coarse tables of many looks, run through `vetting audit` itself.

Run from the repository: python benchmarks/fraud/audit_growth.py [report|tune] [seed]
Needs VETTING_DATA. Ground: the whole histories of the organic channels, cut to 12 to 36 readings a
day, a few days, a week or a month apart. What counts is read from the written findings.
"""

from __future__ import annotations

import csv
import datetime as dt
import json
import os
import sys
import tempfile
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from organic import cut, load_histories

from vetting.audit import audit

if TYPE_CHECKING:
    from collections.abc import Iterator

    from organic import Channel

EPOCH = dt.date(1970, 1, 1)
SIZES = {"5-10 %": (0.05, 0.1), "10-30 %": (0.1, 0.3), "30-200 %": (0.3, 2.0)}
RISES = ("follower-burst", "drip-feed")


@dataclass(frozen=True)
class Look:
    """How a table looks: distance and number of readings, headers, way of writing dates."""

    name: str
    gap: int
    points: int
    views: bool
    header: tuple[str, ...]
    date: str
    separator: str = ","
    irregular: bool = False
    rounded: bool = False


LOOKS = (
    Look("daily, 36", 1, 36, True, ("creator_id", "date", "followers", "views"), "%Y-%m-%d"),
    Look("daily, 30, blind", 1, 30, False, ("creator", "day", "follower count"), "%d/%m/%Y"),
    Look("daily, 24, blind", 1, 24, False, ("account", "Date", "Followers"), "%Y-%m-%d"),
    Look(
        "every few days, 24",
        4,
        24,
        True,
        ("channel", "date", "subs", "total views"),
        "%Y/%m/%d",
        irregular=True,
    ),
    Look(
        "every few days, 36, blind",
        5,
        36,
        False,
        ("Influencer", "Datum", "Abonnenten"),
        "%d.%m.%Y",
        ";",
        irregular=True,
    ),
    Look("weekly, 12, blind", 7, 12, False, ("channel id", "week", "subscribers"), "%Y-%m-%d"),
    Look("weekly, 24", 7, 24, True, ("creator_id", "date", "followers", "views"), "%d %b %Y"),
    Look("weekly, 36, blind", 7, 36, False, ("creator_id", "date", "followers"), "%Y-%m-%d", "\t"),
    Look(
        "weekly, 24, rounded",
        7,
        24,
        False,
        ("creator_id", "date", "followers"),
        "%Y-%m-%d",
        rounded=True,
    ),
    Look("monthly, 12, blind", 30, 12, False, ("creator_id", "month", "followers"), "%Y-%m"),
    Look("monthly, 12", 30, 12, True, ("creator_id", "date", "followers", "views"), "%Y-%m-%d"),
    Look("monthly, 20, blind", 30, 20, False, ("Creator", "Month", "Followers"), "%b %Y"),
    Look(
        "monthly, 24, rounded",
        30,
        24,
        False,
        ("creator_id", "date", "followers"),
        "%Y-%m-%d",
        rounded=True,
    ),
)


def readings(channel: Channel, look: Look, generator: np.random.Generator) -> np.ndarray | None:
    """Return the indices of the days that are read, or None when the history is too short."""
    known = (
        np.flatnonzero(np.isfinite(channel.views)) if look.views else np.arange(len(channel.days))
    )
    if look.gap == 30:
        months = channel.days[known].astype("datetime64[D]").astype("datetime64[M]")
        _, first = np.unique(months, return_index=True)
        read = known[first]
    else:
        steps = np.full(look.points, look.gap)
        if look.irregular:
            steps = generator.integers(1, 2 * look.gap, look.points)
        span = int(steps.sum())
        if len(known) <= span + 1:
            return None
        start = int(generator.integers(0, len(known) - span))
        read = known[start + np.cumsum(steps) - steps[0]]
    if len(read) < look.points:
        return None
    start = int(generator.integers(0, len(read) - look.points + 1))
    return read[start : start + look.points]


def planted(
    days: np.ndarray,
    counts: np.ndarray,
    size: tuple[float, float],
    generator: np.random.Generator,
) -> tuple[np.ndarray, int]:
    """Add a purchase between two readings, away from the very ends, and lose a part of it."""
    gaps = np.diff(days)[2:-1]  # not where the source left out weeks: nobody could tell there
    at = 2 + int(generator.choice(np.flatnonzero(gaps <= 2.5 * np.median(gaps))))
    share = float(np.exp(generator.uniform(*np.log(size))))
    gone = generator.uniform(0.0, 0.3) * (1 - np.exp(-0.3 * np.arange(len(counts) - at - 1)))
    out = counts.copy()
    out[at + 1 :] += share * counts[at] * (1 - gone)
    return out, at


def tables(
    histories: list[Channel], look: Look, seed: int
) -> Iterator[tuple[str, np.ndarray, np.ndarray, np.ndarray, int | None]]:
    """Yield name, days, followers, views and the reading before the purchase of each creator."""
    for number, channel in enumerate(histories):
        generator = np.random.default_rng([seed, number, LOOKS.index(look)])
        read = readings(channel, look, generator)
        if read is None:
            continue
        days, counts, views = (a[read] for a in (channel.days, channel.exact, channel.views))
        yield f"organic/{number}", days, counts, views, None
        for size, bounds in SIZES.items():
            more, at = planted(days, counts, bounds, generator)
            yield f"{size}/{number}", days, more, views, at


def measure(look: Look, histories: list[Channel], seed: int) -> dict[str, float]:
    """Write one table, audit it, and compare the findings with what was planted."""
    truth: dict[str, tuple[str, str] | None] = {}
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "growth.csv"
        with path.open("w", newline="", encoding="utf-8") as file:
            writer = csv.writer(file, delimiter=look.separator)
            writer.writerow(look.header)
            for name, days, counts, views, at in tables(histories, look, seed):
                shown = cut(counts) if look.rounded else counts
                dates = [EPOCH + dt.timedelta(int(day)) for day in days]
                for day, count, seen in zip(dates, shown, views, strict=True):
                    row = [name, day.strftime(look.date), round(count)]
                    writer.writerow([*row, round(seen)] if look.views else row)
                truth[name] = None if at is None else (str(dates[at]), str(dates[at + 1]))
        audit([f"growth={path}"], Path(folder) / "run")
        return compare(Path(folder) / "run" / "findings.jsonl", truth)


def compare(path: Path, truth: dict[str, tuple[str, str] | None]) -> dict[str, float]:
    """Return recall by size and the share of organic creators with a finding."""
    fired: dict[str, dict[str, list[dict[str, str]]]] = defaultdict(dict)
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            one = json.loads(line)
            if one["id"] in RISES and one["state"] == "fired":
                rows = [row for row in one["evidence"] if row["verdict"] != "explained"]
                fired[one["creator_id"]][one["id"]] = rows
    found: dict[str, list[bool]] = defaultdict(list)
    unexplained = []
    for name, span in truth.items():
        rows = [row for some in fired[name].values() for row in some]
        if span is None:
            found["organic"].append(bool(rows))
            unexplained.append(any(row["verdict"] == "unexplained" for row in rows))
        else:
            hit = any(row["start"] <= span[1] and row["end"] >= span[0] for row in rows)
            found[name.split("/")[0]].append(hit)
    figures = {size: round(float(np.mean(hits)), 3) for size, hits in found.items()}
    return (
        {"n": len(unexplained)}
        | figures
        | {"organic unexplained": round(float(np.mean(unexplained)), 3)}
    )


def main() -> None:
    half = sys.argv[1] if len(sys.argv) > 1 else "report"
    seed = int(sys.argv[2]) if len(sys.argv) > 2 else 20261128
    histories = load_histories(half=half)
    for look in LOOKS[int(os.environ.get("FROM", "0")) :]:
        print(f"{look.name:28}", json.dumps(measure(look, histories, seed)), flush=True)


if __name__ == "__main__":
    main()
