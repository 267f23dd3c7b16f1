"""EMV as others compute it, by their names, as far as they publish it; never ours, never scored.

Each is for one post, in the money of the page it stands on. HypeAuditor and CreatorIQ (Tribe
Dynamics) publish no formula; Keepface multiplies verified reach by prices it does not publish.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from vetting.kpis._facts import EXACT_PRODUCT
from vetting.kpis._spec import Count, exact, kpi

if TYPE_CHECKING:
    from collections.abc import Mapping

PREFIX = "emv_by_"
# What one post of the platform and kind is computed by. An image has no views.
FORMULAS: Mapping[str, tuple[str, ...]]

_SKEEPERS = "skeepers-octoly.zendesk.com 6279533852956, from the Ayzenberg index; read 2026-11-28"
_TWO_MONEYS = "One version of the page prints these figures in euros, another in dollars."
_MIGHTYSCOUT = "mightyscout.com/blog/earned-media-value-rebuilt, 2026-06-24; in US dollars"
_LEAST, _MOST = Decimal(25), Decimal(10_000_000)


@kpi(
    "Skeepers' EMV formula (Ayzenberg index), Instagram",
    unit="money",
    formula="0.07 x likes + 3.46 x comments",
    source=_SKEEPERS,
    disagreement=_TWO_MONEYS,
    interval=EXACT_PRODUCT,
)
def emv_by_skeepers_instagram(likes: Count, comments: Count) -> Decimal | None:
    """Return what Skeepers would call the EMV of one Instagram post."""
    return _sum((likes, "0.07"), (comments, "3.46"))


@kpi(
    "Skeepers' EMV formula (Ayzenberg index), YouTube",
    unit="money",
    formula="0.08 x likes + 6.99 x comments",
    source=_SKEEPERS,
    disagreement=_TWO_MONEYS,
    interval=EXACT_PRODUCT,
)
def emv_by_skeepers_youtube(likes: Count, comments: Count) -> Decimal | None:
    """Return what Skeepers would call the EMV of one YouTube video."""
    return _sum((likes, "0.08"), (comments, "6.99"))


@kpi(
    "Skeepers' EMV formula (Ayzenberg index), TikTok",
    unit="money",
    formula="6.89 x views / 1,000 + 0.09 x likes + 3.52 x comments + 1.72 x shares",
    source=_SKEEPERS,
    disagreement=_TWO_MONEYS,
    interval=EXACT_PRODUCT,
)
def emv_by_skeepers_tiktok(
    views: Count, likes: Count, comments: Count, shares: Count
) -> Decimal | None:
    """Return what Skeepers would call the EMV of one TikTok."""
    return _sum((views, "0.00689"), (likes, "0.09"), (comments, "3.52"), (shares, "1.72"))


@kpi(
    "MightyScout's EMV formula, Instagram video",
    unit="money",
    formula="views x 10 / 1,000, from 25 to 10 million",
    source=_MIGHTYSCOUT,
    interval=EXACT_PRODUCT,
)
def emv_by_mightyscout_instagram_video(views: Count) -> Decimal | None:
    """Return what MightyScout would call the EMV of one Instagram video."""
    return _within(_sum((views, "0.010")))


@kpi(
    "MightyScout's EMV formula, Instagram image",
    unit="money",
    formula="(likes + comments + shares) x 8.7 x 10 / 1,000, from 25 to 10 million",
    source=_MIGHTYSCOUT,
    disagreement="The 8.7 turns reactions into views; the page gives no data for it.",
    interval=EXACT_PRODUCT,
)
def emv_by_mightyscout_instagram_image(
    likes: Count, comments: Count, shares: Count
) -> Decimal | None:
    """Return what MightyScout would call the EMV of one image or carousel."""
    return _within(_sum((likes, "0.087"), (comments, "0.087"), (shares, "0.087")))


@kpi(
    "MightyScout's EMV formula, TikTok",
    unit="money",
    formula="views x 5 / 1,000, from 25 to 10 million",
    source=_MIGHTYSCOUT,
    interval=EXACT_PRODUCT,
)
def emv_by_mightyscout_tiktok(views: Count) -> Decimal | None:
    """Return what MightyScout would call the EMV of one TikTok."""
    return _within(_sum((views, "0.005")))


@kpi(
    "MightyScout's EMV formula, YouTube",
    unit="money",
    formula="views x 20 / 1,000, from 25 to 10 million",
    source=_MIGHTYSCOUT,
    interval=EXACT_PRODUCT,
)
def emv_by_mightyscout_youtube(views: Count) -> Decimal | None:
    """Return what MightyScout would call the EMV of one YouTube video."""
    return _within(_sum((views, "0.020")))


FORMULAS = {
    "instagram": (
        "emv_by_skeepers_instagram",
        "emv_by_mightyscout_instagram_video",
        "emv_by_mightyscout_instagram_image",
    ),
    "tiktok": ("emv_by_skeepers_tiktok", "emv_by_mightyscout_tiktok"),
    "youtube": ("emv_by_skeepers_youtube", "emv_by_mightyscout_youtube"),
}


def currency_of(formula: str) -> str:
    """Return the money a formula is in, as its page says.

    Examples
    --------
    >>> currency_of("emv_by_mightyscout_tiktok"), currency_of("emv_by_skeepers_tiktok")
    ('USD', 'EUR or USD')
    """
    return "USD" if "mightyscout" in formula else "EUR or USD"


def _sum(*parts: tuple[Count, str]) -> Decimal | None:
    known = [exact(count) * Decimal(price) for count, price in parts if count is not None]
    return sum(known[1:], known[0]) if known else None


def _within(value: Decimal | None) -> Decimal | None:
    return None if value is None else min(max(value, _LEAST), _MOST)
