"""Which measures, findings and scores of a past run went with good outcomes.

Nothing is changed by itself: suggestions come with a warning while the sample is small.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from numpy.typing import NDArray

# Outcome KPI to whether more of it is better.
OUTCOMES = {"roi": True, "cpa": False, "cac": False, "cpe": False, "roas": True}
LEAST_CREATORS = 5
# Below this many creators an interval of a rank correlation spans most of -1..1.
SMALL = 30
RESAMPLES = 500


@dataclass(frozen=True, slots=True)
class Link:
    """How well one thing known before went with one outcome.

    Attributes
    ----------
    predictor : str
        Measure id, sub-score, ``score`` or ``finding:ID``.
    outcome : str
        KPI id.
    correlation : float
        Spearman's, -1..1, signed so that positive means "more of it, better outcome".
    low, high : float
        90 % bootstrap interval over creators.
    n : int
        Creators with both.
    """

    predictor: str
    outcome: str
    correlation: float
    low: float
    high: float
    n: int


@dataclass(frozen=True, slots=True)
class Calibration:
    """How often an outcome lay within its forecast; 80 % is promised.

    Attributes
    ----------
    outcome : str
        ``roi`` or ``cpa``.
    held : int
        Creators whose outcome lay between P10 and P90 of the run.
    n : int
        Creators with outcome and forecast, at least 1.
    low, high : float
        90 % Wilson interval of the share held, 0..1.
    """

    outcome: str
    held: int
    n: int
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Backtest:
    """A past run beside what happened.

    Attributes
    ----------
    links : tuple of Link
        Strongest first.
    suggested_weights : mapping of str to float
        Share for each sub-score, from those that went with the outcome; empty when none did.
    warnings : tuple of str
    outcome : str
        The outcome the weights are suggested from.
    forecasts : tuple of Calibration
        One per outcome that the run had forecast; empty when it had none.
    """

    links: tuple[Link, ...]
    suggested_weights: Mapping[str, float]
    warnings: tuple[str, ...]
    outcome: str
    forecasts: tuple[Calibration, ...]


def backtest(run: Path, outcomes: Sequence[str | Path], *, seed: int = 0) -> Backtest:
    """Lay a run beside the outcomes of the campaigns that followed.

    Parameters
    ----------
    run : Path
        A run directory.
    outcomes : sequence of str or Path
        Outcome tables, joined by creator_id.
    seed : int
        For the bootstrap.

    Raises
    ------
    VettingError
        When the run or the outcomes cannot be read, or fewer than five creators are in both.
    """
    from vetting.errors import VettingError

    known = _known_before(run)
    happened = _happened(outcomes)
    both = sorted(set(known) & set(happened))
    if len(both) < LEAST_CREATORS:
        raise VettingError(
            "too few creators are in both the run and the outcomes",
            found=f"{len(both)} of {len(known)} in the run and {len(happened)} in the outcomes",
            allowed=f"at least {LEAST_CREATORS}",
            hint="creator_id must be the same in both.",
        )
    generator = np.random.default_rng(seed)
    links = []
    for outcome, more_is_better in OUTCOMES.items():
        goal = np.array([happened[creator].get(outcome, np.nan) for creator in both])
        links += _links(both, known, goal if more_is_better else -goal, outcome, generator)
    lead = next((name for name in OUTCOMES if any(link.outcome == name for link in links)), "")
    return Backtest(
        links=tuple(sorted(links, key=lambda link: (-abs(link.correlation), link.predictor))),
        suggested_weights=_weights(links, lead),
        warnings=_warnings(len(both), len(links)),
        outcome=lead,
        forecasts=tuple(_calibrations(both, known, happened)),
    )


def _calibrations(
    creators: Sequence[str],
    known: Mapping[str, Mapping[str, float]],
    happened: Mapping[str, Mapping[str, float]],
) -> Iterator[Calibration]:
    from vetting.intervals import wilson

    for outcome in ("roi", "cpa"):
        ends = (f"forecast.{outcome}_p10", f"forecast.{outcome}_p90")
        inside = [
            known[creator][ends[0]] <= happened[creator][outcome] <= known[creator][ends[1]]
            for creator in creators
            if set(ends) <= set(known[creator]) and outcome in happened[creator]
        ]
        if inside:
            low, high = (float(end) for end in wilson(sum(inside), len(inside)))
            yield Calibration(outcome, sum(inside), len(inside), low, high)


def _known_before(run: Path) -> dict[str, dict[str, float]]:
    """Return everything the run knew as numbers: measures, sub-scores, score, findings as 0/1."""
    from vetting.runs import all_findings, read_record, read_rows

    read_record(run)
    known: dict[str, dict[str, float]] = {}
    for row in read_rows(run, "measures.parquet"):
        if row["value"] is not None:
            known.setdefault(row["creator_id"], {})[row["id"]] = float(row["value"])
    names = ("score", "authenticity", "engagement", "sentiment", "intent", "audience_fit", "safety",
             "value")  # fmt: skip
    for row in read_rows(run, "scores.parquet"):
        for name in names:
            if row[name] is not None:
                known.setdefault(row["creator_id"], {})[name] = float(row[name])
    for finding in all_findings(run):
        if finding["state"] != "unknown":
            fired = float(finding["state"] == "fired")
            known.setdefault(finding["creator_id"], {})[f"finding:{finding['id']}"] = fired
    return known


def _happened(outcomes: Sequence[str | Path]) -> dict[str, dict[str, float]]:
    from vetting.campaign import measure_campaign
    from vetting.kpis.totals import CAMPAIGN

    found: dict[str, dict[str, float]] = {}
    for row in measure_campaign(outcomes).rows:
        if row.value is not None and row.creator_id != CAMPAIGN and row.id in OUTCOMES:
            found.setdefault(row.creator_id, {})[row.id] = float(row.value)
    return found


def _links(
    creators: Sequence[str],
    known: Mapping[str, Mapping[str, float]],
    goal: NDArray[np.float64],
    outcome: str,
    generator: np.random.Generator,
) -> list[Link]:
    links = []
    predictors = sorted({name for creator in creators for name in known[creator]})
    for predictor in predictors:
        values = np.array([known[creator].get(predictor, np.nan) for creator in creators])
        here = ~np.isnan(values) & ~np.isnan(goal)
        n = int(here.sum())
        if n < LEAST_CREATORS or len(set(values[here])) < 2 or len(set(goal[here])) < 2:
            continue
        drawn = _bootstrap(values[here], goal[here], generator)
        low, high = np.nanpercentile(drawn, [5, 95])
        correlation = _spearman(values[here], goal[here])
        links.append(Link(predictor, outcome, correlation, float(low), float(high), n))
    return links


def _bootstrap(
    values: NDArray[np.float64], goal: NDArray[np.float64], generator: np.random.Generator
) -> NDArray[np.float64]:
    drawn = generator.integers(0, len(values), size=(RESAMPLES, len(values)))
    return np.array([_spearman(values[rows], goal[rows]) for rows in drawn])


def _spearman(a: NDArray[np.float64], b: NDArray[np.float64]) -> float:
    ranks = [_average_ranks(side) for side in (a, b)]
    spread = ranks[0].std() * ranks[1].std()
    if spread == 0:
        return float("nan")
    centred = (ranks[0] - ranks[0].mean()) * (ranks[1] - ranks[1].mean())
    return float(centred.mean() / spread)


def _average_ranks(values: NDArray[np.float64]) -> NDArray[np.float64]:
    ordered = np.sort(values)
    first = np.searchsorted(ordered, values, side="left")
    last = np.searchsorted(ordered, values, side="right")
    return (first + last + 1) / 2.0


def _weights(links: Sequence[Link], outcome: str) -> dict[str, float]:
    """Share weights in proportion to what surely went with the outcome: the interval's near end."""
    subscores = ("authenticity", "engagement", "sentiment", "intent", "audience_fit", "safety")
    near = {
        link.predictor: max(0.0, link.low)
        for link in links
        if link.outcome == outcome and link.predictor in (*subscores, "value")
    }
    total = sum(near.values())
    return {name: round(value / total, 2) for name, value in near.items() if value} if total else {}


def _warnings(creators: int, links: int) -> tuple[str, ...]:
    warnings = []
    if creators < SMALL:
        warnings.append(
            f"Only {creators} creators: most links below are chance. Use {SMALL} and more before "
            "changing any weight."
        )
    if links > 1:
        warnings.append(
            f"{links} links were looked at; about {links // 10} would exclude 0 by chance alone."
        )
    return tuple(warnings)
