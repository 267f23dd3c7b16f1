"""How a run is made: everything about it that is neither data nor brief."""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import TYPE_CHECKING

from vetting.errors import VettingError, raise_all

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
    cues : tuple of Path
        The user's own intent cues, on top of the shipped ones.
    jobs : int
        Processes on this machine; -1 takes every core.
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

    Raises
    ------
    VettingError
        When ``jobs`` is neither -1 nor a number of processes, or ``seed`` is below 0.
    """

    rules: tuple[str, ...] = ()
    waivers: Path | None = None
    cues: tuple[Path, ...] = ()
    jobs: int = 1
    cluster: str | None = None
    seed: int = 0
    as_of: dt.date | None = None
    keep_authors: bool = False
    resume: bool = False

    def __post_init__(self) -> None:
        wrong = []
        if self.jobs != -1 and self.jobs < 1:
            wrong.append(
                VettingError(
                    "--jobs is no number of processes",
                    found=str(self.jobs),
                    allowed="1 or more, or -1 for every core",
                )
            )
        if self.seed < 0:
            wrong.append(
                VettingError("--seed is below zero", found=str(self.seed), allowed="0 or more")
            )
        raise_all(wrong)

    @property
    def threads(self) -> int:
        """``jobs`` as a number of threads, 1 or more."""
        return self.jobs if self.jobs > 0 else os.cpu_count() or 1
