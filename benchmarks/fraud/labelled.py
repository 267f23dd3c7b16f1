"""Labelled follower accounts in the columns of the canonical table. They only evaluate (NC)."""

from __future__ import annotations

import csv
import os
from pathlib import Path

SETS = ("instafake", "kaggle", "parma", "seraphim")


def load_accounts(name: str) -> list[dict[str, object]]:
    """Read one labelled set; each row has the canonical columns and ``fake``."""
    folder = Path(os.environ["VETTING_DATA"]) / "fraud/accounts"
    rows = [row for file in _FILES[name] for row in _rows(folder / file)]
    return [{"account_id": f"{name}-{i}", **_READ[name](row)} for i, row in enumerate(rows)]


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig") as lines:
        return list(csv.DictReader(lines))


_FILES = {
    "instafake": ["instafake_fake_v1.csv"],
    "kaggle": ["ig_fake_spammer_genuine_train.csv", "ig_fake_spammer_genuine_test.csv"],
    "parma": ["ig_parma_default.csv"],
    "seraphim": ["ig_seraphim_labelled.csv"],
}


def _share_of_digits(share: str) -> dict[str, int]:
    # the sets give digits per character; a name of a thousand characters keeps three decimals
    return {"username_length": 1000, "username_digits": round(1000 * float(share))}


_READ = {
    "instafake": lambda row: {
        "followers": int(row["userFollowerCount"]),
        "following": int(row["userFollowingCount"]),
        "posts": int(row["userMediaCount"]),
        "has_picture": row["userHasProfilPic"] == "1",
        "bio_length": int(row["userBiographyLength"]),
        "private": row["userIsPrivate"] == "1",
        "username_length": int(row["usernameLength"]),
        "username_digits": int(row["usernameDigitCount"]),
        "fake": row["isFake"] == "1",
    },
    "kaggle": lambda row: {
        "followers": int(row["#followers"]),
        "following": int(row["#follows"]),
        "posts": int(row["#posts"]),
        "has_picture": row["profile pic"] == "1",
        "bio_length": int(row["description length"]),
        "private": row["private"] == "1",
        **_share_of_digits(row["nums/length username"]),
        "fake": row["fake"] == "1",
    },
    "parma": lambda row: {
        "followers": int(row["#Followers"]),
        "following": int(row["#Following"]),
        "posts": int(row["#Posts"]),
        "has_picture": row["Profile Pic"] == "1",
        "bio_length": int(row["Bio Length"]),
        "private": row["Private"] == "1",
        "verified": row["Verified"] == "1",
        **_share_of_digits(row["Nums/Length Username"]),
        "fake": row["Fake"] == "1",
    },
    "seraphim": lambda row: {
        "followers": int(row["Followers"]),
        "following": int(row["Following"]),
        "posts": int(row["Posts"]),
        "private": row["Is private"] == "True",
        "username_length": int(row["username_len"]),
        "username_digits": int(row["username_digits"]),
        "fake": row["IsFake"] == "True",
    },
}
