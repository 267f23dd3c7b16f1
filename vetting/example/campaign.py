"""Writes the example campaign into a folder: the files a team has before a campaign."""

from __future__ import annotations

import csv
import json
import shutil
from typing import TYPE_CHECKING, Any

from vetting.example.cast import FOLDER, read_cast
from vetting.example.commenting import comment_rows
from vetting.example.following import follower_rows
from vetting.example.growing import growth_rows
from vetting.example.posting import post_rows

if TYPE_CHECKING:
    from pathlib import Path

    from vetting.example.cast import Cast, Member

SEED = 20260315
TRUTH = "truth.json"


def write_campaign(folder: Path, *, seed: int = SEED) -> tuple[Path, Path]:
    """Write the campaign as CSV files and a brief; the truth beside the folder, not in it.

    Parameters
    ----------
    folder : Path
        Made when missing; files of the same names are replaced.
    seed : int
        The same seed gives the same bytes.

    Returns
    -------
    brief : Path
        ``brief.yaml`` in the folder.
    truth : Path
        ``truth.json`` beside the folder: creator to story and the detectors that must fire.
    """
    folder.mkdir(parents=True, exist_ok=True)
    cast = read_cast()
    for name, rows in campaign_tables(cast, seed=seed).items():
        _write_csv(folder / f"{name}.csv", rows)
    brief = folder / "brief.yaml"
    shutil.copyfile(FOLDER / "brief.yaml", brief)
    truth = folder.parent / TRUTH
    told = {member.id: {"story": member.story, "fires": member.fires} for member in cast.members}
    truth.write_text(json.dumps(told, indent=2, sort_keys=True) + "\n", encoding="utf-8")
    return brief, truth


def campaign_tables(cast: Cast, *, seed: int = SEED) -> dict[str, list[dict[str, Any]]]:
    """Return the rows of every table, creator by creator."""
    tables: dict[str, list[dict[str, Any]]] = {
        name: [] for name in ("creators", "posts", "comments", "growth", "audience", "followers")
    }
    for member in cast.members:
        posts = post_rows(member, cast, seed=seed)
        growth = growth_rows(member, cast, seed=seed)
        tables["creators"].append(_creator(member, growth, cast))
        tables["posts"] += posts
        tables["comments"] += comment_rows(member, posts, seed=seed)
        tables["growth"] += growth
        tables["followers"] += follower_rows(member, seed=seed)
        tables["audience"] += [
            {"creator_id": member.id, "dimension": dimension, "bucket": bucket, "share": share}
            for dimension, buckets in member.audience.items()
            for bucket, share in buckets.items()
        ]
    return tables


def _creator(member: Member, growth: list[dict[str, Any]], cast: Cast) -> dict[str, Any]:
    return {
        "creator_id": member.id,
        "platform": member.platform,
        "handle": member.id,
        "name": member.name,
        "category": member.category,
        "country": member.country,
        "language": member.language,
        "followers": growth[-1]["followers"] if growth else member.followers,
        "following": 300 + 7 * len(member.id),
        "observed_at": f"{cast.as_of.isoformat()}T18:00:00",
        **member.extra,
    }


def _write_csv(path: Path, rows: list[dict[str, Any]]) -> None:
    columns = list(dict.fromkeys(column for row in rows for column in row))
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
