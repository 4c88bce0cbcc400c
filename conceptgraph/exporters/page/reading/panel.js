"use strict";
// The reading panel: what its views share, and the one that the address asks for.
((cg) => {
  const { h } = cg;
  const say = (desk, ...rest) => cg.say(desk.language, ...rest);

  cg.heading = (title, ...rest) => h("h1", { tabindex: "-1", id: "heading" }, title, ...rest);

  cg.block = (title, ...children) => h("section", null, h("h2", null, title), ...children);

  /** The last line of a page: a way to keep its address, and where its record stands in the files. */
  cg.colophon = (desk, origin) =>
    h(
      "p",
      { class: "colophon" },
      h("button", { type: "button", class: "plain", onclick: desk.copyLink }, say(desk, "copy")),
      origin ? [" · ", say(desk, "file"), " ", h("code", null, origin)] : null,
    );

  cg.missing = (desk, what) => [cg.heading(say(desk, "missing")), h("p", null, say(desk, "missingLead", what))];

  /** Fill the panel with what the route asks for; the name of what is shown, for the title and the live region. */
  cg.showPanel = (page, desk, route) => {
    const back =
      route.view === "home"
        ? null
        : h("nav", { class: "back" }, h("a", { href: desk.link("home", "") }, "← ", say(desk, "overview")));
    const parts = [back, ...cg.views[route.view].show(desk, route)].flat(Infinity).filter(Boolean);
    page.replaceChildren(...parts);
    return page.querySelector("h1").textContent;
  };
})((globalThis.conceptgraph ??= {}));
