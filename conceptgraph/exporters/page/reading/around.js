"use strict";
// Only the neighbourhood of an entity, to a depth.
((cg) => {
  const { h } = cg;

  /** The control that hides what is farther from an entity than so many steps. */
  cg.depthControl = (desk, id) => {
    const { around } = desk.look;
    const depth = around?.id === id ? around.depth : 0;
    const say = (...rest) => cg.say(desk.language, ...rest);
    const only = (steps) => (look) => {
      look.around = steps ? { id, depth: steps } : null;
      look.hide = steps > 0 || look.hide;
    };
    return h(
      "p",
      { class: "depth", role: "group", "aria-labelledby": "depth-label" },
      h("span", { id: "depth-label", class: "small" }, say("onlyAround")),
      h(
        "span",
        { class: "switch small" },
        [0, ...cg.DEPTHS].map((steps) =>
          h(
            "button",
            {
              type: "button",
              id: `depth-${steps}`,
              "aria-pressed": String(depth === steps),
              "aria-label": steps ? say("stepsAway", steps) : null,
              onclick: () => desk.lookAgain(only(steps)),
            },
            steps || say("off"),
          ),
        ),
      ),
    );
  };
})((globalThis.conceptgraph ??= {}));
