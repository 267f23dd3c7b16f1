"""A made-up campaign of twelve creators, as the judging rooms would hand it to the reports.

Nothing here is computed by the tool: the reports are tested on what they are given.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pyarrow as pa

from vetting.brief import Brief
from vetting.measures._posts import open_posts
from vetting.measures._schema import MEASURE_SCHEMA
from vetting.records import CreatorScore, Finding, LedgerLine, MeasureSpec, Problem
from vetting.store import Store, open_store
from vetting.summary import build_summary

AS_OF = dt.date(2026, 4, 1)
SUBSCORES = ("authenticity", "engagement", "sentiment", "intent", "audience_fit", "safety", "value")

# id, platform, handle, name, followers, verdict, score, story
PEOPLE = (
    ("ig-001", "instagram", "lotte.bakt", "Lotte van Dijk", 48_210, "shortlist", 81.4, "clean"),
    ("ig-002", "instagram", "signe.spiser", "Signe Holm", 112_480, "shortlist", 77.9, "viral"),
    ("tt-003", "tiktok", "noorinthekitchen", "Noor Haddad", 356_000, "shortlist", 74.2, "clean"),
    ("yt-004", "youtube", "台北小廚房", "林雅婷", 88_300, "shortlist", 71.0, "giveaway"),
    ("ig-005", "instagram", "greenfork_uk", "Hannah Price", 23_900, "review", 66.8, "clean"),
    ("tt-006", "tiktok", "maddadmad", "Mads Krogh", 540_000, "review", 61.3, "even"),
    ("ig-007", "instagram", "fit.met.fleur", "Fleur Jansen", 67_050, "review", 58.7, "purge"),
    ("yt-008", "youtube", "kitchenlabtw", "陳柏翰", 201_000, "review", 55.1, "off-target"),
    ("tt-009", "tiktok", "dailydeals.dan", "Dan Cole", 410_700, "reject", 38.4, "copied"),
    ("ig-010", "instagram", "gold.life.official", "Rico Stern", 98_640, "reject", 27.5, "burst"),
    ("ig-011", "instagram", "sofie_smager", "Sofie Lund", 31_200, "reject", 24.9, "drip"),
    ("yt-012", "youtube", "nieuwbegin", None, None, "insufficient_data", None, "little"),
)

# id | title | unit | denominator | needs | better
_SPEC_LINES = """
    audience.followers | Followers | count |  | creators.followers | neither
    audience.in_target_share | Audience in target | share | audience | audience.share | higher
    comments.duplicate_share | Copied comments | share | comments | comments.text | lower
    comments.n | Comments read | count |  | comments.text | neither
    comments.negative_share | Negative comments | share | scored comments | comments.text | lower
    comments.positive_share | Positive comments | share | scored comments | comments.text | higher
    engagement.comments_per_like | Comments per like | ratio | likes | posts.likes | neither
    engagement.rate_by_followers | By followers | share | followers | posts.likes | higher
    engagement.rate_by_reach | Engagement by reach | share | reach | posts.reach | higher
    engagement.rate_by_views | Engagement by views | share | views | posts.views | higher
    growth.per_day | Growth per day | per_day | days | growth.followers | neither
    growth.share_30_days | Growth in 30 days | share | followers | growth.followers | neither
    intent.any_share | Comments with intent | share | comments | comments.text | higher
    posting.longest_gap_days | Longest gap | days |  | posts.published_at | lower
    posting.posts_per_week | Posts per week | count | weeks | posts.published_at | neither
    sponsorship.share | Sponsored posts | share | posts | posts.sponsored | neither
    value.cpm | Cost per 1,000 views | money | 1,000 views | creators.fee | lower
