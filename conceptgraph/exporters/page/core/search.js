"use strict";
// Find entities by what one remembers of their names, in the ways and the order of the command line's search.
((cg) => {
  /** How a search finds an entity, the best first. */
  cg.ways = ["whole", "beginning", "middle", "pinyin", "stem", "inside", "similar", "text"];
  const FIELDS = ["label", "alias", "id", "definition", "note"];
  const MISSED = 99;
  const HAN = "\\u3007\\u3400-\\u9fff\\uf900-\\ufaff\\u{20000}-\\u{3ffff}";
  const UNITS = new RegExp(`[${HAN}]|[^\\P{L}${HAN}]+|\\p{N}+`, "gu");
  const isWide = (text) => text.codePointAt(0) > 0x7f;

  /** Text as it is compared: without case, width, accents and marks, with one blank between words. */
  cg.fold = (text) =>
    text
      .normalize("NFKD")
      .replace(/[\u0300-\u036f]+/g, "")
      .normalize("NFKC")
      .toLowerCase()
      .replace(/[^\p{L}\p{N}]+/gu, " ")
      .trim();

  /** All that a search compares, folded once. */
  cg.searchIndex = (map) => {
    const { pinyin = {}, simplified = "", spellings = [] } = map.search ?? {};
    const sounds = new Map();
    for (const [sound, characters] of Object.entries(pinyin))
      for (const character of characters) sounds.set(character, [...(sounds.get(character) ?? []), sound]);
    const pairs = [...simplified];
    const simple = new Map(pairs.filter((_, i) => i % 2 === 0).map((character, i) => [character, pairs[2 * i + 1]]));
    const entries = [];
    for (const entity of map.entities.values()) {
      const back = Number(map.kinds.get(entity.kind)?.outline ?? false);
      const add = (field, text) => entries.push({ entity, field, text, back, key: cg.fold(text) });
      for (const label of Object.values(entity.label)) add("label", label);
      for (const alias of Object.values(entity.aliases).flat()) add("alias", alias);
      add("id", entity.id);
      for (const field of ["definition", "note"]) for (const said of Object.values(entity[field] ?? {})) add(field, said);
    }
    return { map, entries, sounds, simple, stem: cg.stemmer(spellings) };
  };

  const named = ({ field }) => field !== "definition" && field !== "note";

  function opens(word, text) {
    return isWide(word) ? text.includes(word) : ` ${text}`.includes(` ${word}`);
  }

  function spelt(name, words) {
    const bare = name.replaceAll(" ", "");
    const joined = words.join("");
    if (bare === joined) return 0;
    if (bare.startsWith(joined)) return 1;
    if (opens(words.join(" "), name)) return 2;
    if (words.every((word) => opens(word, name))) return 2.5;
    return words.every((word) => name.includes(word)) ? 5 : MISSED;
  }

  /** Where a word that is read from a unit on may end: [unit, by initials, unfinished]. */
  function ends(units, begin, word, last) {
    const found = [];
    if (
      word.length > 1 &&
      word.length <= units.length - begin &&
      [...word].every((letter, i) => units[begin + i].some((sound) => sound[0] === letter))
    )
      found.push([begin + word.length, true, false]);
    const reached = [[begin, 0]];
    const seen = new Set();
    while (reached.length) {
      const [unit, at] = reached.pop();
      if (at === word.length) found.push([unit, false, false]);
      if (at === word.length || unit === units.length || seen.has(`${unit} ${at}`)) continue;
      seen.add(`${unit} ${at}`);
      for (const sound of units[unit]) {
        if (word.startsWith(sound, at)) reached.push([unit + 1, at + sound.length]);
        else if (last && sound.startsWith(word.slice(at))) found.push([unit + 1, false, true]);
      }
    }
    return found;
  }

  /** How well a name sounds like words in pinyin, each of them full or initials; the last may be unfinished. */
  function heard(name, words, sounds) {
    const units = (name.match(UNITS) ?? []).map((unit) => sounds.get(unit) ?? [unit]);
    let best = Infinity;
    for (let start = 0; start < units.length && !(start === 1 && best < Infinity); start += 1) {
      if (!units[start].some((sound) => sound[0] === words[0][0])) continue;
      let states = [[start, false, false]];
      words.forEach((word, i) => {
        states = states.flatMap(([begin, before]) =>
          ends(units, begin, word, i === words.length - 1).map(([end, short, open]) => [end, short || before, open]),
        );
      });
      for (const [end, short, open] of states) {
        if (short && start && words.join("").length < 3) continue;
        const place = start ? 2 : end === units.length && !open ? 0 : 1;
        best = Math.min(best, 2 * place + Number(short));
      }
    }
    return best < Infinity ? 3 + best / 10 : MISSED;
  }

  function sharesStem(word, name, stem) {
    if (isWide(word)) return false;
    return name.split(" ").some((other) => other.slice(0, 2) === word.slice(0, 2) && stem(other) === stem(word));
  }

  const inflected = (name, words, stem) =>
    words.every((word) => opens(word, name) || sharesStem(word, name, stem)) ? 4 : MISSED;

  /** How many characters are too many, missing, wrong or exchanged with the next (Damerau 1964). */
  cg.edits = (typed, word, limit) => {
    const [a, b] = [[...typed], [...word]];
    if (Math.abs(a.length - b.length) > limit) return Infinity;
    let before = [];
    let last = [...b.keys(), b.length];
    for (let i = 1; i <= a.length; i += 1) {
      const line = [i];
      for (let j = 1; j <= b.length; j += 1) {
        line[j] = Math.min(last[j] + 1, line[j - 1] + 1, last[j - 1] + Number(a[i - 1] !== b[j - 1]));
        if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
          line[j] = Math.min(line[j], before[j - 2] + 1);
      }
      if (Math.min(...line) > limit) return Infinity;
      [before, last] = [last, line];
    }
    return last[b.length] <= limit ? last[b.length] : Infinity;
  };

  function slips(typed, word) {
    if (typed[0] !== word[0] && typed.slice(0, 2) !== [...word.slice(0, 2)].reverse().join("")) return Infinity;
    return cg.edits(typed, word, typed.length >= 8 ? 2 : typed.length >= 5 ? 1 : 0);
  }

  function slipped(name, words, stem) {
    const [joined, bare] = [[...words.join("")], [...name.replaceAll(" ", "")]];
    if (isWide(joined[0])) {
      if (joined.length < 3 || bare.length < 3) return MISSED;
      if (cg.edits(joined, bare, 1) <= 1) return 6.1;
      const differing = (at) => joined.filter((character, i) => character !== bare[at + i]).length;
      const starts = [...bare.keys()].slice(0, Math.max(bare.length - joined.length + 1, 0));
      return joined.length > 3 && starts.some((at) => differing(at) === 1) ? 6.2 : MISSED;
    }
    let count = 0;
    for (const word of words) {
      if (opens(word, name) || sharesStem(word, name, stem)) continue;
      count += Math.min(...name.split(" ").map((other) => slips(word, other)));
    }
    return count < Infinity ? 6 + Math.min(count, 9) / 10 : MISSED;
  }

  /** Entities that match, the best first: {entity, field, text, way, score}, with the text that answered. */
  cg.search = (index, text, limit = 12) => {
    const { map, entries, sounds, simple, stem } = index;
    let words = cg.fold(text).split(" ").filter(Boolean);
    if (!words.length) return [];
    const names = entries.filter(named);
    const scores = new Map(names.map((entry) => [entry, spelt(entry.key, words)]));
    const better = (score) => names.forEach((entry) => scores.set(entry, Math.min(scores.get(entry), score(entry))));
    const least = () => names.reduce((known, entry) => Math.min(known, scores.get(entry)), MISSED);
    const simplify = (folded) => [...folded].map((character) => simple.get(character) ?? character).join("");
    let keyOf = (entry) => entry.key;
    if (least() >= 2) {
      if (/[^\0-\x7f]/.test(text)) {
        words = words.map(simplify);
        keyOf = (entry) => (entry.simple ??= simplify(entry.key));
        better((entry) => spelt(keyOf(entry), words));
      } else if (words.join("").length > 1) {
        better((entry) => (/[^\0-\x7f]/.test(entry.key) ? heard(entry.key, words, sounds) : MISSED));
      }
    }
    better((entry) => (scores.get(entry) < 4 ? MISSED : inflected(keyOf(entry), words, stem)));
    if (least() === MISSED) better((entry) => slipped(keyOf(entry), words, stem));
    const found = new Map();
    for (const entry of entries) {
      const score = scores.get(entry) ?? (words.every((word) => opens(word, keyOf(entry))) ? 7 : MISSED);
      if (score === MISSED) continue;
      const length = score < 7 ? [...keyOf(entry)].length : 0;
      const hit = { ...entry, score, length, way: cg.ways[Math.floor(score)] };
      const known = found.get(entry.entity.id);
      if (!known || before(hit, known) < 0) found.set(entry.entity.id, hit);
    }
    const order = (a, b) =>
      a.score - b.score ||
      a.back - b.back ||
      a.length - b.length ||
      cg.degree(map, b.entity.id) - cg.degree(map, a.entity.id) ||
      (a.entity.id < b.entity.id ? -1 : 1);
    return [...found.values()].sort(order).slice(0, limit);
  };

  const before = (a, b) =>
    a.score - b.score || a.length - b.length || FIELDS.indexOf(a.field) - FIELDS.indexOf(b.field);

  /** The hits by kind, the kind of the best hit first: [[kind, hits]]. */
  cg.byKind = (hits) => {
    const groups = new Map();
    for (const hit of hits) groups.set(hit.entity.kind, [...(groups.get(hit.entity.kind) ?? []), hit]);
    return [...groups];
  };
})((globalThis.conceptgraph ??= {}));
