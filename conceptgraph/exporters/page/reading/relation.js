"use strict";
// A relation as it is read: both sides where it is contested, each citation in full.
((cg) => {
  const { h } = cg;
  const say = (desk, ...rest) => cg.say(desk.language, ...rest);

  function relation(desk, key) {
    const { map, language } = desk;
    const record = map.relation.get(key);
    if (!record) return cg.missing(desk, key);
    const sides = record.citations.map((citation) => ({ citation, ...cg.sides(citation) }));
    const against = sides.filter((side) => side.opponents.length);
    const held = sides.filter((side) => side.holders.length);
    const side = (list, who) =>
      h(
        "ul",
        { class: "citations" },
        list.map((item) => cg.citationLine(desk, item.citation, true, item[who])),
      );
    const inverse = cg.sentence(map, record, language, record.object);
    const contrary = cg.opposites(map, record);
    return [
      h(
        "p",
        { class: "kind" },
        cg.strokeSample(cg.strokeOf(record.family), `family-${record.family}`),
        " ",
        say(desk, "relation"),
        " · ",
        cg.nameOf(map.families.get(record.family) ?? { id: record.family, label: {} }, language),
      ),
      cg.heading(cg.sentenceLine(desk, record, undefined, false)),
      h("p", { class: "other" }, inverse),
      h(
        "p",
        { class: "small" },
        cg.statusMark(desk, record.status) ?? h("span", { class: "status held" }, cg.word(map, "held", language)),
        " · ",
        say(desk, "citations", record.citations.length),
      ),
      against.length
        ? [
            held.length ? cg.block(say(desk, "forIt"), side(held, "holders")) : null,
            cg.block(say(desk, "againstIt"), side(against, "opponents")),
          ]
        : cg.citationList(desk, record.citations, true),
      contrary.length
        ? cg.block(
            say(desk, "opposite"),
            h(
              "ul",
              { class: "relations" },
              contrary.map((other) => cg.relationItem(desk, other)),
            ),
          )
        : null,
      h(
        "ul",
        { class: "ends" },
        [record.subject, record.object].map((id) => {
          const end = map.entities.get(id);
          const definition = cg.inLanguage(end.definition, language);
          return h("li", null, cg.glyphLink(desk, id), definition ? h("p", null, definition) : null);
        }),
      ),
      cg.colophon(desk, record.citations[0]?.origin),
    ];
  }

  cg.views.relation = {
    show: (desk, { value }) => relation(desk, value),
    lit: ({ map }, { value }) => {
      const known = map.relation.get(value);
      if (!known) return null;
      const ends = [known.subject, known.object];
      return { nodes: new Set(ends), edges: new Set([known.key]), marked: ends };
    },
  };
})((globalThis.conceptgraph ??= {}));
