"""The command line as a user meets it: exit codes, one clear message, nothing half-written."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent

NAMES = (
    "audit", "comments", "import", "kpis", "compare", "backtest", "rules", "explain", "eval",
    "formats", "template", "demo",
)  # fmt: skip

GOOD_POSTS = (
    "creator_id,post_id,published_at,likes,comments,views\n"
    "anna,p1,2026-10-01,100,5,2000\n"
    "anna,p2,2026-10-05,120,6,2100\n"
)


def vetting(*arguments: object, cwd: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "vetting", *map(str, arguments)]
    environment = os.environ | {"PYTHONPATH": str(ROOT), "COLUMNS": "100"}
    return subprocess.run(
        command, cwd=cwd, env=environment, capture_output=True, text=True, check=False
    )


def test_help_names_every_command_of_the_interface(tmp_path: Path) -> None:
    shown = vetting("--help", cwd=tmp_path).stdout
    for name in NAMES:
        assert f" {name} " in shown


def test_help_imports_nothing_heavy(tmp_path: Path) -> None:
    code = (
        "import sys\nfrom vetting.cli import build_app\nbuild_app()\nprint(' '.join(sys.modules))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    heavy = {"numpy", "pyarrow", "duckdb", "numba", "sklearn", "spacy", "pydantic", "joblib"}
    assert not heavy & set(done.stdout.split())


BAD = {
    "missing file": (None, "no such file"),
    "empty file": (b"", "empty"),
    "binary garbage": (bytes(range(256)) * 40, "not recognised"),
    "unknown columns": (b"apples,pears\n1,2\n", "apples"),
    "dates in two orders": (
        b"creator_id,post_id,published_at,likes\na,1,13/01/2026,5\na,2,01/13/2026,5\n",
        "order",
    ),
    "negative followers": (b"creator_id,date,followers\na,2026-01-01,-5\n", "-5"),
    "shares over 1": (
        b"creator_id,dimension,bucket,share\na,country,NL,1.7\n",
        "1.7",
    ),
    "duplicate ids": (
        b"creator_id,followers\na,5\na,7\n",
        "a",
    ),
}


@pytest.mark.parametrize("case", sorted(BAD))
def test_bad_input_ends_with_one_clear_message_and_exit_code_2(tmp_path: Path, case: str) -> None:
    content, expected = BAD[case]
    if content is not None:
        (tmp_path / "input.csv").write_bytes(content)
    done = vetting("audit", "input.csv", "--out", "run", cwd=tmp_path)
    assert done.returncode == 2, done.stdout + done.stderr
    assert done.stderr.startswith("error: ")
    assert "input.csv" in done.stderr
    assert expected in done.stderr
    assert "Traceback" not in done.stderr
    assert not (tmp_path / "run" / "run.json").exists()


def test_a_forced_kind_that_does_not_fit_says_what_is_missing(tmp_path: Path) -> None:
    (tmp_path / "posts.csv").write_text(GOOD_POSTS)
    done = vetting("audit", "growth=posts.csv", "--out", "run", cwd=tmp_path)
    assert done.returncode == 2
    assert "followers" in done.stderr


def test_a_brief_with_a_typo_shows_line_caret_and_suggestion(tmp_path: Path) -> None:
    (tmp_path / "posts.csv").write_text(GOOD_POSTS)
    (tmp_path / "brief.yaml").write_text("goal: sales\ncurrenci: EUR\n")
    done = vetting("audit", "posts.csv", "--out", "run", "--brief", "brief.yaml", cwd=tmp_path)
    assert done.returncode == 2
    assert "brief.yaml:2:1" in done.stderr
    assert "currency" in done.stderr
    assert "^" in done.stderr


def test_mistakes_of_brief_and_waivers_are_said_together(tmp_path: Path) -> None:
    (tmp_path / "posts.csv").write_text(GOOD_POSTS)
    (tmp_path / "brief.yaml").write_text("goal: salez\n")
    (tmp_path / "waivers.yaml").write_text("waivers:\n  - {rule: follower-burst, creator: a}\n")
    options = ("--brief", "brief.yaml", "--waivers", "waivers.yaml")
    done = vetting("audit", "posts.csv", "--out", "run", *options, cwd=tmp_path)
    assert done.returncode == 2
    assert "brief.yaml:1:7" in done.stderr
    assert "waivers.yaml:2:5: the key expiry is missing" in done.stderr


def test_a_rule_with_an_unknown_measure_shows_place_and_suggestion(tmp_path: Path) -> None:
    (tmp_path / "posts.csv").write_text(GOOD_POSTS)
    rule = (ROOT / "rules" / "engagement").glob("*.yaml")
    text = next(path.read_text() for path in sorted(rule) if "\nwhen:" in path.read_text())
    broken = "".join(
        "when: engagement.rate_by_veiws < 2%\n" if line.startswith("when:") else line
        for line in text.splitlines(keepends=True)
    )
    folder = tmp_path / "mine" / "engagement"
    folder.mkdir(parents=True)
    name = next(line.split(":")[1].strip() for line in text.splitlines() if line.startswith("id:"))
    (folder / f"{name}.yaml").write_text(broken)
    done = vetting("audit", "posts.csv", "--out", "run", "--rules", "mine", cwd=tmp_path)
    assert done.returncode == 2
    assert "engagement.rate_by_views" in done.stderr
    assert f"{name}.yaml:" in done.stderr


def test_a_bad_row_never_sinks_a_good_file(tmp_path: Path) -> None:
    (tmp_path / "posts.csv").write_text(GOOD_POSTS + "anna,p3,never,many,6,2100\n")
    done = vetting("audit", "posts.csv", "--out", "run", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    problems = (tmp_path / "run" / "problems.csv").read_text()
    assert "posts.csv,4,published_at" in problems


def test_a_wrong_severity_is_refused_before_any_work(tmp_path: Path) -> None:
    (tmp_path / "posts.csv").write_text(GOOD_POSTS)
    done = vetting("audit", "posts.csv", "--out", "run", "--fail-on", "hihg", cwd=tmp_path)
    assert done.returncode == 2
    assert "high" in done.stderr
    assert not (tmp_path / "run").exists()


def test_a_waiver_of_a_rule_that_does_not_run_is_refused(tmp_path: Path) -> None:
    (tmp_path / "posts.csv").write_text(GOOD_POSTS)
    (tmp_path / "waivers.yaml").write_text(
        "waivers:\n"
        "  - rule: follower-brust\n"
        "    creator: anna\n"
        "    reason: press on that day\n"
        "    approver: J. Jansen\n"
        "    expiry: 2027-01-01\n"
    )
    done = vetting("audit", "posts.csv", "--out", "run", "--waivers", "waivers.yaml", cwd=tmp_path)
    assert done.returncode == 2
    assert "follower-burst" in done.stderr
    assert "waivers.yaml" in done.stderr
