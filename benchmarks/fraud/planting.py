"""Events with known truth, planted on real series.

Written without looking at the detectors: sizes, lengths, leads, lags and decays come from how the
services are sold and how attention decays, not from what the detectors search for.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    import numpy.typing as npt
    from organic import Channel

    Floats = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Planted:
    """A channel with one event in it; ``start`` and ``end`` are indices into its days."""

    days: np.ndarray
    followers: np.ndarray
    views: np.ndarray
    kind: str
    start: int
    end: int
    share: float


def plant(channel: Channel, kind: str, *, generator: np.random.Generator) -> Planted:
    """Plant one event of 5 to 30 % of the followers (small purge: 2 to 5 %) in the middle."""
    at = int(generator.integers(35, len(channel.days) - 50))
    followers, views = channel.exact.copy(), channel.views.copy()
    low, high = (0.02, 0.05) if kind == "small purge" else (0.05, 0.30)
    share = float(np.exp(generator.uniform(np.log(low), np.log(high))))
    size = max(share * followers[at], 10.0)
    end = _EVENTS[kind](followers, views, at, size, generator)
    return Planted(channel.days, np.maximum(followers, 1), views, kind, at + 1, end, share)


def _add(counts: np.ndarray, at: int, gains: np.ndarray) -> None:
    room = len(counts) - at - 1
    total = np.round(np.cumsum(gains))
    counts[at + 1 : at + 1 + len(total)] += total[:room]
    if len(total) < room:
        counts[at + 1 + len(total) :] += total[-1]


def _burst(
    followers: Floats, views: Floats, at: int, size: float, generator: np.random.Generator
) -> int:
    del views
    if generator.random() < 0.5 and size > 1000:
        size = max(round(size / 1000), 1) * 1000.0
    length = int(generator.integers(1, 4))
    _add(followers, at, size * generator.dirichlet(np.full(length, 5.0)))
    lost, over = generator.uniform(0.0, 0.3) * size, int(generator.integers(30, 91))
    _add(followers, at + length, -lost * _falling(over, 0.03))
    return at + length


def _drip(
    followers: Floats, views: Floats, at: int, size: float, generator: np.random.Generator
) -> int:
    del views
    length = int(generator.integers(7, 31))
    _add(followers, at, size * generator.dirichlet(np.full(length, 40.0)))
    return at + length


def _purge(
    followers: Floats, views: Floats, at: int, size: float, generator: np.random.Generator
) -> int:
    del views
    length = int(generator.integers(1, 3))
    _add(followers, at, -size * generator.dirichlet(np.full(length, 5.0)))
    return at + length


def _viral(
    followers: Floats, views: Floats, at: int, size: float, generator: np.random.Generator
) -> int:
    """Attention: a steep rise, a power-law fall; views lead, lag, or stay on another platform."""
    size *= generator.uniform(1.0, 3.0)
    rise, tail = int(generator.integers(1, 4)), int(generator.integers(10, 41))
    shape = np.concatenate(
        [np.linspace(0.4, 1.0, rise), np.arange(2, tail + 2.0) ** -generator.uniform(0.8, 1.6)]
    )
    shape *= generator.gamma(8.0, size=len(shape))
    gains = size * shape / shape.sum()
    usual = max((followers[-1] - followers[0]) / max(views[-1] - views[0], 1.0), 1e-4)
    conversion = usual * np.exp(generator.normal(0.0, 0.6))
    elsewhere = generator.random() < 0.1
    seen = size / conversion * (0.1 if elsewhere else 1.0)
    shift = int(generator.integers(-2, 4))  # views before followers when positive
    noise = shape * generator.gamma(8.0, size=len(shape))
    _add(followers, at, gains)
    _add(views, at - shift, seen * noise / noise.sum())
    # those who came stay and watch
    stay = len(views) - at - 1
    daily = max(float(np.median(np.diff(views))), 1.0)
    rate = daily * size / followers[at] * generator.uniform(0.2, 1.0)
    _add(views, at, np.full(stay, rate))
    return at + rise + tail


def _giveaway(
    followers: Floats, views: Floats, at: int, size: float, generator: np.random.Generator
) -> int:
    """Add a step over three days and a little watching; a third leaves in the month after."""
    _add(followers, at, size * generator.dirichlet([6.0, 4.0, 2.0]))
    _add(followers, at + 3, -size * generator.uniform(0.15, 0.5) * _falling(30, 0.06))
    daily = max(float(np.median(np.diff(views))), 1.0)
    _add(views, at, np.full(3, daily * generator.uniform(0.0, 0.6)))
    return at + 3


def _falling(length: int, rate: float) -> np.ndarray:
    shape = np.exp(-rate * np.arange(length))
    return shape / shape.sum()


_EVENTS = {
    "burst": _burst,
    "drip": _drip,
    "purge": _purge,
    "small purge": _purge,
    "viral": _viral,
    "giveaway": _giveaway,
}
