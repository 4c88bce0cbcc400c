"""Each import contract holds for the package, and breaks for a module that violates it."""

import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
CONTRACTS = {
    contract["id"]: contract["name"]
    for contract in tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"]["contracts"]
}

# A contract, the module that violates it, and how. A module that does not exist yet is made.
VIOLATIONS = [
    ("layers", "model", "import conceptgraph.reader"),
    ("layers", "paths", "import conceptgraph.centrality"),
    ("layers", "graph", "import conceptgraph.exporters"),
    ("layers", "newcomer", ""),
    ("exporters", "exporters.json", "import conceptgraph.exporters.graphml"),
    ("yaml", "binder", "import yaml"),
    ("yaml", "newcomer", "from yaml.nodes import ScalarNode"),
    ("click", "reports", "import click"),
    ("page", "reports", "import pyvis.network"),
    ("page", "exporters.json", "def render():\n    import jinja2"),
    ("prompt", "cli.shell", "import prompt_toolkit"),
    ("lsp", "assistance", "import lsprotocol"),
    ("server", "cli.serving", "import starlette.applications"),
    ("light-loader", "loader", "import networkx"),
    ("light-loader", "diagnostics", "import igraph"),
    ("light-loader", "newcomer", "import networkx"),
]


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A copy of the package, to spoil."""
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    shutil.copytree(ROOT / "conceptgraph", tmp_path / "conceptgraph", ignore=shutil.ignore_patterns("__pycache__"))
    return tmp_path


def append(checkout: Path, module: str, line: str) -> None:
    place = checkout.joinpath("conceptgraph", *module.split("."))
    path = place / "__init__.py" if place.is_dir() else place.with_suffix(".py")
    with path.open("a", encoding="utf-8") as source:
        source.write(f"\n{line}\n")


def broken(checkout: Path) -> set[str]:
    """The ids of the contracts that import-linter calls broken."""
    linter = Path(sys.executable).with_name("lint-imports")
    run = subprocess.run(
        [linter, "--no-cache", "--no-logo"], cwd=checkout, capture_output=True, encoding="utf-8", check=False
    )
    verdicts = dict(re.findall(r"^(.+?) (KEPT|BROKEN)(?: \(.*\))?$", run.stdout, re.MULTILINE))
    assert verdicts.keys() == set(CONTRACTS.values()), run.stdout + run.stderr
    found = {contract for contract, name in CONTRACTS.items() if verdicts[name] == "BROKEN"}
    assert run.returncode == bool(found)
    return found


def test_the_package_keeps_every_contract(checkout: Path) -> None:
    assert broken(checkout) == set()


@pytest.mark.parametrize(("contract", "module", "violation"), VIOLATIONS)
def test_a_violation_breaks_the_contract(checkout: Path, contract: str, module: str, violation: str) -> None:
    if module == "newcomer":
        append(checkout, "loader", "import conceptgraph.newcomer")
    append(checkout, module, violation)
    assert contract in broken(checkout)


def test_every_contract_has_a_violation() -> None:
    assert {contract for contract, _, _ in VIOLATIONS} == set(CONTRACTS)
