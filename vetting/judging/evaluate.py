"""Judges every rule for every creator and words what was found."""

from __future__ import annotations

import dataclasses
import datetime
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from vetting.judging import messages, syntax
from vetting.judging.bench import CLEAR, FIRED, SILENT, UNKNOWN, Bench
from vetting.judging.checking import fact_of
from vetting.judging.explain import deciding
from vetting.judging.factsheet import factsheet, used_by
from vetting.records import CONFIDENCES, Finding

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    import numpy as np
    from numpy.typing import NDArray

    from vetting.facts import Catalogue
    from vetting.judging.bench import Claims
    from vetting.judging.factsheet import Detail, FactSheet
    from vetting.judging.rule import Rule
    from vetting.judging.syntax import Part
    from vetting.records import Confidence, Detection, State
    from vetting.store import Store

_STATES: dict[int, State] = {CLEAR: "clear", FIRED: "fired", UNKNOWN: "unknown"}
_CODES = {state: code for code, state in _STATES.items()}
ALL_STATES: tuple[State, ...] = ("fired", "clear", "unknown")
_CREATORS_AT_ONCE = 5_000


def evaluate(
    store: Store,
    rules: Sequence[Rule],
    catalogue: Catalogue,
    detections: Mapping[str, Sequence[Detection]],
    *,
    states: Collection[State] = ALL_STATES,
) -> list[Finding]:
    """Judge rules on a campaign.

    Parameters
    ----------
    store : Store
        With the table ``measures`` and the lists of the measure families.
    rules : sequence of Rule
    catalogue : Catalogue
        The same the rules were loaded with.
    detections : mapping of str to sequence of Detection
        What the detectors found, by **rule id** (a detector runs once per rule that carries it).
    states : collection of {"fired", "clear", "unknown"}
        Which findings to return. Clear ones of many creators cost memory.

    Returns
    -------
    list of Finding
        One per creator and rule that applies to it, sorted by creator_id and id.
    """
    sheet = factsheet(store, used_by(rules), catalogue, detections)
    return judge(sheet, rules, catalogue, detections, states=states)


def judge(
    sheet: FactSheet,
    rules: Sequence[Rule],
    catalogue: Catalogue,
    detections: Mapping[str, Sequence[Detection]],
    *,
    states: Collection[State] = ALL_STATES,
) -> list[Finding]:
    """Judge rules on a fact sheet; see ``evaluate``."""
    bench = Bench(sheet)
    creators: list[str] = sheet.facts["creator_id"].to_pylist()
    matrix = bench.states(rules)
    wanted = {_CODES[state] for state in states}
    findings: list[Finding] = []
    for start in range(0, len(creators), _CREATORS_AT_ONCE):
        stop = start + _CREATORS_AT_ONCE
        part = _Part(sheet, bench, catalogue, creators[start:stop], start)
        for number, rule in enumerate(rules):
            codes = matrix[number, start:stop]
            if rule.text.detector is None:
                findings += part.judged(rule, codes, wanted)
            else:
                findings += part.detected(rule, codes, detections.get(rule.id, ()), wanted)
    return sorted(findings, key=lambda finding: (finding.creator_id, finding.id))


