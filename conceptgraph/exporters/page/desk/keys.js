"use strict";
// Keys that act wherever the reader is, but not where text is typed.
((cg) => {
  cg.onKey = (key, act) =>
    document.addEventListener("keydown", (event) => {
      const typing = /^(INPUT|TEXTAREA|SELECT)$/.test(document.activeElement?.tagName);
      if (event.key !== key || event.ctrlKey || event.metaKey || event.altKey || event.isComposing || typing) return;
      event.preventDefault();
      act();
    });
})((globalThis.conceptgraph ??= {}));
