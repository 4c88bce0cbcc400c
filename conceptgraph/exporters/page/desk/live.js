"use strict";
// The page that is served follows the files of its map: it shows what they hold now, or what is wrong with them.
((cg) => {
  const { h, desk } = cg;
  const say = (key, ...values) => {
    const word = cg.say(desk.language, "live")[key];
    return typeof word === "function" ? word(...values) : word;
  };

  let shown = document.getElementById("data").dataset.state;
  let greeting = null;
  let faults = { summary: null, errors: 0, warnings: 0, listed: [], more: 0 };
  let lost = false;
  let unfolded = false;

  // --- the editor

  async function open(place) {
    const headers = { "X-Conceptgraph-Token": greeting.token };
    const answer = await fetch("open", { method: "POST", headers, body: place }).catch(() => null);
    desk.announce(say(answer?.ok ? "opened" : "notOpened", place));
  }

  function addressOf(place) {
    const [, path, line, column] = /^(.*):(\d+):(\d+)$/s.exec(place);
    const file = greeting.folder + path.split("/").map(encodeURIComponent).join("/");
    const values = { file, line, column };
    return greeting.link.replace(/\{(file|line|column)\}/g, (_, name) => values[name]);
  }

  /** A way to a place of the files, `file:line:column`, in the editor. */
  const way = (place, ...content) => {
    const known = { class: "edit", title: say("edit", place), "aria-label": say("edit", place) };
    return greeting.link
      ? h("a", { ...known, href: addressOf(place) }, ...content)
      : h("button", { ...known, type: "button", onclick: () => open(place) }, ...content);
  };

  // --- what is wrong

  const title = h("p", { role: "alert", class: "faults-title" });
  const turn = h("button", {
    type: "button",
    class: "plain",
    "aria-controls": "faults-list",
    onclick: () => {
      unfolded = !unfolded;
      show();
    },
  });
  const list = h("ol", { id: "faults-list", role: "list" });
  const strip = h("section", { class: "faults" }, h("div", { class: "faults-head" }, title, turn), list);
  document.querySelector(".bar").after(strip);

  const excerpt = ({ place, line, excerpt: [before, within, behind] }) => [
    h("p", { class: "place" }, greeting ? way(place, place) : place),
    before || within || behind
      ? h(
          "pre",
          null,
          h("span", { class: "line-number", "aria-hidden": "true" }, `${line} │ `),
          before,
          h("mark", null, within || " "),
          behind,
        )
      : null,
  ];

  const fault = ({ severity, code, message, help, notes, ...placed }) =>
    h(
      "li",
      { class: severity },
      h("p", { class: "fault" }, h("b", null, `${say(severity)}[${code}]`), ` ${message}`),
      excerpt(placed),
      notes.map((note) => [h("p", null, `${say("note")} `, note.message), note.place ? excerpt(note) : null]),
      help ? h("p", { class: "help" }, `${say("help")} `, help) : null,
    );

  function show() {
    const { summary, errors, warnings, listed, more } = faults;
    const broken = errors > 0;
    const alone = broken && !desk.map.entities.size;
    const counts = [errors ? say("errors", errors) : null, warnings ? say("warnings", warnings) : null];
    const said = [
      ...(lost ? [say("lost")] : []),
      ...(summary ? [summary] : counts),
      broken ? say(alone ? "alone" : "behind") : null,
    ].filter(Boolean);
    const open = listed.length > 0 && (broken || unfolded);
    strip.hidden = !said.length;
    strip.lang = document.documentElement.lang;
    strip.classList.toggle("broken", broken || lost);
    document.body.classList.toggle("no-map", alone);
    // said once, not with every save
    if (title.textContent !== said.join(" · ")) title.textContent = said.join(" · ");
    turn.hidden = broken || !listed.length;
    turn.textContent = say(open ? "fold" : "unfold");
    turn.setAttribute("aria-expanded", String(open));
    list.hidden = !open;
    list.replaceChildren(
      ...(open ? listed.map(fault) : []),
      ...(open && more ? [h("li", null, say("more", more))] : []),
    );
  }

  // --- news

  const news = new EventSource(`events?state=${encodeURIComponent(shown)}`);
  const on = (name, act) => news.addEventListener(name, (event) => act(JSON.parse(event.data)));

  on("hello", (said) => {
    [greeting, lost] = [said, false];
    desk.edit = (place) => (place ? way(place, "✎") : null);
    desk.reread();
    show();
  });
  on("map", ({ id, map: packed }) => {
    const data = cg.unpacked(packed);
    const next = cg.carried(desk.map, cg.readMap(data));
    const drawing = cg.graph ? cg.settled(desk.map, cg.graph.places(), next, data.network) : data.network;
    // another picture altogether is arranged by the server
    if (!drawing) return location.reload();
    shown = id;
    desk.renew(next, drawing);
    return desk.announce(say("renewed", next.entities.size, next.relations.length));
  });
  on("reckoned", ({ id, reckoned }) => {
    if (id !== shown) return;
    cg.completed(desk.map, reckoned);
    desk.complete();
  });
  on("faults", (said) => {
    faults = said;
    show();
  });
  news.addEventListener("error", () => {
    lost = true;
    show();
  });
  new MutationObserver(show).observe(document.documentElement, { attributeFilter: ["lang"] });
  show();
})((globalThis.conceptgraph ??= {}));
