"""Writes result files whole or not at all, and keeps spreadsheet cells from becoming formulas.

What stands in the files is decided elsewhere (``vetting.reports``, ``vetting.audit``).
"""

from __future__ import annotations

import contextlib
import json
import os
from typing import TYPE_CHECKING, Any

from vetting.errors import VettingError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

# Spreadsheets take a cell for a formula when it begins with one of these; the full-width forms
# count in East Asian locales (OWASP, "CSV Injection", read 2026-11-28).
_FORMULA_STARTS = frozenset("=+-@\t\r\n＝＋－＠")


@contextlib.contextmanager
def replacing(path: Path) -> Iterator[Path]:
    """Give a path beside ``path`` to write to; it takes the place of ``path`` when all went well.

    A reader never sees half a file, and a run that breaks leaves the old file as it was.

    Parameters
    ----------
    path : Path
        The file wanted; its folder is made when it is missing.

    Yields
    ------
    Path
        A name in the same folder, removed again when the block raises.

    Raises
    ------
    VettingError
        When the system refuses.
    """
    beside = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        yield beside
        beside.replace(path)
    except OSError as error:
        raise VettingError(
            "this file could not be written",
            path=str(path),
            found=error.strerror or str(error),
            hint="Check that the folder is one, that it may be written to, and that there is room.",
        ) from error
    finally:
        with contextlib.suppress(OSError):
            beside.unlink(missing_ok=True)


def make_folder(path: Path) -> None:
    """Make a folder and those above it; nothing happens when it is there.

    Raises
    ------
    VettingError
        When the system refuses.
    """
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise VettingError(
            "this folder could not be made",
            path=str(path),
            found=error.strerror or str(error),
            hint="Check that the folder above it is one and may be written to.",
        ) from error


def write_whole(path: Path, content: str | bytes) -> None:
    """Write a text (UTF-8, line ends kept) or bytes whole or not at all."""
    data = content.encode("utf-8") if isinstance(content, str) else content
    with replacing(path) as beside:
        beside.write_bytes(data)


def write_pieces(path: Path, pieces: Iterable[str]) -> None:
    """Write a text that comes in pieces (UTF-8, line ends kept) whole or not at all."""
    with replacing(path) as beside, beside.open("w", encoding="utf-8", newline="") as file:
        file.writelines(pieces)


def json_text(value: Any, *, indent: int | None = None) -> str:  # noqa: ANN401 - any JSON value
    """Return JSON with the keys in the order given, text unescaped, and no NaN.

    Parameters
    ----------
    value : object
        Plain JSON values: mappings, lists, text, numbers, booleans, None.
    indent : int or None
        None puts everything on one line.

    Raises
    ------
    ValueError
        When a number is NaN or infinite: JSON has neither, and missing is ``null``.
    """
    return json.dumps(value, ensure_ascii=False, allow_nan=False, indent=indent)


def harmless_cell(text: str) -> str:
    """Return a text that no spreadsheet takes for a formula, for CSV cells.

    Examples
    --------
    >>> harmless_cell("=cmd()")
    "'=cmd()"
    >>> harmless_cell("price = 3")
    'price = 3'
    """
    return f"'{text}" if text[:1] in _FORMULA_STARTS else text
