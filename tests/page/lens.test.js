"use strict";
// What the lenses show, and how it stands in the address.
const test = require("node:test");
const assert = require("node:assert/strict");
const { cg, map } = require("./page.js");

const lensOf = (chosen) => ({
  ...cg.emptyLens(),
  ...Object.fromEntries(Object.entries(chosen).map(([facet, values]) => [facet, new Set(values)])),
});
const seen = (chosen, around = null) => {
  const shown = cg.seenThrough(map, { lens: lensOf(chosen), around });
  return shown && [[...shown.nodes].sort(), [...shown.edges].sort()];
};
const counts = (facet, chosen = {}, around = null) =>
  Object.fromEntries(cg.countsBeside(map, { lens: lensOf(chosen), around }, facet));

test("a lens shows any of one facet, and all of several", () => {
  assert.equal(seen({}), null);
  assert.deepEqual(seen({ family: ["causal"] }), [["one", "two"], ["one~leads-to~two"]]);
  assert.equal(seen({ family: ["causal", "other"] })[1].length, 2);
  assert.deepEqual(seen({ family: ["causal", "other"], status: ["contested"] })[1], ["two~mirrors~three"]);
  assert.deepEqual(seen({ kind: ["concept"], witness: ["essay"] }), [["one"], []]);
});

test("what is asked of citations must be true of one and the same", () => {
  assert.deepEqual(seen({ section: ["story/1"] })[1], ["two~mirrors~three"]);
  assert.deepEqual(seen({ section: ["story/1"], voice: ["essay"] }), [[], []]);
  assert.equal(seen({ section: ["essay/1"], voice: ["essay"] })[1].length, 2);
  assert.deepEqual(seen({ basis: ["background"] }), [[], []]);
});

test("a neighbourhood goes as far as it is told, and a lens looks at what is in it", () => {
  assert.deepEqual(seen({}, { id: "one", depth: 1 }), [["one", "two"], ["one~leads-to~two"]]);
  assert.equal(seen({}, { id: "one", depth: 2 })[0].length, 3);
  assert.deepEqual(seen({ status: ["contested"] }, { id: "one", depth: 2 }), [["one"], []]);
  assert.equal(seen({}, { id: "nobody", depth: 2 }), null);
});

test("the count beside a value is what the other facets leave of it", () => {
  assert.deepEqual(counts("kind"), { source: 2, concept: 3 });
  assert.deepEqual(counts("family"), { causal: 1, other: 1 });
  assert.deepEqual(counts("family", { family: ["causal"] }), { causal: 1, other: 1 });
  assert.deepEqual(counts("family", { status: ["contested"] }), { other: 1 });
  assert.deepEqual(counts("section"), { "essay/1": 2, "story/1": 1 });
  assert.deepEqual(counts("voice", { section: ["story/1"] }), { story: 1 });
  assert.deepEqual(counts("kind", { family: ["causal"] }), { concept: 2 });
  assert.deepEqual(counts("family", {}, { id: "one", depth: 1 }), { causal: 1 });
});

test("a look survives being written and read, whatever its values are called", () => {
  const look = cg.plainLook();
  look.lens.section.add("a,b;c:d%/1").add("plain/2");
  look.around = { id: "x,y", depth: 3 };
  look.size = "degree";
  look.colour = "betweenness";
  look.hide = true;
  assert.deepEqual(cg.parseLook(cg.formatLook(look)), look);
  assert.equal(cg.formatLook(cg.parseLook("around:;size:;colour:;hide")), "");
  assert.equal(cg.formatLook(cg.parseLook("around:a,9")), "around:a,1");
  cg.seeAll(look);
  assert.equal(cg.formatLook(look), "");
});

const measureOf = (values) => ({ id: "m", values: new Map(Object.entries(values)) });

test("equal values share a place and a shade", () => {
  const measure = measureOf({ a: 4, b: 2, c: 2, d: 1, e: 0 });
  assert.deepEqual(
    cg.ranking(measure).map(({ place, id }) => `${place} ${id}`),
    ["1 a", "2 b", "2 c", "4 d", "5 e"],
  );
  assert.deepEqual(cg.shades(measure), [
    { shade: 5, from: 4, to: 4, ids: ["a"] },
    { shade: 2, from: 2, to: 2, ids: ["b", "c"] },
    { shade: 1, from: 0, to: 1, ids: ["d", "e"] },
  ]);
});

test("the area of a glyph grows with the value", () => {
  const radii = cg.radii(measureOf({ none: 0, low: 1, high: 5, middle: 2 }));
  assert.equal(radii.get("none"), radii.get("low"));
  assert.equal(radii.get("high") - radii.get("low"), 2 * (radii.get("middle") - radii.get("low")));
  assert.deepEqual([...cg.radii(measureOf({ a: 0 }))], [["a", 3]]);
});
