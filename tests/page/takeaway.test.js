"use strict";
// What is taken away: excerpts as Markdown and as records, the picture as SVG, and names of files.
const test = require("node:test");
const assert = require("node:assert/strict");
const path = require("node:path");
const { cg, map, entity } = require("./page.js");

for (const name of ["glyphs", "svg"])
  require(path.join(__dirname, `../../conceptgraph/exporters/page/picture/${name}.js`));

const excerpt = (hash, of = map, language = "en", seen = null) =>
  cg.excerpt(of, language, { view: "home", value: "", options: {}, ...hash }, seen);

const LINK = "file:///m.html#node=one";

test("a file is called by what is in it, on any system", () => {
  assert.equal(cg.fileName("用户注意力", ".svg"), "conceptgraph-用户注意力.svg");
  assert.equal(cg.fileName('a/b\\c:d*e?"<f>|g', ".md"), "conceptgraph-a-b-c-d-e-f-g.md");
  assert.equal(cg.fileName("..", ".md"), "conceptgraph.md");
  assert.equal(cg.fileName("\u202egnp.\u0000", ".png"), "conceptgraph-gnp.png");
  assert.ok(Buffer.byteLength(cg.fileName("𠀀".repeat(500), ".csl.json")) < 200);
});

test("no word of a map is markup in Markdown", () => {
  assert.equal(
    cg.escapedMarkdown("a *b* [c](d) `e` <f> #g & h|i"),
    "a \\*b\\* \\[c\\]\\(d\\) \\`e\\` \\<f\\> \\#g \\& h\\|i",
  );
  assert.equal(cg.escapedMarkdown("1. one\n\n- two"), "1\\. one - two");
  assert.equal(cg.escapedMarkdown("- one"), "\\- one");
  assert.equal(cg.escapedMarkdown("a\u202eb\u0007"), "a\\\\u202eb\\\\u0007");
});

test("an entity as Markdown: its names, its relations with their receipts, the texts, the link", () => {
  const read = excerpt({ view: "node", value: "two" });
  assert.equal(
    cg.markdown(map, read, { language: "en", link: LINK }),
    `# Über-two

concept · 乙

## causal

- Über-two results from one
  - essay §1

## other

- Über-two mirrors three ones \\(contested\\)
  - story §1
  - essay §1

## Texts cited

- essay
- story

<${LINK}>
`,
  );
});

test("voices, stances, modalities, anchors and notes are part of a citation, and Chinese reads as Chinese", () => {
  const said = {
    source: "essay",
    section: "1",
    at: "所以*",
    by: ["one"],
    via: ["three"],
    denied: true,
    stance: "rejects",
    modality: "hedged",
    inferred: true,
    note: { zh: "按语" },
  };
  const own = cg.readMap({
    files: [],
    words: {
      rejects: { zh: "文章反对" },
      hedged: { zh: "或许" },
      denial: { zh: "否认此说" },
      inferred: { zh: "编者推断" },
    },
    questions: [],
    kinds: [
      { id: "concept", label: { zh: "概念" } },
      { id: "source", outline: true, label: {} },
    ],
    families: [{ id: "causal", label: { zh: "因果" } }],
    predicates: [{ id: "leads-to", family: "causal", label: { zh: "导致" } }],
    entities: [
      { ...entity("essay", "source", "文", "essay"), sections: [{ id: "1", title: { zh: "引言" } }] },
      entity("one", "concept", "甲", "one"),
      entity("three", "concept", "丙", "three"),
    ],
    relations: [{ subject: "one", predicate: "leads-to", object: "three", status: "held", citations: [said] }],
  });
  assert.equal(
    cg.markdown(own, excerpt({ view: "section", value: "essay/1" }, own, "zh"), { language: "zh", link: LINK }),
    `# §1 引言

文

## 这一节里的 1 条关系

- 甲 导致 丙
  - 文 §1 引言 「所以\\*」 · 甲（据丙） · 否认此说 · 文章反对 · 或许 · 编者推断 · 按语

## 所引的文章

- 文

<${LINK}>
`,
  );
});

