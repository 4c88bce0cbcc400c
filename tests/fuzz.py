"""Coverage-guided fuzzing of what reads a curator's files: no bytes may raise, hang, or take more than a little memory.

`make fuzz` runs it for a minute (`make fuzz SECONDS=3600` for longer). It begins with the examples of the rules, and
goes through reader, binder, rules, ignores, the canonical form, and the JSON export of what loads. What it finds
stands in `.fuzz/crash-*`; a test with these bytes then keeps it mended.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["conceptgraph"]):
    from conceptgraph import reader
    from conceptgraph.exporters import exporter
    from conceptgraph.fixing import fixed
    from conceptgraph.formatting import formatted
    from conceptgraph.loader import load

ROOT = Path(__file__).parents[1]
EXAMPLES = ROOT / "conceptgraph" / "rules" / "examples"
FOUND = ROOT / ".fuzz"
FOLDER = Path(tempfile.mkdtemp(prefix="conceptgraph-fuzz-"))
FILE = FOLDER / "map.yaml"


def once(data: bytes) -> None:
    """Read some bytes as a file of a map, and do with it whatever the program does without being asked."""
    FILE.write_bytes(data)
    loaded = load(FOLDER)
    document = reader.read(FILE, "map.yaml")
    if not document.diagnostics:
        again = formatted(document)
        assert formatted(reader.parse(again, "map.yaml")) == again, "the canonical form is not stable"
    fixed(loaded)
    if not loaded.errors:
        exporter("json").render(loaded.map)


def main() -> None:
    shutil.copy(EXAMPLES / "base.yaml", FOLDER / "vocabulary.yaml")
    seeds = FOLDER.with_name(f"{FOLDER.name}-seeds")
    seeds.mkdir()
    for number, file in enumerate(sorted(EXAMPLES.rglob("*.yaml"))):
        shutil.copy(file, seeds / str(number))
    FOUND.mkdir(exist_ok=True)
    seconds = sys.argv[1] if len(sys.argv) > 1 else "60"
    limits = ["-timeout=5", "-rss_limit_mb=1024", "-max_len=4096", f"-max_total_time={seconds}"]
    try:
        atheris.Setup([sys.argv[0], *limits, f"-artifact_prefix={FOUND}/", "-print_final_stats=1", str(seeds)], once)
        atheris.Fuzz()
    finally:
        shutil.rmtree(FOLDER)
        shutil.rmtree(seeds)


if __name__ == "__main__":
    main()
