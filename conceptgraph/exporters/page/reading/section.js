"use strict";
// A section of a text as it is read: its relations, in the order of the text.
((cg) => {
  const { h } = cg;
  const say = (desk, ...rest) => cg.say(desk.language, ...rest);

  function section(desk, place, options) {
    const { map, language } = desk;
    const [source, ...rest] = place.split("/");
    const id = rest.join("/");
    const record = map.entities.get(source);
    const position = record?.sections.findIndex((candidate) => candidate.id === id) ?? -1;
    if (position < 0) return cg.missing(desk, place);
    const step = (to, word) =>
      record.sections[to]
        ? h("a", { href: desk.link("section", `${source}/${record.sections[to].id}`) }, say(desk, word))
        : h("span");
    const said = cg.inSection(map, source, id);
    const running = options.as !== "list";
    return [
      h("p", { class: "kind" }, cg.nameLink(desk, source), ` §${id}`),
      cg.heading(cg.inLanguage(record.sections[position].title, language) ?? `§${id}`),
      h("p", { class: "steps" }, step(position - 1, "previous"), step(position + 1, "next")),
      h("p", { class: "small" }, said.length ? say(desk, "inSection", said.length) : say(desk, "noneInSection")),
      said.length ? ways(desk, source, id, running) : null,
      running ? told(desk, said) : listed(desk, said),
    ];
  }

  /** How the section can be read: as running text, line by line, or step by step on the picture. */
  function ways(desk, source, id, running) {
    const way = (text, active, options) =>
      h(
        "a",
        { href: desk.link("section", `${source}/${id}`, options), "aria-current": active ? "true" : null },
        say(desk, text),
      );
    return h(
      "p",
      { class: "ways" },
      way("asText", running, {}),
      way("asList", !running, { as: "list" }),
      cg.tourLink(desk, source, id),
    );
  }

  const listed = (desk, said) =>
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
    );

  /** The relations as running sentences: a paragraph for what is said of one subject, or in one passage. */
  function told(desk, said) {
    const paragraphs = [];
    for (const item of said) {
      const last = paragraphs.at(-1)?.at(-1);
      const together =
        last &&
        (item.citation.passage
          ? last.citation.passage === item.citation.passage
          : !last.citation.passage && last.relation.subject === item.relation.subject);
      if (together) paragraphs.at(-1).push(item);
      else paragraphs.push([item]);
    }
    return paragraphs.map((items) => [
      items[0].citation.passage ? cg.passage(items[0].citation.passage, items.map(({ citation }) => citation.at)) : null,
      h("p", { class: "running" }, items.map((item) => running(desk, item))),
    ]);
  }

  /** One sentence of running text: who says it and what is not plain about it stand in brackets behind. */
  function running(desk, { relation, citation }) {
    const { map, language } = desk;
    const zh = language === "zh";
    const own = citation.by.length === 1 && citation.by[0] === citation.source && !citation.via.length;
    const remarks = cg.remarks(map, citation, language).map((remark) => remark.text);
    const voice = own ? null : cg.voice(map, citation, language).map((piece) => piece.text).join("");
    const aside = [voice, ...remarks].filter(Boolean).join(zh ? "，" : ", ");
    return [
      cg.sentenceLine(desk, relation),
      aside ? h("span", { class: "aside-words" }, zh ? `（${aside}）` : ` (${aside})`) : null,
      relation.status === "held" ? null : [" ", cg.statusMark(desk, relation.status)],
      zh ? "。" : ". ",
    ];
  }

  cg.views.section = {
    options: ["as"],
    show: (desk, { value, options }) => section(desk, value, options),
    lit: ({ map }, { value }) => {
      const [source, ...rest] = value.split("/");
      const said = cg.inSection(map, source, rest.join("/")).map((item) => item.relation);
      return said.length ? cg.lightOf(said) : null;
    },
  };
})((globalThis.conceptgraph ??= {}));
