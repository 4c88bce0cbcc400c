"use strict";
// The path finder: two ends, conditions, and the chains between the ends with their receipts.
((cg) => {
  const { h } = cg;
  const MORE = 3;
  const COUNTS = [1, 2, 3, 5, 10, 20, 50, 100];
  const LENGTHS = [1, 2, 3, 4, 5, 6, 8, 10];
  const SHOWING = ["chain", "alone"];
  const OPTIONS = ["number", ...cg.CONDITIONS, ...SHOWING];
  const ENDS = ["from", "to"];
  let unfolded = false;

  const say = (desk, key, ...values) => {
    const word = cg.say(desk.language, "chains")[key];
    return typeof word === "function" ? word(...values) : word;
  };

  // --- the address

  const NOWHERE = "..";

  /** The address of the path finder with these ends, terms as the command line takes them. */
  cg.pathLink = (desk, from, to, options) => desk.link("path", `${from}${NOWHERE}${to}`, options);

  /** The same question with other ends or options; what was lit of the chains is forgotten, unless that is changed. */
  function changed({ value, options }, { terms, ...others }) {
    const [from, to] = value.split(NOWHERE);
    const shown = SHOWING.some((name) => name in others);
    const kept = shown ? options : { ...options, chain: null, alone: null };
    const next = { ...kept, ...others };
    return [
      (terms ?? [from, to ?? ""]).join(NOWHERE),
      Object.fromEntries(OPTIONS.filter((name) => next[name]).map((name) => [name, String(next[name])])),
    ];
  }

  const linkTo = (desk, route, change) => desk.link("path", ...changed(route, change));
  const go = (desk, route, change) => desk.go("path", ...changed(route, change));

  let last = {};

  /** What the address asks, and the answer to it: {asked, paths, cut, why, chosen}. Found once, however often it is lit. */
  function answer({ map }, { value, options }) {
    const key = JSON.stringify([value, OPTIONS.map((name) => options[name] ?? null)]);
    if (last.key !== key || last.map !== map) {
      const asked = cg.chainsAsked(map, value, options);
      const ready = !asked.unknown.length && asked.question.starts.length && asked.question.ends.length;
      const found = ready ? cg.shortestPaths(map, asked.question) : { paths: [], cut: false };
      const why = ready && !found.paths.length && !found.cut ? cg.obstacle(map, asked.question) : null;
      const chosen = found.paths[Number(options.chain) - 1] ?? null;
      last = { key, map, asked, ready, ...found, why, chosen, alone: Boolean(options.alone && found.paths.length) };
    }
    return last;
  }

  /** Which end a click in the picture would fill; null where both are known. */
  const waitingFor = ({ asked }) => ENDS.find((_, index) => !asked.terms[index].length) ?? null;

  // --- names

  const kindOf = ({ map }, term) => (term.startsWith("@") ? map.kinds.get(term.slice(1)) : null);

  function termName(desk, term) {
    const kind = kindOf(desk, term);
    if (kind) return say(desk, "anyOf", cg.nameOf(kind, desk.language));
    return cg.entityName(desk.map, term, desk.language);
  }

  const termsName = (desk, terms) => terms.map((term) => termName(desk, term)).join(say(desk, "between"));

  function placeName({ map, language }, place) {
    const [source, section] = place.split("/", 2);
    const name = cg.shortName(map.entities.get(source) ?? { id: source, label: {} }, language);
    const title = cg.section(map, { source, section })?.title;
    return section ? `${name} §${section} ${cg.inLanguage(title, language) ?? ""}`.trim() : name;
  }

  const predicateName = ({ map, language }, id) =>
    cg
      .nameOf(map.predicates.get(id) ?? map.families.get(id) ?? { id, label: {} }, language)
      .replace("…", " … ")
      .trim();

  const NAMED = {
    through: termName,
    avoid: termName,
    by: termName,
    predicate: predicateName,
    in: placeName,
    ...Object.fromEntries(
      Object.keys(cg.CHOICES).map((name) => [name, ({ map, language }, id) => cg.word(map, id, language)]),
    ),
  };

  // --- the fields

  /** A field with the list of what it may mean. */
  function field(desk, properties, label, behaviour) {
    const { id } = properties;
    const list = h("div", { id: `${id}-list`, role: "listbox", class: "results", "aria-label": label, hidden: true });
    const input = h("input", {
      type: "text",
      role: "combobox",
      "aria-expanded": "false",
      "aria-controls": list.id,
      "aria-autocomplete": "list",
      autocomplete: "off",
      spellcheck: "false",
      enterkeyhint: "done",
      ...properties,
    });
    cg.combobox(input, list, desk, {
      ...behaviour,
      choose: (value) => {
        // after a choice the next thing to do has the focus, not the field
        input.blur();
        behaviour.choose(value);
      },
    });
    return h("span", { class: "field" }, input, list);
  }

  /** The kinds that a text may mean, each standing for all its entities. */
  function kindsFound(desk, text) {
    const wanted = cg.fold(text.replace(/^@/, ""));
    if (!wanted && !text.startsWith("@")) return [];
    const { map, language } = desk;
    const counts = cg.tally(map.entities.values(), (entity) => entity.kind);
    const options = [...map.kinds.values()]
      .filter((kind) => counts.get(kind.id))
      .filter((kind) => [kind.id, ...Object.values(kind.label)].some((name) => cg.fold(name).startsWith(wanted)))
      .map((kind) => ({
        value: `@${kind.id}`,
        parts: [
          cg.glyph(cg.shapeOf(kind.id), "hollow", ["ink", "ink"], 14),
          h("span", { class: "result-name" }, say(desk, "anyOf", cg.nameOf(kind, language))),
          h("span", { class: "result-by" }, counts.get(kind.id)),
        ],
      }));
    return options.length ? [{ name: say(desk, "wholeKinds"), options }] : [];
  }

  function endsFound(desk, text) {
    const kinds = kindsFound(desk, text);
    const entities = text.startsWith("@") ? [] : cg.entitiesFound(desk, text);
    return entities && [...entities, ...kinds];
  }

  function end(desk, route, { asked }, index) {
    const name = ENDS[index];
    const terms = asked.terms[index];
    const id = `path-${name}`;
    const put = (value) => {
      const next = asked.terms.map((list) => list.join(","));
      next[index] = value;
      go(desk, route, { terms: next });
    };
    const waiting = waitingFor({ asked }) === name;
    return h(
      "div",
      { class: `end ${name}` },
      h("label", { for: id }, say(desk, name)),
      field(
        desk,
        {
          id,
          value: termsName(desk, terms),
          placeholder: say(desk, "placeholder"),
          "aria-describedby": waiting ? "path-hint" : null,
          "data-focus": waiting,
          onfocus: ({ target }) => target.select(),
        },
        say(desk, name),
        {
          find: (text) => endsFound(desk, text),
          choose: put,
          leave: (text) => (text.trim() ? null : put("")),
          eager: true,
        },
      ),
    );
  }

  const ARROWS = "M5 1.5V12.5M5 1.5L2.2 4.4M5 1.5L7.8 4.4M11 12.5V1.5M11 12.5L8.2 9.6M11 12.5L13.8 9.6";

  function swap(desk, route, { asked }) {
    const [from, to] = asked.terms.map((list) => list.join(","));
    return h(
      "button",
      {
        type: "button",
        id: "path-swap",
        class: "swap",
        "aria-label": say(desk, "swap"),
        title: say(desk, "swap"),
        onclick: () => go(desk, route, { terms: [to, from] }),
      },
      cg.s(
        "svg",
        { width: 16, height: 14, viewBox: "0 0 16 14", "aria-hidden": "true", focusable: "false" },
        cg.s("path", { d: ARROWS, fill: "none", stroke: "currentColor", "stroke-width": 1.4 }),
      ),
    );
  }

  function select(desk, route, name, values, current, word) {
    const id = `path-${name}`;
    const options = [...new Set([...values, current])].filter(Boolean).sort((a, b) => a - b);
    const option = (value, text) => h("option", { value, selected: String(value) === String(current ?? "") }, text);
    return h(
      "p",
      { class: "choice" },
      h("label", { for: id }, say(desk, name)),
      h(
        "select",
        { id, onchange: ({ target }) => go(desk, route, { [name]: target.value }) },
        word ? option("", word) : null,
        options.map((value) => option(value, value)),
      ),
    );
  }

  // --- the conditions

  /** A group of the conditions under its name: values that were chosen, each with a way to drop it, and a field for more. */
  function listCondition(desk, route, name, find) {
    const chosen = cg.listed(route.options[name]);
    const id = `path-${name}`;
    const text = (value) => NAMED[name](desk, value);
    const put = (values) => go(desk, route, { [name]: values.join(",") });
    return h(
      "div",
      { class: "condition", role: "group", "aria-labelledby": `${id}-name` },
      h("p", { class: "condition-name", id: `${id}-name` }, say(desk, name)),
      h(
        "div",
        { class: "condition-values" },
        chosen.map((value) =>
          h(
            "button",
            {
              type: "button",
              class: "value",
              "aria-label": say(desk, "drop", text(value)),
              onclick: () => put(chosen.filter((other) => other !== value)),
            },
            text(value),
            h("span", { "aria-hidden": "true" }, " ×"),
          ),
        ),
        field(
          desk,
          { id, placeholder: say(desk, "add"), "aria-label": `${say(desk, name)} ${say(desk, "add")}` },
          say(desk, name),
          {
            find: (typed) => find(typed, (value) => !chosen.includes(value)),
            choose: (value) => put([...chosen, value]),
          },
        ),
      ),
    );
  }

  function checkCondition(desk, route, name) {
    const chosen = cg.listed(route.options[name]);
    const id = `path-${name}`;
    return h(
      "div",
      { class: "condition few", role: "group", "aria-labelledby": `${id}-name` },
      h("p", { class: "condition-name", id: `${id}-name` }, say(desk, name)),
      h(
        "div",
        { class: "condition-values" },
        cg.CHOICES[name].map((value) =>
          check(desk, `${id}-${value}`, NAMED[name](desk, value), chosen.includes(value), (on) => {
            const next = cg.CHOICES[name].filter((other) => (other === value ? on : chosen.includes(other)));
            go(desk, route, { [name]: next.join(",") });
          }),
        ),
      ),
    );
  }

  const check = (desk, id, text, checked, change) =>
    h(
      "label",
      { class: "check", for: id },
      h("input", { type: "checkbox", id, checked, onchange: ({ target }) => change(target.checked) }),
      h("span", null, text),
    );

  /** What of a list of named values begins with a text, or has it in it. */
  function offered(name, values, text, typed, wanted) {
    const key = cg.fold(typed);
    const options = values
      .filter((value) => wanted(value) && cg.fold(`${text(value)} ${value}`).includes(key))
      .map((value) => ({ value, parts: h("span", { class: "result-name" }, text(value)) }));
    return options.length ? [{ name, options }] : [];
  }

  const outlined = ({ map }) => [...map.entities.values()].filter(({ kind }) => map.kinds.get(kind)?.outline);

  function speakers({ map }) {
    const said = map.relations.flatMap(({ citations }) => citations);
    return new Set(said.flatMap((citation) => [citation.source, ...citation.by, ...citation.via]));
  }

  const FOUND = {
    through: (desk) => (typed, wanted) => cg.entitiesFound(desk, typed, wanted),
    avoid: (desk) => (typed, wanted) => cg.entitiesFound(desk, typed, wanted),
    by: (desk) => {
      const speaking = speakers(desk);
      return (typed, wanted) => cg.entitiesFound(desk, typed, (id) => speaking.has(id) && wanted(id));
    },
    in: (desk) => {
      const places = ({ id, sections }) => [id, ...sections.map((section) => `${id}/${section.id}`)];
      return (typed, wanted) =>
        outlined(desk).flatMap((text) =>
          offered(cg.nameOf(text, desk.language), places(text), (place) => placeName(desk, place), typed, wanted),
        );
    },
    predicate: (desk) => {
      const { map, language } = desk;
      const text = (id) => predicateName(desk, id);
      const group = (family) =>
        [...map.predicates.values()].filter((each) => each.family === family).map(({ id }) => id);
      return (typed, wanted) => [
        ...offered(say(desk, "families"), [...map.families.keys()], text, typed, wanted),
        ...[...map.families.values()].flatMap((family) =>
          offered(cg.nameOf(family, language), group(family.id), text, typed, wanted),
        ),
      ];
    },
  };

  function conditions(desk, route, { asked }) {
    const { conditions: given } = asked;
    const none = Object.fromEntries(cg.CONDITIONS.map((name) => [name, null]));
    return h(
      "details",
      {
        class: "conditions",
        open: unfolded,
        ontoggle: ({ target }) => {
          unfolded = target.open;
        },
      },
      h(
        "summary",
        { id: "path-conditions" },
        say(desk, "conditions"),
        given.length ? h("span", { class: "count" }, given.length) : null,
      ),
      h(
        "div",
        { class: "choices" },
        check(desk, "path-directed", say(desk, "directed"), asked.question.directed, (on) =>
          go(desk, route, { directed: on ? "yes" : null }),
        ),
        select(desk, route, "max-length", LENGTHS, asked.question.maxLength, say(desk, "anyLength")),
      ),
      Object.keys(FOUND).map((name) => listCondition(desk, route, name, FOUND[name](desk))),
      Object.keys(cg.CHOICES).map((name) => checkCondition(desk, route, name)),
      given.length
        ? h(
            "p",
            { class: "small" },
            h("button", { type: "button", class: "plain", onclick: () => go(desk, route, none) }, say(desk, "dropAll")),
          )
        : null,
    );
  }

  // --- the chains

  const step = (desk, { start, relations }) =>
    h(
      "li",
      { class: "step" },
      h(
        "ul",
        { class: "relations" },
        relations.map((relation) => {
          const symmetric = desk.map.predicates.get(relation.predicate).symmetric;
          const way = symmetric ? "both" : relation.subject === start ? "forth" : "back";
          return h(
            "li",
            { class: `relation ${relation.status}`, "data-relation": relation.key },
            h(
              "span",
              { class: "arrow", role: "img", "aria-label": say(desk, way), title: say(desk, way) },
              { both: "—", forth: "→", back: "←" }[way],
            ),
            " ",
            cg.sentenceLine(desk, relation, start),
            " ",
            cg.statusMark(desk, relation.status),
            cg.citationList(desk, relation.citations, false),
          );
        }),
      ),
    );

  /** Whether anybody argues the whole chain, and what it rests on that may not hold. */
  function verdict(desk, { steps, voices, weakest }) {
    const { map, language } = desk;
    const line = (sign, kind, ...words) =>
      h("li", { class: kind }, h("span", { class: "sign", "aria-hidden": "true" }, sign), h("span", null, words));
    const names = voices.map((id, index) => [index ? say(desk, "between") : null, cg.nameLink(desk, id)]);
    const at = (doubtful) => steps.flatMap((each, index) => (each[doubtful] ? [index + 1] : []));
    const doubt = (doubtful) => {
      const numbers = at(doubtful);
      return numbers.length ? line("!", "warning", say(desk, doubtful, numbers.join(", "))) : null;
    };
    const grave = steps[weakest];
    const how = grave && (grave.contested ? "contested" : grave.inferred ? "inferred" : (grave.modality ?? ""));
    return h(
      "ul",
      { class: "verdict" },
      voices.length === 1
        ? line("✓", "fine", say(desk, "oneVoice"), names)
        : line("!", "warning", say(desk, "stitched", voices.length), names),
      doubt("inferred"),
      doubt("contested"),
      grave && steps.length > 1
        ? line("↓", "warning", say(desk, "weakest", weakest + 1, cg.word(map, how, language)))
        : null,
    );
  }

  const chainNames = (desk, entities) =>
    entities.map((id, index) => [index ? h("span", { class: "to" }, " → ") : null, cg.nameLink(desk, id)]);

  function showing(desk, route, found, number) {
    const shown = found.chosen === found.paths[number - 1];
    const button = (name, on, change) =>
      h(
        "button",
        {
          type: "button",
          id: `path-${name}-${number}`,
          "aria-pressed": String(on),
          onclick: () => go(desk, route, on ? { chain: null, alone: null } : change),
        },
        say(desk, name),
      );
    return h(
      "div",
      { class: "switch small", role: "group", "aria-label": say(desk, "inPicture") },
      button("place", shown && !found.alone, { chain: number, alone: null }),
      button("alone", shown && found.alone, { chain: number, alone: "yes" }),
    );
  }

  function card(desk, route, found, path, number) {
    const { length } = path.steps;
    const id = `path-${number}`;
    return h(
      "li",
      { class: `way ${found.chosen === path ? "chosen" : ""}`, "aria-labelledby": id },
      h("h3", { id }, h("span", { class: "number" }, `${number}.`), " ", chainNames(desk, path.entities)),
      h(
        "div",
        { class: "way-line" },
        h("span", { class: "small" }, say(desk, "steps", length)),
        showing(desk, route, found, number),
      ),
      verdict(desk, path),
      h(
        "ol",
        { class: "way-steps" },
        path.steps.map((each) => step(desk, each)),
      ),
    );
  }

  function more(desk, route, { asked, paths, cut }) {
    const { count } = asked.question;
    if (cut) return h("p", { class: "small" }, say(desk, "givenUp"));
    if (paths.length < count) return h("p", { class: "small" }, say(desk, "noMore"));
    if (count >= 100) return null;
    const number = Math.min(count + MORE, 100);
    const press = () => go(desk, route, { number });
    return h(
      "p",
      null,
      h(
        "button",
        { type: "button", id: "path-more", class: "press", onclick: press },
        say(desk, "more", number - count),
      ),
    );
  }

  function command(desk, { asked }) {
    const line = cg.commandLine(desk.map, asked);
    return h(
      "p",
      { class: "command" },
      h("span", { class: "small" }, say(desk, "command")),
      h("code", null, line),
      h(
        "button",
        { type: "button", class: "plain", onclick: () => desk.copy(line, say(desk, "commandCopied")) },
        say(desk, "copyCommand"),
      ),
    );
  }

  // --- why there is none

  function obstacle(desk, route, { asked, why }) {
    const lifted = (name) => {
      const link = linkTo(desk, route, { [name]: null });
      return h("li", null, h("a", { class: "name", href: link }, say(desk, "lift", say(desk, name))));
    };
    if (!why.path) return h("p", null, say(desk, "nothing"));
    const liftable = cg.liftable(desk.map, route.value, route.options, asked.conditions);
    const all = Object.fromEntries(asked.conditions.map((name) => [name, null]));
    const name = (id) => cg.nameLink(desk, id);
    return [
      h("p", null, say(desk, "without"), chainNames(desk, why.path.entities)),
      why.cut.length
        ? [
            h("p", null, say(desk, "reaches")[0], name(why.reached), say(desk, "reaches")[1]),
            h(
              "ol",
              { class: "way-steps cut-steps" },
              why.path.steps.map((each, index) =>
                h(
                  "li",
                  { class: why.cut.includes(index) ? "cut" : null },
                  h("span", { class: "sign", "aria-hidden": "true" }, why.cut.includes(index) ? "✂" : "✓"),
                  h("span", { class: "aside" }, say(desk, why.cut.includes(index) ? "isCut" : "isOpen")),
                  h(
                    "span",
                    null,
                    cg.entityName(desk.map, each.start, desk.language),
                    " → ",
                    cg.entityName(desk.map, each.end, desk.language),
                  ),
                ),
              ),
            ),
          ]
        : null,
      h(
        "ul",
        { class: "lifts" },
        liftable.map(lifted),
        asked.conditions.length > 1
          ? h("li", null, h("a", { class: "name", href: linkTo(desk, route, all) }, say(desk, "dropAll")))
          : null,
      ),
    ];
  }

  function results(desk, route, found) {
    const { asked, paths } = found;
    const heading = (text) => h("h2", { id: "path-results", tabindex: "-1", "data-focus": true }, text);
    if (asked.unknown.length)
      return [
        heading(cg.say(desk.language, "missing")),
        h("p", null, cg.say(desk.language, "missingLead", asked.unknown.join(", "))),
      ];
    if (!found.ready)
      return asked.terms.every((list) => list.length) ? h("p", { class: "small" }, say(desk, "same")) : null;
    if (!paths.length && !found.why) return [heading(say(desk, "none")), h("p", null, say(desk, "givenUp"))];
    if (!paths.length) return [heading(say(desk, "none")), obstacle(desk, route, found), command(desk, found)];
    return [
      h(
        "div",
        { class: "results-line" },
        heading(say(desk, "found", paths.length)),
        select(desk, route, "number", COUNTS, asked.question.count),
      ),
      found.chosen
        ? h(
            "p",
            { class: "small" },
            h("a", { class: "name", href: linkTo(desk, route, { chain: null, alone: null }) }, say(desk, "all")),
          )
        : null,
      h(
        "ol",
        { class: "ways" },
        paths.map((path, index) => card(desk, route, found, path, index + 1)),
      ),
      more(desk, route, found),
      command(desk, found),
    ];
  }

  function title(desk, { asked }) {
    const [from, to] = asked.terms.map((list) => termsName(desk, list));
    if (from && to) return say(desk, "fromTo", from, to);
    return from ? say(desk, "fromOnly", from) : to ? say(desk, "toOnly", to) : say(desk, "title");
  }

  function show(desk, route) {
    const found = answer(desk, route);
    const waiting = waitingFor(found);
    return [
      cg.heading(title(desk, found)),
      waiting === "from" ? h("p", { class: "small" }, say(desk, "lead")) : null,
      h(
        "div",
        { class: "path-form", role: "search", "aria-label": say(desk, "title") },
        h(
          "div",
          { class: "ends-fields" },
          end(desk, route, found, 0),
          end(desk, route, found, 1),
          swap(desk, route, found),
        ),
        waiting ? h("p", { class: "hint", id: "path-hint" }, say(desk, "pick")) : null,
        conditions(desk, route, found),
      ),
      h("section", { class: "path-results" }, results(desk, route, found)),
      cg.colophon(desk),
    ];
  }

  /** The two ways to ask for chains at an entity. */
  cg.pathLinks = (desk, id) =>
    h(
      "p",
      { class: "path-links" },
      h("a", { class: "press", href: cg.pathLink(desk, id, "") }, say(desk, "fromHere")),
      h("a", { class: "press", href: cg.pathLink(desk, "", id) }, say(desk, "toHere")),
    );

  cg.views.path = {
    options: OPTIONS,
    show,
    lit: (desk, route) => {
      const { paths, chosen, why, alone, asked } = answer(desk, route);
      const lit = chosen ? [chosen] : paths.length ? paths : why?.path ? [why.path] : [];
      if (!lit.length) return null;
      const relations = lit.flatMap((path) => path.steps.flatMap((each) => each.relations));
      const ends = [...new Set(lit.flatMap(({ entities }) => [entities[0], entities.at(-1)]))];
      return { ...cg.lightOf(relations, ends), alone };
    },
    /** While an end is missing, what is clicked in the picture becomes it. Whether the click is taken. */
    pick: (desk, route, view, id) => {
      const found = answer(desk, route);
      const waiting = waitingFor(found);
      if (!waiting || view === "relation") return false;
      if (view !== "node") return true;
      const terms = found.asked.terms.map((list) => list.join(","));
      terms[ENDS.indexOf(waiting)] = id;
      go(desk, route, { terms });
      return true;
    },
    /** What is said of the view when it is shown. */
    said: (desk, route) => {
      const found = answer(desk, route);
      if (!found.ready) return null;
      return found.paths.length ? say(desk, "found", found.paths.length) : say(desk, "none");
    },
  };
})((globalThis.conceptgraph ??= {}));
