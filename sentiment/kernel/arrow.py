"""Arrow text columns as the two numpy arrays every kernel reads; no scoring happens here."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias, TypeVar

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from sentiment.errors import SentimentError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    Texts: TypeAlias = pa.Array | pa.ChunkedArray | Sequence[str | None]


Number = TypeVar("Number", np.uint8, np.int64)


def text_array(texts: Texts) -> pa.LargeStringArray:
    """Return any text column as one large_string array, without copying bytes if it can.

    Parameters
    ----------
    texts : pyarrow Array or ChunkedArray of text, or sequence of str or None
        ``string``, ``large_string``, ``string_view``, dictionaries of these and ``null``.
        In a Python string each lone surrogate half, which UTF-8 cannot hold, becomes U+FFFD.

    Returns
    -------
    pyarrow.LargeStringArray
        Same length and order; nulls stay null.

    Raises
    ------
    SentimentError
        When the column is not text.
    """
    if isinstance(texts, pa.ChunkedArray):
        texts = texts.chunk(0) if texts.num_chunks == 1 else texts.combine_chunks()
    if not isinstance(texts, pa.Array):
        return _from_python(texts)
    kind = texts.type
    if pa.types.is_dictionary(kind):
        texts, kind = texts.dictionary_decode(), kind.value_type
    if pa.types.is_large_string(kind):
        return texts
    if pa.types.is_string(kind) or pa.types.is_string_view(kind) or pa.types.is_null(kind):
        return pc.cast(texts, pa.large_string())
    raise SentimentError(
        "comments must be a column of text",
        found=f"a column of type {kind}",
        allowed="string, large_string, string_view, a dictionary of these, or null",
        hint="Cast the column to text, or name the right one.",
    )


def _from_python(texts: Sequence[str | None]) -> pa.LargeStringArray:
    if isinstance(texts, str):
        raise SentimentError(
            "comments must be a list of texts", found="one text", hint="Put it into a list."
        )
    try:
        return pa.array(texts, pa.large_string())
    except UnicodeEncodeError:
        return pa.array([_without_lone_surrogates(text) for text in texts], pa.large_string())
    except pa.ArrowException as error:
        raise SentimentError(
            "comments must be texts or None", found=str(error), hint="Convert the others to str."
        ) from error


def _without_lone_surrogates(text: str | None) -> str | None:
    if text is None:
        return None
    return "".join("\ufffd" if "\ud800" <= char <= "\udfff" else char for char in text)


def text_buffers(array: pa.LargeStringArray) -> tuple[NDArray[np.uint8], NDArray[np.int64]]:
    """Return the bytes and the row boundaries of a large_string array.

    Parameters
    ----------
    array : pyarrow.LargeStringArray
        May be a slice and may hold nulls.

    Returns
    -------
    data : read-only ndarray of uint8
        UTF-8 of all rows, not necessarily starting at row 0 (see ``offsets``).
    offsets : read-only ndarray of int64, shape (len(array) + 1,)
        Row ``i`` is ``data[offsets[i]:offsets[i + 1]]``. A null row is empty, so a kernel
        needs no mask; callers put the nulls back with ``array.is_null()``.
    """
    if array.null_count:
        array = pc.fill_null(array, "")
    _, offsets_buffer, data_buffer = array.buffers()
    if len(array) == 0 or offsets_buffer is None:
        return _frozen(np.empty(0, np.uint8)), _frozen(np.zeros(1, np.int64))
    every = np.frombuffer(offsets_buffer, np.int64)
    offsets = every[array.offset : array.offset + len(array) + 1]
    data = np.empty(0, np.uint8) if data_buffer is None else np.frombuffer(data_buffer, np.uint8)
    return _frozen(data), _frozen(offsets)


def _frozen(values: NDArray[Number]) -> NDArray[Number]:
    """Return a read-only view: numba compiles read-only and writable arrays apart."""
    view = values.view()
    view.flags.writeable = False
    return view
