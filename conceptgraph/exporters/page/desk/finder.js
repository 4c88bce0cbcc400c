"use strict";
// The search field: a list of entities below it, walked with the arrows.
((cg) => {
  const { h } = cg;

  cg.showFinder = (input, list, desk, open) => {
    let index = null;
    let hits = [];
    let items = [];
    let at = -1;

    function close() {
      list.hidden = true;
      at = -1;
      input.setAttribute("aria-expanded", "false");
      input.removeAttribute("aria-activedescendant");
    }

    function mark(to) {
      at = hits.length ? (to + hits.length) % hits.length : -1;
      items.forEach((item, i) => item.setAttribute("aria-selected", String(i === at)));
      if (at < 0) return;
      input.setAttribute("aria-activedescendant", `result-${at}`);
      items[at].scrollIntoView({ block: "nearest" });
    }

    function choose(hit) {
      close();
      input.value = "";
      open("node", hit.entity.id);
    }

    function item({ entity, field, text, way }, i) {
      const { language } = desk;
      const shown = cg.nameOf(entity, language);
      const other = entity.label[language === "zh" ? "en" : "zh"];
      const matched = field === "alias" ? text : null;
      const by = cg.say(language, "foundBy")[way] ?? cg.say(language, "foundBy")[field];
      return h(
        "li",
        {
          role: "option",
          id: `result-${i}`,
          "aria-selected": "false",
          onmousedown: (event) => {
            event.preventDefault();
            choose(hits[i]);
          },
          onmousemove: () => at !== i && mark(i),
        },
        cg.entityGlyph(desk, entity, 14),
        h(
          "span",
          { class: "result-name" },
          shown,
          matched ? h("span", { class: "matched" }, ` ${matched}`) : null,
          other && other !== shown ? h("span", { class: "result-other" }, other) : null,
        ),
        by ? h("span", { class: "result-by" }, by) : null,
      );
    }

    /** The results of a kind under its name. */
    function group([kind, found], g) {
      const named = desk.map.kinds.get(kind) ?? { id: kind, label: {} };
      return h(
        "li",
        { role: "group", "aria-labelledby": `result-kind-${g}` },
        h("span", { class: "result-kind", id: `result-kind-${g}` }, cg.nameOf(named, desk.language)),
        h(
          "ul",
          { role: "presentation" },
          found.map((hit) => items[hits.indexOf(hit)]),
        ),
      );
    }

    function show() {
      index ??= cg.searchIndex(desk.map);
      const groups = cg.byKind(cg.search(index, input.value, 24));
      hits = groups.flatMap(([, found]) => found);
      items = hits.map(item);
      if (!cg.fold(input.value)) return close();
      list.replaceChildren(
        ...(hits.length
          ? groups.map(group)
          : [h("li", { class: "none", role: "option", "aria-disabled": "true" }, cg.say(desk.language, "noResults"))]),
      );
      list.hidden = false;
      input.setAttribute("aria-expanded", "true");
      desk.announce(hits.length ? cg.say(desk.language, "results", hits.length) : cg.say(desk.language, "noResults"));
      return mark(0);
    }

    const KEYS = {
      ArrowDown: () => (list.hidden ? show() : mark(at + 1)),
      ArrowUp: () => mark(at - 1),
      Enter: () => hits[at] && !list.hidden && choose(hits[at]),
      Escape: () => {
        if (!input.value) input.blur();
        input.value = "";
        close();
      },
    };

    input.addEventListener("input", show);
    input.addEventListener("focus", () => input.value && show());
    input.addEventListener("blur", close);
    input.addEventListener("keydown", (event) => {
      // while an input method composes, Enter and the arrows are its own
      if (event.isComposing || !Object.hasOwn(KEYS, event.key)) return;
      event.preventDefault();
      event.stopPropagation();
      KEYS[event.key]();
    });
    document.addEventListener("keydown", (event) => {
      if (
        event.key !== "/" ||
        event.ctrlKey ||
        event.metaKey ||
        event.altKey ||
        /^(INPUT|TEXTAREA)$/.test(document.activeElement?.tagName)
      )
        return;
      event.preventDefault();
      input.focus();
      input.select();
    });
  };
})((globalThis.conceptgraph ??= {}));
