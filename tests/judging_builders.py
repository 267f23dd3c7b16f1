"""A small catalogue and rules for tests of the judging room."""

from __future__ import annotations

import datetime as dt
import tempfile
from pathlib import Path

import duckdb

from vetting.brief import Brief
from vetting.facts import Catalogue, Fact
from vetting.judging.rulefile import read_rule
from vetting.records import ListSpec
from vetting.store import Store

_FACTS = (
    Fact("posts.rate", "number", "share", "Rate", "measure"),
    Fact("posts.count", "number", "count", "Posts", "measure"),
    Fact("posts.gap", "number", "days", "Gap", "measure"),
    Fact("fans.share", "number", "share", "Fans", "measure"),
    Fact("creator.platform", "text", "", "Platform", "creator"),
    Fact("creator.country", "text", "", "Country", "creator"),
    Fact("creator.bio", "text", "", "Bio", "creator"),
    Fact("creator.verified", "boolean", "", "Verified", "creator"),
    Fact("creator.seen", "date", "", "Seen", "creator"),
    Fact("brief.goal", "text", "", "Goal", "brief"),
    Fact("brief.country", "text", "", "Country", "brief"),
    Fact("brief.category", "text", "", "Category", "brief"),
    Fact("brief.cpm", "number", "money", "CPM", "brief"),
    Fact("brief.platforms", "list_of_text", "", "Platforms", "brief"),
    Fact("detected.burst", "boolean", "", "Burst", "detector"),
)
_FIELDS = {"z": "number", "gain": "number", "date": "date", "kind": "text", "paid": "boolean"}
CATALOGUE = Catalogue(
    {fact.name: fact for fact in _FACTS},
    {"posts.spikes": ListSpec("posts.spikes", "spikes", _FIELDS, "Spikes", "Jumps.")},
)

KEYS = {
    "id": "a-rule",
    "version": "1",
    "title": "A rule",
    "status": "stable",
    "severity": "medium",
    "confidence": "medium",
    "applies_to": None,
    "detector": None,
    "params": None,
    "when": "posts.rate < 3%",
    "message": '"Rate {posts.rate:.1%}"',
    "why": "Because.",
    "what_to_do": "Ask.",
    "innocent_explanations": "[It may be harmless.]",
    "sources": "[{title: a source, date: 2026}]",
    "tests": """
  - {name: under, facts: {posts.rate: 2.9%}, expect: fires}
  - {name: at, facts: {posts.rate: 3%}, expect: clear}
  - {name: none, facts: {}, expect: unknown}""",
}


def rule_text(**keys):
    """Return the text of a rule file; a key set to None is left out."""
    given = KEYS | keys
    return "".join(f"{key}: {value}\n" for key, value in given.items() if value is not None)


def read(text, *, catalogue=CATALOGUE, name="a-rule", **options):
    """Read a rule from text."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"{name}.yaml"
        path.write_text(text, encoding="utf-8")
        return read_rule(
            path, catalogue, family="tests", pack="tests", shown=f"rules/{name}.yaml", **options
        )


def a_rule(when="posts.rate < 3%", **keys):
    """Read a rule with a condition; its own tests are not run."""
    when = when if when is None else quoted(when)
    return read(rule_text(when=when, message='"{posts.rate:.1%}"', **keys))


def quoted(text):
    """Return text as a YAML scalar."""
    return "'" + text.replace("'", "''") + "'"


def a_store(measures=(), roster=(), spikes=(), brief=None):
    """Return a store with nothing but what rules read.

    ``measures`` are (creator, id, value) with optional keys of the long table as a fourth part.
    """
    con = duckdb.connect(config={"threads": 1})
    con.execute(
        "CREATE TABLE measures (creator_id VARCHAR, id VARCHAR, value DOUBLE, unit VARCHAR, "
        "n BIGINT, low DOUBLE, high DOUBLE, status VARCHAR, note VARCHAR)"
    )
    con.execute(
        "CREATE TABLE roster (creator_id VARCHAR, platform VARCHAR, country VARCHAR, "
        "bio VARCHAR, verified BOOLEAN, seen DATE)"
    )
    con.execute(
        "CREATE TABLE spikes (creator_id VARCHAR, z DOUBLE, gain DOUBLE, date DATE, "
        "kind VARCHAR, paid BOOLEAN)"
    )
    for creator, name, value, *more in measures:
        row = {"n": 10, "status": "measured", "low": None, "high": None, "note": None}
        row |= more[0] if more else {}
        con.execute(
            "INSERT INTO measures VALUES (?, ?, ?, 'share', ?, ?, ?, ?, ?)",
            [creator, name, value, row["n"], row["low"], row["high"], row["status"], row["note"]],
        )
    known = {row["creator_id"] for row in roster}
    missing = [{"creator_id": creator} for creator, *_ in measures if creator not in known]
    for row in [*roster, *{one["creator_id"]: one for one in missing}.values()]:
        names = ("creator_id", "platform", "country", "bio", "verified", "seen")
        con.execute("INSERT INTO roster VALUES (?, ?, ?, ?, ?, ?)", [row.get(n) for n in names])
    for row in spikes:
        names = ("creator_id", "z", "gain", "date", "kind", "paid")
        con.execute("INSERT INTO spikes VALUES (?, ?, ?, ?, ?, ?)", [row.get(n) for n in names])
    return Store(con, dt.date(2026, 11, 28), 0, brief or Brief())
