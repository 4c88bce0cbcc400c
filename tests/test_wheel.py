"""The built wheel answers from any folder, with nothing installed but what it asks for."""

import os
import subprocess
import sys
import tarfile
import tomllib
import venv
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
VERSION = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["version"]


@pytest.fixture(scope="module")
def dist(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the sdist, and with the wheel built from that sdist."""
    folder = tmp_path_factory.mktemp("dist")
    subprocess.run([sys.executable, "-m", "build", "--no-isolation", "--outdir", folder, ROOT], check=True)
    return folder


@pytest.fixture(scope="module")
def program(dist: Path, wheels: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The installed `conceptgraph`, in an environment that holds the wheel and its runtime dependencies only."""
    environment = tmp_path_factory.mktemp("environment")
    venv.create(environment, with_pip=False)
    python = environment / "bin" / "python"
    [wheel] = dist.glob("*.whl")
    pip = [sys.executable, "-m", "pip", "--isolated", "--quiet", "--python", python]
    offline = ["--no-index", "--find-links", wheels, "--constraint", ROOT / "constraints.txt"]
    subprocess.run([*pip, "install", *offline, wheel], check=True)
    return environment / "bin" / "conceptgraph"


def below(folder: str) -> set[str]:
    paths = (path for path in (ROOT / folder).rglob("*") if path.is_file() and path.suffix != ".pyc")
    return {path.relative_to(ROOT).as_posix() for path in paths}


def test_the_package_and_the_curated_map_travel_in_wheel_and_sdist(dist: Path) -> None:
    [wheel] = dist.glob("*.whl")
    [sdist] = dist.glob("*.tar.gz")
    with zipfile.ZipFile(wheel) as archive:
        in_wheel = set(archive.namelist())
    with tarfile.open(sdist) as archive:
        in_sdist = set(archive.getnames())
    package, curated = below("conceptgraph"), below("data")
    assert {"conceptgraph/py.typed", "data/vocabulary.yaml"} <= package | curated
    assert package | {f"conceptgraph/{path}" for path in curated} <= in_wheel
    assert {f"conceptgraph-{VERSION}/{path}" for path in package | curated} <= in_sdist
    assert {path.split("/")[0] for path in in_wheel} == {"conceptgraph", f"conceptgraph-{VERSION}.dist-info"}


@pytest.mark.parametrize("question", ["--version", "--help", "stats", "check"])
def test_the_installed_program_answers_from_an_empty_folder(program: Path, tmp_path: Path, question: str) -> None:
    plain = {name: value for name, value in os.environ.items() if not name.startswith(("CONCEPTGRAPH_", "PYTHON"))}
    run = subprocess.run(
        [program, question], cwd=tmp_path, env=plain, capture_output=True, encoding="utf-8", check=False
    )
    assert run.returncode == 0, run.stdout + run.stderr
    assert run.stdout + run.stderr
    if question == "--version":
        assert VERSION in run.stdout
    assert not list(tmp_path.iterdir())
