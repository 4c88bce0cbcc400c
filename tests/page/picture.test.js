"use strict";
const test = require("node:test");
const assert = require("node:assert/strict");
const { cg, map, entity } = require("./page.js");

const near = (a, b) => assert.ok(Math.abs(a - b) < 1e-6, `${a} is not ${b}`);
const palette = { family: (id) => id, contested: "contested", titles: ["tint"] };

test("a line runs from rim to rim, and bends to the left by a share of its length", () => {
  const [x0, y0, cx, cy, x1, y1] = cg.curve({ x: 0, y: 0, r: 10 }, { x: 100, y: 0, r: 20 }, 0.1);
  assert.deepEqual([cx, cy], [50, -10]);
  near(Math.hypot(x0, y0), 11.5);
  near(Math.hypot(x1 - 100, y1), 21.5);
});

test("a line from a node to itself stands over it", () => {
  const node = { x: 5, y: 5, r: 10 };
  const [, y] = cg.along(cg.curve(node, node, 0.1), 0.5);
  assert.ok(y < -5);
});

test("a line is found at a point beside it, and the nearer of two", () => {
  const [one, two] = [
    { x: 0, y: 0, r: 1 },
    { x: 100, y: 0, r: 1 },
  ];
  const line = (key, bend) => {
    const curve = cg.curve(one, two, bend);
    return { key, curve };
  };
  const lines = [line("straight", 0), line("bent", 0.4)];
  near(cg.distance(lines[0].curve, 50, 7), 7);
  assert.equal(cg.lineAt(lines, 50, 3, 5).key, "straight");
  assert.equal(cg.lineAt(lines, 50, -18, 5).key, "bent");
  assert.equal(cg.lineAt(lines, 50, 9, 5), undefined);
});

test("a line is in view where any part of it may be", () => {
  const line = { from: { x: 0, y: 0, r: 5 }, to: { x: 100, y: 0, r: 5 }, bend: 0.5 };
  assert.ok(cg.inView(line, { x: 40, y: -10, w: 20, h: 20 }));
  assert.ok(cg.inView(line, { x: 40, y: -60, w: 20, h: 20 }));
  assert.ok(!cg.inView(line, { x: 40, y: -90, w: 20, h: 20 }));
  assert.ok(!cg.inView(line, { x: 110, y: -10, w: 20, h: 20 }));
  assert.ok(cg.inView({ ...line, to: line.from }, { x: -5, y: -25, w: 10, h: 10 }));
});

test("lines between regions are pale while all is seen, and no paler than others near by", () => {
  const line = (grade, status = "held") => ({ grade, relation: { family: "opposition", status } });
  const alphas = (zoom) => {
    const stroke = cg.strokes(palette, 1, zoom);
    return [stroke(line("far")).alpha, stroke(line("near")).alpha];
  };
  const [far, within] = alphas(1);
  assert.ok(far < within / 2);
  const [farNearBy, withinNearBy] = alphas(4);
  assert.ok(farNearBy > 0.8 * withinNearBy);
});

test("dashes are drawn where they can be told, and lines that look alike share a stroke", () => {
  const line = { grade: "near", relation: { family: "opposition", status: "held" } };
  assert.deepEqual(cg.strokes(palette, 0.3, 1)(line).dashes, []);
  const stroke = cg.strokes(palette, 1, 2);
  assert.deepEqual(stroke(line).dashes, [5, 3]);
  assert.equal(stroke(line), stroke({ ...line }));
});

test("a region is called by its landmark, else by the two of its entities that most relate within it", () => {
  const member = (id, links, gathers = false) => [entity(id, "concept", `中${id}`, id), links, gathers];
  const central = [member("labour", 9), member("capital", 5), member("value", 4)];
  assert.deepEqual(cg.regionName({ members: central }, "en"), ["labour · capital"]);
  assert.deepEqual(cg.regionName({ members: central }, "zh"), ["中labour · 中capital"]);
  assert.deepEqual(cg.regionName({ members: [...central, member("machines", 1, true)] }, "en"), ["machines"]);
});

test("what stays within a region counts for its centre", () => {
  const nodes = new Map([...map.entities.keys()].map((id, i) => [id, { id, x: 10 * i, y: 0, r: 5 }]));
  const regions = new Map([...map.entities].map(([id, each]) => [id, { ...each, region: 0 }]));
  for (let i = 0; i < 6; i += 1) {
    regions.set(`n${i}`, { ...entity(`n${i}`, "concept", "", ""), region: 0 });
    nodes.set(`n${i}`, { id: `n${i}`, x: 0, y: 10 * i, r: 5 });
  }
  const [region] = cg.regions({ ...map, entities: regions }, nodes);
  assert.deepEqual([region.members[0][0].id, region.members[0][1]], ["two", 2]);
  assert.equal(region.points.length, 11);
});

test("names of regions do not lie over each other, and are gone near by", () => {
  const regions = [0, 1, 2].map((number) => ({
    number,
    points: Array.from({ length: 9 }, (_, i) => ({ id: `${number}-${i}`, x: 40 * i, y: 40 * number, r: 4 })),
    members: [[entity("labour", "concept", "劳动", "labour"), 3]],
  }));
  const view = { x: -500, y: -500, w: 1000, h: 1000, scale: 1 };
  const settings = { language: "en", zoom: 1, tints: ["tint"], nodes: regions.flatMap(({ points }) => points) };
  const titles = cg.titles(regions, view, settings);
  assert.equal(titles.length, 3);
  const boxes = titles.map(({ x, y, w, h }) => ({ x: x - w / 2, y: y - h / 2, w, h }));
  for (const [i, a] of boxes.entries()) for (const b of boxes.slice(i + 1)) assert.ok(!cg.overlap(a, b));
  assert.deepEqual(cg.titles(regions, { ...view, scale: 4 }, { ...settings, zoom: 4 }), []);
});

test("the tables of the payload are read as records", () => {
  const data = cg.unpacked({
    predicates: [{ id: "leads-to" }],
    entities: {
      names: ["id", "kind", "region"],
      rows: [
        ["one", "concept", 0],
        ["two", "concept"],
      ],
    },
    relations: {
      names: ["subject", "predicate", "object", "citations", "status"],
      rows: [
        [0, 0, 1, 2],
        [1, 0, 0, 1, "denied"],
      ],
    },
    citations: { names: ["source", "at", "by"], rows: [["essay", "这里"], ["essay"], ["story", null, ["marx"]]] },
  });
  assert.deepEqual(data.entities[1], { id: "two", kind: "concept" });
  const [first, second] = data.relations;
  assert.deepEqual([first.subject, first.predicate, first.object, first.status], ["one", "leads-to", "two", "held"]);
  assert.deepEqual(first.citations, [{ source: "essay", at: "这里" }, { source: "essay" }]);
  assert.deepEqual([second.status, second.citations], ["denied", [{ source: "story", by: ["marx"] }]]);
});
