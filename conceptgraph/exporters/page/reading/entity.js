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
      relations.length ? cg.pathLinks(desk, id) : null,
      relations.length ? cg.depthControl(desk, id) : null,
      record.sections.length ? cg.block(say(desk, "outline"), cg.outline(desk, record)) : null,
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
    lit: ({ map, look, seen }, { value }) => {
      if (!map.entities.has(value)) return null;
      const around = seen && look.around?.id === value ? seen : cg.neighbourhood(map, value);
      return { ...around, marked: [value] };
    },
  };
})((globalThis.conceptgraph ??= {}));
