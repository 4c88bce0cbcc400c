"use strict";
// The stems of English words, as the command line has them: Snowball's English stemmer (Porter 2002).
((cg) => {
  const KEPT = new Set("andes atlas bias cosmos howe news sky".split(" "));
  const IRREGULAR = new Map(
    Object.entries({
      early: "earli",
      gently: "gentl",
      idly: "idl",
      only: "onli",
      singly: "singl",
      skies: "sky",
      skis: "ski",
      ugly: "ugli",
    }),
  );
  const PREFIX = /^(?:arsen|commun|emerg|gener|inter|later|organ|past|univers)/;

  // An ending, what takes its place, and what must stand before it.
  const DERIVED = [
    ["tional", "tion"],
    ["enci", "ence"],
    ["anci", "ance"],
    ["abli", "able"],
    ["entli", "ent"],
    ["izer", "ize"],
    ["ization", "ize"],
    ["ational", "ate"],
    ["ation", "ate"],
    ["ator", "ate"],
    ["alism", "al"],
    ["aliti", "al"],
    ["alli", "al"],
    ["fulness", "ful"],
    ["fulli", "ful"],
    ["ousli", "ous"],
    ["ousness", "ous"],
    ["iveness", "ive"],
    ["iviti", "ive"],
    ["biliti", "ble"],
    ["bli", "ble"],
    ["ogist", "og"],
    ["ogi", "og", /l$/],
    ["lessli", "less"],
    ["li", "", /[cdeghkmnrt]$/],
  ];
  const FORMED = [
    ["tional", "tion"],
    ["ational", "ate"],
    ["alize", "al"],
    ["icate", "ic"],
    ["iciti", "ic"],
    ["ical", "ic"],
    ["ful", ""],
    ["ness", ""],
    ["ative", "", null, 2],
  ];
  const PLAIN = "ic ance ence able ible ate ive ize iti al ism er ous ant ent ment ement";
  const LAST = [...PLAIN.split(" ").map((ending) => [ending, "", null, 2]), ["ion", "", /[st]$/, 2]];

  const byLength = (a, b) => b[0].length - a[0].length;
  for (const table of [DERIVED, FORMED, LAST]) table.sort(byLength);

  /** Where the regions begin in which an ending may be cut: behind the first consonant after a vowel, and again. */
  function regions(word) {
    const after = (from) => {
      const at = word.slice(from).search(/[aeiouy][^aeiouy]/);
      return at < 0 ? word.length : from + at + 2;
    };
    const first = PREFIX.exec(word)?.[0].length ?? after(0);
    return [0, first, after(first)];
  }

  const isShort = (word) =>
    /[^aeiouy][aeiouy][^aeiouywxY]$/.test(word) || /^[aeiouy][^aeiouy]$/.test(word) || word.endsWith("past");

  function withoutPlural(word) {
    if (word.endsWith("sses")) return word.slice(0, -2);
    if (/ie[sd]$/.test(word)) return word.length > 4 ? word.slice(0, -2) : word.slice(0, -1);
    return /[^us]s$/.test(word) && /[aeiouy]/.test(word.slice(0, -2)) ? word.slice(0, -1) : word;
  }

  function withoutTense(word, starts) {
    const ending = /(?:eedly|ingly|edly|eed|ing|ed)$/.exec(word)?.[0];
    if (!ending) return word;
    const rest = word.slice(0, -ending.length);
    if (ending.startsWith("ee"))
      return starts[1] <= rest.length && !/^(?:succ|proc|exc)$/.test(rest) ? `${rest}ee` : word;
    if (ending === "ing") {
      if (/^[^aeiouy]y$/.test(rest)) return `${rest[0]}ie`;
      if (/^(?:even|cann|inn|earr|herr|out)$/.test(rest)) return word;
    }
    if (!/[aeiouy]/.test(rest)) return word;
    if (/(?:at|bl|iz)$/.test(rest)) return `${rest}e`;
    if (/(?:bb|dd|ff|gg|mm|nn|pp|rr|tt)$/.test(rest)) return /^[aeo]..$/.test(rest) ? rest : rest.slice(0, -1);
    return rest.length === starts[1] && isShort(rest) ? `${rest}e` : rest;
  }

  function replaced(word, table, starts) {
    for (const [ending, instead, before, region = 1] of table) {
      if (!word.endsWith(ending)) continue;
      const rest = word.slice(0, -ending.length);
      return rest.length >= starts[region] && (!before || before.test(rest)) ? rest + instead : word;
    }
    return word;
  }

  function withoutEnd(word, starts) {
    const rest = word.slice(0, -1);
    if (word.endsWith("e") && (rest.length >= starts[2] || (rest.length >= starts[1] && !isShort(rest)))) return rest;
    return word.endsWith("ll") && rest.length >= starts[2] ? rest : word;
  }

  function cut(word) {
    if (KEPT.has(word) || word.length < 3) return word;
    if (IRREGULAR.has(word)) return IRREGULAR.get(word);
    let stem = word.replace(/^y/, "Y").replace(/([aeiouy])y/g, "$1Y");
    const starts = regions(stem);
    stem = withoutTense(withoutPlural(stem), starts);
    stem = stem.replace(/(?<=.[^aeiouy])[yY]$/, "i");
    for (const table of [DERIVED, FORMED, LAST]) stem = replaced(stem, table, starts);
    return withoutEnd(stem, starts).toLowerCase();
  }

  /** A function from an English word to its stem; `spellings` turn British words into American ones first. */
  cg.stemmer = (spellings) => {
    const rules = spellings.map(([pattern, instead]) => [new RegExp(pattern, "g"), instead]);
    const known = new Map();
    return (word) => {
      if (!/^[a-z]+$/.test(word)) return word;
      if (!known.has(word)) known.set(word, cut(rules.reduce((text, rule) => text.replace(...rule), word)));
      return known.get(word);
    };
  };
})((globalThis.conceptgraph ??= {}));
