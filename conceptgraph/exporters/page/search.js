"use strict";
// Find entities by what one remembers of their names.
((cg) => {
  /** Text as it is compared: without case, width, accents, dashes or doubled blanks. */
  cg.fold = (text) =>
    text
      .normalize("NFKD")
      .replace(/\p{M}+/gu, "")
      .normalize("NFKC")
      .toLowerCase()
      .replace(/[-_\s·‧・]+/g, " ")
      .trim();

  /** Every name of every entity, folded once. */
  cg.searchIndex = (map) =>
    cg.byImportance(map).map((entity) => ({
      entity,
      names: [
        ...Object.values(entity.label).map((text) => ({ text, weight: 0 })),
        ...Object.values(entity.aliases)
          .flat()
          .map((text) => ({ text, weight: 0.3 })),
        { text: entity.id, weight: 0.6 },
      ].map((name) => ({ ...name, folded: cg.fold(name.text) })),
    }));

  function rank(name, query, words) {
    if (name.folded === query) return 0;
    if (name.folded.startsWith(query)) return 1;
    if (name.folded.includes(` ${query}`)) return 2;
    if (name.folded.includes(query)) return 3;
    return words.length > 1 && words.every((word) => name.folded.includes(word)) ? 4 : Infinity;
  }

  /** Entities that match, the best first: {entity, name}, where `name` is the one that matched. */
  cg.search = (index, text, limit = 12) => {
    const query = cg.fold(text);
    if (!query) return [];
    const words = query.split(" ");
    const hits = [];
    index.forEach(({ entity, names }, position) => {
      let best = { score: Infinity };
      for (const name of names) {
        const score = rank(name, query, words) + name.weight;
        if (score < best.score) best = { score, name: name.text };
      }
      if (best.score < Infinity) hits.push({ entity, name: best.name, score: best.score, position });
    });
    hits.sort((a, b) => a.score - b.score || a.position - b.position);
    return hits.slice(0, limit);
  };
})((globalThis.conceptgraph ??= {}));
