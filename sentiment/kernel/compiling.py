"""The one way kernels are compiled."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar, cast

from numba import njit

if TYPE_CHECKING:
    from collections.abc import Callable

Function = TypeVar("Function", bound="Callable[..., object]")


def compiled(function: Function) -> Function:
    """Compile a kernel: cached on disk, without the GIL, without reference counting.

    Counting references to arrays costs two atomic operations an array and call, which made
    these kernels three times slower; so they own no memory and allocate none. Callers hand
    them every array, scratch space included.
    """
    return cast("Function", njit(cache=True, nogil=True, _nrt=False)(function))
