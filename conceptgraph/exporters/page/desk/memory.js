"use strict";
// What the browser keeps between visits. A page opened from a file may have no storage.
((cg) => {
  cg.remembered = (name) => {
    try {
      return localStorage.getItem(`conceptgraph.${name}`);
    } catch {
      return null;
    }
  };

  cg.remember = (name, value) => {
    try {
      localStorage.setItem(`conceptgraph.${name}`, value);
    } catch {
      // then it holds for this visit only
    }
  };
})((globalThis.conceptgraph ??= {}));
