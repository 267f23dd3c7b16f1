"""The suspicion of every account in the follower samples, computed for all creators at once.

References
----------
models/follower_scorecard/card.md says where each feature and coefficient comes from.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

from vetting.scorecard import load_scorecards

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pyarrow as pa

    from vetting.scorecard import Scorecard
    from vetting.store import Store

MODEL = "follower_scorecard"


def _clipped(expression: str, low: float, high: float) -> str:
    """Return SQL that keeps a value within bounds; least and greatest alone pass over NULL."""
    held = f"least(greatest({expression}, {low}), {high})"
    return f"CASE WHEN ({expression}) IS NOT NULL THEN {held} END"


# Username digits come as counts, or have to be counted in the name itself.
_DIGITS = r"coalesce(username_digits, length(regexp_replace(username, '\D', '', 'g')))"
_LENGTH = "coalesce(username_length, length(username))"

FEATURES: Mapping[str, str] = MappingProxyType(
    {
        # follows many, is followed by few
        "balance": _clipped("log10((following + 1.0) / (followers + 1.0))", -1.5, 2.0),
        # 0 without posts, -1 with nine, -2 with ninety-nine
        "silence": _clipped("-log10(posts + 1.0)", -2.5, 0.0),
        "no_picture": "1.0 - has_picture::INT",
        "no_bio": "(bio_length = 0)::INT",
        # 1 when half of the name or more are digits
        "digits": _clipped(f"2.0 * {_DIGITS} / nullif({_LENGTH}, 0)", 0.0, 1.0),
        # 0 up to 1,000 followed accounts, 1 from 10,000
        "mass": _clipped("log10((following + 1.0) / 1000.0)", 0.0, 1.0),
        "verified": "verified::INT",
    }
)

# Fewer known features than these say too little about an account.
_NEEDED = ("balance", "silence")
_LEAST_FEATURES = 2


def open_scores(store: Store) -> None:
    """Create the table ``follower_scores``: creator_id, account_id, suspicion.

    Parameters
    ----------
    store : Store

    Notes
    -----
    Suspicion lies in 0..1 and is a rank, not the chance of being fake. A feature that is unknown
    adds nothing. It is NULL where neither the balance of following and followers nor the posts are
    known, or only one feature is.
    """
    card = load_scorecards(MODEL)["account"]
    features = ", ".join(f"{expression} AS {name}" for name, expression in FEATURES.items())
    enough = " OR ".join(f"{name} IS NOT NULL" for name in _NEEDED)
    known = " + ".join(f"({name} IS NOT NULL)::INT" for name in FEATURES)
    store.con.execute(
        f"""
        CREATE OR REPLACE TABLE follower_scores AS
        WITH described AS (SELECT creator_id, account_id, {features} FROM followers)
        SELECT creator_id, account_id,
               CASE WHEN ({enough}) AND {known} >= {_LEAST_FEATURES}
                    THEN 1.0 / (1.0 + exp(-({_log_odds(card)}))) END AS suspicion
        FROM described
        ORDER BY creator_id, account_id
        """
    )


def _log_odds(card: Scorecard) -> str:
    terms = [
        f"{weight!r} * coalesce({name} - {card.typical.get(name, 0.0)!r}, 0.0)"
        for name, weight in card.coefficients.items()
    ]
    return " + ".join([repr(card.intercept), *terms])


def score_accounts(store: Store) -> pa.Table:
    """Return the suspicion of every account, as ``followers.parquet`` holds it.

    Parameters
    ----------
    store : Store

    Returns
    -------
    pyarrow.Table
        creator_id, account_id, suspicion (0..1, NULL where too little is known), sorted by
        creator_id and account_id.
    """
    open_scores(store)
    query = "SELECT * FROM follower_scores ORDER BY creator_id, account_id"
    return store.con.sql(query).to_arrow_table()
