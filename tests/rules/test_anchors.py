"""Anchors that nearly stand in the text: what the text has instead is said."""

from pathlib import Path

import pytest
from maps import written

from conceptgraph.loader import load

MAP = """
sources:
  essay: {{label: {{zh: 文, en: essay}}, file: essay.txt, sections: {{"1": {{zh: 一, en: one, opens: 其一}}}}}}
concepts: {{a: {{label: {{zh: 甲, en: a}}}}, b: {{label: {{zh: 乙, en: b}}}}}}
relations: [{{in: essay/1, triples: [[a, leads-to, b, {{at: '{anchor}'}}]]}}]
"""


@pytest.mark.parametrize(
    ("anchor", "help"),
    [
        ("特殊的“受众商品”", None),
        ("特 殊的\u3000“受众商品”", None),
        ("特殊的「受众商品」", "the text has '特殊的“受众商品”', which differs in its marks"),
        ("特殊的“受眾商品”", "the text has '特殊的“受众商品”', which differs in its characters"),
        ("特殊的“观众商品”", "did you mean '特殊的“受众商品”'?"),
        ("毫不相干的话", "nothing"),
    ],
)
def test_says_what_the_text_has_instead(tmp_path: Path, anchor: str, help: str | None) -> None:
    written(tmp_path, MAP.format(anchor=anchor))
    (tmp_path / "essay.txt").write_text("其一，转化为一种特殊的\n“受众商品”。", encoding="utf-8")
    found = [each for each in load(tmp_path, sources=tmp_path).diagnostics if each.code.startswith("anchor")]
    assert [each.help or "nothing" for each in found] == ([] if help is None else [help])
