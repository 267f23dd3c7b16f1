import pytest
from shipped_rules import detect_one

from vetting.detectors._benchmarks import benchmark_for, load_benchmarks
from vetting.measuring import measure_all
from vetting.synthetic import rows


def found(*, platform="instagram", rule="low-engagement", **options):
    facts = {name: options.pop(name) for name in ("followers",) if name in options}
    store = rows.open_tables(rows.joined(rows.creator(platform, **facts), rows.posts(**options)))
    measure_all(store)
    return detect_one(store, rule)


def likes(low, high):
    return lambda generator: float(generator.integers(low, high))


def test_fires_when_the_whole_interval_lies_under_the_line():
    one = found(likes=likes(5, 25))
    assert one.state == "fired"
    assert one.evidence[0]["high"] < one.evidence[0]["floor"]
    assert "Modash" in one.values["source"]


def test_the_same_likes_are_usual_for_a_smaller_account():
    assert found(likes=likes(60, 120), followers=1500).state == "clear"


def test_all_likes_of_zero_are_hidden_likes_and_unknown():
    assert found(likes=lambda _: 0.0).state == "unknown"


def test_a_platform_without_a_benchmark_is_unknown_and_named():
    one = found(platform="pinterest")
    assert one.state == "unknown"
    assert "pinterest" in one.missing[0]


def test_unknown_followers_are_named():
    assert found(followers=None).missing == ("creators.followers",)


def test_high_engagement_needs_a_ceiling():
    assert found(rule="high-engagement").state == "unknown"


@pytest.mark.parametrize(
    "line", load_benchmarks(), ids=lambda one: f"{one.platform}-{one.followers_from:.0f}"
)
def test_every_line_is_in_order_and_dated(line):
    assert 0 < line.low < line.usual_from < line.usual_to < (line.high or 1)
    assert line.date
    assert line.source


def test_the_line_of_the_own_tier_is_taken():
    assert benchmark_for("instagram", 9_999).followers_from == 5000
    assert benchmark_for("instagram", 10_000).followers_from == 10000
    assert benchmark_for("instagram", 500) is None
