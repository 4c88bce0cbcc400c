"use strict";
// Names, sentences and citations as elements.
((cg) => {
  const { h } = cg;

  /** The name of an entity, as a link to it. */
  cg.nameLink = (desk, id, text) => {
    const entity = desk.map.entities.get(id);
    const name = text ?? cg.entityName(desk.map, id, desk.language);
    if (!entity) return h("span", { class: "name" }, name);
    return h("a", { class: "name", href: desk.link("node", id) }, name);
  };

  cg.glyphLink = (desk, id) => {
    const entity = desk.map.entities.get(id);
    return h(
      "a",
      { class: "name with-glyph", href: desk.link("node", id) },
      cg.entityGlyph(desk, entity),
      h("span", null, cg.nameOf(entity, desk.language)),
    );
  };

  /** A relation as a sentence. Its predicate leads to the relation, its names to the entities; `start` is no link. */
  cg.sentenceLine = (desk, relation, start, linked = true) => {
    const { map, language } = desk;
    const space = language === "zh" ? "\u2009" : " ";
    const pieces = cg.segments(map, relation, language, start).flatMap((piece, index) => {
      let part;
      if (!piece.entity) {
        part = linked
          ? h("a", { class: "predicate", href: desk.link("relation", relation.key) }, piece.text)
          : h("span", { class: "predicate" }, piece.text);
      } else if (piece.entity === start && index === 0) part = h("span", { class: "self" }, piece.text);
      else part = cg.nameLink(desk, piece.entity, piece.text);
      return piece.text ? (index ? [space, part] : [part]) : [];
    });
    return h("span", { class: "sentence" }, pieces);
  };

  cg.statusMark = (desk, status) =>
    status === "held" ? null : h("span", { class: `status ${status}` }, cg.word(desk.map, status, desk.language));

  const voice = (desk, citation) =>
    cg
      .voice(desk.map, citation, desk.language)
      .map((piece) => (piece.entity ? cg.nameLink(desk, piece.entity, piece.text) : piece.text));

  /**
   * One citation: who says it, where, on what words, and what is not plain about it. In a list of one side only,
   * `speakers` are those of this side.
   */
  cg.citationLine = (desk, cited, full, speakers) => {
    const turned = speakers && speakers.join() !== cited.by.join();
    const citation = turned ? { ...cited, by: speakers, via: [], likely: undefined } : cited;
    const { map, language } = desk;
    const own = citation.by.length === 1 && citation.by[0] === citation.source && !citation.via.length;
    const source = map.entities.get(citation.source);
    const section = cg.section(map, citation);
    const [open, close] = cg.say(language, "quote");
    const title = section ? cg.inLanguage(section.title, language) : null;
    const text = source ? (full ? cg.nameOf(source, language) : cg.shortName(source, language)) : citation.source;
    const where = [
      source ? h("a", { class: "text", href: desk.link("node", citation.source) }, text) : text,
      citation.section
        ? [
            " ",
            h(
              "a",
              { class: "section", href: desk.link("section", `${citation.source}/${citation.section}`) },
              `§${citation.section}${title ? ` ${title}` : ""}`,
            ),
          ]
        : null,
    ];
    const note = cg.inLanguage(citation.note, language);
    return h(
      "li",
      { class: "citation", "data-origin": citation.origin },
      own
        ? full
          ? [h("span", { class: "voice" }, cg.say(language, "itself")), " · "]
          : null
        : [h("span", { class: "voice" }, voice(desk, citation)), " · "],
      h("span", { class: "where" }, where),
      citation.at ? [" ", h("q", { class: "anchor", lang: "zh" }, `${open}${citation.at}${close}`)] : null,
      cg
        .remarks(map, citation, language)
        .map((remark) => [" ", h("span", { class: `remark ${remark.id}` }, remark.text)]),
      full && citation.passage ? cg.passage(citation.passage, [citation.at]) : null,
      note ? h("p", { class: "note" }, note) : null,
      desk.edit?.(citation.origin),
    );
  };

  /** A sentence of a text, with the anchors that stand in it marked. */
  cg.passage = (passage, anchors) =>
    h(
      "blockquote",
      { class: "passage", lang: "zh" },
      cg.marked(passage, anchors).map(({ text, anchor }) => (anchor ? h("mark", null, text) : text)),
    );

  cg.citationList = (desk, citations, full) =>
    h(
      "ul",
      { class: "citations" },
      citations.map((citation) => cg.citationLine(desk, citation, full)),
    );

  /** Relations grouped by family: a heading, and the sentences as seen from `start`. */
  cg.byFamily = (desk, relations, start) => {
    const { map, language } = desk;
    return cg.byFamilies(map, relations, start).map(({ family, relations: mine }) =>
      h(
        "section",
        { class: "family" },
        h(
          "h3",
          null,
          cg.strokeSample(cg.strokeOf(family.id), `family-${family.id}`),
          " ",
          cg.nameOf(family, language),
          h("span", { class: "count" }, mine.length),
        ),
        h(
          "ul",
          { class: "relations" },
          mine.map((relation) => cg.relationItem(desk, relation, start)),
        ),
      ),
    );
  };

  cg.relationItem = (desk, relation, start) =>
    h(
      "li",
      { class: `relation ${relation.status}`, "data-relation": relation.key },
      cg.sentenceLine(desk, relation, start),
      " ",
      cg.statusMark(desk, relation.status),
      cg.citationList(desk, relation.citations, false),
    );
})((globalThis.conceptgraph ??= {}));
