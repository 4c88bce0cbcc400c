"use strict";
// Two essays side by side, as the command line compares them: what they share, where they meet, what only one has.
((cg) => {
  const { h } = cg;
  const say = (desk, ...rest) => cg.say(desk.language, ...rest);

  const comparisonOf = (map, value) => map.comparisons.find(({ sides }) => sides.join("..") === value);

  /** The ids of entities, from their numbers in the payload. */
  const idsOf = (map, numbers) => {
    const ids = [...map.entities.keys()];
    return numbers.map((number) => ids[number]);
  };

  /** Where the sides are at odds: the relations of their contradictions, and those between theses that disagree. */
  const atOdds = (map, found) => [
    ...found.contradictions.flat().map(([[number]]) => map.relations[number]),
    ...found.disagreements.map((number) => map.relations[number]),
  ];

  /** The parts of a comparison by their names in the address: how many there are, and the rows of their entities. */
  const PARTS = {
    one: { count: (found) => found.own[0].length, rows: (found) => found.own[0] },
    other: { count: (found) => found.own[1].length, rows: (found) => found.own[1] },
    both: { count: (found) => found.shared.length, rows: (found) => found.shared },
    odds: { count: (found) => found.contradictions.length + found.disagreements.length },
  };

  const sideName = (desk, id) => cg.shortName(desk.map.entities.get(id), desk.language);

  function partName(desk, part, [one, other]) {
    const only = { one, other }[part];
    return only ? say(desk, "onlyIn", sideName(desk, only)) : say(desk, "parts")[part];
  }

  /** One part of the picture at a time, or all of it. */
  function switches(desk, { value, options }, found) {
    const link = (part, text, count) =>
      h(
        "a",
        {
          class: "part",
          href: desk.link("compare", value, part ? { part } : {}),
          "aria-current": (options.part ?? null) === part ? "true" : null,
        },
        text,
        count === null ? null : h("span", { class: "count" }, count),
      );
    return h(
      "nav",
      { class: "parts", "aria-label": say(desk, "compare") },
      link(null, say(desk, "parts").all, null),
      Object.entries(PARTS).map(([part, { count }]) => link(part, partName(desk, part, found.sides), count(found))),
    );
  }

  // --- what the sides say

  /** What a side says of a relation, from the places of its citations: the relation with these. */
  const saying = (map, places) => ({
    ...map.relations[places[0][0]],
    citations: places.map(([number, position]) => map.relations[number].citations[position]),
  });

  function pair(desk, found, [one, other]) {
    const says = (places, side) => [
      h("p", { class: "small" }, cg.nameLink(desk, side, sideName(desk, side))),
      h("ul", { class: "relations" }, cg.relationItem(desk, saying(desk.map, places))),
    ];
    return h("li", { class: "pair" }, says(one, found.sides[0]), says(other, found.sides[1]));
  }

  /** A relation between the theses of the two, begun with that of the first. */
  function tie(desk, found, number) {
    const relation = desk.map.relations[number];
    const first = idsOf(desk.map, found.first).includes(relation.subject);
    return cg.relationItem(desk, relation, first ? relation.subject : relation.object);
  }

  function distinction(desk, { one, other, word, relation }) {
    if (relation !== undefined) return cg.relationItem(desk, desk.map.relations[relation]);
    const [open, close] = say(desk, "quote");
    const names = (numbers) => idsOf(desk.map, numbers).map((id) => [cg.glyphLink(desk, id), " "]);
    return h("li", { class: "relation" }, `${open}${word}${close} `, names(one), "≠ ", names(other));
  }

  const presence =
    (desk, ids) =>
    ([number, ...counts]) =>
      h("li", null, cg.glyphLink(desk, ids[number]), " ", h("span", { class: "count" }, counts.join(" · ")));

  function blocks(desk, route, found) {
    const ids = [...desk.map.entities.keys()];
    const block = (title, lead, properties, records, item) =>
      records.length
        ? cg.block(
            [title, " ", h("span", { class: "count" }, records.length)],
            lead ? h("p", { class: "small" }, lead) : null,
            cg.longList(desk, properties, records, item),
          )
        : null;
    const of = (name, item) => block(say(desk, name), null, { class: "relations" }, found[name], item);
    const ties = (number) => tie(desk, found, number);
    const pairs = (each) => pair(desk, found, each);
    const own = (index) =>
      block(
        say(desk, "onlyIn", sideName(desk, found.sides[index])),
        say(desk, "byRelations"),
        { class: "names" },
        found.own[index],
        presence(desk, ids),
      );
    const shared = () =>
      block(say(desk, "bridges"), say(desk, "bridgesLead"), { class: "names" }, found.shared, presence(desk, ids));
    const odds = () => [of("contradictions", pairs), of("disagreements", ties)];
    const shows = {
      one: () => own(0),
      other: () => own(1),
      both: () => [shared(), of("common", pairs)],
      odds,
    };
    return (
      shows[route.options.part]?.() ?? [
        odds(),
        of("agreements", ties),
        of("ties", ties),
        of("distinctions", (each) => distinction(desk, each)),
        of("common", pairs),
        shared(),
        own(0),
        own(1),
      ]
    );
  }

  function comparison(desk, route) {
    const found = comparisonOf(desk.map, route.value);
    if (!found) return cg.missing(desk, route.value);
    const [one, other] = found.sides.map((id) => sideName(desk, id));
    return [
      h("p", { class: "kind" }, say(desk, "compare")),
      cg.heading(`${one} ⇄ ${other}`),
      h("p", { class: "lead" }, say(desk, "compared", found.shared.length, ...found.own.map((own) => own.length))),
      switches(desk, route, found),
      blocks(desk, route, found),
      cg.colophon(desk),
    ];
  }

  /** A link to the comparison of the first two essays; null where there are no two. */
  cg.compareLink = (desk) => {
    const [found] = desk.map.comparisons;
    if (!found) return null;
    return h("a", { class: "plain", href: desk.link("compare", found.sides.join("..")) }, say(desk, "compare"));
  };

  cg.views.compare = {
    options: ["part"],
    look: { colour: "witness" },
    show: comparison,
    lit: ({ map }, { value, options }) => {
      const found = comparisonOf(map, value);
      const part = PARTS[options.part];
      if (!found || !part) return null;
      if (!part.rows) return cg.lightOf(atOdds(map, found));
      const nodes = new Set(
        idsOf(
          map,
          part.rows(found).map(([number]) => number),
        ),
      );
      const among = map.relations.filter(({ subject, object }) => nodes.has(subject) && nodes.has(object));
      return { nodes, edges: new Set(among.map(({ key }) => key)), marked: null };
    },
  };
})((globalThis.conceptgraph ??= {}));
