"""How a run is made: everything about it that is neither data nor brief."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import datetime as dt
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class Options:
    """How a run is made.

    Attributes
    ----------
    rules : tuple of str
        Rule packs; empty takes the built-in ones, ``builtin`` names them among others.
    waivers : Path or None
        A file of accepted exceptions.
    jobs : int
        Processes on this machine.
    cluster : str or None
        Address of a Dask scheduler.
    seed : int
        For everything drawn at random.
    as_of : datetime.date or None
        The day the run looks from; None takes the newest date in the data.
    keep_authors : bool
        Keep commenters' names instead of a keyed hash.
    resume : bool
        Take up what an interrupted run left in the run directory.
    """

    rules: tuple[str, ...] = ()
    waivers: Path | None = None
    jobs: int = 1
    cluster: str | None = None
    seed: int = 0
    as_of: dt.date | None = None
    keep_authors: bool = False
    resume: bool = False
