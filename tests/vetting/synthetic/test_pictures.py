"""The pictures of docs/fraud.md are those the made-up creators give today."""

import importlib
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
NAMES = sorted(path.stem for path in (ROOT / "docs" / "images" / "fraud").glob("*.svg"))


@pytest.fixture(scope="module")
def pictures():
    folder = str(ROOT / "benchmarks" / "fraud")
    sys.path.insert(0, folder)
    yield importlib.import_module("pictures")
    sys.path.remove(folder)


def test_every_picture_is_shown_in_the_manual(pictures):
    manual = (ROOT / "docs" / "fraud.md").read_text("utf-8")
    assert sorted(pictures.PICTURES) == NAMES
    assert all(f"images/fraud/{name}.svg" in manual for name in NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_picture_is_up_to_date(pictures, name):
    path = ROOT / "docs" / "images" / "fraud" / f"{name}.svg"
    assert path.read_text("utf-8") == pictures.draw(name), "run benchmarks/fraud/pictures.py"
