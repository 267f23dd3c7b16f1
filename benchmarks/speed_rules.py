"""200 rules over 100,000 creators on one core. Floor 10 s, goal 2 s.

From the long table of measures to the state of every rule for every creator; loading the rules is
timed apart. CPU time, because other work may share the machine.
Run: python benchmarks/speed_rules.py [creators] [rules]
"""

from __future__ import annotations

import datetime as dt
import sys
import tempfile
import time
from pathlib import Path

import duckdb

from vetting.brief import Brief
from vetting.facts import Catalogue, Fact
from vetting.judging.bench import FIRED, UNKNOWN, Bench
from vetting.judging.evaluate import evaluate
from vetting.judging.factsheet import factsheet, used_by
from vetting.judging.rulefile import read_rule
from vetting.records import ListSpec
from vetting.store import Store

MEASURES = 80
CONDITIONS = (
    "speed.m{a} < 3{i}% and speed.m{b}.n >= 12",
    "speed.m{a} > 9{d}% or (speed.m{b} > 95% and not speed.m{c} < 20%)",
    'creator.platform in ["tiktok", "youtube"] and speed.m{a} / speed.m{b} > 2{d}',
    "speed.m{a}.high < 30% and speed.m{c} is known",
    "any(growth.spikes where z > 1{d} and gain >= 900) and speed.m{a} < 80%",
)
RULE = """\
id: r{i}
version: 1
title: A rule
status: stable
severity: low
confidence: low
when: >-
  {when}
message: "{{speed.m{a}:.1%}}"
why: To measure.
what_to_do: Nothing.
innocent_explanations: [It is only a benchmark.]
sources: [{{title: made up, date: 2026}}]
tests:
  - {{name: a, facts: {{}}, expect: fires}}
  - {{name: b, facts: {{}}, expect: clear}}
  - {{name: c, facts: {{}}, expect: unknown}}
"""


def catalogue() -> Catalogue:
    facts = [Fact(f"speed.m{m}", "number", "share", "", "measure") for m in range(MEASURES)]
    facts += [Fact("creator.platform", "text", "", "", "creator")]
    facts += [Fact("growth.days", "number", "days", "", "measure")]
    fields = {"z": "number", "gain": "number"}
    return Catalogue(
        {fact.name: fact for fact in facts},
        {"growth.spikes": ListSpec("growth.spikes", "spikes", fields, "", "")},
    )


def rules(count: int, known: Catalogue) -> list:
    found = []
    with tempfile.TemporaryDirectory() as folder:
        for i in range(count):
            a, b, c = i % MEASURES, (i * 7 + 1) % MEASURES, (i * 11 + 2) % MEASURES
            when = CONDITIONS[i % 5].format(a=a, b=b, c=c, d=i % 9, i=i % 10)
            path = Path(folder) / f"r{i}.yaml"
            path.write_text(RULE.format(i=i, a=a, when=when), encoding="utf-8")
            found.append(read_rule(path, known, family="speed", pack="speed"))
    return found


def store(creators: int) -> Store:
    con = duckdb.connect(config={"threads": 1, "memory_limit": "4GB"})
    con.execute(
        f"CREATE TABLE c AS SELECT 'c' || lpad(i::VARCHAR, 7, '0') AS creator_id, i "
        f"FROM range({creators}) t(i)"
    )
    con.execute(
        "CREATE TABLE roster AS SELECT creator_id, ['tiktok', 'youtube', 'instagram'][1 + i % 3]"
        " AS platform FROM c ORDER BY creator_id"
    )
    con.execute(f"""
        CREATE TABLE measures AS
        SELECT creator_id, 'speed.m' || m AS id,
               CASE WHEN hash(i * 97 + m) % 10 > 0 THEN (hash(i, m) % 10000) / 10000.0 END AS value,
               'share' AS unit, 5 + hash(m, i) % 40 AS n, value * 0.9 AS low, value * 1.1 AS high,
               'measured' AS status, NULL::VARCHAR AS note
        FROM c, range({MEASURES}) u(m)
        UNION ALL SELECT creator_id, 'growth.days', 365, 'days', 365, NULL, NULL,
               'measured', NULL FROM c
        ORDER BY creator_id, id""")
    con.execute(
        "CREATE TABLE spikes AS SELECT creator_id, (hash(i) % 20)::DOUBLE AS z, "
        "(hash(i + 1) % 2000)::DOUBLE AS gain FROM c WHERE i % 3 = 0"
    )
    return Store(con, dt.date(2026, 11, 28), 0, Brief())


def main() -> None:
    creators, count = (int(given) for given in [*sys.argv[1:], "100000", "200"][:2])
    known = catalogue()
    start = time.process_time()
    made = rules(count, known)
    print(f"reading {count} rule files: {time.process_time() - start:.2f} s")
    campaign = store(creators)
    start = time.process_time()
    sheet = factsheet(campaign, used_by(made), known, {})
    laid = time.process_time()
    states = Bench(sheet).states(made)
    done = time.process_time()
    print(
        f"{count} rules x {creators:,} creators: {done - start:.2f} s "
        f"(facts {laid - start:.2f}, judging {done - laid:.2f}); floor 10 s, goal 2 s"
    )
    print(f"fired {(states == FIRED).mean():.1%}, unknown {(states == UNKNOWN).mean():.1%}")
    few = store(1000)
    start = time.process_time()
    findings = evaluate(few, made, known, {})
    print(f"wording {len(findings):,} findings: {time.process_time() - start:.2f} s")


if __name__ == "__main__":
    main()
