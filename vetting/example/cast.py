"""Who plays in the example campaign: read from ``cast.yaml`` and ``texts/``."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping

FOLDER = Path(__file__).resolve().parent


@dataclass(frozen=True, slots=True)
class Member:
    """One made-up creator.

    Attributes
    ----------
    id, name, platform, country, language, category : str
    followers : int
        Before anything happens.
    views : int
        Of a usual post.
    likes : float
        Per view.
    story : str
        What is true of the creator.
    share : float
        Size of the event the story tells, as a share of followers or of comments.
    fires : tuple of str
        Detectors that must fire; every other one must not.
    audience : mapping
        Dimension to bucket to share; empty when there is no audience table.
    extra : mapping
        Further columns of ``creators``.
    """

    id: str
    name: str
    platform: str
    country: str
    language: str
    category: str
    followers: int
    views: int
    likes: float
    story: str
    share: float = 0.0
    fires: tuple[str, ...] = ()
    audience: Mapping[str, Mapping[str, float]] = field(default_factory=dict)
    extra: Mapping[str, Any] = field(default_factory=dict)

    @property
    def is_unknown(self) -> bool:
        """Tell whether the team has hardly any data about the creator."""
        return self.story == "too-little-data"


@dataclass(frozen=True, slots=True)
class Cast:
    """Everybody, the day the files were made, and how many days of history they hold."""

    members: tuple[Member, ...]
    as_of: dt.date
    history_days: int


_FIELDS = {
    "id", "name", "platform", "country", "language", "category", "followers", "views", "likes",
    "story", "share",
}  # fmt: skip


@cache
def read_cast() -> Cast:
    """Read ``cast.yaml``."""
    loaded = _read_yaml(FOLDER / "cast.yaml")
    members = tuple(_member(entry, loaded["audiences"]) for entry in loaded["creators"])
    return Cast(members, loaded["as_of"], loaded["history_days"])


@cache
def read_texts(language: str) -> Mapping[str, Any]:
    """Read the comments and captions of a language, by kind."""
    texts: Mapping[str, Any] = _read_yaml(FOLDER / "texts" / f"{language}.yaml")
    return texts


def stream(member: Member, purpose: str, *, seed: int) -> np.random.Generator:
    """Return random numbers that depend on nothing but the creator, the purpose and the seed."""
    return np.random.default_rng([seed, *member.id.encode(), *purpose.encode()])


def _member(entry: Mapping[str, Any], audiences: Mapping[str, Any]) -> Member:
    fields = {name: entry[name] for name in _FIELDS & entry.keys()}
    extra = {name: entry[name] for name in entry if name not in {*_FIELDS, "fires", "audience"}}
    if "fee" in extra:
        extra = {"currency": "EUR", **extra}
    return Member(
        **fields,
        fires=tuple(entry.get("fires", ())),
        audience=audiences.get(entry.get("audience", ""), {}),
        extra=extra,
    )


def _read_yaml(path: Path) -> Any:  # noqa: ANN401 - whatever the file holds
    from ruamel.yaml import YAML

    return YAML(typ="safe").load(path.read_text(encoding="utf-8"))
