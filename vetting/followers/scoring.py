"""The suspicion of every account in the follower samples, computed for all creators at once.

References
----------
models/follower_scorecard/card.md says where each feature and coefficient comes from.
"""

from __future__ import annotations

import math
import tomllib
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import TYPE_CHECKING

from vetting.datafiles import data_root
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

# Where nearly all names of a sample hold digits they are pseudonyms or numbers and tell nothing.
_PSEUDONYMS_SHARE, _PSEUDONYM_DIGITS, _LEAST_NAMES = 0.9, 0.5, 30  # 0.5: a quarter of the name

# Fewer known features than these say too little about an account.
_NEEDED = ("balance", "silence")
_LEAST_FEATURES = 2


def open_scores(store: Store) -> None:
    """Create the table ``follower_scores``: one row per account.

    Parameters
    ----------
    store : Store

    Notes
    -----
    creator_id, account_id, and:

    - suspicion lies in 0..1 and is a rank, not the chance of being fake. A feature that is unknown
      adds nothing. It is NULL where neither the balance of following and followers nor the posts
      are known, or only one feature is.
    - known, 0..1: share of what the scorecard weighs that is known of the account.
    - counted: whether the account lies above the limit. Of an account of which less is known less
      evidence can be asked for: the limit on the log-odds beyond the intercept shrinks with
      ``known`` to the power of the card.
    """
    card = load_scorecards(MODEL)["account"]
    limits = load_limits()
    features = ", ".join(f"{expression} AS {name}" for name, expression in FEATURES.items())
    enough = " OR ".join(f"{name} IS NOT NULL" for name in _NEEDED)
    number = " + ".join(f"({name} IS NOT NULL)::INT" for name in FEATURES)
    most = sum(limits.most.values())
    known = " + ".join(
        f"{x / most!r} * ({name} IS NOT NULL)::INT" for name, x in limits.most.items()
    )
    asked = f"{limits.log_odds - card.intercept!r} * known ** {limits.power!r}"
    store.con.execute(
        f"""
        CREATE OR REPLACE TABLE follower_scores AS
        WITH read AS (SELECT creator_id, account_id, {features} FROM followers),
        pseudonymous AS (
            SELECT creator_id FROM read GROUP BY creator_id
            HAVING count(digits) >= {_LEAST_NAMES}
               AND avg((digits >= {_PSEUDONYM_DIGITS})::INT) >= {_PSEUDONYMS_SHARE}
        ),
        described AS (
            SELECT * REPLACE (
                CASE WHEN creator_id NOT IN (FROM pseudonymous) THEN digits END AS digits
            ) FROM read
        ),
        weighed AS (
            SELECT creator_id, account_id, ({known})::DOUBLE AS known,
                   CASE WHEN ({enough}) AND {number} >= {_LEAST_FEATURES}
                        THEN {_log_odds(card)} END AS log_odds
            FROM described
        )
        SELECT creator_id, account_id, 1.0 / (1.0 + exp(-log_odds)) AS suspicion, known,
               log_odds >= {card.intercept!r} + {asked} AS counted
        FROM weighed
        ORDER BY creator_id, account_id
        """
    )


@dataclass(frozen=True, slots=True)
class Limits:
    """From where on an account counts as suspicious.

    Attributes
    ----------
    log_odds : float
        When everything is known.
    power : float
        How the evidence asked for shrinks with what is known; 0: not at all, 1: in proportion.
    most : mapping of str to float
        The most a feature can add to the log-odds, by feature.
    """

    log_odds: float
    power: float
    most: Mapping[str, float]


@cache
def load_limits() -> Limits:
    """Read the limits from the scorecard's card."""
    path = data_root("models") / MODEL / "card.toml"
    table = tomllib.loads(path.read_text(encoding="utf-8"))["limit"]
    suspicion = float(table["suspicion"])
    return Limits(math.log(suspicion / (1 - suspicion)), float(table["power"]), table["most"])


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
    columns = "creator_id, account_id, suspicion"
    query = f"SELECT {columns} FROM follower_scores ORDER BY creator_id, account_id"
    return store.con.sql(query).to_arrow_table()
