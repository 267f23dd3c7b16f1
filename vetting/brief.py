"""The campaign brief: what the brand wants, for whom, at what price.

Written by the user in YAML; checked in full before anything runs.
"""

from __future__ import annotations

import datetime as dt  # noqa: TC003 - pydantic needs it at run time
from decimal import Decimal  # noqa: TC003
from pathlib import Path  # noqa: TC003
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

Goal = Literal["awareness", "engagement", "acquisition", "sales"]
Share = Annotated[float, Field(ge=0, le=1)]
Weight = Annotated[float, Field(ge=0)]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Target(_Strict):
    """The ideal customer: for each dimension the wanted buckets and the least share in them.

    Attributes
    ----------
    buckets : tuple of str
        Wanted buckets, as the audience table writes them (``NL``, ``25-34``, ``female``).
    minimum_share : float or None
        Least share of the audience in these buckets, 0..1; None when there is no minimum.
    """

    buckets: tuple[str, ...]
    minimum_share: Share | None = None


class Audience(_Strict):
    """Targets by dimension; None when the brand does not mind."""

    country: Target | None = None
    city: Target | None = None
    age: Target | None = None
    gender: Target | None = None
    language: Target | None = None
    interest: Target | None = None
    income: Target | None = None


class Brief(_Strict):
    """One campaign. Everything is optional; an empty brief judges the creator as such.

    Attributes
    ----------
    goal : {"awareness", "engagement", "acquisition", "sales"}
        Decides the weights of the sub-scores.
    currency : str or None
        ISO 4217, for fees and prices.
    cpm : Decimal or None
        The brand's own usual CPM, in ``currency``; nothing is assumed without it.
    fees : mapping of str to Decimal
        Offered fee by creator_id; overrides the creators table.
    weights : mapping of str to float
        Sub-score weights that override the goal's profile.
    """

    campaign: str | None = None
    brand: str | None = None
    goal: Goal = "awareness"
    country: str | None = None
    starts: dt.date | None = None
    ends: dt.date | None = None
    platforms: tuple[str, ...] = ()
    audience: Audience = Audience()
    currency: str | None = None
    budget: Decimal | None = None
    cpm: Decimal | None = None
    fees: dict[str, Decimal] = Field(default_factory=dict)
    competitors: tuple[str, ...] = ()
    weights: dict[str, Weight] = Field(default_factory=dict)


def load_brief(path: str | Path) -> Brief:
    """Read a brief from YAML.

    Raises
    ------
    VettingError
        Every mistake of the file at once, each with its line and column.
    """
    from vetting.yamlfile import read_yaml
    from vetting.yamlmodel import validate

    return validate(Brief, read_yaml(path))
