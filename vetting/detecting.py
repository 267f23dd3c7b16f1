"""Runs each detector as often as rules ask for it, with the rule's own thresholds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vetting.errors import VettingError, did_you_mean
from vetting.registry import discover

if TYPE_CHECKING:
    from collections.abc import Iterable
    from types import ModuleType

    from vetting.judging.rule import Rule
    from vetting.records import Detection
    from vetting.store import Store


def detectors() -> dict[str, ModuleType]:
    """Return every detector by id, sorted."""
    import vetting.detectors

    return discover(vetting.detectors, ("SPEC", "detect"))


def detect_all(store: Store, rules: Iterable[Rule]) -> dict[str, list[Detection]]:
    """Run the detectors that rules carry.

    Parameters
    ----------
    store : Store
        After the measures have run.
    rules : iterable of Rule

    Returns
    -------
    dict of str to list of Detection
        By rule id: one detection per creator.

    Raises
    ------
    VettingError
        When a rule names a detector that does not exist.
    """
    known = detectors()
    found: dict[str, list[Detection]] = {}
    for rule in rules:
        name = rule.text.detector
        if name is None:
            continue
        if name not in known:
            raise VettingError(
                f"the rule {rule.id} names a detector that does not exist",
                found=name,
                hint=did_you_mean(name, known),
            )
        found[rule.id] = known[name].detect(store, rule.params)
    return found
