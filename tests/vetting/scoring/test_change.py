"""What would change a verdict, at its edges."""

from scoring_builders import PROFILE, finding, good_measures, measure, score

from vetting.brief import Brief
from vetting.scoring.missing import facts_missing

CLEAR = [finding(), finding(id="safe", family="safety")]


def test_a_rejected_creator_is_told_what_would_reach_review():
    poor = {
        "engagement.rate_by_views": 0.004,
        "posting.days_since_last_post": 300.0,
        "engagement.comments_per_like": 0.0,
        "comments_clean.negative_share": 0.55,
        "comments_clean.positive_share": 0.08,
        "intent_clean.any_share": 0.0,
    }
    rows = [row | {"low": row["value"], "high": row["value"]} for row in good_measures(**poor)]
    fired = [
        finding(id=f"f{number}", state="fired", severity="high", family=family)
        for family in ("authenticity", "safety")
        for number in range(6)
    ]
    (one,) = score(rows, fired, brief=Brief(goal="engagement"))
    assert one.verdict == "reject"
    assert one.score < PROFILE.verdict.reject_below
    assert all(f"to {PROFILE.verdict.reject_below:.0f}." in said or "No change" in said
               for said in one.what_would_change)  # fmt: skip


def test_a_sub_score_that_findings_took_whole_has_no_leverage():
    block = finding(id="b", state="fired", severity="block", confidence="low")
    rows = [*good_measures(), measure("a", "followers.fake_share", 0.6)]
    (one,) = score(rows, [*CLEAR, block])
    assert not any("followers.fake_share" in said for said in one.what_would_change)


def test_findings_that_matter_nothing_ask_for_nothing():
    info = finding(state="unknown", severity="info", missing=("growth.followers",))
    assert facts_missing([info], [], {}) == {}


def test_only_columns_of_tables_and_words_of_the_brief_are_asked_for():
    missing = (
        "posts.likes",
        "brief.audience.age.buckets",
        "nothing.known",
        "creators.claimed_reach",
    )
    unknown = finding(state="unknown", severity="low", missing=missing)
    assert set(facts_missing([unknown], [], {})) == {"posts.likes", "brief.audience"}
