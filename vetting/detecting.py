"""Finds the detectors, checks their thresholds and runs them on a store."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from vetting.errors import VettingError, did_you_mean
from vetting.registry import discover

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from types import ModuleType

    from vetting.judging.rule import Rule
    from vetting.records import Detection, DetectorSpec
    from vetting.store import Store


def detectors() -> Mapping[str, ModuleType]:
    """Return every detector module by id, sorted."""
    import vetting.detectors

    return discover(vetting.detectors, ("SPEC", "detect"))


def detector_specs() -> dict[str, DetectorSpec]:
    """Return what every detector looks for, by id, sorted."""
    return {name: module.SPEC for name, module in detectors().items()}


def run_detector(store: Store, name: str, *, params: Mapping[str, float]) -> list[Detection]:
    """Run one detector on all creators.

    Parameters
    ----------
    store : Store
        With the table ``measures`` where the detector reads it.
    name : str
        Kebab-case id.
    params : mapping of str to float
        Exactly the thresholds the detector names.

    Raises
    ------
    VettingError
        When there is no such detector, or a threshold is missing or unknown.
    """
    known = detectors()
    if name not in known:
        raise VettingError(
            "there is no detector of this name",
            found=name,
            allowed=", ".join(known),
            hint=did_you_mean(name, known),
        )
    module = known[name]
    wanted, given = set(module.SPEC.params), set(params)
    if wanted != given:
        raise VettingError(
            f"the thresholds of the detector {name} do not fit",
            found=", ".join(sorted(given)) or "none",
            allowed=", ".join(sorted(wanted)),
            hint="Missing: "
            + (", ".join(sorted(wanted - given)) or "none")
            + ". Unknown: "
            + (", ".join(sorted(given - wanted)) or "none")
            + ".",
        )
    found: list[Detection] = module.detect(store, params)
    return found


def detect_all(store: Store, rules: Iterable[Rule]) -> dict[str, list[Detection]]:
    """Run the detector of every rule that carries one.

    Parameters
    ----------
    store : Store
    rules : iterable of Rule
        Rules with a condition are passed over.

    Returns
    -------
    dict of str to list of Detection
        By rule id, as ``vetting.judging.evaluate`` takes it.
    """
    return {
        rule.id: run_detector(store, rule.text.detector, params=rule.params)
        for rule in rules
        if rule.text.detector is not None
    }


def run_case(case: str, rule: Rule) -> list[Detection]:
    """Run a rule's detector on the synthetic creator its test names.

    Parameters
    ----------
    case : str
        Name out of ``vetting.synthetic.cases``.
    rule : Rule
        One that carries a detector.
    """
    return run_detector(_measured_case(case), rule.text.detector or "", params=rule.params)


@lru_cache(maxsize=64)
def _measured_case(case: str) -> Store:
    """Return a synthetic creator with its measures; made once, as many tests share it."""
    from vetting.detectors._measured import has_table
    from vetting.measuring import measure_all
    from vetting.synthetic.cases import case_store

    store = case_store(case)
    if store.knows("posts.likes") and not has_table(store, "measures"):
        measure_all(store)
    return store
