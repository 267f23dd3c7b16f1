"""Reads cue files: word lists, cues and traps of one language, or a user's own phrases.

What a pattern line means lives in ``sentiment.cue_patterns``; matching in ``sentiment.cues``.
"""

from __future__ import annotations

import difflib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap
from ruamel.yaml.error import MarkedYAMLError

from sentiment.cue_patterns import Pattern, PatternError, parse_pattern, spellings
from sentiment.errors import SentimentError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

INTENTS = ("want", "bought", "ask_where", "ask_terms", "recommend", "tag_friend", "objection")
"""Intent classes of the codebook, in the order every output keeps."""

_NEGATABLE = ("want", "bought", "recommend")  # "can't find where it is from" still asks
_FORMS = ("any", "question", "statement")
_FILE_KEYS = ("language", "lists", "common", "negators", "breakers",
              "interrogatives", "cues")  # fmt: skip
_CUE_KEYS = ("id", "intent", "blocks", "scope", "strength", "form", "negated", "patterns",
             "examples", "counterexamples", "note")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Cue:
    """One cue or trap.

    Attributes
    ----------
    id, language : str
    intent : str or None
        Class it speaks for; None for a trap.
    blocks : tuple of str
        Classes a trap takes away.
    scope : {"overlap", "comment"}
        A trap takes away the cues that end within it, or those of the whole comment.
    strength : {"strong", "weak"}
        Weak cues are only hints to the linear head.
    form : {"any", "question", "statement"}
        Kind of sentence the cue must stand in.
    negated : {"drop", "keep"}
        Whether a negation shortly before or inside takes the cue away; by default it does for
        want, bought and recommend.
    patterns : tuple of Pattern
    examples, counterexamples : tuple of str
        Comments that must and must not match; run as tests.
    """

    id: str
    language: str
    intent: str | None
    blocks: tuple[str, ...]
    scope: str
    strength: str
    form: str
    negated: str
    patterns: tuple[Pattern, ...]
    examples: tuple[str, ...]
    counterexamples: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CueFile:
    """One file: its cues and the words its sentences are read with (all folded)."""

    path: str
    language: str
    lists: Mapping[str, tuple[str, ...]]
    common: frozenset[str]
    negators: frozenset[str]
    breakers: frozenset[str]
    interrogatives: frozenset[str]
    cues: tuple[Cue, ...]


class _Reader:
    """Collects every problem of one file, each with its line."""

    def __init__(self, path: str) -> None:
        self.path = path
        self.problems: list[SentimentError] = []

    def complain(self, line: int, what: str, *, found: str, allowed: str, hint: str = "") -> None:
        place = f"{self.path}:{line}"
        self.problems.append(
            SentimentError(what, path=place, found=found, allowed=allowed, hint=hint or None)
        )

    def unknown_keys(self, node: CommentedMap, known: tuple[str, ...]) -> None:
        for key in node:
            if key not in known:
                near = difflib.get_close_matches(str(key), known, n=1)
                hint = f'Did you mean "{near[0]}"?' if near else ""
                line = node.lc.key(key)[0] + 1
                self.complain(line, "unknown key", found=repr(key), allowed=", ".join(known),
                              hint=hint)  # fmt: skip

    def choice(self, node: CommentedMap, key: str, allowed: tuple[str, ...], default: str) -> str:
        value = node.get(key, default)
        if value not in allowed:
            line = node.lc.key(key)[0] + 1
            self.complain(line, f"cannot read {key}", found=repr(value), allowed=", ".join(allowed))
            return default
        return str(value)

    def word(self, node: CommentedMap, key: str, default: str) -> str:
        value = node.get(key, default)
        if not isinstance(value, str):
            line = node.lc.key(key)[0] + 1
            self.complain(line, f"{key} must be one word", found=repr(value)[:60], allowed="text")
            return default
        return value

    def mapping(self, node: CommentedMap, key: str) -> CommentedMap:
        value = node.get(key) or CommentedMap()
        if not isinstance(value, CommentedMap):
            line = node.lc.key(key)[0] + 1
            self.complain(line, f"{key} must be a mapping", found=repr(value)[:60],
                          allowed="name: |  followed by indented words")  # fmt: skip
            return CommentedMap()
        return value

    def lines(self, node: CommentedMap, key: str) -> list[tuple[int, str]]:
        """Return the non-empty lines of a block text with their line numbers."""
        value = node.get(key)
        if value is None:
            return []
        first = node.lc.value(key)[0] + 1
        if not isinstance(value, str):
            self.complain(first, f"{key} must be text, one item a line", found=repr(value)[:60],
                          allowed=f"{key}: |  followed by indented lines")  # fmt: skip
            return []
        first += "\n" in value  # a block text starts on the line after its key
        numbered = enumerate(value.split("\n"), first)
        return [(line, text.strip()) for line, text in numbered if text.strip()]

    def words(self, node: CommentedMap, key: str) -> tuple[str, ...]:
        found: list[str] = []
        for line, text in self.lines(node, key):
            for word in text.split():
                try:
                    found += spellings(word)
                except PatternError as error:
                    self.complain(line, error.what, found=error.token, allowed=error.allowed)
        return tuple(dict.fromkeys(found))


