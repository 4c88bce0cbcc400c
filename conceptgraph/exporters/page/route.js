"use strict";
// The address of what is being read, in the part of it that never leaves the browser.
((cg) => {
  const VIEWS = ["node", "relation", "section"];

  /** `#node=id&lang=en` as {view, value, lang}; anything else is the overview. */
  cg.parseRoute = (hash) => {
    const fields = {};
    for (const part of hash.replace(/^#/, "").split("&")) {
      const [name, ...value] = part.split("=");
      try {
        fields[name] = decodeURIComponent(value.join("="));
      } catch {
        fields[name] = value.join("=");
      }
    }
    const view = VIEWS.find((name) => fields[name]);
    return {
      view: view ?? "home",
      value: view ? fields[view] : "",
      lang: cg.languages.includes(fields.lang) ? fields.lang : null,
    };
  };

  const encode = (value) => encodeURIComponent(value).replaceAll("%2F", "/");

  cg.formatRoute = ({ view, value, lang }) => {
    const parts = [];
    if (view !== "home") parts.push(`${view}=${encode(value)}`);
    if (lang) parts.push(`lang=${lang}`);
    return `#${parts.join("&")}`;
  };

  cg.linkTo = (view, value) => cg.formatRoute({ view, value, lang: cg.pinnedLanguage ?? null });
})((globalThis.conceptgraph ??= {}));
