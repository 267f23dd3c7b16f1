"""Recall, false episodes and explanations of the growth detectors, end to end. Needs VETTING_DATA.

Run from the repository: python benchmarks/fraud/growth.py [report|tune]
Events are planted on real organic channels; the detectors run on a store as in an audit, with the
thresholds of the shipped rules. Scorecards and thresholds were chosen on the half called tune.
"""

from __future__ import annotations

import datetime as dt
import json
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from organic import cut, load_channels
from planting import plant

from vetting.brief import Brief
from vetting.datafiles import data_root
from vetting.detecting import run_detector
from vetting.judging.rule import number_of
from vetting.store import open_store
from vetting.yamlfile import read_yaml

if TYPE_CHECKING:
    import numpy.typing as npt

    from vetting.records import Detection
    from vetting.store import Store

    Floats = npt.NDArray[np.float64]
    Ints = npt.NDArray[np.int64]

REPEATS, SEEDS = 2, (101, 102, 103)  # seeds that chose nothing
KINDS = ("burst", "drip", "viral", "giveaway", "purge", "small purge")
RISES = ("follower-burst", "drip-feed")
EPOCH = dt.date(1970, 1, 1)


def shipped_params(rule: str) -> dict[str, float]:
    """Read the thresholds of a shipped rule."""
    text = read_yaml(data_root("rules") / "authenticity" / f"{rule}.yaml").data
    return {name: number_of(value) for name, value in text["params"].items()}


class Ground:
    """Rows of many creators at once, opened as a store."""

    def __init__(self) -> None:
        self.tables = {"growth": [], "posts": [], "comments": []}

    def add_growth(
        self, name: str, days: Ints, followers: Floats, views: Floats | None, *, every: int = 1
    ) -> None:
        """Add the readings of one creator, every so many days."""
        keep = np.flatnonzero((days - days[0]) % every == 0)
        columns = {
            "creator_id": pa.array([name] * len(keep)),
            "date": pa.array(days[keep].astype("datetime64[D]")),
            "followers": pa.array(np.round(followers[keep]).astype(np.int64)),
        }
        if views is not None:
            columns["views"] = pa.array(np.round(views[keep]).astype(np.int64))
        self.tables["growth"].append(pa.table(columns))

    def add_posts(self, name: str, days: Ints, *, giveaway_day: int, shown: str, seed: int) -> None:
        """Add a post every three days; one shows the giveaway in its caption or its comments."""
        generator = np.random.default_rng(seed)
        day = np.arange(days[0], days[-1], 3)
        at = int(np.argmin(np.abs(day - giveaway_day + 1)))
        captions = [f"Some new things from the workshop, part {i}" for i in range(len(day))]
        if shown == "caption":
            captions[at] = generator.choice(
                ["We are doing a #giveaway this week!", "Enter to win: follow, like and tag"]
            )
        ids = [f"{name}-{i}" for i in range(len(day))]
        self.tables["posts"].append(
            pa.table(
                {
                    "creator_id": [name] * len(day),
                    "post_id": ids,
                    "published_at": [
                        dt.datetime.combine(EPOCH, dt.time(17)) + dt.timedelta(int(d)) for d in day
                    ],
                    "caption": captions,
                    "likes": generator.lognormal(5, 0.8, len(day)).astype(np.int64),
                }
            )
        )
        if shown == "comments":
            texts = [f"@friend{i} @other{i}" for i in range(45)] + [
                f"good luck all {i}" for i in range(15)
            ]
            self.tables["comments"].append(
                pa.table({"creator_id": [name] * 60, "post_id": [ids[at]] * 60, "text": texts})
            )

    def open(self) -> Store:
        """Open all rows as a store."""
        with tempfile.TemporaryDirectory() as folder:
            files = {}
            for name, parts in self.tables.items():
                if parts:
                    files[name] = Path(folder) / f"{name}.parquet"
                    pq.write_table(pa.concat_tables(parts, promote_options="default"), files[name])
            return open_store(files, brief=Brief(), as_of=dt.date(2023, 8, 1))


def lay(
    half: str, *, rounded: bool, views: bool, every: int, nth: int = 1, seed: int
) -> tuple[Ground, dict[str, tuple[int, int, float, str]], float]:
    """Return the ground, the truth by creator, and the channel-years without events."""
    channels = load_channels(half=half)[::nth]
    ground, truth, years = Ground(), {}, 0.0
    for channel in channels:
        name = f"organic-{channel.name}"
        counts = channel.rounded if rounded else channel.exact
        ground.add_growth(name, channel.days, counts, channel.views if views else None, every=every)
        years += (channel.days[-1] - channel.days[0]) / 365.25
    for kind in KINDS:
        generator = np.random.default_rng([seed, KINDS.index(kind)])
        for number, channel in enumerate(channels * REPEATS):
            event = plant(channel, kind, generator=generator)
            name = f"{kind}-{number:04d}"
            counts = cut(event.followers) if rounded else event.followers
            ground.add_growth(name, event.days, counts, event.views if views else None, every=every)
            start = event.days[event.start]
            end = event.days[min(event.end, len(event.days) - 1)]
            truth[name] = (start - 1 - every, end + 3 + every, event.share)
            if kind == "giveaway":
                shown = ("caption", "comments", "nothing")[number % 3]
                ground.add_posts(name, event.days, giveaway_day=start, shown=shown, seed=number)
                truth[name] = (*truth[name], shown)
    return ground, truth, years