@dataclass(slots=True)
class _Part:
    """Some of the creators: findings are worded a few thousand at a time."""

    sheet: FactSheet
    bench: Bench
    catalogue: Catalogue
    creators: list[str]
    offset: int
    _details: Mapping[tuple[str, str], Detail] | None = None
    _columns: dict[str, list[Any]] = dataclasses.field(default_factory=dict)

    def judged(
        self, rule: Rule, codes: NDArray[np.uint8], wanted: Collection[int]
    ) -> Iterable[Finding]:
        """Word what a condition came to."""
        places = [i for i, code in enumerate(codes) if code in wanted]
        if not places or rule.condition is None:
            return
        asked = [self.creators[i] for i in places]
        claims = self.bench.claims(rule, asked)
        decided = [
            deciding(rule.condition, lambda claim, row=row: claims.truth[claim][row])[1]  # type: ignore[misc]
            for row in range(len(asked))
        ]
        rows = self._rows(rule, asked, decided, [codes[i] for i in places], claims)
        for row, (place, parts) in enumerate(zip(places, decided, strict=True)):
            case = _Case(self, rule, place, row, parts, claims, rows)
            yield case.finding(_STATES[int(codes[place])])

    def detected(
        self,
        rule: Rule,
        codes: NDArray[np.uint8],
        detections: Sequence[Detection],
        wanted: Collection[int],
    ) -> Iterable[Finding]:
        """Join what a detector found with the words of its rule."""
        by_creator = {one.creator_id: one for one in detections}
        for creator, code in zip(self.creators, codes, strict=True):
            found = by_creator.get(creator)
            state: State = "unknown" if found is None else found.state
            if code != SILENT and _CODES[state] in wanted:
                yield _detected(rule, creator, found, state)

    def value(self, column: str, place: int) -> Any:  # noqa: ANN401 - facts have several types
        """Return one fact of one creator of this part."""
        if column not in self._columns:
            rows = self.sheet.facts[column].slice(self.offset, len(self.creators))
            self._columns[column] = rows.to_pylist()
        return self._columns[column][place]

    def detail(self, place: int, fact: str) -> Detail:
        """Return interval, sample and status of a measure; empty for other facts."""
        if self._details is None:
            self._details = self.sheet.details(self.creators)
        return self._details.get((self.creators[place], fact), {})

    def _rows(
        self,
        rule: Rule,
        asked: list[str],
        decided: list[tuple[Part, ...]],
        codes: list[int],
        claims: Claims,
    ) -> dict[Part, dict[str, list[dict[str, Any]]]]:
        """Fetch the list rows behind the searches that made a rule fire."""
        found = {}
        for search in claims.counts:
            assert isinstance(search, syntax.Search)  # noqa: S101 - counts are of searches
            broken = search.kind == "all"
            creators = [
                creator
                for creator, parts, code in zip(asked, decided, codes, strict=True)
                if code == FIRED and any(search in syntax.walk(part) for part in parts)
            ]
            if creators:
                rows = self.bench.rows(rule, search, creators, true=True)
                if broken:
                    for creator, more in self.bench.rows(
                        rule, search, creators, true=False
                    ).items():
                        rows.setdefault(creator, []).extend(more)
                found[search] = rows
        return found


