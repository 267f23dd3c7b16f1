"""The campaign brief: what the brand wants, for whom, at what price.

Written by the user in YAML; checked in full before anything runs.
"""

from __future__ import annotations

import datetime as dt  # noqa: TC003 - pydantic needs it at run time
import re
from decimal import Decimal
from pathlib import Path  # noqa: TC003
from typing import Annotated, Literal

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    ValidationInfo,
    field_validator,
)

Goal = Literal["awareness", "engagement", "acquisition", "sales"]
# Products whose advertising has rules of its own; "general" is everything else.
Category = Literal[
    "general",
    "alcohol",
    "gambling",
    "finance",
    "crypto",
    "nicotine",
    "health",
    "weight_loss",
    "cosmetic_procedures",
    "children",
]


def _share(value: object) -> object:
    """Read ``30%`` as 0.3; leave everything else to pydantic."""
    if isinstance(value, str) and re.fullmatch(r"\d+(\.\d+)?\s?%", value.strip()):
        return float(f"{value.strip().rstrip('%').strip()}e-2")
    return value


def _from_to(value: object) -> object:
    """Read ``[0.5%, 2%]``; one number stands for both ends."""
    ends = [_share(one) for one in (value if isinstance(value, list | tuple) else [value] * 2)]
    numbers = [one for one in ends if isinstance(one, int | float)]
    if len(numbers) == len(ends) == 2 and not 0 <= numbers[0] <= numbers[1] <= 1:
        raise ValueError("a range runs from its smaller to its larger end, both 0 to 1")
    return tuple(ends)


Share = Annotated[float, BeforeValidator(_share), Field(ge=0, le=1)]
Rates = Annotated[tuple[float, float], BeforeValidator(_from_to)]
_ROUNDING = 0.02  # shares typed by people sum to 1 within this
Weight = Annotated[float, Field(ge=0)]
Amount = Annotated[Decimal, Field(ge=0)]


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
    ideal : mapping of str to float
        Share of each wanted bucket in the ideal audience, summing to 1; empty spreads it evenly
        (ages evenly over the years).
    weight : float
        How much this dimension counts in the distance from the ideal audience, at least 0.
    """

    buckets: tuple[str, ...]
    minimum_share: Share | None = None
    ideal: dict[str, Share] = Field(default_factory=dict)
    weight: Weight = 1.0

    @field_validator("ideal")
    @classmethod
    def _ideal_fits(cls, ideal: dict[str, float], info: ValidationInfo) -> dict[str, float]:
        strangers = sorted(set(ideal) - set(info.data.get("buckets", ideal)))
        if strangers:
            raise ValueError(f"{', '.join(strangers)} is not among the wanted buckets")
        if ideal and abs(sum(ideal.values()) - 1) > _ROUNDING:
            raise ValueError(f"the shares sum to {sum(ideal.values()):.2f} instead of 1")
        return ideal


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
    category : str or None
        Kind of product, for the rules on regulated goods; None leaves them silent.
    brand_names : tuple of str
        Other names, handles and hashtags of the brand, as people write them; with ``brand`` they
        find its mentions.
    order_value, gross_margin : Decimal, float, or None
        The brand's usual order in ``currency`` and the part of it that is margin (0..1); what a
        fee must bring is told only where the brand says these.
    click_rate, conversion_rate, order_rate : tuple of (float, float) or None
        Clicks per view, orders per click and orders per view of campaigns like this, from and to,
        0..1; a forecast draws from these ranges. One number stands for both ends.
    fees : mapping of str to Decimal
        Offered fee by creator_id; overrides the creators table.
    competitors : tuple of str
        Names of rival brands, as they appear in captions.
    exclusivity_days : int or None
        How long a creator must not have worked for a competitor; None sets no window.
    avoid : tuple of str
        Words and phrases the brand does not want to stand beside.
    ages : mapping of str to int
        Age in years by creator_id, as confirmed by the creator; nothing is guessed.
    weights : mapping of str to float
        Sub-score weights that override the goal's profile.
    """

    campaign: str | None = None
    brand: str | None = None
    brand_names: tuple[Annotated[str, Field(min_length=2, max_length=60)], ...] = ()
    goal: Goal = "awareness"
    category: Category | None = None
    country: str | None = None
    starts: dt.date | None = None
    ends: dt.date | None = None
    platforms: tuple[str, ...] = ()
    audience: Audience = Audience()
    currency: str | None = None
    budget: Amount | None = None
    cpm: Amount | None = None
    order_value: Amount | None = None
    gross_margin: Share | None = None
    order_rate: Rates | None = None
    click_rate: Rates | None = None
    conversion_rate: Rates | None = None
    fees: dict[str, Amount] = Field(default_factory=dict)
    competitors: tuple[str, ...] = ()
    exclusivity_days: Annotated[int, Field(ge=0, le=3650)] | None = None
    avoid: tuple[str, ...] = ()
    ages: dict[str, Annotated[int, Field(ge=0, le=120)]] = Field(default_factory=dict)
    weights: dict[str, Weight] = Field(default_factory=dict)


def load_brief(path: str | Path) -> Brief:
    """Read a brief from YAML; the market's country becomes its ISO code, ``ig`` instagram.

    Raises
    ------
    VettingError
        Every mistake of the file at once, each with its line and column: unknown keys and
        countries, ages that overlap, amounts without a currency, reversed dates, weights that do
        not sum.
    """
    from vetting.briefcheck import contradictions, country_code, platform_name
    from vetting.errors import VettingError, errors_of, raise_all
    from vetting.yamlfile import read_yaml
    from vetting.yamlmodel import validate

    file = read_yaml(path)
    problems = contradictions(file)
    try:
        brief = validate(Brief, file)
    except VettingError as error:
        raise_all(sorted([*errors_of(error), *problems], key=lambda one: one.line or 0))
        raise
    raise_all(problems)
    names: dict[str, object] = {"platforms": tuple(map(platform_name, brief.platforms))}
    if brief.country is not None:
        names["country"] = country_code(brief.country)
    return brief.model_copy(update=names)