"""


def _spec(line: str) -> MeasureSpec:
    id_, title, unit, denominator, need, better = (part.strip() for part in line.split("|"))
    return MeasureSpec(
        id=id_,
        title=title,
        unit=unit,
        needs=(need,),
        source="made up for the tests, 2026",
        description=f"{title}: what it is, what is left out and how the interval is made.",
        denominator=denominator or None,
        better=better,
    )


SPECS = tuple(_spec(line) for line in _SPEC_LINES.strip().splitlines())

RUN = {
    "version": "0.1.0",
    "as_of": AS_OF.isoformat(),
    "seed": 0,
    "goal": "acquisition",
    "brief": {
        "campaign": "Spring launch",
        "brand": "Havre & Co",
        "country": "NL",
        "starts": "2026-04-20",
        "currency": "EUR",
        "budget": "40000",
    },
    "weights": dict(zip(SUBSCORES, (0.25, 0.15, 0.1, 0.2, 0.2, 0.05, 0.05), strict=True)),
    "weights_reason": "Acquisition pays for people who may buy, so intent and fit weigh most.",
    "rules": [
        {"file": "rules/authenticity/follower-burst.yaml", "version": "1", "sha256": "ab" * 32},
        {"file": "rules/comments/copied-comments.yaml", "version": "2", "sha256": "cd" * 32},
    ],
}

FILES = [
    {"file": "posts.csv", "table": "posts", "rows_read": 720, "rows_left_out": 3},
    {"file": "growth.csv", "table": "growth", "rows_read": 4380, "rows_left_out": 0},
    {"file": "comments.csv", "table": "comments", "rows_read": 6012, "rows_left_out": 14},
]

PROBLEMS = [
    Problem("posts.csv", 17, "likes", "this is no whole number", "12,5k", "value left empty"),
    Problem("comments.csv", 2041, None, "the row has 3 fields instead of 6", "…", "row left out"),
]


@dataclass
class Sample:
    """What ``build_summary`` takes; tests change a field and build again."""

    store: Store
    measures: list[dict[str, Any]]
    findings: list[Finding]
    scores: list[CreatorScore]
    run: dict[str, Any] = field(default_factory=lambda: dict(RUN))
    problems: list[Problem] = field(default_factory=lambda: list(PROBLEMS))
    waivers: list[dict[str, Any]] = field(default_factory=list)
    quotes: dict[str, list[dict[str, Any]]] = field(default_factory=dict)

    def summary(self) -> dict[str, Any]:
        return build_summary(
            self.store,
            measures=pa.Table.from_pylist(self.measures, schema=MEASURE_SCHEMA),
            specs=SPECS,
            findings=self.findings,
            scores=self.scores,
            problems=self.problems,
            files=FILES,
            run=self.run,
            waivers=self.waivers,
            comments_to_read=self.quotes,
        )


def a_sample(people=PEOPLE, *, days: int = 180, posts: int = 40) -> Sample:
    """Return the sample campaign; ``people`` as in ``PEOPLE``."""
    store = open_store({}, brief=Brief(), as_of=AS_OF)
    _insert_creators(store, people)
    for number, person in enumerate(people):
        if person[7] != "little":
            random = np.random.default_rng(number)
            _insert_growth(store, person, random=random, days=days)
            _insert_posts(store, person, random=random, posts=posts)
    open_posts(store)
    ranks = {person[0]: rank for rank, person in enumerate(people, 1) if person[6] is not None}
    return Sample(
        store=store,
        measures=[row for number, person in enumerate(people) for row in _measures(person, number)],
        findings=[finding for person in people for finding in _findings(person)],
        scores=[_score(person, rank=ranks.get(person[0]), of=len(ranks)) for person in people],
        waivers=[
            {
                "creator_id": "tt-006",
                "rule": "likes-too-even",
                "reason": "The creator hides outliers by deleting weak posts; shown on a call.",
                "approver": "M. de Wit",
                "expires": "2026-06-30",
                "active": True,
                "stray": "",
            }
        ],
        quotes={"ig-001": _quotes(), "tt-009": _quotes()[:3]},
    )


def _insert_creators(store: Store, people) -> None:
    store.con.execute("DELETE FROM roster")
    for id_, platform, handle, name, followers, *_ in people:
        store.con.execute(
            "INSERT INTO roster BY NAME SELECT ? AS creator_id, ? AS platform, ? AS handle, "
            "? AS name, ? AS followers, 'food' AS category, 'NL' AS country, 'nl' AS language",
            [id_, platform, handle, name, followers],
        )


def _insert_growth(store: Store, person, *, random, days: int) -> None:
    id_, *_, followers, _, _, story = person
    gains = random.normal(followers * 0.0012, followers * 0.0006, days)
    if story in {"burst", "viral"}:
        start = int(days * 0.61)
        gains[start : start + 3] += np.array([0.09, 0.06, 0.02]) * followers
    if story == "purge":
        gains[days // 2] -= 0.11 * followers
    if story == "giveaway":
        gains[days // 3 : days // 3 + 6] += 0.012 * followers
        store.con.execute(
            "INSERT INTO events BY NAME SELECT ? AS creator_id, ?::DATE AS date, "
            "'giveaway' AS kind, 'Knife set, tag two friends' AS note",
            [id_, AS_OF - dt.timedelta(days=days - days // 3)],
        )
    counts = np.maximum(0, np.round(followers - gains.sum() + np.cumsum(gains))).astype(np.int64)
    dates = [AS_OF - dt.timedelta(days=days - 1 - day) for day in range(days)]
    table = pa.table({"creator_id": [id_] * days, "date": dates, "followers": counts})
    store.con.register("new_growth", table)
    store.con.execute("INSERT INTO growth BY NAME SELECT * FROM new_growth")
    store.con.unregister("new_growth")


def _insert_posts(store: Store, person, *, random, posts: int) -> None:
    id_, platform, *_, followers, _, _, story = person
    views = np.maximum(200, random.lognormal(np.log(followers * 0.4), 0.5, posts)).astype(np.int64)
    rate = np.full(posts, 0.05) if story == "even" else random.lognormal(np.log(0.05), 0.35, posts)
    table = pa.table(
        {
            "creator_id": [id_] * posts,
            "post_id": [f"{id_}-p{number:03}" for number in range(posts)],
            "published_at": [
                dt.datetime.combine(AS_OF, dt.time(18)) - dt.timedelta(days=4 * number)
                for number in range(posts)
            ],
            "likes": (views * rate * 0.9).astype(np.int64),
            "comments": (views * rate * 0.1).astype(np.int64),
            "views": pa.array(
                [None] * posts if platform == "instagram" else views.tolist(), pa.int64()
            ),
            "sponsored": [number % 7 == 3 for number in range(posts)],
        }
    )
    store.con.register("new_posts", table)
    store.con.execute("INSERT INTO posts BY NAME SELECT * FROM new_posts")
    store.con.unregister("new_posts")


def _measures(person, number: int) -> list[dict[str, Any]]:
    id_, platform, *_, followers, _, _, story = person
    random = np.random.default_rng(1000 + number)
    absent = {
        "instagram": {"engagement.rate_by_views", "engagement.rate_by_reach"},
        "tiktok": {"engagement.rate_by_reach"},
        "youtube": {"engagement.rate_by_reach", "value.cpm"},
    }.get(platform, set())
    rows = []
    for spec in SPECS:
        row = {"creator_id": id_, "id": spec.id, "unit": spec.unit, "note": ""}
        if story == "little" or spec.id in absent:
            row |= {"status": "absent", "note": f"missing: {spec.needs[0]}"}
        elif spec.unit == "share":
            value = float(0.02 if spec.id.startswith("engagement") else random.beta(2, 12))
            value = 0.05 if spec.id == "engagement.rate_by_views" else value
            row |= {"value": value, "low": value * 0.86, "high": value * 1.13, "n": 40}
            row["status"] = "estimated" if spec.id.startswith("audience") else "measured"
        else:
            value = float(followers if spec.id == "audience.followers" else random.gamma(4, 3))
            row |= {"value": value, "n": 40, "status": "measured"}
        rows.append(row)
    return rows


_REASONS = {
    "clean": (
        "Engagement by views stands above three in four creators of this size.",
        "41% of the audience is in the target countries.",
    ),
    "viral": ("The rise in January came with a video seen 2.1 million times.",),
    "giveaway": ("8% of the comments ask where to buy; the giveaway explains the rise.",),
    "even": ("Likes hardly vary between posts: ask for the insights of five posts.",),
    "purge": ("11% of the followers left on one day.", "Comments are warm: 62% positive."),
    "off-target": ("Only 6% of the audience is in the target countries.",),
    "copied": ("A third of the comments are copies of each other.",),
    "burst": ("17% more followers in three days, without more views.",),
    "drip": ("Followers rise by the same number each day, whatever is posted.",),
}


def _score(person, *, rank: int | None, of: int) -> CreatorScore:
    id_, _, _, _, _, verdict, score, story = person
    if score is None:
        return CreatorScore(
            creator_id=id_,
            verdict=verdict,
            score=None,
            score_low=None,
            score_high=None,
            confidence=0.12,
            rank=None,
            rank_low=None,
            rank_high=None,
            subscores=dict.fromkeys(SUBSCORES, (None, None, None)),
            top_reasons=("Three posts are too few to judge engagement.",),
            ledger=(),
            ask_for=(
                "growth.csv: followers for each day of the last 90 days",
                "posts.csv: the last 30 posts with likes, comments and views",
            ),
            gates=(),
            what_would_change=("With both files the creator can be judged.",),
        )
    random = np.random.default_rng(int(score * 10))
    subscores = {}
    for name in SUBSCORES:
        value = float(np.clip(random.normal(score, 9), 3, 98))
        subscores[name] = (value, max(0.0, value - 8), min(100.0, value + 7))
    if story in {"viral", "off-target"}:
        subscores["value"] = (None, None, None)
    return CreatorScore(
        creator_id=id_,
        verdict=verdict,
        score=score,
        score_low=score - 6.1,
        score_high=min(100.0, score + 5.4),
        confidence=0.58 + score / 300,
        rank=rank,
        rank_low=max(1, rank - 1),
        rank_high=min(of, rank + 2),
        subscores=subscores,
        top_reasons=_REASONS.get(story, _REASONS["clean"]),
        ledger=_ledger(subscores),
        ask_for=("audience table with ages (screenshot from the creator's insights)",),
        gates=("Follower burst without views: a person must look before any contract.",)
        if story == "burst"
        else (),
        what_would_change=(
            "An engagement by views of 5.1% instead of 4.2% would lift the verdict to shortlist.",
        ),
    )


def _ledger(subscores) -> tuple[LedgerLine, ...]:
    lines = []
    for name in SUBSCORES[:5]:
        value = subscores[name][0]
        for number, weight in enumerate((0.6, 0.4)):
            unknown = number == 1 and name == "intent"
            lines.append(
                LedgerLine(
                    subscore=name,
                    item=f"{name}.measure_{number}",
                    title=f"{name.replace('_', ' ').capitalize()} measure {number + 1}",
                    value=None if unknown else 0.042,
                    shown="unknown" if unknown else "4.20% (3.61 to 4.75%), n = 40",
                    points=None if unknown else value,
                    weight=weight,
                    threshold="0 points at 1%, 60 at 3%, 100 at 8%",
                    source="Benchmark report, 2025",
                )
            )
    lines.append(
        LedgerLine(
            subscore="authenticity",
            item="follower-burst",
            title="Growth burst without matching views",
            value=None,
            shown="fired",
            points=-12.0,
            weight=0.0,
            threshold="high severity x medium confidence",
            source="rules/authenticity/follower-burst.yaml",
        )
    )
    return tuple(lines)


_RULES = {
    "follower-burst": ("Growth burst without matching views", "authenticity", "high"),
    "purge-drop": ("Sudden loss of followers", "authenticity", "medium"),
    "likes-too-even": ("Likes hardly vary between posts", "engagement", "medium"),
    "copied-comments": ("The same comments under many posts", "comments", "high"),
    "audience-off-target": ("Most of the audience is outside the target", "audience_fit", "medium"),
    "engagement-under-floor": ("Engagement under the floor of its tier", "engagement", "low"),
}

_FIRES = {
    "burst": ("follower-burst", "copied-comments"),
    "drip": ("follower-burst",),
    "purge": ("purge-drop",),
    "even": ("likes-too-even",),
    "copied": ("copied-comments", "engagement-under-floor"),
    "off-target": ("audience-off-target",),
}


def _findings(person) -> list[Finding]:
    id_, *_, story = person
    fired = _FIRES.get(story, ())
    found = []
    for rule in _RULES:
        state = "fired" if rule in fired else "unknown" if story == "little" else "clear"
        if rule == "audience-off-target" and story in {"clean", "even"}:
            state = "unknown"
        explained = story in {"viral", "giveaway"} and rule == "follower-burst"
        found.append(a_finding(id_, rule, state=state, explained=True if explained else None))
    return found


def a_finding(creator_id, rule="follower-burst", *, state="fired", **changes) -> Finding:
    """Return a finding of one of the sample's rules."""
    title, family, severity = _RULES[rule]
    period = rule in {"follower-burst", "purge-drop"} and state != "unknown"
    dated = {
        "follower-burst": ("2026-01-20", "2026-01-22"),
        "purge-drop": ("2026-01-01", "2026-01-01"),
    }.get(rule, (None, None))
    values = {
        "creator_id": creator_id,
        "id": rule,
        "kind": "detector",
        "family": family,
        "state": state,
        "severity": severity,
        "confidence": "medium",
        "title": title,
        "message": "Pattern consistent with bought followers: 17% more followers in three days, "
        "while views stayed at their usual level.",
        "start": dated[0] if period else None,
        "end": dated[1] if period else None,
        "explained": None,
        "evidence": (
            {"date": "2026-01-20", "gain": 8878, "usual_gain": 118, "views_ratio": 1.02},
            {"date": "2026-01-21", "gain": 5918, "usual_gain": 118, "views_ratio": 0.97},
        )
        if state == "fired"
        else (),
        "missing": ("growth.views",) if state == "unknown" else (),
        "innocent_explanations": (
            "A press feature or a mention by a larger account",
            "A giveaway, or an advert paid for by the creator",
        ),
        "what_to_do": "Ask for the creator's own statistics of these days: where did the new "
        "followers come from?",
        "source": "rules/authenticity/follower-burst.yaml, version 1",
    }
    return Finding(**(values | changes))


def _quotes() -> list[dict[str, Any]]:
    lines = (
        ("Waar heb je die pan gekocht? Ik zoek er al weken een!", "asks where", "nl", "ask_where"),
        ("這個湯太好喝了,已經煮三次", "has tried it", "zh-Hant", "bought"),
        ("Another ad… I miss the old videos", "cold towards adverts", "en", "objection"),
        ("Den skal jeg have! Er der en rabatkode?", "wants it", "da", "want+ask_terms"),
    )
    return [
        {
            "text": text,
            "why": why,
            "language": language,
            "sentiment": "neutral",
            "intent": intent,
            "date": "2026-03-02",
        }
        for text, why, language, intent in lines
    ]
