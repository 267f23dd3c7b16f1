"""The data flow one way: files -> read -> understand -> measure -> judge -> show."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
CODE = sorted(path for room in ("vetting", "sentiment") for path in (ROOT / room).rglob("*.py"))

# Rooms that stand side by side and must not know each other; audit joins them.
ROOMS = {"importers", "measures", "detectors", "kpis", "judging", "scoring", "reports"}
# What sits on top: nothing below may import it.
TOP = {"audit", "cli", "__main__"}
NETWORK = {
    "socket", "ssl", "http", "urllib", "ftplib", "smtplib", "telnetlib", "xmlrpc", "requests",
    "httpx", "aiohttp", "urllib3", "websockets",
}  # fmt: skip
# urllib.parse takes text apart and opens nothing.
HARMLESS = {"urllib.parse"}


def imports_of(path: Path) -> set[str]:
    """Every dotted name imported anywhere in a file, also inside functions."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            names.add(node.module)
            names |= {f"{node.module}.{alias.name}" for alias in node.names}
    return names


def name_of(path: Path) -> str:
    return str(path.relative_to(ROOT))


def room_of(path: Path) -> str | None:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return parts[1] if parts[0] == "vetting" and len(parts) > 1 else None


def vetting_rooms(names: set[str]) -> set[str]:
    return {name.split(".")[1] for name in names if name.startswith("vetting.")}


@pytest.mark.parametrize("path", CODE, ids=name_of)
def test_no_arrow_runs_back_up(path: Path) -> None:
    names = imports_of(path)
    if path.is_relative_to(ROOT / "sentiment"):
        assert not any(name.split(".")[0] == "vetting" for name in names)
        return
    room = room_of(path)
    used = vetting_rooms(names)
    if room in ROOMS:
        assert used & ROOMS <= {room}
    if room not in TOP and path.name != "__init__.py":
        assert not used & TOP


@pytest.mark.parametrize("path", CODE, ids=name_of)
def test_nothing_opens_the_network(path: Path) -> None:
    names = {name for name in imports_of(path) if name not in HARMLESS}
    opened = {name for name in names if name.split(".")[0] in NETWORK}
    assert not {name for name in opened if not name.startswith("urllib.parse") and name != "urllib"}


@pytest.mark.parametrize("path", CODE, ids=name_of)
def test_only_the_command_line_and_the_terminal_report_print(path: Path) -> None:
    parts = path.relative_to(ROOT).parts
    if parts[:2] == ("vetting", "cli") or parts[-1] == "terminal.py" or "training" in parts:
        return
    calls = {
        node.func.id
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
    }
    assert "print" not in calls
    assert not calls & {"eval", "exec"}


def test_only_one_file_imports_vader() -> None:
    importers = [
        name_of(path)
        for path in CODE
        if any(name.startswith("vaderSentiment") for name in imports_of(path))
    ]
    assert importers == ["sentiment/vader.py"]


def test_no_pickle_is_ever_loaded() -> None:
    for path in CODE:
        text = path.read_text("utf-8")
        assert not {"pickle", "joblib.load", "dill"} & imports_of(path), name_of(path)
        assert "allow_pickle=True" not in text, name_of(path)


def test_the_checks_would_notice_a_breach(tmp_path: Path) -> None:
    breach = tmp_path / "breach.py"
    breach.write_text("def f():\n    import urllib.request\n    from vetting.audit import audit\n")
    assert {"urllib.request", "vetting.audit"} <= imports_of(breach)
