"use strict";
// The functions of the page that need no page, and a small map to try them on.
const { readdirSync } = require("node:fs");
const path = require("node:path");

const folder = path.join(__dirname, "../../conceptgraph/exporters/page");
const load = (name) => require(path.join(folder, name));
for (const name of ["words", "zh", "en"]) load(`words/${name}.js`);
for (const name of readdirSync(path.join(folder, "core"))) load(`core/${name}`);
// of the picture's scripts, those that draw nothing
for (const name of ["glyphs", "labels", "lines", "regions", "drawing"]) load(`picture/${name}.js`);
const cg = globalThis.conceptgraph;

const entity = (id, kind, zh, en, aliases = {}) => ({ id, kind, label: { zh, en }, aliases });
const map = cg.readMap({
  files: ["a.yaml", "b.yaml"],
  words: {},
  kinds: [{ id: "concept" }, { id: "source", outline: true }],
  families: [
    { id: "causal", label: {} },
    { id: "other", label: {} },
  ],
  predicates: [
    { id: "leads-to", family: "causal", label: { en: "leads to" }, inverse: { en: "results from" } },
    { id: "mirrors", family: "other", symmetric: true, label: { en: "mirrors" } },
  ],
  entities: [
    { ...entity("essay", "source", "文", "essay"), sections: [{ id: "1", title: {} }] },
    { ...entity("story", "source", "事", "story"), sections: [{ id: "1", title: {} }] },
    entity("one", "concept", "甲", "one", { en: ["First"] }),
    entity("two", "concept", "乙", "Über-two"),
    entity("three", "concept", "丙", "three ones"),
  ],
  relations: [
    {
      subject: "one",
      predicate: "leads-to",
      object: "two",
      status: "held",
      citations: [{ source: "essay", section: "1", origin: "1:10:3" }],
    },
    {
      subject: "two",
      predicate: "mirrors",
      object: "three",
      status: "contested",
      citations: [
        { source: "story", section: "1", origin: "0:9:1" },
        { source: "essay", section: "1", origin: "1:9:1" },
      ],
    },
  ],
  questions: [],
});

module.exports = { cg, map, entity };
