import pytest
from run_builders import a_run

from vetting.backtesting import _spearman, backtest
from vetting.errors import VettingError


def outcomes(tmp_path, revenue):
    rows = [f"c{number},2026-04-01,100,{value},EUR" for number, value in enumerate(revenue)]
    path = tmp_path / "outcomes.csv"
    path.write_text("creator_id,date,fee,revenue,currency\n" + "\n".join(rows) + "\n")
    return path


def run_of(tmp_path, **columns):
    n = len(next(iter(columns.values())))
    creators = {
        f"c{number}": {name.replace("__", "."): values[number] for name, values in columns.items()}
        for number in range(n)
    }
    return a_run(tmp_path / "run", creators)


def test_what_went_with_the_outcome_comes_first(tmp_path) -> None:
    rises = [float(number) for number in range(12)]
    noise = [3.0, 1.0, 2.0, 9.0, 4.0, 7.0, 5.0, 8.0, 6.0, 0.0, 2.5, 1.5]
    run = run_of(tmp_path, m__good=rises, m__noise=noise)
    found = backtest(run, [outcomes(tmp_path, [100 * value for value in rises])])
    first = found.links[0]
    assert (first.predictor, first.outcome) == ("m.good", "roas") or first.outcome == "roi"
    assert first.correlation == pytest.approx(1.0)
    noisy = [link for link in found.links if link.predictor == "m.noise"]
    assert all(link.low < link.correlation < link.high for link in noisy)


def test_a_small_sample_carries_a_warning_and_changes_nothing(tmp_path) -> None:
    run = run_of(tmp_path, m__good=[1.0, 2.0, 3.0, 4.0, 5.0, 6.0])
    found = backtest(run, [outcomes(tmp_path, [1, 2, 3, 4, 5, 6])])
    assert "Only 6 creators" in found.warnings[0]
    assert found.suggested_weights == {}


def test_weights_are_suggested_from_sub_scores_that_surely_went_with_the_outcome(tmp_path) -> None:
    rises = [float(number) for number in range(15)]
    run = run_of(tmp_path, intent=rises, safety=[5.0] * 15)
    found = backtest(run, [outcomes(tmp_path, [10 * value for value in rises])])
    assert found.suggested_weights == {"intent": 1.0}


def test_the_same_seed_gives_the_same_intervals(tmp_path) -> None:
    run = run_of(tmp_path, m__good=[1.0, 5.0, 3.0, 4.0, 2.0, 6.0])
    files = [outcomes(tmp_path, [1, 2, 3, 4, 5, 6])]
    assert backtest(run, files, seed=2) == backtest(run, files, seed=2)


def test_too_few_creators_in_both_is_refused(tmp_path) -> None:
    run = run_of(tmp_path, m__good=[1.0, 2.0])
    with pytest.raises(VettingError, match="too few creators"):
        backtest(run, [outcomes(tmp_path, [1, 2])])


def test_spearman_handles_ties() -> None:
    import numpy as np

    assert _spearman(np.array([1.0, 1, 2, 3]), np.array([5.0, 5, 6, 7])) == pytest.approx(1.0)


def test_forecasts_are_checked_against_what_happened(tmp_path) -> None:
    run = run_of(
        tmp_path,
        forecast__roi_p10=[0.0, 0.0, 0.0, 0.0, 0.0, 5.0],
        forecast__roi_p90=[1.0, 1.0, 1.0, 1.0, 1.0, 9.0],
    )
    found = backtest(run, [outcomes(tmp_path, [150, 100, 200, 160, 500, 150])])
    (roi,) = found.forecasts
    assert (roi.outcome, roi.held, roi.n) == ("roi", 4, 6)
    assert roi.low < 4 / 6 < roi.high


def test_a_run_without_forecasts_has_none_to_check(tmp_path) -> None:
    run = run_of(tmp_path, m__good=[1.0, 2.0, 3.0, 4.0, 5.0])
    assert backtest(run, [outcomes(tmp_path, [1, 2, 3, 4, 5])]).forecasts == ()
