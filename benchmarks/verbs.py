"""What every verb takes over a made-up map of 100 000 relations: seconds and memory of the whole process.

Each verb runs once, with the map as it is kept between calls; the first, `check`, reads all files.
"""

from __future__ import annotations

import os
import shlex
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from growth import made_up

SIZE = 100_000
LIMIT = 600
"""How many seconds a verb may take before it is stopped."""
VERBS = (
    "check",
    "stats",
    "show c5",
    "show c5x",
    "search 概念777",
    "search concpt",
    "neighbors c1 --depth 3",
    "path c1 c20000",
    "path c1 c20000 -n 100",
    "path @thesis c20000",
    "path @concept t0",
    "path c1 c20000 --through c30000 --avoid c2",
    "path c1 c20000 --max-length 12 --directed",
    "who c1",
    "compare essay reply",
    "trace c1 --family causal --depth 8",
    "centrality -m degree",
    "centrality -m betweenness",
    "centrality -m closeness",
    "centrality -m harmonic",
    "centrality -m eigenvector",
    "centrality -m pagerank",
    "centrality -m hubs",
    "centrality -m brokerage",
    "centrality --why c1",
    "centrality --robust",
    "communities",
    "questions",
    "ask concept",
    "coverage --sources {sources}",
    "export json -o {folder}/map.json",
    "export graphml -o {folder}/map.graphml",
)


def run(command: list[str], folder: Path) -> tuple[float, float, int]:
    """The wall time of a process in seconds, the most memory that it took in MiB, and its exit code."""
    start = time.perf_counter()
    with subprocess.Popen(
        ["timeout", str(LIMIT), *command],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env={**os.environ, "XDG_CACHE_HOME": str(folder)},
    ) as process:
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    return time.perf_counter() - start, usage.ru_maxrss / 1024, process.returncode


def main() -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        data, sources = folder / "data", folder / "texts"
        data.mkdir()
        sources.mkdir()
        made_up(data, SIZE)
        for text in ("essay", "reply"):
            sentences = "".join(f"第{number}处所言，另有所指。\n\n" for number in range(SIZE // 10))
            (sources / f"{text}.md").write_text(sentences, "utf-8")
        print(f"{SIZE:,} relations, {sum(file.stat().st_size for file in data.iterdir()) / 2**20:.1f} MiB of YAML")
        print(f"{'':<44}{'s':>8}{'MiB':>7}  exit")
        for verb in VERBS:
            words = shlex.split(verb.format(folder=folder, sources=sources))
            seconds, memory, code = run([sys.executable, "-m", "conceptgraph", *words, "-i", str(data)], folder)
            print(f"{verb.format(folder='.', sources='DIR'):<44}{seconds:>8.1f}{memory:>7.0f}  {code}", flush=True)


if __name__ == "__main__":
    main()
