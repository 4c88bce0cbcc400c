"use strict";
// The languages of the page, and its own words in them: one file a language. What the map says comes with the map.
((cg) => {
  const words = {};

  cg.languages = [];

  cg.addWords = (language, said) => {
    cg.languages.push(language);
    words[language] = said;
  };

  /** The page's own words for a key; a count or a name fills those that ask for one. */
  cg.say = (language, key, ...values) => {
    const word = words[language][key];
    return typeof word === "function" ? word(...values) : word;
  };

  /** Every key with its words in each language, for those who check that none is missing. */
  cg.allWords = () => words;
})((globalThis.conceptgraph ??= {}));
