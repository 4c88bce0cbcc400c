"use strict";
// What the picture shows, as text: every entity by its kind, and every relation as a sentence by its family.
((cg) => {
  const { h } = cg;
  const say = (desk, ...rest) => cg.say(desk.language, ...rest);

  // So many stand in a list before the rest is asked for, and so few that a list need not be unfolded.
  const PAGE = 40;
  const FEW = 12;

  /** A list that shows its first entries, and more of them when asked; `item` makes the entry of a record. */
  cg.longList = (desk, properties, records, item) => {
    const list = h("ul", properties);
    const more = h("button", { type: "button", class: "plain more" });
    const show = () => {
      const shown = list.children.length;
      const next = records.slice(shown, shown + PAGE).map(item);
      list.append(...next);
      const left = records.length - shown - next.length;
      more.textContent = say(desk, "more", left);
      more.hidden = !left;
      return next[0];
    };
    more.addEventListener("click", () => show()?.querySelector("a, button")?.focus());
    show();
    return [list, more.hidden ? null : more];
  };

  /** A heading that unfolds what `fill` makes, the first time it is opened. */
  cg.unfolding = (title, count, fill, open = false) => {
    const details = h("details", { open }, h("summary", null, title, h("span", { class: "count" }, count)));
    const filled = () => {
      if (details.open && details.children.length === 1) details.append(...[fill()].flat().filter(Boolean));
    };
    details.addEventListener("toggle", filled);
    filled();
    return details;
  };

  /** Entities under the names of their kinds. */
  cg.entitiesByKind = (desk, entities, open = false) => {
    const { map, language } = desk;
    const order = new Intl.Collator(language === "zh" ? "zh-Hans-u-co-pinyin" : "en");
    const name = (entity) => cg.nameOf(entity, language);
    return [...map.kinds.values()].flatMap((kind) => {
      const mine = entities.filter((entity) => entity.kind === kind.id);
      if (!mine.length) return [];
      const sorted = () => mine.sort((a, b) => order.compare(name(a), name(b)));
      const list = () =>
        cg.longList(desk, { class: "names" }, sorted(), (entity) => h("li", null, cg.glyphLink(desk, entity.id)));
      return [cg.unfolding(cg.nameOf(kind, language), mine.length, list, open && mine.length <= FEW)];
    });
  };

  /** Relations as sentences under the names of their families, with their citations. */
  cg.relationsByFamily = (desk, relations, open = false) => {
    const { map, language } = desk;
    return [...map.families.values()].flatMap((family) => {
      const mine = relations.filter((relation) => relation.family === family.id);
      if (!mine.length) return [];
      const sorted = () => mine.sort((a, b) => b.citations.length - a.citations.length || (a.key < b.key ? -1 : 1));
      const list = () => cg.longList(desk, { class: "relations" }, sorted(), (relation) => cg.relationItem(desk, relation));
      const title = [cg.strokeSample(cg.strokeOf(family.id), `family-${family.id}`), " ", cg.nameOf(family, language)];
      return [cg.unfolding(title, mine.length, list, open && mine.length <= FEW)];
    });
  };

  /** The selection that the lenses make, as a page. */
  cg.selectionPage = (desk) => {
    const { map, seen } = desk;
    const entities = [...seen.nodes].map((id) => map.entities.get(id));
    const relations = [...seen.edges].map((key) => map.relation.get(key));
    return [
      h("nav", { class: "back" }, h("a", { href: "#" }, "← ", say(desk, "overview"))),
      h("p", { class: "kind" }, say(desk, "selection")),
      cg.heading(say(desk, "filtered", entities.length, relations.length)),
      h(
        "ul",
        { class: "chips" },
        cg.asked(desk).map(({ facet, text, undo }) =>
          h(
            "li",
            null,
            h("span", { class: "count" }, facet),
            text,
            h(
              "button",
              {
                type: "button",
                class: "take-back",
                "aria-label": say(desk, "takeBack", facet, text),
                onclick: () => desk.lookAgain(undo),
              },
              "×",
            ),
          ),
        ),
      ),
      entities.length ? cg.block(say(desk, "entries"), cg.entitiesByKind(desk, entities, true)) : null,
      relations.length ? cg.block(say(desk, "byFamily"), cg.relationsByFamily(desk, relations, true)) : null,
      cg.colophon(desk),
    ];
  };
})((globalThis.conceptgraph ??= {}));
