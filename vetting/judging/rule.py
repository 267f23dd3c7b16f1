"""What a rule is: the keys of its file, checked, and the parsed condition beside them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

if TYPE_CHECKING:
    from collections.abc import Mapping

    from vetting.errors import VettingError
    from vetting.judging.passage import Passage
    from vetting.judging.syntax import Part
    from vetting.judging.uses import Uses

Words = Annotated[str, StringConstraints(min_length=1, strip_whitespace=True)]
KebabId = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9]*(-[a-z0-9]+)*$", max_length=60)]
# A year, a month or a day: sources are rarely dated better.
SourceDate = Annotated[str, StringConstraints(pattern=r"^\d{4}(-\d{2}(-\d{2})?)?$")]
Percent = Annotated[str, StringConstraints(pattern=r"^-?\d+(\.\d+)?\s?%$")]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class AppliesTo(_Strict):
    """Where a rule speaks at all; an empty list means everywhere.

    Attributes
    ----------
    platforms : tuple of str
        ``creator.platform``.
    countries : tuple of str
        ISO 3166 codes of the market: ``brief.country``, else ``creator.country``.
    goals : tuple of str
        ``brief.goal``.
    categories : tuple of str
        ``brief.category``, the kind of product; a rule with categories is silent without one.
    brief : tuple of str
        What the brief must say before the question is asked at all, as ``cpm`` or
        ``audience.age.minimum_share``; the rule is silent when it does not say one of them.
    sample : mapping of str to int
        Measure to the sample from which it can be judged; the rule is unknown below it, because
        too few comments are no clean bill.
    """

    platforms: tuple[Words, ...] = ()
    countries: tuple[Words, ...] = ()
    goals: tuple[Literal["awareness", "engagement", "acquisition", "sales"], ...] = ()
    categories: tuple[Words, ...] = ()
    brief: tuple[Words, ...] = ()
    sample: dict[Words, Annotated[int, Field(ge=1)]] = Field(default_factory=dict)

    @property
    def brief_facts(self) -> tuple[str, ...]:
        """The same as facts: ``brief.cpm``."""
        return tuple(f"brief.{name}" for name in self.brief)


class Source(_Strict):
    """Where a threshold or a claim comes from.

    Attributes
    ----------
    checked : str or None
        The day on which somebody read there what the title says; None: nobody has.
    """

    title: Words
    date: SourceDate | int
    url: str | None = None
    checked: SourceDate | None = None


class RuleTest(_Strict):
    """One case a rule must get right.

    Attributes
    ----------
    facts : mapping
        Fact to value; what is not named is unknown. A list takes rows:
        ``growth.spikes: [{z: 7, gain: 2000}]``.
    case : str or None
        For rules with a detector: the name of a synthetic creator.
    expect : {"fires", "clear", "unknown", "silent"}
        silent where the rule does not apply.
    """

    name: Words
    facts: dict[str, Any] | None = None
    case: Words | None = None
    expect: Literal["fires", "clear", "unknown", "silent"]

    @model_validator(mode="after")
    def _one_of_two(self) -> RuleTest:
        if (self.facts is None) == (self.case is None):
            message = "a test needs either facts or case"
            raise ValueError(message)
        return self


class RuleText(_Strict):
    """A rule file, key by key, in the order the file keeps."""

    id: KebabId
    version: Annotated[int, Field(ge=1)]
    title: Words
    status: Literal["draft", "trial", "stable"]
    severity: Literal["info", "low", "medium", "high", "block"]
    confidence: Literal["low", "medium", "high"]
    applies_to: AppliesTo = AppliesTo()
    detector: KebabId | None = None
    params: dict[str, float | Percent] = Field(default_factory=dict)
    when: Words | None = None
    message: Words
    why: Words
    what_to_do: Words
    innocent_explanations: Annotated[tuple[Words, ...], Field(min_length=1)]
    sources: Annotated[tuple[Source, ...], Field(min_length=1)]
    tests: tuple[RuleTest, ...]

    @model_validator(mode="after")
    def _complete(self) -> RuleText:
        if (self.when is None) == (self.detector is None):
            message = "a rule needs either when or detector"
            raise ValueError(message)
        missing = {"fires", "clear", "unknown"} - {test.expect for test in self.tests}
        if missing:
            message = f"tests: no case expects {', '.join(sorted(missing))}"
            raise ValueError(message)
        return self


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule ready to run.

    Attributes
    ----------
    text : RuleText
        As written.
    family : str
        Name of its folder; decides which sub-score it touches.
    params : mapping of str to float
        Thresholds by name, percentages as shares, overrides of packs applied.
    condition : Part or None
        None for rules that carry a detector.
    passage : Passage or None
        The condition's text with its places; None without a condition.
    uses : Uses
        Facts and lists of condition and message.
    pack, path, sha256 : str
        Where it comes from.
    """

    text: RuleText
    family: str
    params: Mapping[str, float]
    condition: Part | None
    passage: Passage | None
    uses: Uses
    pack: str
    path: str
    sha256: str

    @property
    def id(self) -> str:
        """The rule's id."""
        return self.text.id

    @property
    def source(self) -> str:
        """All sources on one line, each with its date."""
        return "; ".join(f"{one.title} ({one.date})" for one in self.text.sources)


def number_of(value: float | str) -> float:
    """Return a number written as ``0.25`` or ``25%``.

    Examples
    --------
    >>> number_of("4.7%"), number_of(3)
    (0.047, 3.0)
    """
    if isinstance(value, str):
        return float(f"{value.rstrip('%').strip()}e-2")
    return float(value)


Problems = list["VettingError"]
