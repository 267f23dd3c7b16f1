from pathlib import Path

import pytest

from vetting.engine import Part, run_parts
from vetting.errors import VettingError


def write(path: Path, text: str) -> None:
    path.write_text(text)


def fail_on_b(path: Path, text: str) -> None:
    path.write_text(text)
    if text == "b":
        raise RuntimeError(text)


def parts_in(folder: Path) -> list[Part]:
    return [Part(folder / f"{text}.txt", (text,)) for text in "abc"]


@pytest.mark.parametrize("jobs", [1, 2])
def test_every_part_is_made_and_comes_back_in_order(tmp_path: Path, jobs: int) -> None:
    done = list(run_parts(write, parts_in(tmp_path), jobs=jobs))
    assert [part.target.read_text() for part in done] == ["a", "b", "c"]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.txt", "b.txt", "c.txt"]


def test_a_part_that_exists_is_not_made_again(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("kept")
    list(run_parts(write, parts_in(tmp_path)))
    assert (tmp_path / "a.txt").read_text() == "kept"


def test_an_interrupted_run_leaves_no_half_part_under_its_name(tmp_path: Path) -> None:
    with pytest.raises(RuntimeError):
        list(run_parts(fail_on_b, parts_in(tmp_path)))
    assert (tmp_path / "a.txt").exists()
    assert not (tmp_path / "b.txt").exists()
    list(run_parts(write, parts_in(tmp_path)))
    assert (tmp_path / "b.txt").read_text() == "b"


def test_a_cluster_that_cannot_be_reached_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(VettingError) as caught:
        list(run_parts(write, parts_in(tmp_path), cluster="tcp://127.0.0.1:1"))
    assert "cluster" in str(caught.value)
