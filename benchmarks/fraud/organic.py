"""Real organic channels as the ground on which events are planted. Needs VETTING_DATA."""

from __future__ import annotations

import gzip
import hashlib
import os
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import numpy as np

FIRST, LAST = np.datetime64("2022-08-01"), np.datetime64("2023-07-31")
LEAST_DAYS = 240


@dataclass(frozen=True)
class Channel:
    """Daily counts of one real channel; ``exact`` is one likely unrounded history."""

    name: str
    days: np.ndarray
    rounded: np.ndarray
    exact: np.ndarray
    views: np.ndarray


def load_channels(*, half: str | None = None, seed: int = 20261128) -> list[Channel]:
    """Read the channels of one half; ``tune`` and ``report`` are split by a hash of the name."""
    path = Path(os.environ["VETTING_DATA"]) / "fraud/growth/youtube_daily_channels.csv.gz"
    rows: dict[str, list[tuple[str, str, str]]] = {}
    with gzip.open(path, "rt") as lines:
        next(lines)
        for line in lines:
            name, day, subs, views, *_ = line.split(",")
            rows.setdefault(name, []).append((day, subs, views))
    found = []
    for name in sorted(rows):
        if half is not None and half_of(name) != half:
            continue
        channel = _channel(name, rows[name], seed=seed)
        if channel is not None:
            found.append(channel)
    return found


def half_of(name: str) -> str:
    """Tell which half a channel belongs to."""
    return "tune" if hashlib.sha256(name.encode()).digest()[0] % 2 else "report"


def _channel(name: str, rows: list[tuple[str, str, str]], *, seed: int) -> Channel | None:
    days = np.array([row[0] for row in rows], dtype="datetime64[D]")
    subs = np.array([float(row[1]) for row in rows])
    views = np.array([float(row[2]) for row in rows])
    keep = (days >= FIRST) & (days <= LAST) & (subs > 0) & (views > 0)
    order = np.argsort(days[keep])
    days, subs, views = days[keep][order], subs[keep][order], views[keep][order]
    if len(days) < LEAST_DAYS or subs[0] < 100:
        return None
    digest = hashlib.sha256(f"{seed}:{name}".encode()).digest()
    generator = np.random.default_rng(int.from_bytes(digest[:8], "big"))
    exact = unround(subs, views, generator=generator)
    return Channel(name, days.astype(np.int64), subs, exact, views)


def unround(subs: np.ndarray, views: np.ndarray, *, generator: np.random.Generator) -> np.ndarray:
    """Draw one unrounded history: each step is spread over the days before it by their views."""
    step = step_of(subs)
    change = np.flatnonzero(np.diff(subs) != 0) + 1
    anchors = np.unique(np.concatenate([[0], change, [len(subs) - 1]]))
    level = subs.copy()
    falling = np.zeros(len(subs), dtype=bool)
    falling[1:] = np.diff(subs) < 0
    level[falling] += step[falling] - 1
    level[0] += generator.integers(0, max(int(step[0]), 1))
    if anchors[-1] not in change:
        level[-1] += generator.integers(0, max(int(step[-1]), 1))
    weight = np.maximum(np.diff(views, prepend=views[0]), 0.0)
    weight += max(float(np.median(weight)), 1.0) * 0.5
    exact = level.copy()
    for a, b in pairwise(anchors):
        share = weight[a + 1 : b + 1] * generator.gamma(4.0, size=b - a)
        total = round(float(level[b] - level[a]))
        parts = generator.multinomial(abs(total), share / share.sum())
        exact[a + 1 : b + 1] = level[a] + np.sign(total) * np.cumsum(parts)
    return exact


def step_of(counts: np.ndarray) -> np.ndarray:
    """YouTube's step: three significant digits."""
    return np.maximum(10.0 ** (np.floor(np.log10(np.maximum(counts, 1))) - 2), 1.0)


def cut(counts: np.ndarray) -> np.ndarray:
    """Round down as YouTube does."""
    step = step_of(counts)
    return np.floor(counts / step) * step
