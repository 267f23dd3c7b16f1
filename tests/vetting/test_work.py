"""The working folder: gone after a good run, kept for resuming, and nothing left by a refusal."""

import pytest

from vetting.errors import VettingError
from vetting.options import Options
from vetting.work import STATE, open_work

GROWTH = "creator_id,date,followers\nanna,2026-01-01,1000\n"


@pytest.fixture
def growth(tmp_path):
    path = tmp_path / "growth.csv"
    path.write_text(GROWTH)
    return path


def read(out, inputs, options=None):
    with open_work(out, inputs, options or Options()) as work:
        return work.read(lambda _: None)


def test_a_run_that_succeeds_leaves_no_working_folder(tmp_path, growth):
    reading = read(tmp_path / "run", [growth])
    assert reading.rows == {"growth": 1}
    assert not (tmp_path / "run" / ".work").exists()


@pytest.mark.parametrize("content", [None, "", "apples,pears\n1,2\n"])
def test_a_refused_input_leaves_nothing_behind(tmp_path, content):
    path = tmp_path / "input.csv"
    if content is not None:
        path.write_text(content)
    with pytest.raises(VettingError):
        read(tmp_path / "run", [path])
    assert not (tmp_path / "run").exists()


def test_a_refused_input_leaves_the_files_of_an_earlier_run_alone(tmp_path):
    (tmp_path / "run").mkdir()
    (tmp_path / "run" / "scores.csv").write_text("earlier")
    with pytest.raises(VettingError):
        read(tmp_path / "run", [tmp_path / "missing.csv"])
    assert [path.name for path in (tmp_path / "run").iterdir()] == ["scores.csv"]


def break_after_reading(out, inputs):
    with open_work(out, inputs, Options()) as work:
        work.read(lambda _: None)
        raise KeyboardInterrupt


def test_a_run_that_breaks_after_reading_keeps_what_it_has_read(tmp_path, growth):
    with pytest.raises(KeyboardInterrupt):
        break_after_reading(tmp_path / "run", [growth])
    assert (tmp_path / "run" / ".work" / STATE).is_file()


def test_a_run_directory_that_is_a_file_is_refused(tmp_path, growth):
    with pytest.raises(VettingError, match="this is a file"):
        read(growth, [growth])
    assert growth.read_text() == GROWTH


def test_a_run_directory_below_a_file_is_refused(tmp_path, growth):
    with pytest.raises(VettingError, match="could not be made"):
        read(growth / "run", [growth])


def test_the_key_of_the_hash_follows_the_content_and_not_the_name(tmp_path, growth):
    copy = tmp_path / "copy.csv"
    copy.write_text(GROWTH)
    other = tmp_path / "other.csv"
    other.write_text(GROWTH.replace("1000", "1001"))
    keys = []
    for path in (growth, copy, other):
        with open_work(tmp_path / "run", [path], Options()) as work:
            keys.append(work.key)
    assert keys[0] == keys[1] != keys[2]
