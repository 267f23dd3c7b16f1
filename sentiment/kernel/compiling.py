"""The one way kernels are compiled."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar, cast

from numba import njit

if TYPE_CHECKING:
    from collections.abc import Callable

Function = TypeVar("Function", bound="Callable[..., object]")
Value = Any
"""A number or record whose type numba infers; the docstring says what it is."""


def compiled(function: Function) -> Function:
    """Compile a kernel: cached on disk, without the GIL, without reference counting.

    Counting references to arrays costs two atomic operations an array and call, which made
    these kernels three times slower; so they own no memory and allocate none. Callers hand
    them every array, scratch space included.

    Numba keeps machine code as long as the file of the function is unchanged, though it may
    hold code of functions in other files. Here it is kept as long as no kernel changed.
    """
    return _compiled(function, inline=False)


def inlined(function: Function) -> Function:
    """Compile a kernel that becomes part of every kernel that calls it."""
    return _compiled(function, inline=True)


def _compiled(function: Function, *, inline: bool) -> Function:
    options: dict[str, Any] = {"cache": True, "nogil": True, "forceinline": inline, "_nrt": False}
    dispatcher: Any = njit(**options)(function)
    dispatcher._cache._cache_file._source_stamp = _sources()  # noqa: SLF001 - see above
    return cast("Function", dispatcher)


@cache
def _sources() -> str:
    """Return a digest of every kernel's source."""
    digest = hashlib.sha256()
    for path in sorted(Path(__file__).parent.glob("*.py")):
        digest.update(path.read_bytes())
    return digest.hexdigest()
