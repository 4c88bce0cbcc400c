"""How cost grows with the map: loading, a path, betweenness and exports over 500, 10 000 and 100 000 relations.

The maps are made up: entities of a few kinds, relations between near and far ones in the manner of an argument (most
within a neighbourhood, some across), each with an anchor. Every figure is the best of three runs in this process,
except those that take longer than ten seconds, which run once.
"""

from __future__ import annotations

import random
import resource
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import yaml

from conceptgraph.centrality import rank
from conceptgraph.exporters import exporter
from conceptgraph.files import shipped
from conceptgraph.loader import load
from conceptgraph.measures import measure
from conceptgraph.paths import shortest_paths

SIZES = (500, 10_000, 100_000)
DRAWN = 10_000
"""Up to how many relations the page is written: its layout takes a minute and more beyond."""


def made_up(folder: Path, relations: int) -> None:
    """Write a map with so many relations, and two fifths as many entities."""
    random.seed(relations)
    count = relations * 2 // 5
    predicates = ["leads-to", "intensifies", "kind-of", "part-of", "supports", "criticises", "enables"]
    (folder / "vocabulary.yaml").write_text((shipped() / "vocabulary.yaml").read_text("utf-8"), "utf-8")
    entities = "\n".join(f"  c{n}: {{label: {{zh: 概念{n}, en: concept {n}}}}}" for n in range(count))
    (folder / "entities.yaml").write_text(
        "sources:\n  essay: {label: {zh: 文, en: essay}, file: essay.md}\n"
        "  reply: {label: {zh: 答, en: reply}, file: reply.md}\ntheses:\n  t0: {label: {zh: 论, en: thesis}}\n"
        f"concepts:\n{entities}\n",
        "utf-8",
    )
    triples = set()
    while len(triples) < relations:
        one = random.randrange(count)
        other = (one + random.randrange(1, 30)) % count if random.random() < 0.9 else random.randrange(count)
        if one != other:
            triples.add((one, random.choice(predicates), other))
    lines = [
        f"      - [c{one}, {predicate}, {'t0' if predicate == 'supports' else f'c{other}'}, {{at: 第{number}处所言}}]"
        for number, (one, predicate, other) in enumerate(sorted(triples))
    ]
    half = len(lines) // 2
    blocks = [f"  - in: {text}\n    triples:\n" + "\n".join(part) for text, part in
              (("essay", lines[:half]), ("reply", lines[half:]))]  # fmt: skip
    (folder / "relations.yaml").write_text("relations:\n" + "\n".join(blocks) + "\n", "utf-8")


def best(work: Callable[[], object]) -> float:
    """The shortest of three times in seconds; of one, if that takes long."""
    times = []
    for _ in range(3):
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
        if times[0] > 10:
            break
    return min(times)


def main() -> None:
    widths: dict[str, int] = {}
    for size in SIZES:
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            made_up(folder, size)
            texts = [file.read_text("utf-8") for file in folder.glob("*.yaml")]
            map = load(folder).require()
            figures: dict[str, Callable[[], object]] = {
                "yaml.load": lambda texts=texts: [yaml.load(text, yaml.CSafeLoader) for text in texts],
                "load": lambda folder=folder: load(folder),
                "path": lambda map=map, size=size: shortest_paths(map, "c1", f"c{size // 5}"),
                "path -n 100": lambda map=map, size=size: shortest_paths(map, "c1", f"c{size // 5}", 100),
                "betweenness": lambda map=map: rank(map, measure("betweenness")),
                "export json": lambda map=map: exporter("json").render(map),
                "export html": lambda map=map: exporter("html").render(map),
            }
            if not widths:
                widths = {figure: max(len(figure), 8) + 2 for figure in figures}
                print(f"{'seconds':>9}" + "".join(figure.rjust(width) for figure, width in widths.items()))
            print(f"{size:>9,}", end="", flush=True)
            for figure, work in figures.items():
                drawn = figure != "export html" or size <= DRAWN
                value = f"{best(work):.3f}" if drawn else "–"
                print(value.rjust(widths[figure]), end="", flush=True)
            print()
    print(f"most memory: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MiB")


if __name__ == "__main__":
    main()
