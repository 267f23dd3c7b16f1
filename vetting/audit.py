"""The front door: the five rooms joined, from files to a decision.

Read, understand, measure, judge, score, show: each room is called once, in that order.
"""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from vetting.errors import VettingError, VettingErrors, errors_of
from vetting.options import Options

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    import pyarrow as pa

    from vetting.brief import Brief
    from vetting.facts import Catalogue
    from vetting.judging.packs import Packs
    from vetting.judging.waivers import Waived, Waiver
    from vetting.records import CreatorScore, Finding
    from vetting.store import Store
    from vetting.summary import Summary
    from vetting.work import Work

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Audit:
    """What a run came to.

    Attributes
    ----------
    folder : Path
        The run directory.
    summary : Summary
        Everything the reports show.
    scores : tuple of CreatorScore
        Best first.
    findings : tuple of Finding
        After waivers, all states.
    """

    folder: Path
    summary: Summary
    scores: tuple[CreatorScore, ...]
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class Rulebook:
    """What the run judges by, checked before anything large is read."""

    brief: Brief
    catalogue: Catalogue
    packs: Packs
    waivers: tuple[Waiver, ...]


@dataclass(slots=True)
class Stages:
    """Names each stage as it begins and remembers how long it took, in seconds."""

    begin: Callable[[str], None]
    seconds: dict[str, float] = field(default_factory=dict)

    def run(self, name: str, work: Callable[[], T]) -> T:
        """Run one stage and return what it made."""
        self.begin(name)
        started = time.perf_counter()
        result = work()
        self.seconds[name] = round(time.perf_counter() - started, 3)
        return result


def audit(
    inputs: Sequence[str | Path],
    out: str | Path,
    brief: str | Path | Brief | None = None,
    *,
    progress: Callable[[str], None] | None = None,
    **options: Any,  # noqa: ANN401 - typed by Options
) -> Audit:
    """Audit creators from files and write a run directory.

    Parameters
    ----------
    inputs : sequence of str or Path
        Files and folders; ``KIND=PATH`` forces what a file is.
    out : str or Path
        The run directory; made when missing.
    brief : str, Path, Brief or None
        The campaign brief; None judges the creators as such.
    progress : callable or None
        Called with what is being done as it begins.
    **options
        The fields of :class:`vetting.options.Options`: rules, waivers, cues, jobs, cluster,
        seed, as_of, keep_authors, resume.

    Returns
    -------
    Audit

    Raises
    ------
    VettingError
        When the inputs, the brief, a rule or a waiver cannot be used; every problem at once.
    SentimentError
        When a cue file cannot be read.
    """
    from vetting.publishing import publish
    from vetting.work import open_work

    chosen = Options(**options)
    _check_cues(chosen)
    stages = Stages(progress or (lambda _: None))
    book = _open_rulebook(brief, chosen)
    with open_work(Path(out), inputs, chosen) as work:
        reading = stages.run("read", lambda: work.read(stages.begin))
        files = stages.run("understand", lambda: work.understand(reading))
        store, measures = stages.run("measure", lambda: _measure(files, book.brief, work))
        findings, waived = stages.run("judge", lambda: _judge(store, book))
        scores = stages.run("score", lambda: _score(store, measures, findings))
        summary = stages.run(
            "show",
            lambda: publish(
                work,
                reading=reading,
                store=store,
                measures=measures,
                findings=findings,
                scores=scores,
                waived=waived,
                packs=book.packs,
                seconds=stages.seconds,
            ),
        )
        store.con.close()
    return Audit(Path(out), summary, tuple(scores), tuple(findings))


def _check_cues(options: Options) -> None:
    """Compile the user's cues, so that what is wrong with them shows before anything is read."""
    if options.cues:
        from sentiment.cues import cue_book

        cue_book(options.cues)


def _open_rulebook(brief: str | Path | Brief | None, options: Options) -> Rulebook:
    from vetting.brief import Brief, load_brief
    from vetting.catalogue import build_catalogue
    from vetting.judging.packs import load_packs
    from vetting.judging.waivers import load_waivers

    catalogue = build_catalogue()
    wrong: list[VettingError] = []
    packs = _tried(lambda: load_packs(options.rules, catalogue), wrong)
    rules = None if packs is None else {*(rule.id for rule in packs.rules), *packs.off}
    waivers = _tried(lambda: load_waivers(options.waivers, rules) if options.waivers else (), wrong)
    wish = _tried(lambda: load_brief(brief) if isinstance(brief, str | Path) else brief, wrong)
    if packs is None or waivers is None or wrong:
        raise wrong[0] if len(wrong) == 1 else VettingErrors(wrong)
    return Rulebook(brief=wish or Brief(), catalogue=catalogue, packs=packs, waivers=waivers)


def _tried(work: Callable[[], T], wrong: list[VettingError]) -> T | None:
    """Return what ``work`` returns; None, with its errors added, when it cannot be used."""
    try:
        return work()
    except VettingError as error:
        wrong += errors_of(error)
        return None


def _measure(files: dict[str, Path], brief: Brief, work: Work) -> tuple[Store, pa.Table]:
    from vetting.measuring import measure_all
    from vetting.store import open_store

    options = work.options
    store = open_store(
        files,
        brief=brief,
        as_of=options.as_of,
        seed=options.seed,
        threads=options.threads,
        temp_directory=work.temp / "duckdb",
    )
    return store, measure_all(store)


def _judge(store: Store, book: Rulebook) -> tuple[list[Finding], list[Waived]]:
    from vetting.detecting import detect_all
    from vetting.judging.evaluate import evaluate
    from vetting.judging.waivers import apply_waivers

    rules = book.packs.rules
    findings = evaluate(store, rules, book.catalogue, detect_all(store, rules))
    return apply_waivers(findings, book.waivers, store.as_of)


def _score(store: Store, measures: pa.Table, findings: Sequence[Finding]) -> list[CreatorScore]:
    from vetting.datafiles import data_root
    from vetting.measuring import measure_specs
    from vetting.scoring import load_profile, score_creators
    from vetting.store import known_facts

    roster = store.con.sql(
        "SELECT creator_id, platform, followers FROM roster ORDER BY creator_id"
    ).to_arrow_table()
    return score_creators(
        measures,
        roster=roster.to_pylist(),
        findings=findings,
        brief=store.brief,
        profile=load_profile(data_root("rules") / "scoring"),
        specs=measure_specs(),
        seed=store.seed,
        known=known_facts(store),
    )