test("every view has an excerpt, and what is not in the map says so", () => {
  assert.equal(excerpt({ view: "relation", value: "two~mirrors~three" }).relations.length, 1);
  assert.equal(excerpt({ view: "tour", value: "essay", options: { step: "2" } }).title, "§1");
  assert.deepEqual(
    excerpt({ view: "path", value: "one..three" }).blocks.map(({ title }) => title),
    ["1. one → Über-two → three ones"],
  );
  assert.equal(excerpt({ view: "path", value: "one..three" }).title, "From one to three ones");
  for (const view of ["node", "relation", "section", "tour", "question", "measure", "compare"])
    assert.equal(excerpt({ view, value: "nobody" }).title, "Not in this map");
  assert.equal(excerpt({}).relations.length, 2);
});

test("through a lens, what it shows is taken", () => {
  const seen = { nodes: new Set(["one", "two"]), edges: new Set(["one~leads-to~two"]) };
  const read = excerpt({}, map, "en", seen);
  assert.deepEqual(
    read.entities.map(({ id }) => id),
    ["one", "two"],
  );
  assert.deepEqual(
    read.relations.map(({ key }) => key),
    ["one~leads-to~two"],
  );
  assert.match(cg.markdown(map, read, { language: "en", link: LINK, lens: ["kind: a|b"] }), /\n- kind: a\\\|b\n/);
});

test("a relation that is read in two places has its citations once", () => {
  const read = excerpt({ view: "section", value: "essay/1" });
  const [mirrors] = read.relations;
  assert.equal(mirrors.key, "two~mirrors~three");
  assert.deepEqual(
    mirrors.citations.map(({ source }) => source),
    ["essay"],
  );
});

test("works are those that are read about, and the texts that are cited", () => {
  const work = (id) => ({ csl: { id }, bibtex: `@book{${id}}` });
  const shelf = { ...map, bibliography: { one: work("one"), essay: work("essay"), story: work("story") } };
  const ids = (hash) => cg.worksIn(shelf, excerpt(hash, shelf)).map(({ csl }) => csl.id);
  assert.deepEqual(ids({ view: "node", value: "one" }), ["essay", "one"]);
  assert.deepEqual(ids({ view: "node", value: "three" }), ["essay", "story"]);
  assert.deepEqual(ids({ view: "node", value: "nobody" }), []);
});

// --- the picture

const stroke = { colour: "#123456", alpha: 0.5, width: 1.2, dashes: [5, 3] };
const HOSTILE = `</text><script>alert(1)</script>"'&]]>\u0000\ud800`;

function drawing(look = {}) {
  const node = (id, x) => ({
    id,
    x,
    y: 10,
    r: 8,
    look: {
      shape: cg.shapeOf("concept"),
      filling: "half",
      colours: ["#111111", "#222222"],
      line: 1.8,
      depth: 1,
      ...look,
    },
  });
  return {
    view: { x: -50, y: -50, w: 400, h: 200, scale: 2 },
    washes: [{ tint: "#eeeeee", width: 80, lines: [[0, 0, 10, 10]] }],
    titles: [{ lines: [HOSTILE], x: 0, y: 0, size: 20, alpha: 0.5, tint: "#999999" }],
    faint: {
      edges: [
        { key: "one~leads-to~two", curve: [8, 10, 30, 0, 92, 10], stroke, head: [92, 10, 84, 7, 84, 13], mark: null },
      ],
      nodes: [node("one", 0), node("two", 100)],
    },
    veil: 0,
    bright: { edges: [], nodes: [] },
    rings: [{ x: 0, y: 10, r: 12 }],
    sayings: [{ text: HOSTILE, x: 5, y: 5, angle: Math.PI / 2, size: 11, colour: "#123456" }],
    labels: [
      {
        lines: [HOSTILE, "甲"],
        x: 0,
        y: 0,
        w: 50,
        h: 30,
        align: "center",
        size: 12,
        weight: 600,
        leader: [1, 2, 3, 4],
      },
    ],
    palette: {
      font: '"Noto Sans", sans-serif',
      serif: "serif",
      paper: "#ffffff",
      ink: "#000000",
      muted: "#777777",
      accent: "#aa0000",
      essay: (n) => `#0000a${n}`,
      witness: () => "#00bb00",
      kind: () => "#cc0000",
      family: () => "#123456",
    },
  };
}

