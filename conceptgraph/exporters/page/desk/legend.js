"use strict";
// The key: what shapes, fillings and strokes mean, how many there are, and a way to see only some of them.
((cg) => {
  const { h } = cg;

  const HEADINGS = {
    witness: "byWitness",
    kind: "byKind",
    family: "byFamily",
    status: "byStatus",
    section: "bySection",
    voice: "byVoice",
    stance: "byStance",
    modality: "byModality",
    basis: "byBasis",
  };
  // what is unfolded on demand
  const FURTHER = ["section", "voice", "stance", "modality", "basis"];
  // So many voices stand open, those that say most.
  const FIRST = 14;
  const LEADING = 5;

  /** What a value of a facet is called. */
  cg.facetValue = ({ map, language }, facet, id) => {
    const named = (records) => (records.has(id) ? cg.nameOf(records.get(id), language) : id);
    const names = {
      witness: () =>
        map.entities.has(id) ? cg.shortName(map.entities.get(id), language) : (cg.say(language, "witness")[id] ?? id),
      kind: () => named(map.kinds),
      family: () => named(map.families),
      section: () => {
        const [source, ...rest] = id.split("/");
        const section = rest.join("/");
        const title = map.entities.get(source)?.sections.find((each) => each.id === section)?.title;
        return `§${section} ${cg.inLanguage(title, language) ?? ""}`.trim();
      },
      voice: () => cg.entityName(map, id, language),
      basis: () => cg.say(language, "basis")[id] ?? id,
    };
    return names[facet]?.() ?? cg.word(map, id, language);
  };

  const pictures = {
    witness: (desk, id) => cg.glyph(cg.shapeOf("concept"), cg.fillingOf(desk.map, id), cg.tonesOf(desk, id), 15),
    kind: ({ look }, id) => {
      const tone = look.colour === "kind" ? `kind-${id}` : "ink";
      return cg.glyph(cg.shapeOf(id), "solid", [tone, tone], 14);
    },
    family: (_, id) => cg.strokeSample(cg.strokeOf(id), `family-${id}`),
    status: (_, id) =>
      id === "held"
        ? null
        : cg.strokeSample(id === "denied" ? [2, 4] : [], id, { status: id, width: id === "denied" ? 1.4 : 2.6 }),
  };

  /** The values of a facet, in the order in which the key shows them. */
  function valuesOf(map, facet) {
    const counts = cg.totals(map, facet);
    const byCount = (ids) => [...ids].sort((a, b) => (counts.get(b) ?? 0) - (counts.get(a) ?? 0) || (a < b ? -1 : 1));
    const known = {
      witness: () => [...map.essays, "both", "neither"],
      kind: () => byCount(map.kinds.keys()),
      family: () => byCount(map.families.keys()),
      status: () => ["contested", "denied"],
      section: () => map.essays.flatMap((id) => map.entities.get(id).sections.map((section) => `${id}/${section.id}`)),
      basis: () => ["said", "inferred", "background"],
    };
    return (known[facet]?.() ?? byCount(counts.keys())).filter((id) => counts.get(id));
  }

  function chips(desk, facet, ids, on) {
    const counts = cg.countsBeside(desk.map, desk.look, facet);
    return ids.map((id) => {
      const count = counts.get(id) ?? 0;
      return h(
        "li",
        null,
        h(
          "button",
          {
            type: "button",
            class: count ? "chip" : "chip none",
            "data-facet": facet,
            "data-value": id,
            "aria-pressed": String(desk.look.lens[facet].has(id)),
            onclick: () =>
              on.press(
                ({ lens }) => lens[facet].delete(id) || lens[facet].add(id),
                `[data-facet="${facet}"][data-value="${CSS.escape(id)}"]`,
              ),
          },
          pictures[facet]?.(desk, id),
          h("span", { class: "chip-text" }, cg.facetValue(desk, facet, id)),
          h("span", { class: "count" }, count),
        ),
      );
    });
  }

  function group(desk, facet, on) {
    const ids = valuesOf(desk.map, facet);
    if (!ids.length) return null;
    const id = `key-${facet}`;
    return {
      head: h("h3", { id }, cg.say(desk.language, HEADINGS[facet])),
      list: h("ul", { role: "list", "aria-labelledby": id }, chips(desk, facet, ids, on)),
    };
  }

  function row(desk, facets, on, last) {
    const [first, ...rest] = facets.map((facet) => group(desk, facet, on)).filter(Boolean);
    if (!first) return null;
    const others = rest.map(({ head, list }) => [head, list]);
    return h("div", { class: "key-row" }, first.head, h("div", { class: "flow" }, first.list, others, last));
  }

  /** The row of what can be unfolded: the further facets, and the measures. */
  function further(desk, on, last) {
    const { map, language, look } = desk;
    const say = (...rest) => cg.say(language, ...rest);
    const asked = (name) => (name === "measure" ? cg.measuresOf(desk).length : look.lens[name].size);
    const names = [
      ...FURTHER.filter((facet) => cg.varies(map, facet) || asked(facet)),
      ...(map.measures.size ? ["measure"] : []),
    ];
    if (!names.length) return last;
    const unfolder = (name) =>
      h(
        "button",
        {
          type: "button",
          class: "chip unfolder",
          "data-unfolds": name,
          "aria-expanded": String(desk.unfolded === name),
          "aria-controls": desk.unfolded === name ? "key-more" : null,
          onclick: () => on.unfold(name),
        },
        h("span", { class: "chip-text" }, say(HEADINGS[name] ?? "byMeasure")),
        asked(name) ? h("span", { class: "count" }, asked(name)) : null,
        h("span", { class: "turn", "aria-hidden": "true" }, desk.unfolded === name ? "▴" : "▾"),
      );
    const open = names.includes(desk.unfolded) ? desk.unfolded : null;
    return [
      h(
        "div",
        { class: "key-row further" },
        h("h3", { id: "key-further" }, say("moreLenses")),
        h(
          "div",
          { class: "flow" },
          h("div", { class: "flow", role: "group", "aria-labelledby": "key-further" }, names.map(unfolder)),
          last,
        ),
      ),
      open ? h("div", { class: "key-more", id: "key-more" }, unfolded(desk, open, on)) : null,
    ];
  }

  function unfolded(desk, name, on) {
    const { map, language } = desk;
    if (name === "measure") return measures(desk, on);
    const ids = valuesOf(map, name);
    const list = (shown, label) => h("ul", { role: "list", "aria-label": label }, chips(desk, name, shown, on));
    const heading = cg.say(language, HEADINGS[name]);
    if (name === "section") {
      return map.essays.map((essay) => {
        const mine = ids.filter((id) => id.startsWith(`${essay}/`));
        const called = cg.shortName(map.entities.get(essay), language);
        return mine.length ? h("div", { class: "flow" }, h("h4", null, called), list(mine, called)) : null;
      });
    }
    const chosen = desk.look.lens[name];
    const shown = name === "voice" && !desk.allVoices ? ids.filter((id, i) => i < FIRST || chosen.has(id)) : ids;
    const more = ids.length - shown.length;
    return h(
      "div",
      { class: "flow" },
      list(shown, heading),
      more
        ? h("button", { type: "button", class: "plain", onclick: on.allVoices }, cg.say(language, "more", more))
        : null,
    );
  }

  // --- size and colour by a measure

  function choice(desk, name, usual, on) {
    const { map, look } = desk;
    const id = `by-${name}`;
    const options = [...usual, ...[...map.measures.values()].map((each) => [each.id, cg.nameOf(each, desk.language)])];
    const chosen = look[name] ?? "";
    return h(
      "label",
      { class: "choice", for: id },
      cg.say(desk.language, name),
      h(
        "select",
        {
          id,
          onchange: (event) => {
            const { value } = event.target;
            on.press((changed) => {
              changed[name] = value || null;
            }, `#${id}`);
          },
        },
        options.map(([value, text]) => h("option", { value, selected: value === chosen }, text)),
      ),
    );
  }

  function measures(desk, on) {
    const say = (...rest) => cg.say(desk.language, ...rest);
    const { kind, witness } = say("colourBy");
    const usual = [
      ["kind", kind],
      ["witness", witness],
    ];
    return [
      h(
        "div",
        { class: "flow choices" },
        choice(desk, "size", [["", say("sizeUsual")]], on),
        desk.fixedColour ? null : choice(desk, "colour", usual, on),
      ),
      cg.measuresOf(desk).map((measure) => measured(desk, measure)),
    ];
  }

  function measured(desk, measure) {
    const { language, look } = desk;
    const say = (...rest) => cg.say(language, ...rest);
    const leading = cg.ranking(measure).slice(0, LEADING);
    return h(
      "div",
      { class: "measured" },
      h("p", null, h("b", null, cg.nameOf(measure, language)), " ", cg.inLanguage(measure.meaning, language)),
      look.colour === measure.id ? cg.shadeScale(desk, measure) : null,
      look.size === measure.id ? h("p", { class: "small" }, say("sizeScale")) : null,
      h(
        "p",
        { class: "leading" },
        leading.map(({ place, id, value }) => [
          h("span", { class: "count" }, `${place}. `),
          cg.glyphLink(desk, id),
          h("span", { class: "count" }, cg.figure(value)),
        ]),
        h("a", { class: "plain", href: desk.link("measure", measure.id) }, say("wholeRanking")),
      ),
    );
  }

  /** Draw the key into `container`. `on.press(change, selector)`, `on.unfold(name)`, `on.fold()` … are told of it. */
  cg.showLegend = (container, desk, on) => {
    const say = (...rest) => cg.say(desk.language, ...rest);
    const { colour } = desk.look;
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
            onclick: () =>
              on.press((look) => {
                look.colour = by;
              }, `[data-colour="${by}"]`),
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
      desk.folded || desk.fixedColour ? null : switches,
      h(
        "button",
        { type: "button", class: "fold", "aria-expanded": String(!desk.folded), onclick: on.fold },
        say(desk.folded ? "keyShow" : "keyHide"),
      ),
    );
    const rows = desk.folded
      ? [head]
      : [
          row(desk, ["witness"], on, cg.compareLink(desk)),
          row(desk, ["kind"], on),
          row(desk, ["family", "status"], on),
          further(desk, on, head),
        ];
    container.replaceChildren(...rows.flat().filter(Boolean));
  };

  // --- the line that says what is looked at, and the way back

  /** What a look asks for, each with its name and the change that takes it back. */
  cg.asked = (desk) => {
    const { map, language, look } = desk;
    const say = (...rest) => cg.say(language, ...rest);
    const measure = (id) => (map.measures.has(id) ? cg.nameOf(map.measures.get(id), language) : id);
    const values = cg.FACETS.flatMap((facet) =>
      [...look.lens[facet]].map((id) => ({
        facet: say(HEADINGS[facet]),
        text: cg.facetValue(desk, facet, id),
        undo: ({ lens }) => lens[facet].delete(id),
      })),
    );
    if (look.around) {
      const { id, depth } = look.around;
      const undo = (changed) => {
        changed.around = null;
      };
      values.push({ facet: say("around"), text: say("steps", cg.entityName(map, id, language), depth), undo });
    }
    if (look.size) {
      const undo = (changed) => {
        changed.size = null;
      };
      values.push({ facet: say("size"), text: say("wornAs", say("size"), measure(look.size)), undo });
    }
    if (!["kind", "witness"].includes(look.colour)) {
      const undo = (changed) => {
        changed.colour = "kind";
      };
      values.push({ facet: say("colour"), text: say("wornAs", say("colour"), measure(look.colour)), undo });
    }
    return values;
  };

  /** The line that names every lens that is on: each can be taken back, and all of them. */
  cg.showFiltered = (container, desk, seen, on) => {
    const say = (...rest) => cg.say(desk.language, ...rest);
    const asked = cg.asked(desk);
    container.hidden = !seen && !asked.length;
    if (container.hidden) return container.replaceChildren();
    const chip = ({ facet, text, undo }) =>
      h(
        "button",
        { type: "button", class: "asked", "aria-label": say("takeBack", facet, text), onclick: () => on.undo(undo) },
        h("span", null, text),
        h("span", { "aria-hidden": "true" }, "×"),
      );
    return container.replaceChildren(
      ...[
        seen
          ? h(
              "a",
              { class: "shown", href: desk.link("home", ""), title: say("readAsText"), onclick: on.read },
              say("filtered", seen.nodes.size, seen.edges.size),
            )
          : null,
        h("span", { class: "lenses" }, asked.map(chip)),
        seen
          ? h(
              "button",
              { type: "button", id: "hide", "aria-pressed": String(desk.look.hide), onclick: on.hide },
              say(desk.look.hide ? "fade" : "hide"),
            )
          : null,
        h("button", { type: "button", class: "strong", id: "show-all", onclick: on.clear }, say("showAll")),
      ].filter(Boolean),
    );
  };
})((globalThis.conceptgraph ??= {}));
