"use strict";
// The overview: what the map reads, where to start, and every entity by its kind.
((cg) => {
  const { h } = cg;
  const say = (desk, ...rest) => cg.say(desk.language, ...rest);

  const essayNames = (desk) => {
    const zh = desk.language === "zh";
    const name = (id) => cg.entityName(desk.map, id, desk.language);
    return desk.map.essays.map((id, index) => [
      index ? (zh ? "与" : " and ") : null,
      h("cite", null, zh ? `《${name(id)}》` : name(id)),
    ]);
  };

  function essayCard(desk, id) {
    const { map, language } = desk;
    const entity = map.entities.get(id);
    const counts = cg.tally(map.entities.values(), (other) => (map.essays.includes(other.id) ? "" : other.witness));
    return h(
      "article",
      { class: "essay" },
      h(
        "h3",
        null,
        cg.glyph(cg.shapeOf("concept"), cg.fillingOf(map, id), cg.tonesOf(desk, id), 15),
        " ",
        cg.nameLink(desk, id),
      ),
      h("p", null, cg.inLanguage(entity.definition, language)),
      h(
        "p",
        { class: "small" },
        cg.say(language, "only", counts.get(id) ?? 0),
        " · ",
        cg.say(language, "shared", counts.get("both") ?? 0),
      ),
      cg.unfolding(say(desk, "outline"), entity.sections.length, () => cg.outline(desk, entity)),
    );
  }

  // So many questions stand open; the others are unfolded.
  const FIRST = 6;

  /** The named questions with what their answers hold; first those that need more than one essay. */
  function questions(desk) {
    const { map } = desk;
    const known = (question) => (question.expect ?? []).filter((id) => map.entities.has(id));
    const essays = (question) => new Set(known(question).map((id) => map.entities.get(id).witness));
    const breadth = (question) => Math.min(essays(question).size, 2);
    const item = (question) =>
      h(
        "li",
        null,
        h(
          "p",
          null,
          h("a", { href: desk.link("question", question.id) }, cg.inLanguage(question.ask, desk.language) ?? question.id),
        ),
        h(
          "p",
          { class: "chips" },
          known(question).map((id) => [cg.glyphLink(desk, id), " "]),
        ),
      );
    const sorted = [...map.questions].sort((a, b) => breadth(b) - breadth(a));
    const [first, others] = [sorted.slice(0, FIRST), sorted.slice(FIRST)];
    return [
      h("ul", { class: "questions" }, first.map(item)),
      others.length
        ? h(
            "details",
            null,
            h("summary", null, say(desk, "moreQuestions"), h("span", { class: "count" }, others.length)),
            h("ul", { class: "questions" }, others.map(item)),
          )
        : null,
    ];
  }

  /** What is read while nothing is selected. */
  const overview = (desk) => {
    const { map } = desk;
    const outline = (entity) => map.kinds.get(entity.kind)?.outline;
    const start = cg
      .byImportance(map)
      .filter((entity) => !outline(entity) && cg.degree(map, entity.id))
      .slice(0, 12);
    const citations = map.relations.reduce((sum, relation) => sum + relation.citations.length, 0);
    return [
      cg.heading(say(desk, "title")),
      map.essays.length
        ? h("p", { class: "lead" }, say(desk, "lead")[0], essayNames(desk), say(desk, "lead")[1])
        : null,
      h("p", { class: "small" }, say(desk, "counts", map.entities.size, map.relations.length, citations)),
      map.essays.length
        ? cg.block(
            say(desk, "texts"),
            map.essays.map((id) => essayCard(desk, id)),
            h("p", { class: "small" }, cg.compareLink(desk)),
          )
        : null,
      map.questions.length ? cg.block(say(desk, "questions"), questions(desk)) : null,
      start.length
        ? cg.block(
            say(desk, "start"),
            h("p", { class: "small" }, say(desk, "startLead")),
            h(
              "ul",
              { class: "chips" },
              start.map((entity) =>
                h("li", null, cg.glyphLink(desk, entity.id), h("span", { class: "count" }, cg.degree(map, entity.id))),
              ),
            ),
          )
        : null,
      cg.block(
        say(desk, "how"),
        h(
          "ul",
          { class: "how" },
          say(desk, "hows").map((line) => h("li", null, line)),
        ),
      ),
      cg.block(say(desk, "index"), cg.entitiesByKind(desk, [...map.entities.values()])),
      map.relations.length
        ? cg.block(say(desk, "allRelations"), cg.relationsByFamily(desk, map.relations))
        : null,
    ];
  };

  cg.views.home = { show: (desk) => (desk.seen ? cg.selectionPage(desk) : overview(desk)) };
})((globalThis.conceptgraph ??= {}));
