"""Runs the tests inside rule files: each names a few facts and what the rule must say."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from vetting.judging.casesheet import creator_of, sheet_of
from vetting.judging.evaluate import judge

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from vetting.facts import Catalogue
    from vetting.judging.rule import Rule, RuleTest
    from vetting.records import Detection

    RunCase = Callable[[str, Rule], Sequence[Detection]]

_EXPECTED = {"fired": "fires", "clear": "clear", "unknown": "unknown"}


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one test came to.

    Attributes
    ----------
    id : str
        ``family/rule::expectation::name of the test``.
    passed : bool
    expected, got : str
        ``fires``, ``clear``, ``unknown``, or ``silent`` where the rule does not apply.
    why : str
        The finding's message.
    """

    id: str
    passed: bool
    expected: str
    got: str
    why: str


def run_tests(rule: Rule, catalogue: Catalogue, run_case: RunCase | None = None) -> list[Outcome]:
    """Run the tests of one rule.

    Parameters
    ----------
    rule : Rule
    catalogue : Catalogue
    run_case : callable or None
        For rules with a detector: from the name of a synthetic creator and the rule to what the
        detector finds there. None leaves those tests out.

    Raises
    ------
    VettingError
        When a test names a fact that does not exist or has a value of the wrong type.
    """
    if rule.text.detector is not None:
        if run_case is None:
            return []
        return [_detector_outcome(rule, test, run_case) for test in rule.text.tests]
    found = judge(sheet_of(rule, catalogue), [rule], catalogue, {})
    by_creator = {one.creator_id: one for one in found}
    outcomes = []
    for number, test in enumerate(rule.text.tests):
        finding = by_creator.get(creator_of(number))
        state = None if finding is None else finding.state
        why = "the rule does not apply to these facts" if finding is None else finding.message
        outcomes.append(_outcome(rule, test, state, why))
    return outcomes


def _detector_outcome(rule: Rule, test: RuleTest, run_case: RunCase) -> Outcome:
    found = run_case(test.case or "", rule)
    if not found:
        return _outcome(rule, test, None, "the detector returned nothing")
    return _outcome(rule, test, found[0].state, str(dict(found[0].values)))


def _outcome(rule: Rule, test: RuleTest, state: str | None, why: str) -> Outcome:
    got = "silent" if state is None else _EXPECTED[state]
    name = f"{rule.family}/{rule.id}::{test.expect}::{test.name}"
    return Outcome(name, got == test.expect, test.expect, got, why)
