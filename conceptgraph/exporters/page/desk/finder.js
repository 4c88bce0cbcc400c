"use strict";
// The search field of the bar: what it finds is opened.
((cg) => {
  cg.showFinder = (input, list, desk, open) => {
    cg.combobox(input, list, desk, {
      find: (text) => cg.entitiesFound(desk, text),
      choose: (id) => open("node", id),
    });
    cg.onKey("/", () => {
      input.focus();
      input.select();
    });
  };
})((globalThis.conceptgraph ??= {}));
