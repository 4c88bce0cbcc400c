"use strict";
// What stands around picture and panel: the bar, the buttons of the picture, the grip of the panel.
((cg) => {
  const { h } = cg;
  const $ = (id) => document.getElementById(id);
  const SIGNS = { auto: "◐", light: "○", dark: "●" };

  cg.THEMES = Object.keys(SIGNS);

  /** Write the frame in the language of the desk and a theme; `graph()` is the picture that its buttons move. */
  cg.showFrame = (desk, theme, graph) => {
    const say = (...rest) => cg.say(desk.language, ...rest);
    const root = document.documentElement;
    root.lang = desk.language === "zh" ? "zh-Hans" : "en";
    root.dataset.theme = theme;
    $("skip").textContent = say(desk.seen ? "skipToSelection" : "skip");
    $("mark-text").textContent = "conceptgraph";
    $("home").href = desk.link("home", "");
    $("search").placeholder = say("search");
    $("search").setAttribute("aria-label", say("searchLabel"));
    $("results").setAttribute("aria-label", say("searchLabel"));
    $("path").href = cg.pathLink(desk, "", "");
    $("path").title = `${say("chains").title} (p)`;
    $("path-text").textContent = say("chains").title;
    $("languages").setAttribute("aria-label", say("languages"));
    $("picture").setAttribute("aria-label", say("picture"));
    $("panel").setAttribute("aria-label", say("panel"));
    for (const button of $("languages").children)
      button.setAttribute("aria-pressed", String(button.dataset.language === desk.language));
    const name = say("themes")[desk.theme];
    $("theme").replaceChildren(h("span", { "aria-hidden": "true" }, SIGNS[desk.theme]));
    $("theme").setAttribute("aria-label", name);
    $("theme").title = name;
    const button = (text, sign, act) =>
      h("button", { type: "button", "aria-label": say(text), title: say(text), onclick: act }, sign);
    $("undrawn").textContent = say("undrawn");
    $("zoom").setAttribute("aria-label", say("picture"));
    $("zoom").replaceChildren(
      button("zoomIn", "+", () => graph().zoom(1.35)),
      button("zoomOut", "−", () => graph().zoom(1 / 1.35)),
      button("fit", "⤢", () => graph().fit()),
    );
    cg.showGrip(desk);
  };

  /** The grip of the panel on a narrow screen: whether it unfolds the text, or folds it. */
  cg.showGrip = (desk) => {
    const full = $("panel").classList.contains("full");
    $("grip").setAttribute("aria-expanded", String(full));
    $("grip").setAttribute("aria-label", cg.say(desk.language, "grip")[full ? "full" : "half"]);
  };
})((globalThis.conceptgraph ??= {}));
