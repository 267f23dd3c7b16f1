"""Documentation tells the truth: made pages are fresh, links lead somewhere, commands run."""

import re
import shlex
from pathlib import Path

import pytest
from typer.testing import CliRunner

from vetting.cli import build_app

ROOT = Path(__file__).resolve().parent.parent
PAGES = sorted(
    path
    for path in [
        *ROOT.glob("*.md"),
        *(ROOT / "docs").rglob("*.md"),
        *(ROOT / "models").rglob("*.md"),
    ]
)
LINK = re.compile(r"\[[^\]]*\]\(([^)#\s]+)[^)]*\)")


def name_of(path: Path) -> str:
    return str(path.relative_to(ROOT))


def test_the_reference_pages_are_fresh() -> None:
    from vetting.reference import pages

    for name, text in pages().items():
        written = (ROOT / "docs" / "reference" / name).read_text("utf-8")
        assert written == text, f"docs/reference/{name} is stale: run make docs"


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_every_link_leads_somewhere(page: Path) -> None:
    broken = [
        target
        for target in LINK.findall(page.read_text("utf-8"))
        if "://" not in target and not (page.parent / target).exists()
    ]
    assert not broken


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_no_page_names_a_machine_or_a_registry(page: Path) -> None:
    text = page.read_text("utf-8")
    assert not re.search(r"(?<![\w.])/(?:root|home|work|tmp|Users)/", text)
    assert "pypi" + ".org" not in text


def commands_in(page: Path) -> list[str]:
    """Every ``vetting ...`` line of the shell blocks of a page."""
    blocks = re.findall(
        r"```(?:sh|shell|bash|console)\n(.*?)```", page.read_text("utf-8"), re.DOTALL
    )
    lines = [line.strip() for block in blocks for line in block.replace("\\\n", " ").splitlines()]
    return [line for line in lines if line.startswith("vetting ")]


def test_the_commands_of_the_readme_run_in_order(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    commands = commands_in(ROOT / "README.md")
    assert len(commands) >= 5
    monkeypatch.chdir(tmp_path)
    runner = CliRunner()
    for command in commands:
        words = shlex.split(command, comments=True)[1:]
        done = runner.invoke(build_app(), words, catch_exceptions=False)
        assert done.exit_code == 0, f"{command}\n{done.output}"


def test_every_command_is_in_the_readme_or_the_docs() -> None:
    text = "".join(page.read_text("utf-8") for page in PAGES)
    names = [command.name for command in build_app().registered_commands]
    names += [group.name for group in build_app().registered_groups]
    assert not [name for name in names if f"vetting {name}" not in text]


def test_every_command_and_option_has_help() -> None:
    runner = CliRunner()
    for command in build_app().registered_commands:
        done = runner.invoke(build_app(), [command.name, "--help"])
        assert done.exit_code == 0
        options = re.findall(r"^  --[\w-]+", done.output, re.MULTILINE)
        assert options
