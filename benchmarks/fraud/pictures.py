"""Draw the pictures of docs/fraud.md from the made-up creators.

Run from the repository: python benchmarks/fraud/pictures.py
"""

from __future__ import annotations

import datetime as dt
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

from vetting.datafiles import data_root
from vetting.detecting import run_detector
from vetting.judging.rule import number_of
from vetting.synthetic.cases import case_store, case_tables
from vetting.yamlfile import read_yaml

if TYPE_CHECKING:
    from vetting.records import Detection

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "docs" / "images" / "fraud"
PICTURES = {
    "bought-burst": "follower-burst",
    "drip-feed": "drip-feed",
    "viral-rise": "follower-burst",
    "giveaway": "giveaway-growth",
    "purge": "purge-drop",
    "follow-rounds": "follow-rounds",
    "round-jumps": "round-jumps",
    "hockey-stick": "hockey-stick",
    "rounding-steps": "follower-burst",
    "even-likes": "even-likes",
    "likes-that-vary": "even-likes",
}
WIDTH, HEIGHT, TOP, LINE, BARS = 640, 220, 34, 106, 40
INK, LINE_INK, BAR_INK, MARK = "#1f2933", "#1d4ed8", "#9aa5b1", "#f59e0b"


def draw(name: str) -> str:
    """Return one picture: followers as a line, views a day as bars, found days shaded."""
    tables = case_tables(name)
    rule = PICTURES[name]
    found = detection(name, rule)
    verdict = {"fired": "found", "clear": "clear"}[found.state]
    if found.explained:
        verdict += ", explained"
    if "growth" not in tables:
        return frame(
            name,
            f"{rule}: {verdict}",
            like_bars(tables["posts"]),
            "likes of 40 posts, oldest first",
        )
    rows = tables["growth"]
    followers = [row["followers"] for row in rows]
    views = [0.0] + [b["views"] - a["views"] for a, b in pairwise(rows)]
    first = rows[0]["date"]
    shades = [
        shade(
            (day(row["start"]) - first).days,
            (day(row.get("end", row["start"])) - first).days,
            len(rows),
        )
        for row in found.evidence
        if "start" in row
    ] + [
        shade((day(row["date"]) - first).days, (day(row["date"]) - first).days, len(rows))
        for row in found.evidence
        if "date" in row
    ]
    if name == "follow-rounds":
        shown, label = (
            [row["following"] for row in rows],
            "followed accounts a day (bars), followers (line)",
        )
    else:
        shown, label = views, "views a day (bars), followers (line)"
    body = "".join(shades) + bars(shown) + line(followers)
    return frame(name, f"{rule}: {verdict}", body, label)


def detection(name: str, rule: str) -> Detection:
    (path,) = data_root("rules").glob(f"*/{rule}.yaml")
    text = read_yaml(path).data
    params = {key: number_of(value) for key, value in text["params"].items()}
    return run_detector(case_store(name), text["detector"], params=params)[0]


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


def x_of(i: float, n: int) -> float:
    return 16 + i * (WIDTH - 32) / (n - 1)


def line(values: list[float]) -> str:
    low, high = min(values), max(values)
    points = " ".join(
        f"{x_of(i, len(values)):.1f},{TOP + LINE - (v - low) / max(high - low, 1) * LINE:.1f}"
        for i, v in enumerate(values)
    )
    labels = (
        f'<text x="{WIDTH - 16}" y="{TOP - 4}" text-anchor="end">{high:,}</text>'
        f'<text x="16" y="{TOP + LINE + 14}">{low:,}</text>'
    )
    return f'<polyline points="{points}" fill="none" stroke="{LINE_INK}" stroke-width="2"/>{labels}'


def bars(values: list[float]) -> str:
    high, base = max(values), HEIGHT - 20
    wide = (WIDTH - 32) / len(values)
    path = "".join(
        f"M{x_of(i, len(values)):.1f} {base}v{-v / high * BARS:.1f}"
        for i, v in enumerate(values)
        if v > 0
    )
    return f'<path d="{path}" stroke="{BAR_INK}" stroke-width="{max(wide - 0.6, 0.8):.1f}"/>'


def like_bars(posts: list[dict[str, Any]]) -> str:
    likes = [row["likes"] for row in reversed(posts)]
    high, base = max(likes), HEIGHT - 20
    wide = (WIDTH - 32) / len(likes)
    return "".join(
        f'<rect x="{16 + i * wide:.1f}" y="{base - v / high * 150:.1f}" width="{wide - 2:.1f}" '
        f'height="{v / high * 150:.1f}" fill="{LINE_INK}"/>'
        for i, v in enumerate(likes)
    )


def shade(start: int, end: int, n: int) -> str:
    left, right = x_of(start - 0.5, n), x_of(end + 0.5, n)
    return (
        f'<rect x="{left:.1f}" y="{TOP - 8}" width="{right - left:.1f}" '
        f'height="{HEIGHT - TOP - 12}" fill="{MARK}" opacity="0.3"/>'
    )


def frame(name: str, title: str, body: str, label: str) -> str:
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" '
        f'font-family="sans-serif" font-size="12" fill="{INK}">'
        f"<title>{name.replace('-', ' ')}: {title}</title>"
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#ffffff"/>'
        f'<text x="16" y="16" font-weight="bold">{title}</text>{body}'
        f'<text x="16" y="{HEIGHT - 5}" fill="#52606d">{label}</text></svg>\n'
    )


if __name__ == "__main__":
    FOLDER.mkdir(parents=True, exist_ok=True)
    for picture in PICTURES:
        (FOLDER / f"{picture}.svg").write_text(draw(picture), encoding="utf-8")
        print(picture)