def load_cue_file(path: Path, *, extra_lists: Mapping[str, Iterable[str]] | None = None) -> CueFile:
    """Read one cue file.

    Parameters
    ----------
    path : Path
    extra_lists : mapping of str to words or None
        Words added to the file's lists of the same name: a user's products and brands.

    Raises
    ------
    SentimentError
        Names file, line and token of every problem.
    """
    reader = _Reader(str(path))
    node = _load_yaml(path)
    reader.unknown_keys(node, _FILE_KEYS)
    language = reader.word(node, "language", "und")
    raw_lists = reader.mapping(node, "lists")
    lists = {name: reader.words(raw_lists, name) for name in raw_lists}
    for name, words in (extra_lists or {}).items():
        lists[name] = tuple(dict.fromkeys((*lists.get(name, ()), *words)))
    cues = tuple(_cue(reader, item, language, lists) for item in _cue_nodes(reader, node))
    spoken = {
        key: frozenset(reader.words(node, key))
        for key in ("common", "negators", "breakers", "interrogatives")
    }
    _raise_all(reader.problems)
    return CueFile(str(path), language, lists, cues=cues, **spoken)


def load_cue_files(paths: Iterable[Path]) -> list[CueFile]:
    """Read several cue files.

    Raises
    ------
    SentimentError
        Names file, line and token of every problem of every file.
    """
    files, problems = [], []
    for path in paths:
        try:
            files.append(load_cue_file(path))
        except SentimentError as error:
            problems.append(error)
    _raise_all(problems)
    return files


def _raise_all(problems: Sequence[SentimentError]) -> None:
    """Raise what was collected: nothing, one error, or all of them in one."""
    if len(problems) == 1:
        raise problems[0]
    if problems:
        raise SentimentError("\n".join(str(problem) for problem in problems))


def _load_yaml(path: Path) -> CommentedMap:
    try:
        node = YAML(typ="rt").load(path.read_text(encoding="utf-8"))
    except MarkedYAMLError as error:
        mark = error.problem_mark
        place = f"{path}:{mark.line + 1}" if mark else str(path)
        raise SentimentError(
            "this is not readable YAML", path=place, found=str(error.problem),
            allowed="a mapping with the keys " + ", ".join(_FILE_KEYS),
        ) from error  # fmt: skip
    except (OSError, UnicodeDecodeError) as error:
        raise SentimentError(
            "cannot read the cue file", path=str(path), found=str(error)
        ) from error
    if not isinstance(node, CommentedMap):
        raise SentimentError("a cue file is a mapping", path=f"{path}:1",
                             found=type(node).__name__, allowed=", ".join(_FILE_KEYS))  # fmt: skip
    return node


def _cue_nodes(reader: _Reader, node: CommentedMap) -> list[CommentedMap]:
    items = node.get("cues") or []
    line = node.lc.key("cues")[0] + 1 if "cues" in node else 1
    if not isinstance(items, list) or not all(isinstance(item, CommentedMap) for item in items):
        reader.complain(line, "cues must be a list of mappings", found=repr(items)[:60],
                        allowed="- id: ...")  # fmt: skip
        return []
    seen: dict[str, int] = {}
    for item in items:
        name, at = str(item.get("id", "")), item.lc.line + 1
        if not name or name in seen:
            what = "this id is used twice" if name else "a cue needs an id"
            reader.complain(at, what, found=name or "none", allowed="an id of its own")
        seen[name] = at
    return items


def _cue(
    reader: _Reader, node: CommentedMap, language: str, lists: Mapping[str, tuple[str, ...]]
) -> Cue:
    reader.unknown_keys(node, _CUE_KEYS)
    at = node.lc.line + 1
    intent, blocks = node.get("intent"), _blocks(node.get("blocks"))
    if (intent is None) == (not blocks):
        reader.complain(at, "a cue has either intent or blocks", found=repr((intent, blocks)),
                        allowed="intent: one class, or blocks: classes | all")  # fmt: skip
    for name in (*([intent] if intent else []), *blocks):
        if name not in INTENTS:
            reader.complain(at, "unknown intent class", found=repr(name),
                            allowed=", ".join(INTENTS))  # fmt: skip
    return Cue(
        id=str(node.get("id", "")), language=language, intent=intent, blocks=blocks,
        scope=reader.choice(node, "scope", ("overlap", "comment"), "overlap"),
        strength=reader.choice(node, "strength", ("strong", "weak"), "strong"),
        form=reader.choice(node, "form", _FORMS, "any"),
        negated=reader.choice(node, "negated", ("drop", "keep"),
                              "drop" if intent in _NEGATABLE else "keep"),
        patterns=_patterns(reader, node, lists),
        examples=tuple(text for _, text in reader.lines(node, "examples")),
        counterexamples=tuple(text for _, text in reader.lines(node, "counterexamples")),
    )  # fmt: skip


def _blocks(value: object) -> tuple[str, ...]:
    if value is None:
        return ()
    names = tuple(str(value).replace(",", " ").split())
    return INTENTS if names == ("all",) else names


def _patterns(
    reader: _Reader, node: CommentedMap, lists: Mapping[str, tuple[str, ...]]
) -> tuple[Pattern, ...]:
    found: list[Pattern] = []
    for line, text in reader.lines(node, "patterns"):
        try:
            found.append(parse_pattern(text, lists))
        except PatternError as error:
            reader.complain(line, error.what, found=error.token, allowed=error.allowed)
    if not node.get("patterns"):
        reader.complain(node.lc.line + 1, "a cue needs patterns", found="none",
                        allowed="patterns: |  followed by indented lines")  # fmt: skip
    return tuple(found)
