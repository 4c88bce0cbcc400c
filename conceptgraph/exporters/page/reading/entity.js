"use strict";
// An entity as it is read: what it means, and every relation it takes part in.
((cg) => {
  const { h } = cg;
  const say = (desk, ...rest) => cg.say(desk.language, ...rest);

  const kindLine = (desk, entity) =>
    h(
      "p",
      { class: "kind" },
      cg.entityGlyph(desk, entity, 15),
      " ",
      cg.nameOf(desk.map.kinds.get(entity.kind) ?? { id: entity.kind, label: {} }, desk.language),
    );

  const otherTongue = (desk) => (desk.language === "zh" ? "en" : "zh");

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
            { class: "name", href: desk.link("section", `${record.id}/${section.id}`) },
            h("span", { class: "number" }, section.id),
            cg.inLanguage(section.title, desk.language) ?? "",
          ),
          count ? h("span", { class: "count" }, count) : null,
        );
      }),
    );
  }

  function entity(desk, id) {
    const { map, language } = desk;
    const record = map.entities.get(id);
    if (!record) return cg.missing(desk, id);
    const relations = map.incident.get(id);
    const other = record.label[otherTongue(desk)];
    const aliases = cg.languages.flatMap((tag) => record.aliases[tag] ?? []);
    const note = cg.inLanguage(record.note, language);
    const definition = cg.inLanguage(record.definition, language);
    return [
      kindLine(desk, record),
      cg.heading(cg.nameOf(record, language)),
      other && other !== cg.nameOf(record, language)
        ? h("p", { class: "other", lang: otherTongue(desk) }, other)
        : null,
      aliases.length ? h("p", { class: "aliases" }, `${say(desk, "aliases")} `, aliases.join(" · ")) : null,
      definition ? h("p", { class: "definition", "data-origin": record.origin }, definition) : null,
      note ? h("p", { class: "note" }, note) : null,
      record.sections.length ? cg.block(say(desk, "outline"), outlineOf(desk, record)) : null,
      h(
        "section",
        null,
        h("h2", null, relations.length ? say(desk, "relations", relations.length) : say(desk, "noRelations")),
        cg.byFamily(desk, [...relations], id),
      ),
      cg.colophon(desk, record.origin),
    ];
  }

  cg.views.node = {
    show: (desk, { value }) => entity(desk, value),
    lit: ({ map }, { value }) =>
      map.entities.has(value) ? { ...cg.neighbourhood(map, value), marked: [value] } : null,
  };
})((globalThis.conceptgraph ??= {}));
