"""A newcomer adds a rule, detector, measure or importer without editing an existing file."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from vetting.errors import VettingError
from vetting.scaffolding import PLACES, scaffold

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="module")
def tree(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a copy of the source tree that a test may add to."""
    copy = tmp_path_factory.mktemp("tree")
    for folder in ("vetting", "sentiment", "rules", "models"):
        shutil.copytree(ROOT / folder, copy / folder, ignore=shutil.ignore_patterns("__pycache__"))
    (copy / "tests").mkdir()
    shutil.copy(ROOT / "tests" / "builders.py", copy / "tests")
    shutil.copy(ROOT / "pyproject.toml", copy)
    return copy


def run(tree: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    environment = os.environ | {"PYTHONPATH": str(tree)}
    command = [sys.executable, *arguments]
    return subprocess.run(
        command, cwd=tree, env=environment, capture_output=True, text=True, check=False
    )


def listing(tree: Path) -> dict[str, float]:
    files = (path for path in tree.rglob("*") if path.is_file() and "__pycache__" not in str(path))
    return {str(path): path.stat().st_mtime_ns for path in files}


@pytest.mark.slow
@pytest.mark.parametrize("kind", sorted(PLACES))
def test_a_skeleton_runs_is_found_and_passes_its_own_test(tree: Path, kind: str) -> None:
    before = listing(tree)
    made = run(tree, "-m", "vetting.scaffolding", kind, "new-thing")
    assert made.returncode == 0, made.stderr
    after = listing(tree)
    assert {name: after[name] for name in before} == before
    assert len(after) == len(before) + 2
    tested = run(tree, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-p", "no:randomly", "tests")
    assert tested.returncode == 0, tested.stdout + tested.stderr


@pytest.mark.slow
def test_a_new_rule_file_is_checked_tested_and_listed(tree: Path) -> None:
    before = listing(tree)
    target = tree / "rules" / "engagement" / "new-rule.yaml"
    made = run(tree, "-m", "vetting", "rules", "new", "new-rule", "--in", "rules/engagement")
    assert made.returncode == 0, made.stderr
    assert target.is_file()
    after = listing(tree)
    assert {name: after[name] for name in before} == before
    for command in ("check", "test"):
        done = run(tree, "-m", "vetting", "rules", command, str(target))
        assert done.returncode == 0, done.stdout + done.stderr
    listed = run(tree, "-m", "vetting", "rules", "list")
    assert "new-rule" in listed.stdout


def test_a_skeleton_never_writes_over_a_file(tmp_path: Path) -> None:
    scaffold("detector", "new-thing", tmp_path)
    with pytest.raises(VettingError, match="exists already"):
        scaffold("detector", "new-thing", tmp_path)


@pytest.mark.parametrize(
    ("kind", "identifier"), [("detectors", "fine"), ("detector", "Not_Fine"), ("detector", "../up")]
)
def test_a_wrong_kind_or_id_is_refused(tmp_path: Path, kind: str, identifier: str) -> None:
    with pytest.raises(VettingError):
        scaffold(kind, identifier, tmp_path)
    assert not list(tmp_path.rglob("*.py"))
