"""A sample of follower accounts of the cast: people, and made accounts where they were bought."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from vetting.example.cast import stream

if TYPE_CHECKING:
    from vetting.example.cast import Member

_SAMPLE = 160
_MADE = {"bought-burst": 0.42, "drip-feed": 0.36, "purge": 0.22}  # share of made accounts
_ELSEWHERE = 0.04
_WORDS = ("mila", "jonas", "sara", "emil", "noor", "finn", "lucy", "oscar", "mei", "lin", "ella")


def follower_rows(member: Member, *, seed: int) -> list[dict[str, Any]]:
    """Return rows of ``followers``; none for a creator nobody sampled."""
    if member.is_unknown:
        return []
    draw = stream(member, "followers", seed=seed)
    made = _MADE.get(member.story, _ELSEWHERE)
    return [
        {"creator_id": member.id, "account_id": f"{member.id}-f{number:03d}"}
        | (_made(draw) if draw.random() < made else _person(draw))
        for number in range(_SAMPLE)
    ]


def _person(draw: np.random.Generator) -> dict[str, Any]:
    return {
        "followers": int(np.exp(draw.normal(5.4, 1.0))),
        "following": int(np.exp(draw.normal(5.8, 0.7))),
        "posts": int(np.exp(draw.normal(3.6, 1.3))),
        "has_picture": _yes(draw, 0.98),
        "bio_length": int(draw.integers(12, 120)) if draw.random() < 0.75 else 0,
        "username": f"{draw.choice(_WORDS)}.{draw.choice(_WORDS)}{draw.integers(1, 99)}",
        "private": _yes(draw, 0.35),
    }


def _made(draw: np.random.Generator) -> dict[str, Any]:
    return {
        "followers": int(draw.integers(0, 45)),
        "following": int(draw.integers(900, 7400)),
        "posts": int(draw.integers(0, 3)),
        "has_picture": _yes(draw, 0.45),
        "bio_length": 0,
        "username": f"{draw.choice(_WORDS)}{draw.integers(100_000, 99_999_999)}",
        "private": _yes(draw, 0.1),
    }


def _yes(draw: np.random.Generator, share: float) -> str:
    return str(bool(draw.random() < share)).lower()
