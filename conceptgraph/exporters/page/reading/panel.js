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
      h(
        "span",
        { class: "keep" },
        h("button", { type: "button", class: "plain", onclick: desk.copyLink }, say(desk, "copy")),
        origin ? " · " : null,
      ),
      origin ? [say(desk, "file"), " ", h("code", null, origin), desk.edit?.(origin)] : null,
    );

  cg.missing = (desk, what) => [cg.heading(say(desk, "missing")), h("p", null, say(desk, "missingLead", what))];

  /** Elements by a name of each, and by how many of that name stand before it. */
  function counted(elements, nameOf) {
    const counts = new Map();
    return [...elements].map((element) => {
      const name = nameOf(element);
      counts.set(name, (counts.get(name) ?? 0) + 1);
      return [`${name} ${counts.get(name)}`, element];
    });
  }

  const unfoldable = (page) =>
    counted(page.querySelectorAll("details"), (each) => each.querySelector("summary").firstChild?.textContent);

  const reachable = (page) =>
    counted(page.querySelectorAll("a, button, input, select, summary, [tabindex]"), (each) =>
      each.id ? `#${each.id}` : [each.localName, each.getAttribute("href"), each.textContent].join(" "),
    );

  /** Let `fill` draw a page anew while somebody reads it: what is unfolded, focused and scrolled to stays so. */
  cg.inPlace = (panel, page, fill) => {
    const active = document.activeElement;
    // who types is not interrupted
    if (page.contains(active) && active.matches("input") && active.value !== active.defaultValue) {
      active.addEventListener("blur", () => setTimeout(() => cg.inPlace(panel, page, fill)), { once: true });
      return;
    }
    const { scrollTop } = panel;
    const open = new Map(unfoldable(page).map(([name, each]) => [name, each.open]));
    const held = reachable(page).find(([, each]) => each === active)?.[0];
    fill();
    for (const [name, each] of unfoldable(page)) each.open = open.get(name) ?? each.open;
    const again = reachable(page).find(([name]) => name === held)?.[1];
    if (again && document.activeElement !== again) again.focus({ preventScroll: true });
    panel.scrollTop = scrollTop;
    // what unfolds fills itself a moment later
    setTimeout(() => {
      panel.scrollTop = scrollTop;
    });
  };

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
