"""What rules may talk about: facts with types. How they are computed lives elsewhere."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping

    from vetting.records import ListSpec

FactType = Literal["number", "text", "boolean", "date", "list_of_text"]


@dataclass(frozen=True, slots=True)
class Fact:
    """One name a rule may use.

    Attributes
    ----------
    name : str
        Dotted: ``engagement.rate_by_views``, ``creator.country``, ``brief.goal``,
        ``detected.follower_burst`` (true fired, false clear, NULL unknown).
        A measure also offers ``.low``, ``.high`` and ``.n``.
    type : FactType
    unit : str
        ``share``, ``count`` ... ; empty for text.
    title : str
    home : {"measure", "creator", "brief", "detector"}
        Where the value stands: ``measures``, ``roster``, the brief, ``detections``.
    """

    name: str
    type: FactType
    unit: str
    title: str
    home: Literal["measure", "creator", "brief", "detector"]


@dataclass(frozen=True, slots=True)
class Catalogue:
    """All facts and all lists of events, by name."""

    facts: Mapping[str, Fact]
    lists: Mapping[str, ListSpec]
