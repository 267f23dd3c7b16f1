"""Real organic channels as the ground on which events are planted. Needs VETTING_DATA."""

from __future__ import annotations

import gzip
import hashlib
import os
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterator

FIRST, LAST = np.datetime64("2022-08-01"), np.datetime64("2023-07-31")
LEAST_DAYS, LEAST_HISTORY = 240, 100
LEAST_SUBS = 100


@dataclass(frozen=True)
class Channel:
    """Daily counts of one real channel; ``exact`` is one likely unrounded history."""

    name: str
    days: np.ndarray
    rounded: np.ndarray
    exact: np.ndarray
    views: np.ndarray


def load_channels(*, half: str | None = None, seed: int = 20261128) -> list[Channel]:
    """Read the year with views of one half; ``tune`` and ``report`` are split by a hash."""
    found = (_channel(name, rows, seed=seed) for name, rows in _rows(half))
    return [channel for channel in found if channel is not None]


def load_histories(*, half: str | None = None, seed: int = 20261128) -> list[Channel]:
    """Read the whole histories, up to 28 months; views are NaN where the source has none."""
    found = []
    for name, rows in _rows(half):
        days, subs, views = _columns(rows)
        keep = subs > 0
        days, subs, views = days[keep], subs[keep], views[keep]
        if len(days) >= LEAST_HISTORY and subs[0] >= LEAST_SUBS:
            exact = unround(subs, views, generator=_generator(seed, name))
            seen = np.where(views > 0, views, np.nan)
            found.append(Channel(name, days.astype(np.int64), subs, exact, seen))
    return found


def _rows(half: str | None) -> Iterator[tuple[str, list[tuple[str, str, str]]]]:
    path = Path(os.environ["VETTING_DATA"]) / "fraud/growth/youtube_daily_channels.csv.gz"
    rows: dict[str, list[tuple[str, str, str]]] = {}
    with gzip.open(path, "rt") as lines:
        next(lines)
        for line in lines:
            name, day, subs, views, *_ = line.split(",")
            if half is None or half_of(name) == half:
                rows.setdefault(name, []).append((day, subs, views))
    yield from sorted(rows.items())


def half_of(name: str) -> str:
    """Tell which half a channel belongs to."""
    return "tune" if hashlib.sha256(name.encode()).digest()[0] % 2 else "report"


def _channel(name: str, rows: list[tuple[str, str, str]], *, seed: int) -> Channel | None:
    days, subs, views = _columns(rows)
    keep = (days >= FIRST) & (days <= LAST) & (subs > 0) & (views > 0)
    days, subs, views = days[keep], subs[keep], views[keep]
    if len(days) < LEAST_DAYS or subs[0] < LEAST_SUBS:
        return None
    exact = unround(subs, views, generator=_generator(seed, name))
    return Channel(name, days.astype(np.int64), subs, exact, views)


def _columns(rows: list[tuple[str, str, str]]) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    days = np.array([row[0] for row in rows], dtype="datetime64[D]")
    order = np.argsort(days)
    subs, views = (np.array([float(row[k]) for row in rows])[order] for k in (1, 2))
    return days[order], subs, views


def _generator(seed: int, name: str) -> np.random.Generator:
    digest = hashlib.sha256(f"{seed}:{name}".encode()).digest()
    return np.random.default_rng(int.from_bytes(digest[:8], "big"))


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
