"""Fit the scorecards of vetting.growth.attention on the tuning half; prints TOML.

Run from the repository: VETTING_DATA=... python benchmarks/fraud/fit_attention.py
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from organic import cut, load_channels, load_histories
from planting import plant
from sklearn.linear_model import LogisticRegression

from vetting.growth.attention import card_of, features_of
from vetting.growth.grid import daily_grid
from vetting.growth.rises import find_rises
from vetting.growth.series import make_series

if TYPE_CHECKING:
    import numpy.typing as npt
    from organic import Channel

    from vetting.growth.rises import Rise

    Floats = npt.NDArray[np.float64]
    Ints = npt.NDArray[np.int64]

SEARCH = {"min_share": 0.03, "spreads": 4.0, "quanta": 2.0, "credit": 3.0}
# the rank of one interval among few says little beside the ratio, and came out the wrong way round
AMOUNT = ("views_share", "log_views_ratio", "log_gain_per_view")
VIEWS = (*AMOUNT, "views_rank")
EVEN = ("unevenness", "front", "lopsided")
BESIDE = ("after", "before", "log_spreads")
FEATURES = {
    "short": (*VIEWS, "after", "log_excess_share", "log_days", "log_spreads"),
    "long": (*VIEWS, "after", "before", "log_excess_share", "log_days", *EVEN),
    "coarse_short": (*AMOUNT, *BESIDE),
    "coarse_long": (*VIEWS, *BESIDE),
    "sparse": (*AMOUNT, *BESIDE),
    "short_blind": ("after", "log_excess_share", "log_days", "log_spreads"),
    "long_blind": ("after", "before", "log_days", *EVEN, "log_spreads"),
    "coarse_short_blind": BESIDE,
    "coarse_long_blind": BESIDE,
    "sparse_blind": BESIDE,
}
# Lowered intercepts: with coarse readings fewer than one unexplained rise in five channel-years
CAUTION = {"coarse_long": 0.5, "sparse": 0.8, "sparse_blind": 0.7}
STEPS = {"coarse": (4, 7, "uneven"), "sparse": (30,)}  # days between readings
UNEVEN = 10  # days at most


def read_days(days: Ints, every: int | str, generator: np.random.Generator) -> Ints:
    """Return the indices of the days that are read."""
    if every == "uneven":
        at = np.cumsum(generator.integers(1, UNEVEN, len(days)))
        return at[at < len(days)]
    return np.flatnonzero((days - days[0]) % every == 0)


def rises_of(days: Ints, followers: Floats, views: Floats | None, keep: Ints) -> list[Rise]:
    series = make_series(
        "x", days[keep], followers[keep], views=None if views is None else views[keep]
    )
    return find_rises(daily_grid(series), **SEARCH)


def collect(
    channels: list[Channel], kind: str, *, repeats: int, seed: int, blind: bool, every: int | str
) -> list[Rise]:
    generator = np.random.default_rng(seed)
    found = []
    for channel in channels:
        for _ in range(repeats):
            for rounded in (False, True):
                keep = read_days(channel.days, every, generator)
                if kind == "organic":
                    days, views, low, high = channel.days, channel.views, -np.inf, np.inf
                    counts = channel.rounded if rounded else channel.exact
                else:
                    event = plant(channel, kind, generator=generator)
                    days, views = event.days, event.views
                    counts = cut(event.followers) if rounded else event.followers
                    after = keep[np.searchsorted(keep, event.end) :]
                    low = days[event.start] - 1
                    high = days[after[0]] if len(after) else days[-1]
                rises = rises_of(days, counts, None if blind else views, keep)
                found += [r for r in rises if r.start <= high and r.end >= low]
    return found


def fit(
    bought: list[Rise], honest: list[Rise], names: tuple[str, ...]
) -> tuple[float, dict[str, float]]:
    rows = np.column_stack([np.nan_to_num(features_of(bought + honest)[name]) for name in names])
    truth = np.r_[np.ones(len(bought)), np.zeros(len(honest))]
    model = LogisticRegression(C=1.0, max_iter=5000).fit(rows, truth)
    return float(model.intercept_[0]), dict(zip(names, model.coef_[0].tolist(), strict=True))


def main() -> None:
    year = load_channels(half="tune")
    long = load_histories(half="tune")
    for card, names in FEATURES.items():
        blind = card.endswith("_blind")
        # without views a viral month cannot be told from a bought one: it is no example of either
        hopeless = card == "sparse_blind"
        kinds = {"burst": 2, "drip": 2, "organic": 1, "viral": 0 if hopeless else 1}
        rises = {
            kind: [
                rise
                for step in STEPS.get(card.split("_")[0], (1,))
                for rise in collect(
                    long if hopeless else year,
                    kind,
                    repeats=repeats,
                    seed=7,
                    blind=blind,
                    every=step,
                )
                if card_of(rise) == card
            ]
            for kind, repeats in kinds.items()
        }
        intercept, weights = fit(
            rises["burst"] + rises["drip"], rises["organic"] + rises["viral"], names
        )
        print(f"[scorecards.{card}]\nintercept = {intercept - CAUTION.get(card, 0.0):.2f}")
        print(f"[scorecards.{card}.coefficients]")
        for name, weight in weights.items():
            print(f"{name} = {weight:.2f}")
        print()


if __name__ == "__main__":
    main()
