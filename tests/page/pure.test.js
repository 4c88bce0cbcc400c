"use strict";
// The functions of the page that need no page.
const test = require("node:test");
const assert = require("node:assert/strict");
const { cg, map, entity } = require("./page.js");

test("a citation takes for granted what it does not say", () => {
  const [said] = map.relation.get("one~leads-to~two").citations;
  assert.equal(said.stance, "endorses");
  assert.deepEqual(said.by, ["essay"]);
  assert.equal(said.origin, "b.yaml:10:3");
});

test("an entity belongs to the essays that speak of it", () => {
  assert.equal(map.entities.get("one").witness, "essay");
  assert.equal(map.entities.get("two").witness, "both");
  assert.equal(map.entities.get("essay").witness, "essay");
});

test("a section is read in the order of the data", () => {
  assert.deepEqual(
    cg.inSection(map, "essay", "1").map(({ relation }) => relation.subject),
    ["two", "one"],
  );
});

test("a relation reads from either end", () => {
  const [first, second] = map.relations;
  assert.equal(cg.sentence(map, first, "en", "one"), "one leads to Über-two");
  assert.equal(cg.sentence(map, first, "en", "two"), "Über-two results from one");
  assert.equal(cg.sentence(map, second, "en", "three"), "three ones mirrors Über-two");
});

test("who rejects a saying stands against it", () => {
  assert.deepEqual(cg.sides({ by: ["x"], source: "s", denied: false, stance: "rejects" }), {
    holders: ["x"],
    opponents: ["s"],
  });
  assert.deepEqual(cg.sides({ by: ["x"], source: "s", denied: true, stance: "rejects" }), {
    holders: ["s"],
    opponents: ["x"],
  });
  assert.deepEqual(cg.sides({ by: ["s"], source: "s", denied: true, stance: "endorses" }), {
    holders: [],
    opponents: ["s"],
  });
});

test("search forgives case, width and accents, and puts whole names first", () => {
  const index = cg.searchIndex(map);
  const found = (text) => cg.search(index, text).map(({ entity }) => entity.id);
  assert.deepEqual(found("ＯＮＥ"), ["one", "three"]);
  assert.deepEqual(found("uber two"), ["two"]);
  assert.deepEqual(found("first"), ["one"]);
  assert.deepEqual(found("  "), []);
  assert.deepEqual(found("丁"), []);
});

test("search reads traditional characters, pinyin, word forms and slips, and groups by kind", () => {
  const labour = cg.readMap({
    ...{ files: [], words: {}, families: [], predicates: [], relations: [], questions: [] },
    kinds: [{ id: "concept" }, { id: "source", outline: true }],
    entities: [
      { ...entity("labour", "concept", "非物质劳动", "immaterial labour"), definition: { en: "work without things" } },
      entity("text", "source", "劳动", "labouring"),
      entity("data", "concept", "数据", "data"),
    ],
    search: {
      pinyin: { fei: "非", wu: "物", zhi: "质", lao: "劳", dong: "动", shu: "数", shuo: "数", ju: "据" },
      simplified: "勞劳動动質质",
      spellings: [["(?<=[a-z]{2})our", "or"]],
    },
  });
  const index = cg.searchIndex(labour);
  const first = (text) => {
    const [hit] = cg.search(index, text);
    return hit && [hit.entity.id, hit.way, hit.field];
  };
  assert.deepEqual(first("勞動"), ["text", "whole", "label"]);
  assert.deepEqual(first("非物質"), ["labour", "beginning", "label"]);
  assert.deepEqual(first("feiwuzhilaod"), ["labour", "pinyin", "label"]);
  assert.deepEqual(first("fwzld"), ["labour", "pinyin", "label"]);
  assert.deepEqual(first("sj"), ["data", "pinyin", "label"]);
  assert.deepEqual(first("immaterial labors"), ["labour", "stem", "label"]);
  assert.deepEqual(first("imaterial"), ["labour", "similar", "label"]);
  assert.deepEqual(first("非物质劳东"), ["labour", "similar", "label"]);
  assert.deepEqual(first("without work"), ["labour", "text", "definition"]);
  assert.equal(first("qqqq"), undefined);
  const groups = cg.byKind(cg.search(index, "labours"));
  assert.deepEqual(
    groups.map(([kind, hits]) => [kind, hits.map((hit) => hit.entity.id)]),
    [
      ["concept", ["labour"]],
      ["source", ["text"]],
    ],
  );
});

test("an address survives being read and written", () => {
  cg.views.node = {};
  cg.views.path = { options: ["n", "avoid"] };
  for (const address of [
    "#",
    "#node=audience-commodity",
    "#node=a&lang=zh",
    "#path=a..b&n=3&avoid=c,d&lang=en",
    "#node=a&view=kind:concept,thesis;family:causal;colour:witness;hide",
    "#view=status:contested",
  ]) {
    assert.equal(cg.formatRoute(cg.parseRoute(address)), address);
  }
  const strange = { view: "node", value: "名 &=#%/~?", options: {}, look: cg.plainLook(), lang: "zh" };
  assert.deepEqual(cg.parseRoute(cg.formatRoute(strange)), strange);
});

test("a spoiled address is the overview", () => {
  for (const hash of ["", "#", "#nonsense", "#node=", "#__proto__=x", "#lang=xx", "#view=%%;;:,"])
    assert.equal(cg.parseRoute(hash).view, "home");
  assert.equal(cg.parseRoute("#node=%E0%A4%A").value, "%E0%A4%A");
  assert.equal(cg.formatLook(cg.parseLook("kind:;nonsense:a;hide;colour:")), "");
});

test("every word of the page is said in every language, in the same shape", () => {
  const shape = (word) =>
    word && typeof word === "object" && !Array.isArray(word)
      ? Object.fromEntries(Object.entries(word).map(([key, value]) => [key, shape(value)]).sort())
      : Array.isArray(word)
        ? word.length
        : typeof word;
  const { zh, en } = cg.allWords();
  assert.deepEqual(shape(zh), shape(en));
});

test("names keep off each other, the first having the choice", () => {
  const crowd = Array.from({ length: 60 }, (_, i) => ({
    id: `n${i}`,
    x: (i % 10) * 20,
    y: Math.floor(i / 10) * 12,
    r: 4,
    w: 50,
    h: 14,
    reach: 1,
  }));
  const placed = cg.placeLabels(crowd);
  assert.equal(placed[0].node.id, "n0");
  for (const [i, a] of placed.entries()) for (const b of placed.slice(i + 1)) assert.ok(!cg.overlap(a, b));
});

test("a long name is broken into even lines", () => {
  assert.deepEqual(cg.wrap("audience commodity", 22, 3), ["audience commodity"]);
  assert.deepEqual(cg.wrap("数字平台的劳动异化，以及资本", 22, 3), ["数字平台的劳动", "异化，以及资本"]);
  const lines = cg.wrap("one two three four five six seven eight nine ten eleven", 12, 2);
  assert.equal(lines.length, 2);
  assert.ok(lines[1].endsWith("…"));
});
