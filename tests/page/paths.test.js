"use strict";
// Chains on maps small enough to walk by hand.
const test = require("node:test");
const assert = require("node:assert/strict");
const { cg, entity } = require("./page.js");

/** A map of links like "a leads-to b", said by the essay, or as `said` has it by the number of the link. */
function chainMap(links, said = {}) {
  const triples = links.map((link) => link.split(" "));
  const ids = [...new Set(triples.flatMap(([subject, , object]) => [subject, object]))].filter((id) => id !== "essay");
  return cg.readMap({
    ...{ files: [], words: {}, questions: [], families: [{ id: "any", label: {} }] },
    kinds: [{ id: "concept" }, { id: "source", outline: true }],
    predicates: [
      { id: "leads-to", family: "any", label: {} },
      { id: "wrote", family: "any", bookkeeping: true, label: {} },
      { id: "mirrors", family: "any", symmetric: true, label: {} },
    ],
    entities: [...ids.map((id) => entity(id, "concept", id, id)), entity("essay", "source", "文", "essay")],
    relations: triples.map(([subject, predicate, object], index) => ({
      ...{ subject, predicate, object, status: said[index]?.status ?? "held" },
      citations: said[index]?.citations ?? [{ source: "essay" }],
    })),
  });
}

const chains = (map, from, to, more = {}) =>
  cg
    .shortestPaths(map, { starts: from.split(" "), ends: to.split(" "), count: 9, ...more })
    .paths.map((path) => path.entities.join(" "));

// a → b → c → d
//  ╲         ↗
//   e ──────╱
const DIAMOND = ["a leads-to b", "b leads-to c", "c leads-to d", "a leads-to e", "e leads-to d"];

test("the chain with the fewest steps comes first", () => {
  const map = chainMap(DIAMOND);
  assert.deepEqual(chains(map, "a", "d"), ["a e d", "a b c d"]);
  assert.deepEqual(chains(map, "d", "a", { count: 1 }), ["d e a"]);
  assert.deepEqual(chains(map, "d", "a", { directed: true }), []);
  assert.deepEqual(chains(map, "a", "d", { maxLength: 2 }), ["a e d"]);
  assert.deepEqual(chains(map, "a", "d", { avoid: ["e"] }), ["a b c d"]);
  assert.deepEqual(chains(map, "a", "d", { through: ["c"] }), ["a b c d"]);
  assert.deepEqual(chains(map, "a", "a"), []);
});

test("between two sets, the entities on the way are of neither", () => {
  assert.deepEqual(chains(chainMap(DIAMOND), "a e", "d c"), ["e d", "a b c"]);
});

test("a chain does not run through a text, but may begin with one", () => {
  const map = chainMap(["essay leads-to a", "essay leads-to b", "b leads-to c"]);
  assert.deepEqual(chains(map, "a", "b"), []);
  assert.deepEqual(chains(map, "essay", "c"), ["essay b c"]);
});

test("records, doubt and hubs weigh more than a step that argues", () => {
  const record = chainMap(["a wrote b", "b wrote z", "a leads-to c", "c leads-to d", "d leads-to z"]);
  assert.deepEqual(chains(record, "a", "z"), ["a c d z", "a b z"]);
  const doubt = { 0: { citations: [{ source: "essay", inferred: true }] }, 1: { status: "contested" } };
  const doubtful = chainMap(["a leads-to b", "b leads-to z", "a leads-to c", "c leads-to z"], doubt);
  assert.deepEqual(chains(doubtful, "a", "z"), ["a c z", "a b z"]);
  const spokes = ["a leads-to hub", "hub leads-to z", ..."bcdefghijk".split("").map((id) => `hub leads-to ${id}`)];
  const hub = chainMap([...spokes, "a leads-to x", "x leads-to z"]);
  assert.deepEqual(chains(hub, "a", "z"), ["a x z", "a hub z"]);
});

test("the fewest voices that hold a chain are named, and its weakest step", () => {
  const by = (...voices) => ({ citations: [{ source: "essay", by: voices, stance: "reports" }] });
  const map = chainMap(["a leads-to b", "b leads-to c", "c leads-to d"], {
    ...{ 0: by("fuchs", "negri"), 1: by("negri") },
    2: { citations: [{ source: "essay", by: ["unattributed"], stance: "reports", modality: "hedged" }] },
  });
  const [path] = cg.shortestPaths(map, { starts: ["a"], ends: ["d"] }).paths;
  assert.deepEqual(path.voices, ["negri", "unattributed"]);
  assert.equal(path.weakest, 2);
  assert.deepEqual(
    path.steps.map((step) => step.modality),
    [null, null, "hedged"],
  );
});

test("where there is no chain, the obstacle says what is cut and what to drop", () => {
  const map = chainMap(["a leads-to b", "c leads-to b", "c leads-to d", "y leads-to z"]);
  const why = cg.obstacle(map, { starts: ["a"], ends: ["d"], directed: true });
  assert.deepEqual([why.path.entities, why.cut, why.reached], [["a", "b", "c", "d"], [1], "b"]);
  assert.equal(cg.obstacle(map, { starts: ["a"], ends: ["z"] }).path, null);
  const options = { directed: "yes", "max-length": "3" };
  assert.deepEqual(cg.liftable(map, "a..d", options, ["directed", "max-length"]), ["directed"]);
});

test("an address is a question, and what is not in the map is named", () => {
  const map = chainMap(DIAMOND);
  const asked = cg.chainsAsked(map, "a,b..@concept", {
    number: "500",
    "max-length": "x",
    in: "essay/9",
    avoid: "c,ghost",
  });
  assert.deepEqual(asked.question.starts, ["a", "b"]);
  assert.deepEqual(asked.question.ends, ["c", "d", "e"]);
  assert.equal(asked.question.count, 100);
  assert.equal(asked.question.maxLength, null);
  assert.deepEqual(asked.unknown.sort(), ["essay/9", "ghost"]);
  assert.deepEqual(asked.conditions, ["avoid", "in"]);
  assert.deepEqual(cg.chainsAsked(map, "..", {}).terms, [[], []]);
});

test("a question is written as a command that a shell takes whole", () => {
  const map = chainMap(["a leads-to it's", "essay leads-to a"]);
  const line = (value, options) => cg.commandLine(map, cg.chainsAsked(map, value, options));
  assert.equal(line("a..essay", { number: "5" }), "conceptgraph path a source:essay -n 5");
  assert.equal(line("it's..a", { directed: "yes" }), `conceptgraph path 'it'\\''s' a --directed`);
  assert.equal(
    line("a..it's", { by: "essay", stance: "endorses,reports", predicate: "any" }),
    `conceptgraph path a 'it'\\''s' --predicate any --by essay --stance endorses --stance reports`,
  );
});

test("a heap gives back in order what it was given", () => {
  const heap = cg.heap();
  const keys = [5, 3, 9, 1, 3, 7, 2].map((number, index) => [number, index]);
  for (const key of keys) heap.push(key, key[0]);
  assert.deepEqual(
    keys.map(() => heap.pop().value),
    [1, 2, 3, 3, 5, 7, 9],
  );
  assert.equal(heap.pop(), undefined);
});
