"use strict";
// An excerpt as Markdown, in which no word of the map is markup.
((cg) => {
  const CONTROLS = /[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u061c\u2028-\u202e\u2066-\u2069]/g;
  const MARKUP = /[\\`*_{}[\]<>()#|!~&]/g;
  // what would begin a list, a quotation or an underlined heading
  const BEGINNING = /^(?:([-+=])|(\d+)([.)]))/;

  /** A text as Markdown that reads as the text. */
  cg.escapedMarkdown = (text) =>
    String(text)
      .replace(CONTROLS, (character) => `\\u${character.codePointAt(0).toString(16).padStart(4, "0")}`)
      .replace(/\s+/g, " ")
      .trim()
      .replace(MARKUP, "\\$&")
      .replace(BEGINNING, (_, sign, number, dot) => (sign ? `\\${sign}` : `${number}\\${dot}`));

  const escaped = cg.escapedMarkdown;

  /** Where a citation stands, on which words, who speaks, and what is not plain about it. */
  function citationLine(map, citation, language) {
    const own = citation.by.length === 1 && citation.by[0] === citation.source && !citation.via.length;
    const title = cg.section(map, citation)?.title;
    const [open, close] = cg.say(language, "quote");
    const where = [
      cg.entityName(map, citation.source, language),
      citation.section ? `§${citation.section}` : null,
      cg.inLanguage(title, language),
      citation.at ? `${open}${citation.at}${close}` : null,
    ];
    const parts = [
      where.filter(Boolean).join(" "),
      own
        ? null
        : cg
            .voice(map, citation, language)
            .map((piece) => piece.text)
            .join(""),
      ...cg.remarks(map, citation, language).map((remark) => remark.text),
      cg.inLanguage(citation.note, language),
    ];
    return `  - ${escaped(parts.filter(Boolean).join(" · "))}`;
  }

  function relationLines(map, { relation, start }, language) {
    const [open, close] = language === "zh" ? ["（", "）"] : [" (", ")"];
    const status = relation.status === "held" ? "" : `${open}${cg.word(map, relation.status, language)}${close}`;
    const passage = ({ passage }) => (passage ? [`    > ${escaped(passage)}`] : []);
    return [
      `- ${escaped(cg.sentence(map, relation, language, start) + status)}`,
      ...relation.citations.flatMap((citation) => [citationLine(map, citation, language), ...passage(citation)]),
    ];
  }

  function lines(map, item, language) {
    if (item.relation) return relationLines(map, item, language);
    if (item.text) return [`- ${escaped(item.text)}`];
    const definition = cg.inLanguage(item.entity.definition, language);
    const name = cg.nameOf(item.entity, language);
    return [`- ${escaped(definition ? `${name}${language === "zh" ? "：" : ": "}${definition}` : name)}`];
  }

  /** An excerpt as Markdown; behind what is read stand `lens`, the essays cited, and the link. */
  cg.markdown = (map, excerpt, { language, link, lens = [] }) => {
    const heading = (title) => `## ${escaped(title)}`;
    const essays = excerpt.sources.filter(({ id }) => map.essays.includes(id));
    const cited = essays.map((source) => `- ${escaped(cg.nameOf(source, language))}`);
    const parts = [
      `# ${escaped(excerpt.title)}`,
      ...excerpt.lead.map(escaped),
      ...excerpt.blocks.flatMap((block) => [
        heading(block.title),
        block.lines.flatMap((item) => lines(map, item, language)).join("\n"),
      ]),
      ...(lens.length
        ? [heading(cg.say(language, "selection")), lens.map((each) => `- ${escaped(each)}`).join("\n")]
        : []),
      ...(cited.length ? [heading(cg.say(language, "citedTexts")), cited.join("\n")] : []),
      `<${link}>`,
    ];
    return `${parts.join("\n\n")}\n`;
  };
})((globalThis.conceptgraph ??= {}));