def hits(
    detections: list[Detection], truth: dict[str, tuple[int, int, float, str]], verdict: str
) -> set[str]:
    """Return the creators whose planted event has an evidence row of this verdict."""
    found = set()
    for one in detections:
        if one.creator_id not in truth:
            continue
        low, high = truth[one.creator_id][:2]
        for row in one.evidence:
            start = (dt.date.fromisoformat(row["start"]) - EPOCH).days
            end = (dt.date.fromisoformat(row["end"]) - EPOCH).days
            if row["verdict"] == verdict and start <= high and end >= low:
                found.add(one.creator_id)
    return found


def measure(
    half: str,
    *,
    rounded: bool = False,
    views: bool = True,
    every: int = 1,
    nth: int = 1,
    seed: int = SEEDS[0],
) -> dict[str, float]:
    """Return all figures of one way of counting."""
    ground, truth, years = lay(half, rounded=rounded, views=views, every=every, nth=nth, seed=seed)
    store = ground.open()
    found = {
        name: run_detector(store, name, params=shipped_params(name))
        for name in (*RISES, "giveaway-growth", "purge-drop")
    }
    verdict = "unexplained" if views else "open"
    flagged = {name: hits(found[name], truth, verdict) for name in RISES}
    both = flagged["follower-burst"] | flagged["drip-feed"]

    def false(name: str, wanted: str) -> float:
        return episodes(found[name], wanted) / years

    def share(kind: str, creators: set[str], shown: tuple[str, ...] | None = None) -> float:
        return share_of(truth, kind, creators, shown=shown)

    seen = ("caption", "comments")
    purges = hits(found["purge-drop"], truth, "unexplained")
    left_open = set.union(*(hits(found[name], truth, "open") for name in RISES))
    incentivised = hits(found["giveaway-growth"], truth, "explained")
    return {
        "channel_years": round(years, 1),
        "burst_recall": share("burst", both),
        "drip_recall": share("drip", both),
        "false_bursts_a_year": false("follower-burst", verdict),
        "false_drips_a_year": false("drip-feed", verdict),
        "open_a_year": sum(false(name, "open") for name in RISES),
        "viral_flagged": share("viral", both),
        "viral_open": share("viral", left_open),
        "giveaway_called_fraud_when_shown": share("giveaway", both, seen),
        "giveaway_recognised_when_shown": share("giveaway", incentivised, seen),
        "giveaway_flagged_when_not_shown": share("giveaway", both, ("nothing",)),
        "purge_recall": share("purge", purges),
        "small_purge_recall": share("small purge", purges),
        "false_purges_a_year": false("purge-drop", "unexplained"),
    }


def episodes(detections: list[Detection], verdict: str) -> int:
    """Count the evidence rows of this verdict on untouched channels."""
    return sum(
        row["verdict"] == verdict
        for one in detections
        if one.creator_id.startswith("organic-")
        for row in one.evidence
    )


def share_of(
    truth: dict[str, tuple[int, int, float, str]],
    kind: str,
    creators: set[str],
    *,
    shown: tuple[str, ...] | None,
) -> float:
    """Return the share of creators with an event of this kind that are among ``creators``."""
    names = [
        name
        for name in truth
        if name.startswith(f"{kind}-") and (shown is None or truth[name][3] in shown)
    ]
    return sum(name in creators for name in names) / len(names)


def main() -> None:
    half = sys.argv[1] if len(sys.argv) > 1 else "report"
    ways = {
        "exact": {},
        "rounded": {"rounded": True},
        "every four days": {"every": 4},
        "weekly": {"every": 7},
        "monthly": {"every": 30},
        "no views": {"views": False},
        "weekly, no views": {"every": 7, "views": False},
        "monthly, no views": {"every": 30, "views": False},
    }
    figures = {}
    for way, options in ways.items():
        runs = [measure(half, **options, seed=seed) for seed in SEEDS]
        figures[way] = {
            name: round(sum(run[name] for run in runs) / len(runs), 3) for name in runs[0]
        }
    print(json.dumps(figures, indent=1))


if __name__ == "__main__":
    main()
