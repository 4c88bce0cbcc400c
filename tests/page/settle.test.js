"use strict";
// A map that takes the place of another: what stays, and where what is new finds its place.
const test = require("node:test");
const assert = require("node:assert/strict");
const { cg } = require("./page.js");

/** A map of such concepts and of links like `one two`, with regions by number. */
function mapOf(ids, links, regions = {}, more = {}) {
  const map = cg.readMap({
    files: ["a.yaml"],
    words: {},
    kinds: [{ id: "concept" }],
    families: [{ id: "causal", label: {} }],
    predicates: [{ id: "leads-to", family: "causal", label: {} }],
    entities: ids.map((id) => ({ id, kind: "concept", label: {}, region: regions[id] ?? null })),
    relations: links.map((link) => {
      const [subject, object] = link.split(" ");
      return { subject, predicate: "leads-to", object, status: "held", citations: [] };
    }),
    questions: [],
    ...more,
  });
  return map;
}

const sizes = (map) => ({ sizes: [...map.entities.keys()].map(() => 5), bends: map.relations.map(() => 0.1) });
const PLACES = [
  [0, 0, 5],
  [100, 0, 5],
];

test("what both maps have stays where it is, in its region", () => {
  const old = mapOf(["one", "two"], ["one two"], { one: 3, two: 4 });
  const next = mapOf(["one", "three", "two"], ["one two", "two three"]);
  const { nodes, bends } = cg.settled(old, PLACES, next, sizes(next));
  assert.deepEqual([nodes[0], nodes[2]], PLACES);
  assert.deepEqual([next.entities.get("one").region, next.entities.get("two").region], [3, 4]);
  assert.equal(bends.length, 2);
});

test("what is new stands beside what it is related to, over nothing else", () => {
  const old = mapOf(["one", "two"], ["one two"], { one: 3, two: 3 });
  const next = mapOf(["far", "one", "three", "two"], ["two three", "three far"]);
  const { nodes } = cg.settled(old, PLACES, next, sizes(next));
  const apart = (a, b) => Math.hypot(nodes[a][0] - nodes[b][0], nodes[a][1] - nodes[b][1]);
  for (const a of nodes.keys()) for (const b of nodes.keys()) assert.ok(a === b || apart(a, b) >= 27);
  assert.ok(apart(2, 3) < 60);
  assert.ok(apart(0, 2) < 60);
  assert.equal(next.entities.get("three").region, 3);
});

test("what is related to nothing stands below, in no region", () => {
  const old = mapOf(["one", "two"], ["one two"], { one: 0, two: 0 });
  const next = mapOf(["alone", "one", "two"], ["one two"]);
  assert.ok(cg.settled(old, PLACES, next, sizes(next)).nodes[0][1] > 27);
  assert.equal(next.entities.get("alone").region, null);
});

test("where too much is new, the picture is another", () => {
  const many = Array.from({ length: 40 }, (_, i) => `new-${i}`);
  const old = mapOf(["one", "two"], []);
  const next = mapOf(["one", "two", ...many], []);
  assert.equal(cg.settled(old, PLACES, next, sizes(next)), null);
  const other = mapOf(["three"], []);
  assert.equal(cg.settled(old, PLACES, other, sizes(other)), null);
  const nothing = mapOf([], []);
  assert.deepEqual(cg.settled(old, PLACES, nothing, sizes(nothing)).nodes, []);
});

test("answers and measures are carried on as far as they are still of this map", () => {
  const questions = [{ id: "why", ask: {} }];
  const answers = { why: { relations: [0, 1], chains: [["one", "two"], ["two", "gone"]], ranks: [["gone", 2], ["one", 1]] } };
  const measures = [{ id: "degree", values: [1, 2, 3] }];
  const old = mapOf(["gone", "one", "two"], ["gone one", "one two"], {}, { questions, answers, measures });
  const next = cg.carried(old, mapOf(["one", "two"], ["one two"], {}, { questions }));
  assert.deepEqual(next.questions[0].answer, { relations: [0], chains: [["one", "two"]], ranks: [["one", 1]] });
  assert.deepEqual([...next.measures.get("degree").values], [["one", 2], ["two", 3]]);
  const done = cg.completed(next, { answers: {}, measures: [{ id: "degree", values: [7, 8] }] });
  assert.equal(done.questions[0].answer, null);
  assert.deepEqual([...done.measures.get("degree").values], [["one", 7], ["two", 8]]);
});
