"""JSON documents, whole or cut off.

Which records a document holds is each importer's business.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from vetting.errors import VettingError
from vetting.importers._bytes import open_text

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_MARK = re.compile(r'"(?:[^"\\]|\\.)*"|[\[\]{},]|"', re.DOTALL)
_CLOSERS = {"{": "}", "[": "]"}
_DEEPEST = 200


def load(path: Path) -> tuple[Any, int | None]:
    """Read a JSON document; a file that ends in the middle gives what was whole.

    Returns
    -------
    document : object
    cut : int or None
        Line where the file breaks off; None when it is whole.

    Raises
    ------
    VettingError
        When it is no JSON.
    """
    with open_text(path) as file:
        text = file.read()
    try:
        return json.loads(text), None
    except RecursionError:
        raise VettingError("the JSON is nested too deeply", path=str(path)) from None
    except json.JSONDecodeError as error:
        document = mended(text)
        if document is None or not _at_end(text, error):
            raise _broken(path, error) from None
        return document, error.lineno


def lines(path: Path) -> Iterator[tuple[int, Any | None, str]]:
    """Read JSON lines: line number, value (None when broken), and the text of the line."""
    with open_text(path) as file:
        for number, line in enumerate(file, start=1):
            text = line.strip("\ufeff \t\r\n")
            if not text:
                continue
            try:
                yield number, json.loads(text), text
            except (ValueError, RecursionError):
                yield number, None, text


def mended(text: str) -> Any:  # noqa: ANN401 - any JSON value
    """Return what is whole of a document cut off in the middle; None when nothing is.

    Examples
    --------
    >>> mended('[{"a": 1}, {"a": 2, "b": "cut o')
    [{'a': 1}, {'a': 2}]
    """
    stack: list[str] = []
    safe: tuple[int, tuple[str, ...]] | None = None
    for match in _MARK.finditer(text):
        mark = match[0]
        if mark == '"':  # an open string: nothing after it is whole
            break
        if mark in _CLOSERS:
            stack.append(_CLOSERS[mark])
            safe = (match.end(), tuple(stack))
        elif mark in {"]", "}"}:
            if not stack or stack.pop() != mark:
                break
            safe = (match.end(), tuple(stack))
        elif mark == ",":
            safe = (match.start(), tuple(stack))
        if len(stack) > _DEEPEST:
            return None
    if safe is None:
        return None
    end, open_ = safe
    try:
        return json.loads(text[:end] + "".join(reversed(open_)))
    except ValueError:
        return None


def _at_end(text: str, error: json.JSONDecodeError) -> bool:
    """Tell a file that was cut off from one that is broken in the middle."""
    if "Unterminated string" in error.msg:
        return True
    return not text[error.pos :].strip()


def _broken(path: Path, error: json.JSONDecodeError) -> VettingError:
    line = error.doc.splitlines()[error.lineno - 1 : error.lineno]
    return VettingError(
        f"this is no valid JSON: {error.msg}",
        path=str(path),
        line=error.lineno,
        column=error.colno,
        source_line=line[0] if line and len(line[0]) < 200 else None,
        hint="Export the file again.",
    )
