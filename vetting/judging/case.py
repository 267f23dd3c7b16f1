"""One rule and one creator, once the claims are known: evidence, missing facts, message."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from vetting.judging import messages, syntax
from vetting.judging.scene import plain
from vetting.judging.sql import known_column
from vetting.records import CONFIDENCES, Finding

if TYPE_CHECKING:
    from collections.abc import Sequence

    from vetting.judging.bench import Claims
    from vetting.judging.factsheet import Detail
    from vetting.judging.rule import Rule
    from vetting.judging.scene import Scene
    from vetting.judging.syntax import Part
    from vetting.records import Confidence, Detection, State

# Rows of a list by search, then by creator.
FoundRows = dict["Part", dict[str, list[dict[str, Any]]]]


@dataclass(frozen=True, slots=True)
class Grounds:
    """The claims that decided, taken apart once for all creators they decided for.

    Attributes
    ----------
    claims : tuple of (str, tuple of str, tuple of Search)
        Each claim's words, facts and searches.
    names : tuple of str
        All facts in the order they are written, each once.
    searches : tuple of Search
    """

    claims: tuple[tuple[str, tuple[str, ...], tuple[syntax.Search, ...]], ...]
    names: tuple[str, ...]
    searches: tuple[syntax.Search, ...]

    @classmethod
    def of(cls, decided: Sequence[Part], rule: Rule, scene: Scene) -> Grounds:
        """Take the deciding claims of a rule apart."""
        claims = tuple(_taken_apart(claim, rule, scene) for claim in decided)
        names = dict.fromkeys(name for _, inner, _ in claims for name in inner)
        return cls(claims, tuple(names), tuple(one for *_, found in claims for one in found))


def _taken_apart(
    claim: Part, rule: Rule, scene: Scene
) -> tuple[str, tuple[str, ...], tuple[syntax.Search, ...]]:
    parts = list(syntax.walk(claim))
    names = [part.name for part in parts if isinstance(part, syntax.Name)]
    return (
        "" if rule.passage is None else rule.passage.quote(claim.start, claim.end),
        tuple(dict.fromkeys(name for name in names if name in scene.sheet.types)),
        tuple(part for part in parts if isinstance(part, syntax.Search)),
    )


@dataclass(frozen=True, slots=True)
class Case:
    """One rule and one creator.

    Attributes
    ----------
    scene : Scene
    rule : Rule
    place : int
        Of the creator in the scene.
    row : int
        Of the creator in the claims.
    grounds : Grounds
        The claims that decided the verdict.
    claims : Claims
    rows : mapping
        List rows behind the searches.
    """

    scene: Scene
    rule: Rule
    place: int
    row: int
    grounds: Grounds
    claims: Claims
    rows: FoundRows

    def finding(self, state: State) -> Finding:
        """Return the finding for a state."""
        evidence = self._evidence() if state != "unknown" else []
        days = sorted(str(entry["date"]) for entry in evidence if entry.get("date"))
        missing = self._missing() if state == "unknown" else ()
        return worded(
            self.rule,
            self.scene.creators[self.place],
            state,
            kind="rule",
            confidence=self._confidence(),
            message=self._message(state, missing),
            start=days[0] if days else None,
            end=days[-1] if days else None,
            evidence=tuple(evidence),
            missing=missing,
        )

    def _value(self, column: str) -> Any:  # noqa: ANN401 - facts have several types
        return self.scene.value(column, self.place)

    def _detail(self, column: str) -> Detail:
        return self.scene.detail(self.place, column)

    def _market(self) -> str:
        return "creator.country" if self._value("brief.country") is None else "brief.country"

    def _evidence(self) -> list[dict[str, Any]]:
        entries: list[dict[str, Any]] = []
        for said, names, searches in self.grounds.claims:
            for search in searches:
                entries += self._searched(search, said)
            entries += [self._measured(name, said) for name in names]
        return entries + [
            {"claim": "the rule applies", "fact": fact, "value": self._value(fact)}
            for fact in self._applicability()
        ]

    def _applicability(self) -> list[str]:
        """Facts that decided whether the rule applies at all."""
        applies = self.rule.text.applies_to
        asked = (
            (applies.platforms, "creator.platform"),
            (applies.countries, self._market()),
            (applies.goals, "brief.goal"),
            (applies.categories, "brief.category"),
        )
        samples = (f"{measure}.n" for measure in applies.sample)
        return [*(fact for allowed, fact in asked if allowed), *applies.brief_facts, *samples]

    def _measured(self, name: str, said: str) -> dict[str, Any]:
        entry: dict[str, Any] = {"claim": said, "fact": name, "value": self._value(name)}
        detail = self._detail(name)
        for key in ("unit", "n", "low", "high", "status"):
            if detail.get(key) is not None:
                entry[key] = plain(detail[key])
        return entry

    def _counts(self, search: Part) -> tuple[int, int, int]:
        true, unknown, rows = (column[self.row] for column in self.claims.counts[search])
        return true, unknown, rows

    def _searched(self, search: syntax.Search, said: str) -> list[dict[str, Any]]:
        true, unknown, rows = self._counts(search)
        list_id = search.name.name
        counted = {"matching": true, "unknown": unknown, "rows": rows}
        found = self.rows.get(search, {}).get(self.scene.creators[self.place], [])
        return [
            {"claim": said, "list": list_id} | counted,
            *({"list": list_id} | {key: plain(v) for key, v in row.items()} for row in found),
        ]

    def _confidence(self) -> Confidence:
        """Lower the confidence one step when a deciding fact was claimed or estimated."""
        given = self.rule.text.confidence
        statuses = {self._detail(name).get("status") for name in self.grounds.names}
        if statuses & {"claimed", "estimated"}:
            return CONFIDENCES[max(0, CONFIDENCES.index(given) - 1)]
        return given

    def _missing(self) -> tuple[str, ...]:
        """Name what was missing: a measure's own missing facts, else the fact itself."""
        missing: set[str] = set()
        for name in [*self.grounds.names, *self._applicability()]:
            if self._value(name) is None:
                missing.update(_needs(name, self._detail(name)))
        for search in self.grounds.searches:
            missing.update(self._missing_of(search))
        for measure, least in self.rule.text.applies_to.sample.items():
            if (self._value(f"{measure}.n") or 0) < least:
                missing.update(_needs(measure, self._detail(f"{measure}.n")))
        return tuple(sorted(missing))

    def _missing_of(self, search: syntax.Search) -> list[str]:
        """Name the list, or the fields that are empty in some row."""
        spec = self.scene.catalogue.lists[search.name.name]
        if not self._value(known_column(spec.id)):
            return [spec.id]
        names = {part.name for part in syntax.walk(search) if isinstance(part, syntax.Name)}
        outside = names & set(self.scene.sheet.types)
        if any(self._value(name) is None for name in outside):
            return []  # named already; the rows are not to blame
        return [f"{spec.id}.{name}" for name in names & set(spec.fields)]

    def _message(self, state: State, missing: tuple[str, ...]) -> str:
        if state == "unknown":
            return cannot_tell(missing)
        if state == "clear":
            return f"Checked and not seen: {self._said()}."
        values: dict[str, Any] = {f"params.{name}": v for name, v in self.rule.params.items()}
        for search in self.claims.counts:
            if isinstance(search, syntax.Search):
                values.setdefault(search.name.name, self._counts(search)[0])
        for _, name, _ in messages.slots(self.rule.text.message):
            if name in self.scene.sheet.types:
                values[name] = self._value(name)
        return messages.fill(self.rule.text.message, values)

    def _said(self) -> str:
        """Return the deciding facts with their values, for a clear finding."""
        shown = []
        for name in self.grounds.names:
            form = ".2%" if self.scene.unit(name) == "share" else ""
            shown.append(f"{name} is {messages.shown(self._value(name), form)}")
        for search in self.grounds.searches:
            true, _, rows = self._counts(search)
            shown.append(f"{true} of {rows} rows of {search.name.name}")
        return ", ".join(shown) or "nothing to compare"


