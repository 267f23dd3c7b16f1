"""Runs parts that each make one file, here or on a cluster, and skips those already made."""

from __future__ import annotations

from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from vetting.errors import VettingError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class Part:
    """One piece of work.

    Attributes
    ----------
    target : Path
        The file the part makes; a part whose target exists is done.
    arguments : tuple
        Handed to the function after the target; must be picklable for a cluster.
    """

    target: Path
    arguments: tuple[Any, ...]


def run_parts(
    function: Callable[..., None],
    parts: Sequence[Part],
    *,
    jobs: int = 1,
    cluster: str | None = None,
) -> Iterator[Part]:
    """Run every part that is not done yet and yield parts as they become whole, in order.

    Parameters
    ----------
    function : callable
        ``function(path, *arguments)`` writes ``path``. It is given a path beside the target, which
        is renamed only when it returns.
    parts : sequence of Part
    jobs : int
        Processes on this machine; 1 runs in this process, -1 takes every core.
    cluster : str or None
        Address of a Dask scheduler (``tcp://host:port``); None runs here. Workers must see the
        same files, and need the ``dask`` extra.

    Raises
    ------
    VettingError
        When a cluster is asked for and the extra is not installed or nobody answers.
    """
    todo = [part for part in parts if not part.target.exists()]
    if cluster is None and jobs == 1:
        for part in todo:
            _make(function, part)
    elif todo:
        import joblib

        with _backend(cluster):
            pool = joblib.Parallel(n_jobs=jobs, return_as="generator_unordered")
            for _ in pool(joblib.delayed(_make)(function, part) for part in todo):
                pass
    yield from parts


def _make(function: Callable[..., None], part: Part) -> None:
    beside = part.target.with_name(part.target.name + ".part")
    function(beside, *part.arguments)
    beside.replace(part.target)


def _backend(cluster: str | None) -> AbstractContextManager[Any]:
    if cluster is None:
        return nullcontext()
    import joblib

    try:
        from distributed import Client
    except ImportError as error:
        raise VettingError(
            "a cluster needs the extra parts of the package",
            found="the module distributed is not installed",
            hint="Install creator-vetting[dask].",
        ) from error
    try:
        client = Client(cluster, timeout=10)
    except (OSError, ValueError, TimeoutError) as error:
        raise VettingError(
            "no scheduler answers at this address", found=cluster, hint="Check --cluster."
        ) from error
    backend: AbstractContextManager[Any] = joblib.parallel_config("dask", client=client)
    return backend
