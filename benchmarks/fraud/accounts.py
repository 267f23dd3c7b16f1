"""Ranking of labelled accounts, and error and coverage of the fake share. Needs VETTING_DATA.

Run from the repository: python benchmarks/fraud/accounts.py
"""

from __future__ import annotations

import json

import numpy as np
from labelled import SETS, load_accounts
from sklearn.metrics import roc_auc_score

from vetting.followers.scoring import score_accounts
from vetting.followers.share import fake_share, load_rates
from vetting.synthetic.rows import open_tables

SHARES = (0.02, 0.05, 0.1, 0.2, 0.3, 0.45)
SAMPLE, REPEATS, SEED = 300, 100, 20261128


def suspicions(name: str) -> tuple[np.ndarray, np.ndarray]:
    """Return suspicion and truth of one set, through the shipped code."""
    rows = load_accounts(name)
    truth = {row["account_id"]: row.pop("fake") for row in rows}
    store = open_tables({"followers": [{"creator_id": name, **row} for row in rows]})
    scored = score_accounts(store)
    wanted = [truth[account] for account in scored["account_id"].to_pylist()]
    return scored["suspicion"].to_numpy(), np.array(wanted)


def share_error(score: np.ndarray, fake: np.ndarray, *, seed: int) -> dict[str, float]:
    """Draw samples of 300 with known shares and compare."""
    generator = np.random.default_rng(seed)
    rates = load_rates()
    errors, covered, widths = [], [], []
    for share in SHARES:
        for _ in range(REPEATS):
            bad = generator.binomial(SAMPLE, share)
            drawn = np.concatenate(
                [
                    generator.choice(score[fake], bad),
                    generator.choice(score[~fake], SAMPLE - bad),
                ]
            )
            hits = int((drawn >= rates.limit).sum())
            value, low, high = (float(x[0]) for x in fake_share([hits], [SAMPLE], rates))
            errors.append(abs(value - bad / SAMPLE))
            covered.append(low <= bad / SAMPLE <= high)
            widths.append(high - low)
    return {
        "mean_absolute_error": round(float(np.mean(errors)), 4),
        "covered": round(float(np.mean(covered)), 3),
        "width": round(float(np.mean(widths)), 3),
    }


def figures() -> dict[str, object]:
    """Return all figures by set."""
    found: dict[str, dict[str, float]] = {}
    for number, name in enumerate(SETS):
        score, fake = suspicions(name)
        found[name] = {"auc": round(float(roc_auc_score(fake, score)), 4)} | share_error(
            score, fake, seed=SEED + number
        )
    aucs = [one["auc"] for one in found.values()]
    together = {
        key: round(float(np.mean([one[key] for one in found.values()])), 4)
        for key in ("auc", "mean_absolute_error", "covered", "width")
    }
    return {"sets": found, "mean": together, "worst_auc": min(aucs)}


if __name__ == "__main__":
    print(json.dumps(figures(), indent=1))