@dataclass(frozen=True, slots=True)
class _Case:
    """One rule and one creator."""

    part: _Part
    rule: Rule
    place: int  # of the creator in the part
    row: int  # of the creator in the claims
    decided: tuple[Part, ...]
    claims: Claims
    rows: Mapping[Part, Mapping[str, list[dict[str, Any]]]]

    def finding(self, state: State) -> Finding:
        evidence = self._evidence() if state != "unknown" else []
        days = sorted(str(entry["date"]) for entry in evidence if entry.get("date"))
        missing = self._missing() if state == "unknown" else ()
        return _worded(
            self.rule,
            self.part.creators[self.place],
            state,
            kind="rule",
            confidence=self._confidence(),
            message=self._message(state, missing),
            start=days[0] if days else None,
            end=days[-1] if days else None,
            evidence=tuple(evidence),
            missing=missing,
        )

    def _names(self) -> list[str]:
        """Facts in the deciding claims, in the order they are written, each once."""
        names = [
            part.name
            for claim in self.decided
            for part in syntax.walk(claim)
            if isinstance(part, syntax.Name) and part.name in self.part.sheet.types
        ]
        return list(dict.fromkeys(names))

    def _fact(self, name: str) -> str:
        split = fact_of(name, self.part.catalogue)
        return name if split is None else split[0]

    def _evidence(self) -> list[dict[str, Any]]:
        entries = [entry for claim in self.decided for entry in self._claim(claim)]
        applies = self.rule.text.applies_to
        for given, fact in (
            (applies.platforms, "creator.platform"),
            (applies.countries, self._market()),
            (applies.goals, "brief.goal"),
            (applies.categories, "brief.category"),
        ):
            if given:
                entries.append(
                    {"claim": "the rule applies", "fact": fact, "value": self._value(fact)}
                )
        return entries

    def _market(self) -> str:
        return "creator.country" if self._value("brief.country") is None else "brief.country"

    def _claim(self, claim: Part) -> list[dict[str, Any]]:
        passage = self.rule.passage
        said = "" if passage is None else passage.quote(claim.start, claim.end)
        entries: list[dict[str, Any]] = []
        for part in syntax.walk(claim):
            if isinstance(part, syntax.Search):
                entries += self._searched(part, said)
            elif isinstance(part, syntax.Name) and part.name in self.part.sheet.types:
                entries.append({"claim": said} | self._measured(part.name))
        return entries

    def _measured(self, name: str) -> dict[str, Any]:
        entry: dict[str, Any] = {"fact": name, "value": self._value(name)}
        detail = self.part.detail(self.place, self._fact(name))
        for key in ("unit", "n", "low", "high", "status"):
            if detail.get(key) is not None:
                entry[key] = plain(detail[key])
        return entry

    def _searched(self, search: syntax.Search, said: str) -> list[dict[str, Any]]:
        true, unknown, rows = (column[self.row] for column in self.claims.counts[search])
        list_id = search.name.name
        head = {
            "claim": said,
            "list": list_id,
            "matching": true,
            "unknown": unknown,
            "rows": rows,
        }
        found = self.rows.get(search, {}).get(self.part.creators[self.place], [])
        return [head, *({"list": list_id} | {k: plain(v) for k, v in row.items()} for row in found)]

    def _value(self, column: str) -> Any:  # noqa: ANN401
        return plain(self.part.value(column, self.place))

    def _confidence(self) -> Confidence:
        """Lower the confidence one step when a deciding fact was claimed or estimated."""
        given = self.rule.text.confidence
        statuses = {
            self.part.detail(self.place, self._fact(name)).get("status") for name in self._names()
        }
        if statuses & {"claimed", "estimated"}:
            return CONFIDENCES[max(0, CONFIDENCES.index(given) - 1)]
        return given

    def _missing(self) -> tuple[str, ...]:
        """Name what was missing: a measure's own missing facts, else the fact itself."""
        missing: list[str] = []
        for name in [*self._names(), *self._unknown_applicability()]:
            if self.part.value(name, self.place) is None:
                missing += _needs(name, self.part.detail(self.place, self._fact(name)))
        for claim in self.decided:
            for part in syntax.walk(claim):
                if isinstance(part, syntax.Search):
                    missing += self._missing_list(part)
        return tuple(sorted(set(missing)))

    def _unknown_applicability(self) -> list[str]:
        applies = self.rule.text.applies_to
        names = ["creator.platform"] if applies.platforms else []
        return names + ([self._market()] if applies.countries else [])

    def _missing_list(self, search: syntax.Search) -> list[str]:
        spec = self.part.catalogue.lists[search.name.name]
        if not self.part.value(f"{spec.id}?", self.place):
            return [spec.id]
        fields = {
            part.name
            for part in syntax.walk(search)
            if isinstance(part, syntax.Name) and part.name in spec.fields
        }
        return [f"{spec.id}.{field}" for field in fields]

    def _message(self, state: State, missing: tuple[str, ...]) -> str:
        if state == "unknown":
            return _cannot_tell(missing)
        if state == "clear":
            return f"Checked and not seen: {self._said()}."
        values: dict[str, Any] = {f"params.{k}": v for k, v in self.rule.params.items()}
        for search, counts in self.claims.counts.items():
            values.setdefault(search.name.name, counts[0][self.row])  # type: ignore[attr-defined]
        for _, name, _ in messages.slots(self.rule.text.message):
            if name in self.part.sheet.types:
                values[name] = self._value(name)
        return messages.fill(self.rule.text.message, values)

    def _said(self) -> str:
        """Return the deciding facts with their values, for a clear finding."""
        shown = []
        for name in self._names():
            split = fact_of(name, self.part.catalogue)
            unit = self.part.catalogue.facts[split[0]].unit if split and not split[1] else ""
            form = ".2%" if unit == "share" else ""
            shown.append(f"{name} is {messages.shown(self._value(name), form)}")
        for claim in self.decided:
            for part in syntax.walk(claim):
                if isinstance(part, syntax.Search):
                    true, _, rows = (column[self.row] for column in self.claims.counts[part])
                    shown.append(f"{true} of {rows} rows of {part.name.name}")
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


def _cannot_tell(missing: Sequence[str]) -> str:
    return f"Cannot tell: {', '.join(missing) or 'a fact'} is missing or too thin."


def _detected(rule: Rule, creator: str, found: Detection | None, state: State) -> Finding:
    missing = ("detector",) if found is None else found.missing
    if state == "unknown":
        message = _cannot_tell(missing)
    elif state == "clear" or found is None:
        message = "Checked and not seen."
    else:
        message = messages.fill(rule.text.message, {**found.values, **rule.params})
    return _worded(
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


def _worded(rule: Rule, creator: str, state: State, **found: Any) -> Finding:  # noqa: ANN401
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


def plain(value: Any) -> Any:  # noqa: ANN401 - any fact
    """Return a value as JSON has it."""
    if isinstance(value, (datetime.date, datetime.datetime)):
        return value.isoformat()
    if isinstance(value, Decimal):
        return float(value)
    return value
