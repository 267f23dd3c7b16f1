"""The built wheel, in an empty environment without the development groups, with no network."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent

# Where no network namespace can be made, Python itself refuses to connect.
REFUSE = """
import socket

def refuse(*arguments, **named):
    raise OSError("network unreachable")

socket.socket.connect = socket.socket.connect_ex = refuse
socket.create_connection = socket.getaddrinfo = refuse
"""


def run(*command: object, **more) -> subprocess.CompletedProcess[str]:
    words = [str(word) for word in command]
    done = subprocess.run(words, capture_output=True, text=True, check=False, **more)
    assert done.returncode == 0, f"{words}\n{done.stdout}\n{done.stderr}"
    return done


@pytest.fixture(scope="session")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    target = tmp_path_factory.mktemp("wheel")
    run(sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", target, cwd=ROOT)
    (built,) = target.glob("*.whl")
    return built


@pytest.fixture(scope="session")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("empty")
    run(sys.executable, "-m", "venv", home)
    pip = (home / "bin" / "python", "-m", "pip", "install", "--quiet")
    run(*pip, "--require-hashes", "-r", ROOT / "requirements.txt", cwd=home)
    run(*pip, "--no-deps", wheel, cwd=home)
    return home


def offline(home: Path) -> tuple[list[str], dict[str, str]]:
    """Return a command prefix and environment in which nothing can reach a network."""
    environment = {"PATH": "/usr/bin:/bin", "HOME": str(home), "LANG": "C.UTF-8"}
    prefix = ["unshare", "--net"]
    if shutil.which("unshare"):
        tried = subprocess.run([*prefix, "true"], capture_output=True, check=False)
        if tried.returncode == 0:
            return prefix, environment
    blocker = home / "blocker"
    blocker.mkdir(exist_ok=True)
    (blocker / "sitecustomize.py").write_text(REFUSE)
    return [], environment | {"PYTHONPATH": str(blocker)}


@pytest.mark.slow
def test_the_wheel_runs_the_demo_offline_without_development_parts(
    installed: Path, tmp_path: Path
) -> None:
    prefix, environment = offline(installed)
    vetting = installed / "bin" / "vetting"
    run(*prefix, vetting, "--help", env=environment, cwd=tmp_path)
    run(*prefix, vetting, "demo", "--out", tmp_path / "demo", env=environment, cwd=tmp_path)
    run_record = json.loads((tmp_path / "demo" / "run.json").read_text("utf-8"))
    assert run_record["counts"]["creators"] == 12
    assert (tmp_path / "demo" / "report.html").stat().st_size > 10_000
    listed = run(installed / "bin" / "python", "-m", "pip", "list", "--format=json")
    names = {package["name"].lower() for package in json.loads(listed.stdout)}
    assert not names & {"pytest", "hypothesis", "ruff", "mypy", "playwright"}


def test_the_wheel_carries_rules_and_models(wheel: Path) -> None:
    listed = run(sys.executable, "-m", "zipfile", "-l", wheel).stdout
    assert "vetting/_data/rules/scoring/goals.yaml" in listed
    assert "vetting/_data/models/" in listed
    top = {line.split("/")[0] for line in listed.splitlines()[1:]}
    assert {name for name in top if not name.endswith(".dist-info")} == {"vetting", "sentiment"}
