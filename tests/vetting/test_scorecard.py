import numpy as np
import pytest

from vetting.errors import VettingError
from vetting.scorecard import Scorecard, load_scorecards

CARD = Scorecard(-1.0, {"a": 2.0, "b": -1.0}, {"a": 0.5})


def test_a_typical_account_has_the_odds_of_the_intercept():
    p = CARD.probability({"a": np.array([0.5]), "b": np.array([0.0])})
    assert p[0] == pytest.approx(1 / (1 + np.e))


def test_unknown_adds_nothing():
    known = CARD.probability({"a": np.array([0.5]), "b": np.array([1.0])})
    unknown = CARD.probability({"a": np.array([np.nan]), "b": np.array([1.0])})
    assert known == pytest.approx(unknown)


def test_a_card_that_is_missing_says_so():
    with pytest.raises(VettingError, match="scorecard"):
        load_scorecards("no_such_model")


def test_the_shipped_cards_are_complete():
    assert set(load_scorecards("growth_attention")) == {
        "short", "long", "coarse_short", "coarse_long", "sparse",
        "short_blind", "long_blind", "coarse_short_blind", "coarse_long_blind", "sparse_blind",
    }  # fmt: skip


def test_more_views_never_make_a_rise_more_suspicious():
    for name in ("short", "long", "coarse_short", "coarse_long", "sparse"):
        weights = load_scorecards("growth_attention")[name].coefficients
        assert weights["views_share"] < 0
        assert weights["log_views_ratio"] < 0
        assert weights.get("views_rank", 0) <= 0
        assert weights["log_gain_per_view"] > 0