const KEY = { colour: "kind", headings: { witness: "text", kind: "kind", family: "relation" }, name: (_, id) => id };
const ABOUT = {
  title: HOSTILE,
  texts: HOSTILE,
  lens: [HOSTILE],
  link: `file:///m.html#node="<&`,
  language: "en",
  name: () => HOSTILE,
  sentence: () => HOSTILE,
};

test("the key has what occurs in the drawing, and nothing else", () => {
  const key = cg.keyOf(map, drawing(), KEY);
  assert.deepEqual(
    key.map(({ title, items }) => [title, items.map(({ text }) => text)]),
    [
      ["text", ["essay", "both"]],
      ["kind", ["concept"]],
      ["relation", ["causal"]],
    ],
  );
});

test("no label gets out of its place in the SVG", () => {
  const svg = cg.svg(drawing(), cg.keyOf(map, drawing(), { ...KEY, name: () => HOSTILE }), ABOUT);
  assert.ok(!svg.includes("<script"));
  assert.ok(!/[\u0000\ud800]/.test(svg.replace(/[\ud800-\udbff][\udc00-\udfff]/g, "")));
  assert.ok(svg.includes("&lt;/text&gt;&lt;script&gt;alert(1)&lt;/script&gt;&quot;&#39;&amp;]]&gt;\ufffd\ufffd"));
  assert.equal(svg.match(/<text[ >]/g).length, svg.match(/<\/text>/g).length);
});

test("lines, dashes, ends and places are those of the drawing", () => {
  const svg = cg.svg(drawing(), [], {
    ...ABOUT,
    title: "t",
    texts: "",
    lens: [],
    name: () => "n",
    sentence: () => "s",
  });
  assert.ok(svg.includes('transform="scale(2) translate(50 50)"'));
  assert.ok(svg.includes('stroke-dasharray="5 3"'));
  assert.ok(svg.includes('d="M8 10Q30 0 92 10"'));
  assert.ok(svg.includes('d="M92 10 84 7 84 13Z"'));
  assert.ok(svg.includes('<circle cx="0" cy="10" r="12" fill="none" stroke="#aa0000" stroke-width="1"/>'));
  assert.ok(svg.includes('font-family="&quot;Noto Sans&quot;, sans-serif"'));
});

test("two essays side by side are taken with their texts, even where only the curator is cited", () => {
  const ids = [...map.entities.keys()];
  const found = {
    ...{ sides: ["essay", "story"], contradictions: [], disagreements: [], agreements: [], ties: [1], common: [] },
    shared: [[ids.indexOf("two"), 1, 1]],
    own: [[[ids.indexOf("one"), 1]], []],
  };
  const both = { ...map, comparisons: [found] };
  const read = excerpt({ view: "compare", value: "essay..story" }, both);
  assert.equal(read.title, "essay ⇄ story");
  assert.deepEqual(
    read.blocks.map(({ lines }) => lines.map(({ text, relation }) => text ?? relation.key)),
    [["two~mirrors~three"], ["Über-two: 1 · 1"], ["one: 1"]],
  );
  assert.deepEqual(
    excerpt({ view: "compare", value: "essay..story", options: { part: "one" } }, both).entities.map(({ id }) => id),
    ["essay", "story", "one"],
  );
});
