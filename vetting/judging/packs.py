"""Finds rules in packs: folders of families, later packs over earlier ones, with fingerprints."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

from pydantic import BaseModel, ConfigDict, Field

from vetting.datafiles import data_root
from vetting.errors import VettingError, did_you_mean, errors_of, raise_all
from vetting.judging.rule import KebabId, Percent, Rule, Words, number_of
from vetting.judging.rulefile import read_rule
from vetting.yamlfile import read_yaml
from vetting.yamlmodel import validate

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from vetting.facts import Catalogue

BUILTIN = "builtin"
PACK_FILE = "pack.yaml"


class PackText(BaseModel):
    """``pack.yaml``: what a pack is called and what it changes in the packs before it.

    Attributes
    ----------
    not_rules : tuple of str
        Folders of the pack that hold other data.
    off : tuple of str
        Ids of rules that do not run.
    params : mapping of str to mapping of str to float
        Thresholds set instead of the rule's own, by rule id.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    title: Words
    version: Annotated[str, Field(pattern=r"^\d+\.\d+\.\d+$")]
    not_rules: tuple[Words, ...] = ()
    off: tuple[KebabId, ...] = ()
    params: dict[KebabId, dict[str, float | Percent]] = Field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Packs:
    """The rules of one run.

    Attributes
    ----------
    rules : tuple of Rule
        Sorted by id, each id once.
    off : tuple of str
        Ids that were switched off.
    titles : mapping of str to str
        Pack to its version.
    """

    rules: tuple[Rule, ...]
    off: tuple[str, ...]
    titles: Mapping[str, str]

    def fingerprint(self) -> dict[str, Any]:
        """Return versions and hashes of every rule, for run.json.

        Returns
        -------
        dict
            ``packs`` (name to version), ``off``, ``rules`` (id, version, pack, params, sha256)
            and ``sha256`` over all of it: equal fingerprints judge equally.
        """
        listed = [
            {
                "id": rule.id,
                "version": rule.text.version,
                "pack": rule.pack,
                "params": dict(sorted(rule.params.items())),
                "sha256": rule.sha256,
            }
            for rule in self.rules
        ]
        whole: dict[str, Any] = {
            "packs": dict(sorted(self.titles.items())),
            "off": list(self.off),
            "rules": listed,
        }
        text = json.dumps(whole, sort_keys=True)
        return whole | {"sha256": hashlib.sha256(text.encode()).hexdigest()}


@dataclass(frozen=True, slots=True)
class _Pack:
    name: str
    text: PackText
    files: tuple[tuple[Path, str, str], ...]  # path, family, path as shown


def load_packs(paths: Sequence[str | Path], catalogue: Catalogue) -> Packs:
    """Load rules from packs.

    Parameters
    ----------
    paths : sequence of str or Path
        ``builtin``, folders or single rule files, in order; empty means ``builtin``. A later
        pack's rule replaces an earlier one of the same id.
    catalogue : Catalogue
        What the rules may name.

    Raises
    ------
    VettingError
        Every mistake in every file at once, each with its place.
    """
    packs = [_find(path) for path in paths or [BUILTIN]]
    off = {rule_id for pack in packs for rule_id in pack.text.off}
    params = _overrides(packs)
    found: dict[str, Rule] = {}
    problems: list[VettingError] = []
    seen: set[str] = set()
    for pack in packs:
        own: dict[str, str] = {}
        for path, family, shown in pack.files:
            seen.add(path.stem)
            if path.stem in own:
                problems.append(_twice(shown, own[path.stem]))
                continue
            own[path.stem] = shown
            try:
                found[path.stem] = read_rule(
                    path,
                    catalogue,
                    family=family,
                    pack=pack.name,
                    overrides=params.get(path.stem),
                    shown=shown,
                )
            except VettingError as error:
                problems += errors_of(error)
    problems += _strangers(packs, seen, found)
    raise_all(problems)
    rules = tuple(rule for key, rule in sorted(found.items()) if key not in off)
    return Packs(rules, tuple(sorted(off)), {pack.name: pack.text.version for pack in packs})


def rule_files(path: str | Path) -> tuple[tuple[Path, str, str], ...]:
    """Return the rule files of a pack as (path, family, path as shown), sorted."""
    return _find(path).files


def _find(path: str | Path) -> _Pack:
    if str(path) == BUILTIN:
        root, shown = data_root("rules"), "rules"
    else:
        root, shown = Path(path), str(path)
    if root.is_file():
        family = root.resolve().parent.name
        return _Pack(shown, _nameless(shown), ((root, family, shown),))
    if not root.is_dir():
        raise VettingError(
            "there is no such rule file or folder",
            path=shown,
            hint="Give a folder of rules, one rule file, or builtin.",
        )
    text = _pack_text(root / PACK_FILE, shown)
    name = BUILTIN if str(path) == BUILTIN else shown
    return _Pack(name, text, tuple(_walk(root, shown, text)))


def _nameless(shown: str) -> PackText:
    return PackText(title=shown, version="0.0.0")


def _pack_text(path: Path, shown: str) -> PackText:
    return validate(PackText, read_yaml(path)) if path.is_file() else _nameless(shown)


def _walk(root: Path, shown: str, text: PackText) -> Iterator[tuple[Path, str, str]]:
    """Yield rule files: directly in the folder, and one level down in its families."""
    for entry in sorted(root.iterdir()):
        if entry.name.startswith((".", "_")) or entry.name == PACK_FILE:
            continue
        if entry.is_dir() and entry.name not in text.not_rules:
            for file in sorted(entry.glob("*.yaml")):
                yield file, entry.name, f"{shown}/{entry.name}/{file.name}"
        elif entry.suffix == ".yaml":
            yield entry, root.resolve().name, f"{shown}/{entry.name}"


def _twice(shown: str, first: str) -> VettingError:
    return VettingError(
        "two rules of one pack have the same id", path=shown, found=first, hint="Rename one."
    )


def _overrides(packs: Sequence[_Pack]) -> dict[str, dict[str, float]]:
    params: dict[str, dict[str, float]] = {}
    for pack in packs:
        for rule_id, values in pack.text.params.items():
            numbers = {name: number_of(value) for name, value in values.items()}
            params.setdefault(rule_id, {}).update(numbers)
    return params


def _strangers(
    packs: Sequence[_Pack], seen: set[str], found: Mapping[str, Rule]
) -> Iterator[VettingError]:
    """Refuse to switch off or to tune what does not exist: a typo must not pass."""
    for pack in packs:
        shown = f"{pack.name}/{PACK_FILE}"
        for rule_id in pack.text.off:
            if rule_id not in seen:
                yield VettingError(
                    f"off names no rule {rule_id}", path=shown, hint=did_you_mean(rule_id, seen)
                )
        for rule_id, values in pack.text.params.items():
            if rule_id not in seen:
                yield VettingError(
                    f"params names no rule {rule_id}", path=shown, hint=did_you_mean(rule_id, seen)
                )
            elif rule_id in found:
                known = {name for name, _ in found[rule_id].text.params.items()}
                for name in sorted(set(values) - known):
                    yield VettingError(
                        f"{rule_id} has no parameter {name}",
                        path=shown,
                        hint=did_you_mean(name, known) if known else "It has none.",
                    )
