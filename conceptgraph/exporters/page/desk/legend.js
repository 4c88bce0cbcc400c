"use strict";
// The key: what shapes, fillings and strokes mean, how many there are, and a way to see only some of them.
((cg) => {
  const { h } = cg;

  function rows(desk) {
    const { map, language } = desk;
    const say = (...rest) => cg.say(language, ...rest);
    const entities = [...map.entities.values()];
    const counts = {
      witness: cg.tally(entities, (entity) => entity.witness),
      kind: cg.tally(entities, (entity) => entity.kind),
      family: cg.tally(map.relations, (relation) => relation.family),
      status: cg.tally(map.relations, (relation) => relation.status),
    };
    const disc = cg.shapeOf("concept");
    const neutral = (id) => (desk.look.colour === "kind" ? [`kind-${id}`, `kind-${id}`] : ["ink", "ink"]);
    const entries = {
      witness: [...map.essays, "both", "neither"].map((id) => ({
        id,
        text: id === "both" || id === "neither" ? say(id) : cg.shortName(map.entities.get(id), language),
        picture: cg.glyph(disc, cg.fillingOf(map, id), cg.tonesOf(desk, id), 15),
      })),
      kind: [...map.kinds.values()]
        .sort((a, b) => (counts.kind.get(b.id) ?? 0) - (counts.kind.get(a.id) ?? 0))
        .map((kind) => ({
          id: kind.id,
          text: cg.nameOf(kind, language),
          picture: cg.glyph(cg.shapeOf(kind.id), "solid", neutral(kind.id), 14),
        })),
      family: [...map.families.values()]
        .sort((a, b) => (counts.family.get(b.id) ?? 0) - (counts.family.get(a.id) ?? 0))
        .map((family) => ({
          id: family.id,
          text: cg.nameOf(family, language),
          picture: cg.strokeSample(cg.strokeOf(family.id), `family-${family.id}`),
        })),
      status: ["contested", "denied"].map((id) => ({
        id,
        text: cg.word(map, id, language),
        picture: cg.strokeSample(id === "denied" ? [2, 4] : [], id, { status: id, width: id === "denied" ? 1.4 : 2.6 }),
      })),
    };
    return { counts, entries };
  }

  const HEADINGS = { witness: "byWitness", kind: "byKind", family: "byFamily", status: "byStatus" };

  /** Draw the key into `container`; `on.toggle(facet, id)`, `on.colour(by)` and `on.fold()` are told what was pressed. */
  cg.showLegend = (container, desk, on) => {
    const { language } = desk;
    const { lens, colour } = desk.look;
    const say = (...rest) => cg.say(language, ...rest);
    const { counts, entries } = rows(desk);
    const chip = (facet, { id, text, picture }) => {
      const count = counts[facet].get(id) ?? 0;
      if (!count) return null;
      return h(
        "li",
        null,
        h(
          "button",
          {
            type: "button",
            class: "chip",
            "data-facet": facet,
            "data-value": id,
            "aria-pressed": String(lens[facet].has(id)),
            onclick: () => on.toggle(facet, id),
          },
          picture,
          h("span", { class: "chip-text" }, text),
          h("span", { class: "count" }, count),
        ),
      );
    };
    const group = (facet) => {
      const chips = entries[facet].map((entry) => chip(facet, entry)).filter(Boolean);
      if (!chips.length) return null;
      const id = `key-${facet}`;
      return {
        head: h("h3", { id }, say(HEADINGS[facet])),
        list: h("ul", { role: "list", "aria-labelledby": id }, chips),
      };
    };
    const row = (facets, last) => {
      const [first, ...rest] = facets.map(group).filter(Boolean);
      if (!first) return null;
      return h(
        "div",
        { class: "key-row" },
        first.head,
        h(
          "div",
          { class: "flow" },
          first.list,
          rest.map(({ head, list }) => [head, list]),
          last,
        ),
      );
    };
    const switches = h(
      "div",
      { class: "switch small", role: "group", "aria-label": say("colour") },
      ["kind", "witness"].map((by) =>
        h(
          "button",
          {
            type: "button",
            "aria-pressed": String(colour === by),
            "data-colour": by,
            onclick: () => on.colour(by),
          },
          say("colourBy")[by],
        ),
      ),
    );
    container.setAttribute("aria-label", say("key"));
    container.classList.toggle("folded", desk.folded);
    const head = h(
      "div",
      { class: "key-head" },
      desk.folded ? null : switches,
      h(
        "button",
        { type: "button", class: "fold", "aria-expanded": String(!desk.folded), onclick: on.fold },
        say(desk.folded ? "keyShow" : "keyHide"),
      ),
    );
    container.replaceChildren(
      ...(desk.folded ? [head] : [row(["witness"]), row(["kind"]), row(["family", "status"], head)].filter(Boolean)),
    );
  };

  /** The line that says a lens is on, and the way back. */
  cg.showFiltered = (container, desk, seen, on) => {
    const say = (...rest) => cg.say(desk.language, ...rest);
    container.hidden = !seen;
    container.replaceChildren(
      ...(seen
        ? [
            h("span", null, say("filtered", seen.nodes.size, seen.edges.size)),
            h(
              "button",
              { type: "button", id: "hide", "aria-pressed": String(desk.look.hide), onclick: on.hide },
              say(desk.look.hide ? "fade" : "hide"),
            ),
            h("button", { type: "button", class: "strong", id: "show-all", onclick: on.clear }, say("showAll")),
          ]
        : []),
    );
  };
})((globalThis.conceptgraph ??= {}));
