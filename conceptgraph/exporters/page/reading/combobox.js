"use strict";
// A field with a list below it of what it may mean, walked with the arrows; and the entities that such a list offers.
((cg) => {
  const { h } = cg;

  /**
   * Let a field offer a list. `find(text)` gives what it offers, [{name, options: [{parts, value}]}], or null for
   * nothing to offer; `choose(value)` is told what was chosen, `leave(text)`, if it is there, what was typed when the
   * reader pressed Enter or left without a choice. With `eager`, Tab chooses what is marked.
   */
  cg.combobox = (input, list, desk, { find, choose, leave, eager }) => {
    let values = [];
    let items = [];
    let at = -1;
    const id = (...rest) => [list.id, ...rest].join("-");

    function close() {
      list.hidden = true;
      at = -1;
      input.setAttribute("aria-expanded", "false");
      input.removeAttribute("aria-activedescendant");
    }

    function mark(to) {
      at = items.length ? (to + items.length) % items.length : -1;
      items.forEach((item, i) => item.setAttribute("aria-selected", String(i === at)));
      if (at < 0) return input.removeAttribute("aria-activedescendant");
      input.setAttribute("aria-activedescendant", items[at].id);
      return items[at].scrollIntoView({ block: "nearest" });
    }

    function take(to) {
      const value = values[to];
      close();
      input.value = input.defaultValue;
      choose(value);
    }

    const item = ({ parts }, i) =>
      h(
        "div",
        {
          role: "option",
          id: id(i),
          "aria-selected": "false",
          onmousedown: (event) => {
            event.preventDefault();
            take(i);
          },
          onmousemove: () => at !== i && mark(i),
        },
        parts,
      );

    /** What belongs together, under its name. */
    const group = ({ name, options }, g) =>
      h(
        "div",
        { role: "group", "aria-labelledby": id("group", g) },
        h("span", { class: "result-kind", id: id("group", g) }, name),
        options.map((option) => items[values.indexOf(option.value)]),
      );

    function show() {
      const groups = find(input.value);
      if (!groups) return close();
      const options = groups.flatMap((each) => each.options);
      values = options.map(({ value }) => value);
      items = options.map(item);
      const none = cg.say(desk.language, "noResults");
      list.replaceChildren(
        ...(items.length
          ? groups.map(group)
          : [h("div", { class: "none", role: "option", "aria-disabled": "true" }, none)]),
      );
      list.hidden = false;
      input.setAttribute("aria-expanded", "true");
      desk.announce(items.length ? cg.say(desk.language, "results", items.length) : none);
      return mark(0);
    }

    const changed = () => input.value !== input.defaultValue;
    const KEYS = {
      ArrowDown: () => (list.hidden ? show() : mark(at + 1)),
      ArrowUp: () => mark(at - 1),
      Enter: () => (at >= 0 && !list.hidden ? take(at) : changed() && leave?.(input.value)),
      Escape: () => {
        if (list.hidden) input.blur();
        input.value = input.defaultValue;
        close();
      },
    };

    input.addEventListener("input", show);
    input.addEventListener("focus", () => changed() && show());
    input.addEventListener("blur", () => {
      close();
      if (changed()) leave?.(input.value);
    });
    input.addEventListener("keydown", (event) => {
      // while an input method composes, Enter and the arrows are its own
      if (event.isComposing) return;
      if (event.key === "Tab" && eager && changed() && at >= 0) {
        event.preventDefault();
        take(at);
      }
      if (!Object.hasOwn(KEYS, event.key)) return;
      event.preventDefault();
      event.stopPropagation();
      KEYS[event.key]();
    });
  };

  // --- entities

  const kindName = (desk, kind) => cg.nameOf(desk.map.kinds.get(kind) ?? { id: kind, label: {} }, desk.language);

  /** An entity that a search found, as an option: its glyph, its names, and by what it was found. */
  function entityOption(desk, { entity, field, text, way }) {
    const { language } = desk;
    const shown = cg.nameOf(entity, language);
    const other = entity.label[language === "zh" ? "en" : "zh"];
    const by = cg.say(language, "foundBy")[way] ?? cg.say(language, "foundBy")[field];
    return {
      value: entity.id,
      parts: [
        cg.entityGlyph(desk, entity, 14),
        h(
          "span",
          { class: "result-name" },
          shown,
          field === "alias" ? h("span", { class: "matched" }, ` ${text}`) : null,
          other && other !== shown ? h("span", { class: "result-other" }, other) : null,
        ),
        by ? h("span", { class: "result-by" }, by) : null,
      ],
    };
  }

  let index = null;

  /** The entities that a text may mean, by their kinds; null for no text. Only those that `suits` lets in, if it is there. */
  cg.entitiesFound = (desk, text, suits) => {
    if (!cg.fold(text)) return null;
    if (index?.map !== desk.map) index = cg.searchIndex(desk.map);
    const hits = cg.search(index, text, suits ? Infinity : 24).filter(({ entity }) => !suits || suits(entity.id));
    return cg.byKind(hits.slice(0, 24)).map(([kind, found]) => ({
      name: kindName(desk, kind),
      options: found.map((hit) => entityOption(desk, hit)),
    }));
  };
})((globalThis.conceptgraph ??= {}));