def _needs(name: str, detail: Detail) -> list[str]:
    """Read the missing facts out of an absent measure's note (see ``vetting.measuring``)."""
    note = str(detail.get("note") or "")
    for start in ("missing: ", "too little data: "):
        if note.startswith(start):
            return note.removeprefix(start).split(", ")
    if name.startswith("creator."):
        return [f"creators.{name.removeprefix('creator.')}"]
    return [name]


def cannot_tell(missing: Sequence[str]) -> str:
    """Return the message of an unknown finding."""
    return f"Cannot tell: {', '.join(missing) or 'a fact'} is missing or too thin."


def detected(rule: Rule, creator: str, found: Detection | None) -> Finding:
    """Join what a detector found with the words of its rule; None is unknown."""
    state: State = "unknown" if found is None else found.state
    missing = ("detector",) if found is None else found.missing
    if state == "unknown":
        message = cannot_tell(missing)
    elif found is None or (state == "clear" and found.explained is not True):
        message = "Checked and not seen."
    elif state == "clear":
        because = str(found.values.get("because") or "").strip()
        message = f"Seen, and explained{f': {because}' if because else ''}."
    else:
        message = messages.fill(rule.text.message, {**rule.params, **found.values})
    return worded(
        rule,
        creator,
        state,
        kind="detector",
        confidence=(found and found.confidence) or rule.text.confidence,
        message=message,
        start=found.start if found else None,
        end=found.end if found else None,
        evidence=found.evidence if found else (),
        missing=missing if state == "unknown" else (),
        explained=found.explained if found else None,
    )


def worded(rule: Rule, creator: str, state: State, **found: Any) -> Finding:  # noqa: ANN401
    """Join what was found with the words of the rule file."""
    return Finding(
        creator_id=creator,
        id=rule.id,
        family=rule.family,
        state=state,
        severity=rule.text.severity,
        title=rule.text.title,
        innocent_explanations=rule.text.innocent_explanations,
        what_to_do=rule.text.what_to_do,
        source=rule.source,
        status=rule.text.status,
        **({"explained": None} | found),
    )
