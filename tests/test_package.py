"""`import conceptgraph as cg`: costs nothing, names everything, and no module hides a function."""

import ast
import os
import subprocess
import sys
from pathlib import Path

import pytest

import conceptgraph
from conceptgraph import api

ROOT = Path(__file__).parents[1]


def python(code: str) -> str:
    """What a program prints in an interpreter of its own."""
    environment = {**os.environ, "PYTHONIOENCODING": "utf-8"}
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, env=environment, capture_output=True, encoding="utf-8", check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def test_importing_the_package_imports_nothing_else_of_it_and_no_other_package() -> None:
    code = """
import sys
before = set(sys.modules)
import conceptgraph
dir(conceptgraph), conceptgraph.__version__
print(*sorted(name for name in set(sys.modules) - before if name.split(".")[0] not in sys.stdlib_module_names))
"""
    assert python(code) == "conceptgraph"


def test_the_functions_are_fetched_without_the_graph_libraries() -> None:
    code = """
import sys
import conceptgraph as cg
cg.load
print(*sorted({"igraph", "networkx", "click", "pyvis", "jinja2"} & sys.modules.keys()))
"""
    assert python(code) == ""


@pytest.mark.parametrize(
    "imports",
    [
        "import conceptgraph as cg; from conceptgraph.paths import Step",
        "from conceptgraph.paths import Step; import conceptgraph as cg",
        "import conceptgraph as cg; cg.paths; import conceptgraph.paths; from conceptgraph.paths import Step",
        "import conceptgraph.loader, conceptgraph.cli; from conceptgraph.paths import Step; import conceptgraph as cg",
        "from conceptgraph import paths; from conceptgraph.paths import Step; import conceptgraph as cg",
    ],
)
def test_a_function_is_never_hidden_by_the_module_of_its_name(imports: str) -> None:
    code = f"""
{imports}
import sys, types
assert all(isinstance(getattr(cg, name), types.FunctionType) for name in cg.__all__ if name.islower())
from conceptgraph import paths, questions
assert (paths, questions) == (cg.paths, cg.questions)
assert sys.modules["conceptgraph.paths"].Step is Step
print(len(cg.paths(cg.load(), "用户注意力", "剥削", 1)))
"""
    assert python(code) == "1"


def test_every_name_is_listed_once_for_programs_once_for_type_checkers_and_once_in_the_api() -> None:
    tree = ast.parse((ROOT / "conceptgraph" / "__init__.py").read_text("utf-8"))
    imported = [
        alias.name
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module == "conceptgraph.api"
        for alias in node.names
    ]
    assert imported == conceptgraph.__all__ == api.__all__ == sorted(api.__all__)
    assert set(conceptgraph.__all__) <= set(dir(conceptgraph))
    assert all(getattr(conceptgraph, name) is getattr(api, name) for name in conceptgraph.__all__)


def test_every_name_says_what_it_is() -> None:
    assert [name for name in api.__all__ if not (getattr(api, name).__doc__ or "").strip()] == []


def test_what_is_not_there_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="has no attribute 'path'"):
        conceptgraph.path  # noqa: B018 - to ask is to fail


def test_a_program_that_uses_the_library_passes_the_strict_type_checker(tmp_path: Path) -> None:
    program = tmp_path / "program.py"
    program.write_text(
        """
import conceptgraph as cg
from conceptgraph.paths import Step

map: cg.ArgumentMap = cg.load()
steps: list[Step] = [step for path in cg.paths(map, "a", ["b", "c"]) for step in path.steps]
names: list[str] = [rank.entity for rank in cg.rank(map, "degree", selection=cg.Selection(places="progress")).ranks]
voices: set[str] = {position.voice for position in cg.who(map, "a")}
relation: cg.Relation = cg.show(map, "a", "leads-to", "b").relation
entity: cg.Entity = cg.show(map, "a").entity
cg.nonsense
""",
        "utf-8",
    )
    done = subprocess.run(
        [sys.executable, "-m", "mypy", "--strict", "--cache-dir", str(tmp_path / "cache"), str(program)],
        cwd=ROOT,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    errors = [line for line in done.stdout.splitlines() if "program.py" in line]
    assert [line.partition("error: ")[2] for line in errors] == ['Module has no attribute "nonsense"  [attr-defined]']
