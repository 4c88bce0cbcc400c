"use strict";
// A named question, answered in place: what the command line answers, drawn and told.
((cg) => {
  const { h } = cg;
  const say = (desk, ...rest) => cg.say(desk.language, ...rest);

  // More rings than this would be a pattern, not a mark.
  const MARKED = 6;

  const asked = (map, id) => map.questions.find((question) => question.id === id);

  const relationsOf = (map, answer) => (answer?.relations ?? []).map((index) => map.relations[index]);

  function chains(desk, chains) {
    return h(
      "ol",
      { class: "chains" },
      chains.map((chain) =>
        h(
          "li",
          null,
          chain.map((id, index) => [index ? " → " : null, cg.nameLink(desk, id)]),
        ),
      ),
    );
  }

  function ranks(desk, ranks) {
    const most = Math.max(...ranks.map(([, value]) => value)) || 1;
    return h(
      "ol",
      { class: "ranks" },
      ranks.map(([id, value]) =>
        h(
          "li",
          null,
          h(
            "span",
            { class: "ranked" },
            h("span", null, cg.glyphLink(desk, id)),
            h("meter", { min: 0, max: most, value, "aria-hidden": "true" }),
            h("span", { class: "count" }, value),
          ),
        ),
      ),
    );
  }

  function answered(desk, answer) {
    const relations = relationsOf(desk.map, answer);
    return [
      answer.chains ? chains(desk, answer.chains) : null,
      answer.ranks ? ranks(desk, answer.ranks) : null,
      relations.length ? cg.block(say(desk, "relations", relations.length), cg.byFamily(desk, relations)) : null,
    ];
  }

  function question(desk, { value }) {
    const { map, language } = desk;
    const record = asked(map, value);
    if (!record) return cg.missing(desk, value);
    const other = cg.inLanguage(record.ask, language === "zh" ? "en" : "zh");
    const expected = (record.expect ?? []).filter((id) => map.entities.has(id));
    return [
      h("p", { class: "kind" }, say(desk, "question")),
      cg.heading(cg.inLanguage(record.ask, language) ?? record.id),
      other ? h("p", { class: "other", lang: language === "zh" ? "en" : "zh" }, other) : null,
      expected.length
        ? h(
            "p",
            { class: "chips" },
            expected.map((id) => [cg.glyphLink(desk, id), " "]),
          )
        : null,
      record.answer ? answered(desk, record.answer) : h("p", { class: "small" }, say(desk, "askTerminal")),
      h("p", { class: "colophon" }, say(desk, "inTerminal"), " ", h("code", null, `conceptgraph ask ${record.id}`)),
      h("p", { class: "small query" }, h("code", null, `conceptgraph ${record.query}`)),
      cg.colophon(desk, null),
    ];
  }

  cg.views.question = {
    show: question,
    lit: ({ map }, { value }) => {
      const record = asked(map, value);
      if (!record) return null;
      const expected = (record.expect ?? []).filter((id) => map.entities.has(id));
      const lit = cg.lightOf(relationsOf(map, record.answer), expected.slice(0, MARKED));
      for (const id of expected) lit.nodes.add(id);
      for (const [id] of record.answer?.ranks ?? []) lit.nodes.add(id);
      return lit.nodes.size ? lit : null;
    },
  };
})((globalThis.conceptgraph ??= {}));
