"""Small inputs for the score: measures, findings and a profile with one simple curve."""

import pyarrow as pa

from vetting.brief import Brief
from vetting.datafiles import data_root
from vetting.records import Finding, MeasureSpec
from vetting.scoring import load_profile, score_creators

PROFILE = load_profile(data_root("rules") / "scoring")
MEASURED = sorted({item.measure for sub in PROFILE.subscores.values() for item in sub.items})
SPECS = {
    name: MeasureSpec(name, name, "share", (f"posts.{name}",), "test", "test") for name in MEASURED
}


def measure(creator: str, name: str, value: float | None, **more) -> dict:
    row = {"creator_id": creator, "id": name, "value": value, "unit": "share", "n": 50}
    row |= {"low": value, "high": value, "status": "measured", "note": None}
    return row | more


def table(rows: list[dict]) -> pa.Table:
    from vetting.measures._schema import MEASURE_SCHEMA

    return pa.Table.from_pylist(rows, schema=MEASURE_SCHEMA)


def finding(creator: str = "a", **more) -> Finding:
    fields = {
        "creator_id": creator, "id": "some-pattern", "kind": "rule", "family": "authenticity",
        "state": "clear", "severity": "high", "confidence": "high", "title": "A pattern",
        "message": "what was seen", "start": None, "end": None, "explained": None,
        "evidence": (), "missing": (), "innocent_explanations": ("a giveaway",),
        "what_to_do": "ask", "source": "test",
    }  # fmt: skip
    return Finding(**(fields | more))


def good_measures(creator: str = "a", **changed) -> list[dict]:
    values = {
        "engagement.rate_by_views": 0.12,
        "posting.days_since_last_post": 3.0,
        "engagement.comments_per_like": 0.006,
        "comments_clean.negative_share": 0.05,
        "comments_clean.positive_share": 0.6,
        "intent_clean.any_share": 0.05,
    } | changed
    return [measure(creator, name, value) for name, value in values.items()]


def score(rows, findings=(), creators=("a",), *, brief=None, seed=1, platform="tiktok", known=None):
    roster = [{"creator_id": name, "platform": platform, "followers": 50_000} for name in creators]
    return score_creators(
        table(rows),
        roster=roster,
        findings=list(findings),
        brief=brief or Brief(),
        profile=PROFILE,
        specs=SPECS,
        seed=seed,
        known=known or {},
    )
