"""Ranking of labelled accounts, and error and coverage of the fake share. Needs VETTING_DATA.

Run from the repository: python benchmarks/fraud/accounts.py
Each set is measured with all its columns, and with some of them left out.
"""

from __future__ import annotations

import json
from dataclasses import dataclass

import numpy as np
from labelled import SETS, load_accounts
from sklearn.metrics import roc_auc_score

from vetting.followers.scoring import open_scores
from vetting.followers.share import fake_share, load_rates
from vetting.synthetic.rows import open_tables

SHARES = (0.02, 0.05, 0.1, 0.2, 0.3, 0.45)
NATURAL = 0.1
SAMPLE, REPEATS, SEED = 300, 100, 20261129
NAME = ("username_length", "username_digits")
REST = ("bio_length", "has_picture", "private", "verified", *NAME)
LEFT_OUT = {
    "nothing": (),
    "bio": ("bio_length",),
    "picture": ("has_picture",),
    "name": NAME,
    "bio and picture": ("bio_length", "has_picture"),
    "all but the three counts": REST,
    "posts": ("posts",),
    "following": ("following",),
    "followers": ("followers",),
}


@dataclass(frozen=True)
class Scored:
    """One labelled set as the package sees it; what has no suspicion is left out."""

    suspicion: np.ndarray
    counted: np.ndarray
    known: float
    fake: np.ndarray


def scores(name: str, left_out: tuple[str, ...] = ()) -> Scored:
    """Score one set through the shipped code."""
    rows = load_accounts(name)
    truth = {row["account_id"]: row.pop("fake") for row in rows}
    kept = [{key: row[key] for key in row if key not in left_out} for row in rows]
    store = open_tables({"followers": [{"creator_id": name, **row} for row in kept]})
    open_scores(store)
    found = store.con.sql(
        "SELECT account_id, suspicion, known, counted FROM follower_scores "
        "WHERE suspicion IS NOT NULL ORDER BY account_id"
    ).to_arrow_table()
    return Scored(
        suspicion=found["suspicion"].to_numpy(),
        counted=found["counted"].to_numpy(zero_copy_only=False).astype(bool),
        known=float(found["known"].to_numpy().mean()),
        fake=np.array([truth[account] for account in found["account_id"].to_pylist()]),
    )


def share_error(scored: Scored, shares: tuple[float, ...], *, seed: int) -> dict[str, float]:
    """Draw samples of 300 with known shares and compare."""
    generator = np.random.default_rng(seed)
    rates = load_rates()
    errors, covered, widths = [], [], []
    for share in shares:
        for _ in range(REPEATS):
            bad = generator.binomial(SAMPLE, share)
            drawn = np.concatenate(
                [
                    generator.choice(scored.counted[scored.fake], bad),
                    generator.choice(scored.counted[~scored.fake], SAMPLE - bad),
                ]
            )
            found = fake_share([drawn.sum()], [SAMPLE], rates, known=[scored.known])
            value, low, high = (float(x[0]) for x in found)
            errors.append(abs(value - bad / SAMPLE))
            covered.append(low <= bad / SAMPLE <= high)
            widths.append(high - low)
    return {
        "mean_absolute_error": round(float(np.mean(errors)), 4),
        "covered": round(float(np.mean(covered)), 3),
        "width": round(float(np.mean(widths)), 3),
    }


def top_decile(scored: Scored, *, seed: int) -> float:
    """Return the share of fakes among the most suspicious tenth at a natural rate."""
    generator = np.random.default_rng(seed)
    found = []
    for _ in range(REPEATS):
        bad = generator.binomial(SAMPLE, NATURAL)
        at = np.concatenate(
            [
                generator.choice(np.flatnonzero(scored.fake), bad),
                generator.choice(np.flatnonzero(~scored.fake), SAMPLE - bad),
            ]
        )
        order = np.argsort(-scored.suspicion[at], kind="stable")[: SAMPLE // 10]
        found.append(scored.fake[at][order].mean())
    return float(np.mean(found))


def figures(left_out: tuple[str, ...] = ()) -> dict[str, object]:
    """Return all figures by set."""
    found: dict[str, dict[str, float]] = {}
    for number, name in enumerate(SETS):
        scored = scores(name, left_out)
        natural = share_error(scored, (NATURAL,), seed=SEED + number)
        found[name] = {
            "auc": round(float(roc_auc_score(scored.fake, scored.suspicion)), 4),
            **share_error(scored, SHARES, seed=SEED + number),
            "natural_error": natural["mean_absolute_error"],
            "natural_covered": natural["covered"],
            "top_decile": round(top_decile(scored, seed=SEED + number), 3),
        }
    together = {
        key: round(float(np.mean([one[key] for one in found.values()])), 4)
        for key in next(iter(found.values()))
    }
    worst = {
        "worst_auc": min(one["auc"] for one in found.values()),
        "worst_covered": min(one["covered"] for one in found.values()),
    }
    return {"sets": found, "mean": together, **worst}


if __name__ == "__main__":
    print(json.dumps({name: figures(columns) for name, columns in LEFT_OUT.items()}, indent=1))
