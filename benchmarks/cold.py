"""What a command costs from a cold start, as ratios to what it must cost at least.

The two commands of a pair run in turn, in processes of their own, so that a machine that grows slow slows both. Every
figure is the median over the pairs. Run it with the installed program (`make bench`), compiled to bytecode.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from growth import made_up

PAIRS = 15
IMPORTS = [sys.executable, "-c", "import click, yaml, networkx"]
PROGRAM = [sys.executable, "-m", "conceptgraph"]
PATH = [*PROGRAM, "path", "马克思", "audience commodity"]
LOADING = """
import pathlib, sys, yaml
for file in pathlib.Path(sys.argv[1]).rglob("*.yaml"):
    yaml.load(file.read_text("utf-8"), yaml.CSafeLoader)
"""
LOAD = [sys.executable, "-c", LOADING]
SIZE = 10_000


def seconds(command: list[str], cache: Path) -> float:
    """The wall time of one process."""
    start = time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, env={**os.environ, "XDG_CACHE_HOME": str(cache)})
    return time.perf_counter() - start


def compare(name: str, command: list[str], least: list[str], cache: Path, forget: bool = False) -> None:
    """Print the medians of both commands and of their ratio; with `forget`, no map is kept between the runs."""
    ratios, ours, theirs = [], [], []
    for number in range(PAIRS + 1):
        if forget:
            for kept in cache.rglob("*.map"):
                kept.unlink()
        pair = seconds(command, cache), seconds(least, cache)
        if number == 0:
            continue  # the first pair warms the disk
        ours.append(pair[0])
        theirs.append(pair[1])
        ratios.append(pair[0] / pair[1])
    medians = [statistics.median(values) for values in (ours, theirs, ratios)]
    print(f"{name:<44} {medians[0] * 1000:7.0f} ms {medians[1] * 1000:7.0f} ms {medians[2]:7.2f}")


def main() -> None:
    from conceptgraph.files import shipped

    print(f"{'medians of ' + str(PAIRS) + ' pairs':<44} {'ours':>10} {'least':>10} {'ratio':>7}")
    with tempfile.TemporaryDirectory() as name:
        cache, big = Path(name, "cache"), Path(name, "map")
        big.mkdir()
        made_up(big, SIZE)
        check = [*PROGRAM, "check"]
        path = [*PROGRAM, "path", "c1", f"c{SIZE // 5}", "-i", str(big)]
        compare("path, over import click, yaml, networkx", PATH, IMPORTS, cache)
        compare("path with nothing kept, over the same", PATH, IMPORTS, cache, forget=True)
        compare("check, over yaml.load of the files", check, [*LOAD, str(shipped())], cache)
        compare("--help, over import click", [*PROGRAM, "--help"], [sys.executable, "-c", "import click"], cache)
        print(f"over {SIZE:,} relations, over yaml.load of the files")
        compare("path with nothing kept", path, [*LOAD, str(big)], cache, forget=True)
        compare("path, nothing changed since", path, [*LOAD, str(big)], cache)
        compare("check: load, bind, all rules", [*check, "-i", str(big)], [*LOAD, str(big)], cache)


if __name__ == "__main__":
    main()
