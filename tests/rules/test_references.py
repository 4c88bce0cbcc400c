"""Ids that name nothing because of a letter that only looks right."""

from maps import loaded


def test_a_letter_of_another_script_is_named() -> None:
    text = """
    sources: {essay: {label: {zh: 文, en: essay}}}
    concepts: {a: {label: {zh: 甲, en: a}}, capital: {label: {zh: 资本, en: capital}}}
    relations: [{in: essay, triples: [[a, leads-to, сapital]]}]
    """
    (found,) = [each for each in loaded(text).diagnostics if each.code == "unknown-reference"]
    assert found.help == "did you mean 'capital'?"
    assert [note.message for note in found.notes] == ["'с' is U+0441 CYRILLIC SMALL LETTER ES"]
