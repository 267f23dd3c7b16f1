"""Curves, weights and limits of the score, read from ``rules/scoring``."""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated

from pydantic import BaseModel, ConfigDict, Field, model_validator

from vetting.errors import did_you_mean
from vetting.yamlfile import read_yaml
from vetting.yamlmodel import validate

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path
    from typing import Self

Point = tuple[float, float]
Positive = Annotated[float, Field(ge=0)]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Curve(_Strict):
    """Straight lines between points, flat outside; monotone.

    Attributes
    ----------
    points : tuple of (float, float)
        Measure value and points 0..100, values ascending.
    platforms, tiers : tuple of str
        Whom it is for; empty means everybody not caught by an earlier curve.
    """

    points: tuple[Point, ...] = Field(min_length=2)
    platforms: tuple[str, ...] = ()
    tiers: tuple[str, ...] = ()

    @model_validator(mode="after")
    def _is_monotone(self) -> Self:
        values = [value for value, _ in self.points]
        points = [point for _, point in self.points]
        if any(b <= a for a, b in itertools.pairwise(values)):
            raise ValueError("values must ascend")
        rises = [b - a for a, b in itertools.pairwise(points)]
        if any(rise < 0 for rise in rises) and any(rise > 0 for rise in rises):
            raise ValueError("points must only rise or only fall")
        if not all(0 <= point <= 100 for point in points):
            raise ValueError("points must lie in 0..100")
        return self


class Item(_Strict):
    """One measure of a sub-score, with its weight inside the sub-score.

    Attributes
    ----------
    enough : int or None
        Sample size from which the measure counts in full towards confidence; a smaller sample
        counts in proportion. None when its size does not matter.
    """

    measure: str
    weight: Positive
    curves: tuple[Curve, ...] = Field(min_length=1)
    source: str
    platforms: tuple[str, ...] = ()
    enough: Annotated[int, Field(ge=1)] | None = None


class SubScore(_Strict):
    """One sub-score.

    Attributes
    ----------
    start : float or None
        Points before findings deduct; None when measures alone make the sub-score.
    asked_by : str or None
        Field of the brief without which this sub-score is not asked for.
    """

    title: str
    items: tuple[Item, ...]
    start: float | None = None
    asked_by: str | None = None


class Goal(_Strict):
    """Weights of a campaign goal, and why."""

    why: str
    weights: dict[str, Positive]


class VerdictLimits(_Strict):
    """Where one verdict ends and the next begins."""

    shortlist_at: float
    reject_below: float
    least_confidence: float
    shortlist_confidence: float
    review_on: str


class Deductions(_Strict):
    """What a fired, unexplained finding takes: severity times confidence.

    Attributes
    ----------
    least_judged : float
        Share 0..1 of the questions, weighted by severity, that must be answered before a sub-score
        may start at its full points.
    """

    least_judged: float = Field(gt=0, le=1)
    severity: dict[str, float]
    confidence: dict[str, float]
    families: dict[str, str]


class _GoalsFile(_Strict):
    version: int
    source: str
    goals: dict[str, Goal]
    verdict: VerdictLimits
    deductions: Deductions


class _SubScoresFile(_Strict):
    version: int
    subscores: dict[str, SubScore]
    tiers: dict[str, float | None]


class _AskFile(_Strict):
    version: int
    ask: dict[str, str]


@dataclass(frozen=True, slots=True)
class Profile:
    """Everything the score is made of.

    Attributes
    ----------
    subscores : mapping of str to SubScore
        In the order of the report.
    tiers : mapping of str to float or None
        Upper bound of followers, exclusive; None for the last.
    goals : mapping of str to Goal
    verdict : VerdictLimits
    deductions : Deductions
    ask : mapping of str to str
        What to ask for, by canonical table.
    source : str
        Where the weights come from.
    """

    subscores: Mapping[str, SubScore]
    tiers: Mapping[str, float | None]
    goals: Mapping[str, Goal]
    verdict: VerdictLimits
    deductions: Deductions
    ask: Mapping[str, str]
    source: str


def load_profile(folder: Path) -> Profile:
    """Read ``goals.yaml``, ``subscores.yaml`` and ``ask.yaml`` from a folder.

    Parameters
    ----------
    folder : Path
        Usually ``rules/scoring``; a client may keep a folder of its own.

    Raises
    ------
    VettingError
        When a file is missing or says something that cannot be, with the place.
    """
    goals_file = read_yaml(folder / "goals.yaml")
    goals = validate(_GoalsFile, goals_file)
    made = validate(_SubScoresFile, read_yaml(folder / "subscores.yaml"))
    for name, goal in goals.goals.items():
        unknown = sorted(set(goal.weights) - set(made.subscores))
        if unknown:
            raise goals_file.error(
                f"the goal {name} weighs a sub-score that does not exist",
                ("goals", name, "weights", unknown[0]),
                allowed=", ".join(made.subscores),
                hint=did_you_mean(unknown[0], made.subscores),
            )
    return Profile(
        subscores=made.subscores,
        tiers=made.tiers,
        goals=goals.goals,
        verdict=goals.verdict,
        deductions=goals.deductions,
        ask=validate(_AskFile, read_yaml(folder / "ask.yaml")).ask,
        source=goals.source,
    )
