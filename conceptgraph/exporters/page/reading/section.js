"use strict";
// A section of a text as it is read: its relations, in the order of the text.
((cg) => {
  const { h } = cg;
  const say = (desk, ...rest) => cg.say(desk.language, ...rest);

  function section(desk, place) {
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
    return [
      h("p", { class: "kind" }, cg.nameLink(desk, source), ` §${id}`),
      cg.heading(cg.inLanguage(record.sections[position].title, language) ?? `§${id}`),
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

  cg.views.section = {
    show: (desk, { value }) => section(desk, value),
    lit: ({ map }, { value }) => {
      const [source, ...rest] = value.split("/");
      const said = cg.inSection(map, source, rest.join("/")).map((item) => item.relation);
      return said.length ? cg.lightOf(said) : null;
    },
  };
})((globalThis.conceptgraph ??= {}));
