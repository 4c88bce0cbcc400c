"use strict";
// A measure as it is read: what it means, and the ranking; and how the picture wears it.
((cg) => {
  const { h } = cg;

  cg.figure = (value) => String(Number(value.toPrecision(3)));

  /** The measures that size and colour of the picture follow. */
  cg.measuresOf = ({ map, look }) =>
    [...new Set([look.size, look.colour])].map((id) => map.measures.get(id)).filter(Boolean);

  /** What the picture needs to know of them: {sizes, tint}, each null where no measure is asked for. */
  cg.measuredLook = ({ map, look }, colourOf) => {
    const [size, colour] = [map.measures.get(look.size), map.measures.get(look.colour)];
    const shades = colour ? shadeById(colour) : null;
    return {
      sizes: size ? cg.radii(size) : null,
      tint: shades && ((id) => colourOf(shades.has(id) ? `--scale-${shades.get(id)}` : "--neither")),
    };
  };

  const known = new WeakMap();

  function shadeById(measure) {
    if (!known.has(measure)) {
      const shades = cg.shades(measure).flatMap(({ shade, ids }) => ids.map((id) => [id, shade]));
      known.set(measure, new Map(shades));
    }
    return known.get(measure);
  }

  /** The tone of an entity in the panel, where colours follow a measure; else null. */
  cg.shadeTone = ({ map, look }, id) => {
    const measure = map.measures.get(look.colour);
    const shade = measure && shadeById(measure).get(id);
    return measure ? (shade ? `scale-${shade}` : "neither") : null;
  };

  const swatch = (shade) => cg.glyph(cg.shapeOf("work"), "solid", [`scale-${shade}`, `scale-${shade}`], 14);

  /** The shades with the values that they stand for. */
  cg.shadeScale = ({ language }, measure) =>
    h(
      "ul",
      { class: "scale", "aria-label": cg.say(language, "colour") },
      cg
        .shades(measure)
        .map(({ shade, from, to, ids }) =>
          h(
            "li",
            null,
            swatch(shade),
            ` ${from === to ? cg.figure(to) : `${cg.figure(from)} – ${cg.figure(to)}`} `,
            h("span", { class: "count" }, ids.length),
          ),
        ),
    );

  const FIRST = 20;

  function measure(desk, id) {
    const record = desk.map.measures.get(id);
    if (!record) return cg.missing(desk, id);
    const say = (...rest) => cg.say(desk.language, ...rest);
    const wear = (name) =>
      h(
        "button",
        {
          type: "button",
          id: `wear-${name}`,
          "aria-pressed": String(desk.look[name] === id),
          onclick: () =>
            desk.lookAgain((look) => {
              look[name] = look[name] === id ? cg.plainLook()[name] : id;
            }),
        },
        say("wear")[name],
      );
    return [
      h("p", { class: "kind" }, say("byMeasure")),
      cg.heading(cg.nameOf(record, desk.language)),
      h("p", { class: "lead" }, cg.inLanguage(record.meaning, desk.language)),
      h("div", { class: "switch", role: "group", "aria-label": say("byMeasure") }, ["size", "colour"].map(wear)),
      desk.look.colour === id ? cg.shadeScale(desk, record) : null,
      cg.block(
        say("ranking"),
        cg.longList(desk, { class: "ranking" }, cg.ranking(record), (rank) =>
          h(
            "li",
            null,
            h("span", { class: "number" }, `${rank.place}.`),
            cg.glyphLink(desk, rank.id),
            h("span", { class: "count" }, cg.figure(rank.value)),
          ),
        ),
      ),
      cg.colophon(desk),
    ];
  }

  cg.views.measure = {
    show: (desk, { value }) => measure(desk, value),
    lit: ({ map }, { value }) => {
      if (!map.measures.has(value)) return null;
      const nodes = new Set(
        cg
          .ranking(map.measures.get(value))
          .slice(0, FIRST)
          .map((rank) => rank.id),
      );
      const within = map.relations.filter((each) => nodes.has(each.subject) && nodes.has(each.object));
      return { nodes, edges: new Set(within.map((each) => each.key)), marked: null };
    },
  };
})((globalThis.conceptgraph ??= {}));
