"""Plants pods and shared audiences in real TikTok comments and counts which are found.

Run: ``VETTING_DATA=... python benchmarks/pods.py [--rounds N] [--seed N]``. Pods have 5 to 40
accounts over 3 to 10 creators and comment within the first hour in stock praise; shared audiences
are as large, sit under the same creators, but comment when and what real people there did.
"""

from __future__ import annotations

import argparse
import json
import os
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa

from sentiment import score_comments
from vetting.commenters.copies import find_copies
from vetting.commenters.pods import find_pods
from vetting.commenters.rows import number_comments

if TYPE_CHECKING:
    import duckdb

PRAISE = ("love this 😍", "so pretty!!", "amazing 🔥🔥",
          "wow", "gorgeous", "obsessed 😍😍", "queen 👑", "stunning", "this is everything", "goals",
          "so good", "yesss", "beautiful ❤️", "🔥🔥🔥", "need this",
          "iconic",
          "you look amazing", "perfect", "love love love", "best content")  # fmt: skip
GROUPS = 5
"""Pods and shared audiences planted in each round."""

FOUND = 0.5
"""A planted group counts as found when one group holds this share of its accounts."""


def main() -> None:
    """Print the share of planted pods found and of planted shared audiences flagged."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=8)
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args()
    random = np.random.default_rng(options.seed)
    comments = read_comments(Path(os.environ["VETTING_DATA"]) / "creators/tiktok")
    untouched = flagged(comments)
    print(f"untouched data: {len(untouched)} groups flagged as pods")
    found = {"pod": [], "audience": []}
    reach: list[float] = []
    for _ in range(options.rounds):
        added, groups = plant(comments, random)
        suspects = flagged(pa.concat_tables([comments, added]))
        for kind, accounts in groups:
            best = max((len(accounts & group) / len(accounts) for group in suspects), default=0.0)
            found[kind].append(best >= FOUND)
            if kind == "pod":
                reach.append(best)
    print(f"planted pods found:        {np.mean(found['pod']):.3f} of {len(found['pod'])}")
    print(f"their accounts found:      {np.mean(reach):.3f}")
    print(
        f"shared audiences flagged:  {np.mean(found['audience']):.3f} of {len(found['audience'])}"
    )


def read_comments(folder: Path) -> pa.Table:
    """Read the comments of every creator and score their quality."""
    rows = []
    for path in sorted((folder / "comments").glob("*/*.json")):
        for item in json.loads(path.read_text("utf-8")):
            if item.get("text") and item.get("uid") and item.get("createTime"):
                place = (path.parent.name, path.stem)
                rows.append((*place, item["uid"], item["createTime"], item["text"]))
    creator, post, author, at, text = zip(*rows, strict=True)
    return _table(creator, post, author, at, text)


def _table(creator, post, author, at, text) -> pa.Table:  # noqa: ANN001  # five equal columns
    texts = pa.array(text, pa.string())
    return pa.table(
        {
            "creator_id": pa.array(creator), "post_id": pa.array(post), "author": pa.array(author),
            "published_at": pa.array(np.array(at, "datetime64[s]")), "text": texts,
            "quality": score_comments(texts)["quality"],
        }
    )  # fmt: skip


def plant(
    comments: pa.Table, random: np.random.Generator
) -> tuple[pa.Table, list[tuple[str, set[str]]]]:
    """Return added comments, and which accounts form which kind of group."""
    frame = {
        name: np.array(comments[name].to_pylist()) for name in ("creator_id", "post_id", "text")
    }
    at = comments["published_at"].to_numpy().astype("datetime64[s]").astype(np.int64)
    rows: list[tuple[str, str, str, int, str]] = []
    groups = []
    creators = np.unique(frame["creator_id"])
    for kind in ("pod", "audience") * GROUPS:
        size, span = int(random.integers(5, 41)), int(random.integers(3, 11))
        accounts = [f"{kind}-{i}-{random.integers(1 << 40)}" for i in range(size)]
        for creator in random.choice(creators, span, replace=False):
            mine = np.flatnonzero(frame["creator_id"] == creator)
            posts = np.unique(frame["post_id"][mine])
            for post in random.choice(
                posts, min(len(posts), int(random.integers(2, 6))), replace=False
            ):
                here = mine[frame["post_id"][mine] == post]
                start = at[here].min()
                share = random.uniform(0.5, 0.9) if kind == "pod" else random.uniform(0.2, 0.9)
                for account in accounts:
                    if random.random() > share:
                        continue
                    pick = random.choice(here)
                    when = (
                        start + random.exponential(1200)
                        if kind == "pod"
                        else at[pick] + random.normal(0, 600)
                    )
                    what = random.choice(PRAISE) if kind == "pod" else frame["text"][pick]
                    rows.append((str(creator), str(post), account, int(when), str(what)))
        groups.append((kind, set(accounts)))
    return _table(*zip(*rows, strict=True)), groups


def flagged(comments: pa.Table) -> list[set[str]]:
    """Return the accounts of each group that the check calls a pod."""
    con = _open(comments)
    number_comments(con)
    find_copies(con)
    find_pods(con)
    members = con.execute(
        "SELECT pod, list(author) FROM pod_members JOIN pods USING (pod) WHERE is_pod GROUP BY pod"
    )
    return [set(authors) for _, authors in members.fetchall()]


def _open(comments: pa.Table) -> duckdb.DuckDBPyConnection:
    import duckdb

    con = duckdb.connect(config={"threads": 1})
    con.register("given", comments)
    con.execute(
        """
        CREATE TABLE comments AS
        SELECT *, FALSE AS by_creator, NULL::VARCHAR AS comment_id, NULL::BIGINT AS likes,
               NULL::VARCHAR AS language, NULL::VARCHAR AS sentiment,
               NULL::DOUBLE AS sentiment_score, NULL::VARCHAR AS intent,
               NULL::DOUBLE AS purchase_intent,
               NULL::VARCHAR AS cues FROM given;
        CREATE VIEW audience_comments AS SELECT * FROM comments;
        CREATE TABLE posts (creator_id VARCHAR, post_id VARCHAR, published_at TIMESTAMP,
                            caption VARCHAR)
        """
    )
    return con


if __name__ == "__main__":
    main()
