"use strict";
// The reading panel: the overview, an entity, a relation, a section.
((cg) => {
  const { h } = cg;
  const say = (desk, ...rest) => cg.say(desk.language, ...rest);

  const heading = (title, ...rest) => h("h1", { tabindex: "-1", id: "heading" }, title, ...rest);
  const kindLine = (desk, entity) =>
    h(
      "p",
      { class: "kind" },
      cg.entityGlyph(desk, entity, 15),
      " ",
      cg.nameOf(desk.map.kinds.get(entity.kind) ?? { id: entity.kind, label: {} }, desk.language),
    );
  const block = (title, ...children) => h("section", null, h("h2", null, title), ...children);
  const otherTongue = (desk) => (desk.language === "zh" ? "en" : "zh");

  function entity(desk, id) {
    const { map, language } = desk;
    const record = map.entities.get(id);
    if (!record) return missing(desk, id);
    const relations = map.incident.get(id);
    const other = record.label[otherTongue(desk)];
    const aliases = cg.languages.flatMap((tag) => record.aliases[tag] ?? []);
    const note = cg.inLanguage(record.note, language);
    const definition = cg.inLanguage(record.definition, language);
    return [
      kindLine(desk, record),
      heading(cg.nameOf(record, language)),
      other && other !== cg.nameOf(record, language)
        ? h("p", { class: "other", lang: otherTongue(desk) }, other)
        : null,
      aliases.length ? h("p", { class: "aliases" }, `${say(desk, "aliases")} `, aliases.join(" · ")) : null,
      definition ? h("p", { class: "definition", "data-origin": record.origin }, definition) : null,
      note ? h("p", { class: "note" }, note) : null,
      record.sections.length ? block(say(desk, "outline"), outlineOf(desk, record)) : null,
      h(
        "section",
        null,
        h("h2", null, relations.length ? say(desk, "relations", relations.length) : say(desk, "noRelations")),
        cg.byFamily(desk, [...relations], id),
      ),
      colophon(desk, record.origin),
    ];
  }

  const colophon = (desk, origin) =>
    h(
      "p",
      { class: "colophon" },
      h("button", { type: "button", class: "plain", onclick: desk.copyLink }, say(desk, "copy")),
      origin ? [" · ", say(desk, "file"), " ", h("code", null, origin)] : null,
    );

  function outlineOf(desk, record) {
    return h(
      "ol",
      { class: "outline" },
      record.sections.map((section) => {
        const count = cg.inSection(desk.map, record.id, section.id).length;
        const depth = section.id.split(".").length;
        return h(
          "li",
          { class: `depth-${Math.min(depth, 3)}` },
          h(
            "a",
            { class: "name", href: cg.linkTo("section", `${record.id}/${section.id}`) },
            h("span", { class: "number" }, section.id),
            cg.inLanguage(section.title, desk.language) ?? "",
          ),
          count ? h("span", { class: "count" }, count) : null,
        );
      }),
    );
  }

  function section(desk, place) {
    const { map, language } = desk;
    const [source, ...rest] = place.split("/");
    const id = rest.join("/");
    const record = map.entities.get(source);
    const position = record?.sections.findIndex((candidate) => candidate.id === id) ?? -1;
    if (position < 0) return missing(desk, place);
    const step = (to, word) =>
      record.sections[to]
        ? h("a", { href: cg.linkTo("section", `${source}/${record.sections[to].id}`) }, say(desk, word))
        : h("span");
    const said = cg.inSection(map, source, id);
    return [
      h("p", { class: "kind" }, cg.nameLink(desk, source), ` §${id}`),
      heading(cg.inLanguage(record.sections[position].title, language) ?? `§${id}`),
      h("p", { class: "steps" }, step(position - 1, "previous"), step(position + 1, "next")),
      h("p", { class: "small" }, said.length ? say(desk, "inSection", said.length) : say(desk, "noneInSection")),
      h(
        "ul",
        { class: "relations" },
        said.map(({ relation, citation }) =>
          h(
            "li",
            { class: `relation ${relation.status}`, "data-relation": relation.key },
            cg.sentenceLine(desk, relation),
            " ",
            cg.statusMark(desk, relation.status),
            cg.citationList(desk, [citation], false),
          ),
        ),
      ),
    ];
  }

  const opposites = (map, relation) => {
    const { opposite, symmetric } = map.predicates.get(relation.predicate);
    const against = [
      `${relation.subject}~${opposite}~${relation.object}`,
      ...(symmetric ? [`${relation.object}~${opposite}~${relation.subject}`] : []),
    ];
    return opposite ? against.map((key) => map.relation.get(key)).filter(Boolean) : [];
  };

  function relation(desk, key) {
    const { map, language } = desk;
    const record = map.relation.get(key);
    if (!record) return missing(desk, key);
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
    const contrary = opposites(map, record);
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
      heading(cg.sentenceLine(desk, record, undefined, false)),
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
            held.length ? block(say(desk, "forIt"), side(held, "holders")) : null,
            block(say(desk, "againstIt"), side(against, "opponents")),
          ]
        : cg.citationList(desk, record.citations, true),
      contrary.length
        ? block(
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
      colophon(desk, record.citations[0]?.origin),
    ];
  }

  const missing = (desk, what) => [heading(say(desk, "missing")), h("p", null, say(desk, "missingLead", what))];

  const VIEWS = { home: cg.overview, node: entity, relation, section };

  /** Fill the panel with what the route asks for; the name of what is shown, for the title and the live region. */
  cg.showPanel = (page, desk, route) => {
    const back =
      route.view === "home"
        ? null
        : h("nav", { class: "back" }, h("a", { href: cg.linkTo("home", "") }, "← ", say(desk, "overview")));
    const parts = [back, ...VIEWS[route.view](desk, route.value)].flat(Infinity).filter(Boolean);
    page.replaceChildren(...parts);
    return page.querySelector("h1").textContent;
  };
})((globalThis.conceptgraph ??= {}));
