"use strict";
// The address of what is being read, in the part of it that never leaves the browser.
((cg) => {
  /**
   * What can be read, by the name it has in the address. A view is {show, lit?, options?}: `show(desk, route)` gives the
   * parts of its page, the first heading among them; `lit(desk, route)` what it lights in the picture, {nodes, edges,
   * marked}, or null; `options` are the names of the fields that the address may have beside its value.
   */
  cg.views = {};

  const encode = (value) =>
    encodeURIComponent(value).replaceAll("%2F", "/").replaceAll("%2C", ",").replaceAll("%3A", ":").replaceAll("%3B", ";");

  function fieldsOf(hash) {
    const fields = new Map();
    for (const part of hash.replace(/^#/, "").split("&")) {
      const [name, ...value] = part.split("=");
      try {
        fields.set(name, decodeURIComponent(value.join("=")));
      } catch {
        fields.set(name, value.join("="));
      }
    }
    return fields;
  }

  /**
   * `#node=id&view=kind:concept&lang=en` as {view, value, options, look, lang}: which view, of what, with which of its
   * options; through which look at the picture; in which language, where the address says it. What is no view is the
   * overview, "home".
   */
  cg.parseRoute = (hash) => {
    const fields = fieldsOf(hash);
    const view = Object.keys(cg.views).find((name) => fields.get(name)) ?? "home";
    const asked = (cg.views[view]?.options ?? []).filter((name) => fields.get(name));
    return {
      view,
      value: fields.get(view) ?? "",
      options: Object.fromEntries(asked.map((name) => [name, fields.get(name)])),
      look: cg.parseLook(fields.get("view") ?? ""),
      lang: cg.languages.includes(fields.get("lang")) ? fields.get("lang") : null,
    };
  };

  cg.formatRoute = ({ view, value, options = {}, look, lang }) => {
    const seen = look ? cg.formatLook(look) : "";
    const fields = [
      view === "home" ? null : [view, value],
      ...Object.entries(options),
      seen ? ["view", seen] : null,
      lang ? ["lang", lang] : null,
    ];
    return `#${fields
      .filter((field) => field?.[1])
      .map(([name, text]) => `${name}=${encode(text)}`)
      .join("&")}`;
  };
})((globalThis.conceptgraph ??= {}));
