"use strict";
// How records read: the same sentences that the command line speaks.
((cg) => {
  cg.inLanguage = (text, language) => {
    if (!text) return undefined;
    return (
      text[language] || [...cg.languages, ...Object.keys(text).sort()].map((tag) => text[tag]).find((said) => said)
    );
  };

  cg.nameOf = (record, language) => cg.inLanguage(record.label, language) ?? record.id;

  cg.entityName = (map, id, language) => {
    const entity = map.entities.get(id);
    return entity ? cg.nameOf(entity, language) : (cg.inLanguage(map.words[id], language) ?? id);
  };

  /** What a record is called where room is short: its first alias, where it has one. */
  cg.shortName = (record, language) => (record.aliases?.[language] ?? [])[0] ?? cg.nameOf(record, language);

  cg.word = (map, id, language) => cg.inLanguage(map.words[id], language) ?? id;

  /** A relation as pieces {text, entity?}, begun with its subject or, by the inverse label, with `start`. */
  cg.segments = (map, relation, language, start) => {
    const predicate = map.predicates.get(relation.predicate);
    const turned = start === relation.object && start !== relation.subject;
    const [first, second] = turned ? [relation.object, relation.subject] : [relation.subject, relation.object];
    const label =
      cg.inLanguage(turned ? (predicate.inverse ?? predicate.label) : predicate.label, language) ?? predicate.id;
    const [before, ...rest] = label.split("…");
    const pieces = [
      { text: cg.entityName(map, first, language), entity: first },
      { text: before.trim() },
      { text: cg.entityName(map, second, language), entity: second },
    ];
    const after = rest.join("…").trim();
    if (after) pieces.push({ text: after });
    return pieces;
  };

  cg.sentence = (map, relation, language, start) =>
    cg
      .segments(map, relation, language, start)
      .map((piece) => piece.text)
      .join(" ");

  /** Who holds what a citation says, as pieces: the speakers, then through whom. */
  cg.voice = (map, citation, language) => {
    const zh = language === "zh";
    const named = (ids, between) =>
      ids.flatMap((id, index) => [
        ...(index ? [{ text: between }] : []),
        { text: cg.entityName(map, id, language), entity: id },
      ]);
    const pieces = named(citation.by, zh ? "、" : ", ");
    const additions = [];
    if (citation.likely) additions.push([{ text: zh ? "可能是" : "probably " }, ...named([citation.likely], "")]);
    if (citation.via.length) {
      additions.push([
        { text: zh ? "据" : "through " },
        ...named([...citation.via].reverse(), zh ? " → " : " through "),
      ]);
    }
    additions.forEach((addition, index) => {
      pieces.push({ text: index ? (zh ? "，" : ", ") : zh ? "（" : " (" }, ...addition);
    });
    if (additions.length) pieces.push({ text: zh ? "）" : ")" });
    return pieces;
  };

  cg.section = (map, citation) =>
    map.entities.get(citation.source)?.sections.find((section) => section.id === citation.section);

  // what the search for anchors leaves out of account: see passages.py
  const LEFT_OUT = /[\s\u3000\u200b\ufeff*\\`]/u;

  /** A passage in pieces {text, anchor}: those that an anchor covers, however it is broken there, and the others. */
  cg.marked = (passage, anchors) => {
    const letters = [...passage];
    const kept = letters.map((letter, index) => ({ letter, index })).filter(({ letter }) => !LEFT_OUT.test(letter));
    const covered = new Set();
    for (const anchor of anchors) {
      const wanted = [...(anchor ?? "")].filter((letter) => !LEFT_OUT.test(letter));
      const start = kept.findIndex((_, at) => wanted.every((letter, i) => kept[at + i]?.letter === letter));
      if (!wanted.length || start < 0) continue;
      for (let i = kept[start].index; i <= kept[start + wanted.length - 1].index; i += 1) covered.add(i);
    }
    const pieces = [];
    letters.forEach((letter, index) => {
      const anchor = covered.has(index);
      if (pieces.length && pieces.at(-1).anchor === anchor) pieces.at(-1).text += letter;
      else pieces.push({ text: letter, anchor });
    });
    return pieces;
  };

  /** What is not plain about a citation. */
  cg.remarks = (map, citation, language) => {
    const ids = [];
    if (citation.denied) ids.push("denial");
    if (citation.stance !== "endorses") ids.push(citation.stance);
    if (citation.modality !== "asserted") ids.push(citation.modality);
    if (citation.inferred) ids.push("inferred");
    const words = ids.map((id) => ({ id, text: cg.word(map, id, language) }));
    const condition = cg.inLanguage(citation.condition, language);
    if (condition) words.push({ id: "condition", text: language === "zh" ? `条件：${condition}` : `if ${condition}` });
    if (citation.when) words.push({ id: "when", text: citation.when });
    return words;
  };

  /** Who says in a citation that the relation holds, and who that it does not. */
  cg.sides = (citation) => {
    const rejects = citation.stance === "rejects";
    const holders = new Set(citation.denied ? [] : citation.by);
    const opponents = new Set(citation.denied ? citation.by : []);
    if (rejects) {
      (citation.denied ? opponents : holders).delete(citation.source);
      (citation.denied ? holders : opponents).add(citation.source);
    }
    return { holders: [...holders], opponents: [...opponents] };
  };
})((globalThis.conceptgraph ??= {}));
