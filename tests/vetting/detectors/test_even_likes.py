from shipped_rules import detect_one

from vetting.synthetic import rows


def found(*, platform="instagram", **options):
    tables = rows.joined(rows.creator(platform), rows.posts(**options))
    return detect_one(rows.open_tables(tables), "even-likes")


def test_likes_in_a_narrow_band_fire_with_the_band_as_evidence():
    one = found(likes=lambda generator: float(generator.integers(950, 1050)))
    assert one.state == "fired"
    assert 950 <= one.values["lowest"] < one.values["highest"] <= 1050


def test_few_posts_widen_the_interval_instead_of_firing():
    def narrow(generator):
        return 1000 * float(generator.normal(1, 0.145))

    assert found(count=12, likes=narrow).state == "clear"
    assert found(count=150, every_days=1, likes=narrow).state == "fired"


def test_a_platform_without_a_floor_is_unknown():
    one = found(platform="pinterest", likes=lambda _: 100.0)
    assert (one.state, one.missing) == ("unknown", ("creators.platform",))


def test_pinned_and_fresh_posts_do_not_count():
    one = found(count=12, likes=lambda _: 100.0, pinned=True)
    assert (one.state, one.missing) == ("unknown", ("posts.likes",))


def test_hidden_likes_of_zero_are_unknown():
    assert found(likes=lambda _: 0.0).state == "unknown"
