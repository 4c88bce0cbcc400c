"""What a notebook shows: real HTML, in which no text of the map is ever markup, and the page in a frame of its own."""

from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from maps import chain_map, map_of

import conceptgraph as cg
from conceptgraph import notebook
from conceptgraph.centrality import Rank

BREAKOUT = '"/><img src=x onerror=hit()><script>hit()</script></pre></table></iframe><b '
HOSTILE = map_of(
    f"""
    sources:
      essay:
        label: {{zh: '{BREAKOUT}s', en: '{BREAKOUT}e'}}
        sections: {{"1": {{zh: '{BREAKOUT}1', en: '{BREAKOUT}2'}}}}
    theorists:
      who: {{label: {{zh: '{BREAKOUT}v', en: '{BREAKOUT}w'}}}}
    concepts:
      a:
        label: {{zh: '{BREAKOUT}3', en: '{BREAKOUT}4'}}
        aliases: {{en: ['{BREAKOUT}5']}}
        definition: {{en: '{BREAKOUT}6'}}
        note: {{en: '{BREAKOUT}7'}}
      b: {{label: {{zh: '{BREAKOUT}0', en: '{BREAKOUT}8'}}}}
    relations:
      - in: essay/1
        triples:
          - subject: a
            predicate: leads-to
            object: b
            at: '{BREAKOUT[:16]}'
            by: who
            stance: reports
            modality: conditional
            condition: {{en: '{BREAKOUT}9'}}
            note: {{en: '{BREAKOUT}n'}}
          - [a, leads-to, b, {{denied: true}}]
    questions:
      q: {{ask: {{zh: '{BREAKOUT}q', en: '{BREAKOUT}r'}}, query: show a}}
    """
)
VOID = {"br", "hr", "img"}
ALLOWED = {"div", "span", "strong", "code", "pre", "br", "hr", "ul", "li", "table", "thead", "tbody", "tr", "td", "th"}


class Reader(HTMLParser):
    """Reads HTML strictly: what is opened is closed, in order; collects tags, attributes and text."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: set[str] = set()
        self.attributes: set[str] = set()
        self.text = ""
        self.feed(html)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes.update(name for name, _ in attrs)
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data


def hostile_answers() -> list[Any]:
    return [
        cg.load(),
        cg.rank(HOSTILE).map,
        cg.show(HOSTILE, "a"),
        cg.show(HOSTILE, "essay"),
        cg.show(HOSTILE, "a", "leads-to", "b"),
        cg.search(HOSTILE, "img"),
        cg.neighbors(HOSTILE, "a"),
        cg.paths(HOSTILE, "a", "b"),
        cg.paths(HOSTILE, "a", "b")[0],
        cg.paths(HOSTILE, "a", "b", selection=cg.Selection(places="essay", modalities="hedged")),
        cg.rank(HOSTILE, "degree"),
        cg.robustness(HOSTILE, "degree"),
        cg.service(HOSTILE, "a"),
        cg.communities(HOSTILE),
        cg.compare(HOSTILE, "essay", "who"),
        cg.who(HOSTILE, "a"),
        cg.trace(HOSTILE, "a", "causal"),
        cg.questions(HOSTILE),
        cg.stats(HOSTILE),
        cg.vocabulary(HOSTILE),
        cg.check(),
    ]


def test_no_text_of_a_map_is_markup_in_any_answer() -> None:
    for answer in hostile_answers():
        for language in ("zh", "en", "both"):
            html = answer.html(language) if hasattr(answer, "html") else answer._repr_html_()
            read = Reader(html)
            assert read.tags <= ALLOWED, type(answer).__name__
            assert read.attributes <= {"style", "title"}, type(answer).__name__


def test_the_texts_themselves_are_shown_whole() -> None:
    shown = Reader(cg.show(HOSTILE, "a").html("en")).text
    for end in "3456782n":
        assert f"{BREAKOUT}{end}" in shown
    assert f"{BREAKOUT}9" in shown
    assert BREAKOUT[:16] in shown


def test_a_map_shows_its_texts_its_counts_and_the_first_questions() -> None:
    shown = Reader(cg.load()._repr_html_()).text
    map = cg.load()
    assert f"{len(map.entities)} entities" in shown
    assert f"{len(map.relations)} relations" in shown
    for text in ("alienation", "progress"):
        assert map.entities[text].label["en"] in shown
    questions = list(map.questions.values())
    assert questions[0].ask["en"] in shown
    assert f"… {len(questions) - notebook.QUESTIONS} more" in shown
    assert map.entities["progress"].label["zh"] in cg.load(language="zh")._repr_html_()


def test_a_path_shows_its_sentences_their_receipts_and_who_argues_it() -> None:
    map = chain_map("a leads-to b", "c prevents b")
    shown = Reader(cg.paths(map, "a", "c")[0]._repr_html_()).text
    assert "a → b → c(2 steps)".replace(" ", "") in shown.replace(" ", "")
    assert "→ a leads to b" in shown
    assert "← b is prevented by c" in shown
    assert shown.count("essay") == 3
    assert "argued by one voice: essay" in shown


def test_a_ranking_shows_what_it_means_and_a_bar_for_each_value() -> None:
    map = chain_map("a leads-to b", "b leads-to c")
    ranking = cg.rank(map, "degree")
    assert ranking.ranks == (Rank(1, "b", 1.0), Rank(2, "a", 0.5), Rank(2, "c", 0.5))
    html = ranking._repr_html_()
    assert ranking.measure.meaning["en"] in Reader(html).text
    # the greatest value has the longest bar, half of it one of half the length
    assert [html.count(f"width:{length}em") for length in ("8.00", "4.00")] == [1, 2]


def test_a_long_ranking_says_how_much_is_left_out() -> None:
    ranking = cg.rank(cg.load())
    assert f"… {len(ranking.ranks) - 20} more" in Reader(ranking.html()).text
    assert len(ranking.rows()) == len(ranking.ranks)


def test_what_has_no_answer_says_so() -> None:
    map = chain_map("a leads-to b", "c leads-to d")
    assert "nothing in the map connects the two" in cg.paths(map, "a", "c")._repr_html_()
    assert "(nothing)" in cg.search(map, "zzzz")._repr_html_()
    assert "(nothing)" in cg.neighbors(map, "a", direction="in")._repr_html_()


def test_the_page_is_saved_whole(tmp_path: Path) -> None:
    page = cg.page(chain_map("a leads-to b"))
    assert page.save(tmp_path / "new" / "map.html").read_text("utf-8") == str(page)


HOST = "http://notebook.test/tree/map.ipynb"


def open_notebook(page: Any, html: str, style: str = "") -> None:
    """Open a notebook's page that shows HTML, as a server of this machine would."""
    body = (
        f"<!doctype html><html><body style='{style}'><script>window.hits = 0; window.hit = () => hits++</script>{html}"
    )
    page.route("**/*", lambda route: route.fulfill(body=body, content_type="text/html; charset=utf-8"))
    page.goto(HOST)


