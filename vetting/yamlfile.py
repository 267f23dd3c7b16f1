"""YAML files with the place of every key and value, read as people mean them.

``no`` stays text, a key given twice is an error, tags and aliases are refused. What the keys
mean is not here.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from vetting.errors import VettingError, VettingErrors

if TYPE_CHECKING:
    from collections.abc import Mapping

Key = tuple["str | int", ...]

# YAML 1.2 core schema, without its octal and hexadecimal numbers: nobody writes those in a rule.
_WHOLE = re.compile(r"[-+]?[0-9]+")
_DECIMAL = re.compile(r"[-+]?([0-9]+\.[0-9]*|\.[0-9]+|[0-9]+)([eE][-+]?[0-9]+)?")
_WORDS: Mapping[str, bool | None] = {
    "": None,
    "~": None,
    "null": None,
    "true": True,
    "false": False,
}
_KINDS = ("str", "int", "float", "bool", "null", "map", "seq", "timestamp", "merge", "value")
_STANDARD_TAGS = frozenset(f"tag:yaml.org,2002:{kind}" for kind in _KINDS)
_MAX_BYTES = 1_000_000
_MAX_DEPTH = 30


@dataclass(frozen=True, slots=True)
class YamlFile:
    """One YAML document and where everything in it stands.

    Attributes
    ----------
    path : str
        As shown in errors.
    data : Any
        Plain mappings, lists, texts, numbers, booleans and None. Dates stay text.
    lines : tuple of str
        The file, for showing the line an error is about.
    values, keys : mapping of Key to (int, int)
        Line and column, counted from 1, of a value and of the key before it. A Key is the way
        to the value: ``("tests", 0, "facts")``.
    """

    path: str
    data: Any
    lines: tuple[str, ...]
    values: Mapping[Key, tuple[int, int]]
    keys: Mapping[Key, tuple[int, int]]

    def error(
        self,
        what: str,
        at: Key = (),
        *,
        key: bool = False,
        found: str | None = None,
        allowed: str | None = None,
        hint: str | None = None,
    ) -> VettingError:
        """Return (not raise) an error about the value ``at``, or about its key."""
        line, column = self._place(at, key=key)
        return self.error_at(line, column, what, found=found, allowed=allowed, hint=hint)

    def error_at(
        self,
        line: int,
        column: int,
        what: str,
        *,
        found: str | None = None,
        allowed: str | None = None,
        hint: str | None = None,
    ) -> VettingError:
        """Return an error about one line and column, both counted from 1."""
        return VettingError(
            what,
            path=self.path,
            line=line,
            column=column,
            found=found,
            allowed=allowed,
            hint=hint,
            source_line=self.lines[line - 1] if 0 < line <= len(self.lines) else None,
        )

    def _place(self, at: Key, *, key: bool) -> tuple[int, int]:
        """Fall back to the nearest place that exists: a missing key is shown at its parent."""
        for length in range(len(at), -1, -1):
            way = at[:length]
            if key and way in self.keys:
                return self.keys[way]
            if way in self.values:
                return self.values[way]
        return 1, 1


def read_yaml(path: Path | str) -> YamlFile:
    """Read one YAML file.

    Parameters
    ----------
    path : Path or str
        UTF-8, one document, at most 1 MB and 30 levels deep.

    Raises
    ------
    VettingError
        With the place: not there, not YAML, a key twice, a tag or alias, too large or too deep.
    """
    try:
        raw = Path(path).read_bytes()
    except OSError as error:
        raise VettingError(
            "the file cannot be read", path=str(path), found=error.strerror or "an error"
        ) from None
    if len(raw) > _MAX_BYTES:
        raise VettingError(
            "the file is too large for hand-written YAML",
            path=str(path),
            found=f"{len(raw):,} bytes",
            allowed=f"{_MAX_BYTES:,} bytes",
        )
    try:
        return parse_yaml(raw.decode("utf-8-sig"), str(path))
    except UnicodeDecodeError as error:
        raise VettingError(
            "the file is not UTF-8", path=str(path), found=f"byte {error.start}"
        ) from None


def parse_yaml(text: str, path: str) -> YamlFile:
    """Read YAML from text; ``path`` is what errors show. Raises as ``read_yaml`` does."""
    lines = tuple(text.splitlines())
    node = _compose(text, path, lines)
    reading = _Reading(path, lines)
    data = None if node is None else reading.value(node, ())
    if reading.errors:
        raise reading.errors[0] if len(reading.errors) == 1 else VettingErrors(reading.errors)
    return YamlFile(path, data, lines, reading.values, reading.keys)


def _compose(text: str, path: str, lines: tuple[str, ...]) -> Any:  # noqa: ANN401 - ruamel's node
    from ruamel.yaml import YAML
    from ruamel.yaml.error import MarkedYAMLError, YAMLError

    try:
        return YAML(typ="safe", pure=True).compose(text)
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
        raise VettingError(
            f"this is not YAML: {error.problem or error.context}",
            path=path,
            line=line,
            column=column,
            source_line=lines[line - 1] if line <= len(lines) else None,
            hint=_yaml_hint(error.problem or ""),
        ) from None
    except RecursionError:
        raise _too_deep(path) from None
    except YAMLError as error:
        raise VettingError(
            "this is not YAML", path=path, found=str(error).splitlines()[0][:100]
        ) from None


def _yaml_hint(problem: str) -> str | None:
    if "mapping values are not allowed" in problem:
        return "A text with a colon in it needs quotes around it."
    if "\\t" in problem or "tab" in problem:
        return "Indent with spaces, not with tabs."
    if "another document" in problem:
        return "Keep one document per file; remove the line ---."
    return None


def _too_deep(path: str) -> VettingError:
    return VettingError(
        "the file nests too deep", path=path, allowed=f"{_MAX_DEPTH} levels", line=1, column=1
    )


class _Reading:
    """Turns composed nodes into plain data and remembers their places."""

    def __init__(self, path: str, lines: tuple[str, ...]) -> None:
        self.path = path
        self.lines = lines
        self.values: dict[Key, tuple[int, int]] = {}
        self.keys: dict[Key, tuple[int, int]] = {}
        self.errors: list[VettingError] = []
        self._seen: set[int] = set()

    def value(self, node: Any, way: Key) -> Any:  # noqa: ANN401 - any YAML value
        if len(way) > _MAX_DEPTH:
            raise _too_deep(self.path)
        place = (node.start_mark.line + 1, node.start_mark.column + 1)
        self.values[way] = place
        if id(node) in self._seen:
            # The node stands where its anchor is, so the key says better where the alias is.
            at = self.keys.get(way, place)
            self._refuse(at, "an alias (*name) is not allowed here", "Write the value out.")
            return None
        self._seen.add(id(node))
        if node.tag not in _STANDARD_TAGS:
            self._refuse(place, f"the tag {node.tag} is not allowed", "Remove the !tag.")
            return None
        if isinstance(node.value, str):
            return node.value if node.style else _plain(node.value)
        if str(node.tag).endswith(":seq"):
            return [self.value(item, (*way, i)) for i, item in enumerate(node.value)]
        return self._mapping(node, way)

    def _mapping(self, node: Any, way: Key) -> dict[str, Any]:  # noqa: ANN401
        found: dict[str, Any] = {}
        for key_node, value_node in node.value:
            place = (key_node.start_mark.line + 1, key_node.start_mark.column + 1)
            key = key_node.value
            if not isinstance(key, str):
                self._refuse(place, "a key must be text", "Put quotes around it.")
                continue
            if key in found:
                self._refuse(place, f'the key "{key}" stands here twice', "Keep one of them.")
                continue
            self.keys[(*way, key)] = place
            found[key] = self.value(value_node, (*way, key))
        return found

    def _refuse(self, place: tuple[int, int], what: str, hint: str) -> None:
        line, column = place
        shown = self.lines[line - 1] if line <= len(self.lines) else None
        self.errors.append(
            VettingError(
                what, path=self.path, line=line, column=column, hint=hint, source_line=shown
            )
        )


def _plain(text: str) -> str | int | float | bool | None:
    """Resolve an unquoted scalar: YAML 1.2, so ``no``, ``12:30`` and dates stay text.

    Examples
    --------
    >>> [_plain(text) for text in ("no", "12:30", "2025-11-01", "1e3", "7", "true", "~")]
    ['no', '12:30', '2025-11-01', 1000.0, 7, True, None]
    """
    if text in _WORDS:
        return _WORDS[text]
    if _WHOLE.fullmatch(text) and len(text) <= 18:
        return int(text)
    if _DECIMAL.fullmatch(text) and len(text) <= 40:
        number = float(text)
        return number if math.isfinite(number) else text
    return text