def test_hostile_texts_run_nothing_in_a_notebook(page: Any) -> None:
    open_notebook(page, "".join(answer._repr_html_() for answer in hostile_answers()))
    assert page.evaluate("hits") == 0
    assert page.locator("img, script:not(:first-child), iframe").count() == 0
    assert page.log.requests == [HOST]
    assert (page.log.errors, page.log.console) == ([], [])


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_all_that_is_shown_can_be_read_on_a_light_and_on_a_dark_notebook(page: Any, scheme: str) -> None:
    style = "background:#ffffff;color:#1b1b1b" if scheme == "light" else "background:#111111;color:#e0e0e0"
    map = cg.load()
    answers = [map, cg.paths(map, "马克思", "剥削"), cg.rank(map), cg.who(map, "非物质劳动不创造价值")]
    open_notebook(page, "".join(answer._repr_html_() for answer in answers), style)
    faint = page.evaluate(
        """() => {
            const channels = (colour) => colour.match(/[\\d.]+/g).map(Number);
            const light = (rgb) => {
                const [r, g, b] = rgb.map((value) => {
                    const part = value / 255;
                    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
                });
                return 0.2126 * r + 0.7152 * g + 0.0722 * b;
            };
            const ground = channels(getComputedStyle(document.body).backgroundColor).slice(0, 3);
            const found = [];
            const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
            while (walker.nextNode()) {
                const parent = walker.currentNode.parentElement;
                if (!walker.currentNode.data.trim() || parent.tagName === "SCRIPT") continue;
                let opacity = 1;
                for (let each = parent; each; each = each.parentElement) opacity *= getComputedStyle(each).opacity;
                const ink = channels(getComputedStyle(parent).color).slice(0, 3)
                    .map((value, index) => value * opacity + ground[index] * (1 - opacity));
                const [dark, bright] = [light(ink), light(ground)].sort((one, other) => one - other);
                const contrast = (bright + 0.05) / (dark + 0.05);
                if (contrast < 3) found.push([walker.currentNode.data.slice(0, 40), contrast]);
            }
            return found;
        }"""
    )
    assert faint == []


def test_the_page_runs_in_a_frame_that_cannot_reach_the_notebook(page: Any) -> None:
    open_notebook(page, cg.page(HOSTILE, height=500)._repr_html_())
    frame = page.frames[1]
    frame.wait_for_selector("canvas")
    assert page.locator("iframe").evaluate("(frame) => [frame.sandbox.value, frame.clientHeight]") == [
        "allow-scripts allow-downloads",
        500,
    ]
    assert frame.evaluate("(() => { try { return parent.document.title } catch (error) { return error.name } })()") == (
        "SecurityError"
    )
    frame.evaluate("location.hash = '#node=a'")
    frame.wait_for_function("document.querySelector('#panel').innerText.includes('onerror=hit()')")
    assert page.url == HOST
    assert page.evaluate("hits") == 0
    assert page.log.requests == [HOST]
    assert (page.log.errors, page.log.console) == ([], [])
