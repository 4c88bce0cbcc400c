"use strict";
// What the reader looks at, and how the parts of the page follow it. The address says all of it; the rest is redrawn.
((cg) => {
  const $ = (id) => document.getElementById(id);
  const DARK = matchMedia("(prefers-color-scheme: dark)");

  const data = JSON.parse($("data").textContent);
  const map = cg.readMap(data);
  let route = cg.parseRoute(location.hash);
  let pinnedLanguage = route.lang;
  let seen = cg.seenThrough(map, route.look.lens);
  let hovered = null;
  let graph = null;

  const spoken = cg.remembered("language") ?? (/^zh\b/i.test(navigator.language) ? "zh" : "en");
  const desk = {
    map,
    language: route.lang ?? (cg.languages.includes(spoken) ? spoken : "en"),
    theme: cg.THEMES.includes(cg.remembered("theme")) ? cg.remembered("theme") : "auto",
    look: route.look,
    folded: matchMedia("(max-width: 899px)").matches,
    announce: (text) => {
      $("live").textContent = text;
    },
    /** The address of a view, seen through the look of now. */
    link: (view, value, options) =>
      cg.formatRoute({ view, value, options, look: desk.look, lang: pinnedLanguage ?? null }),
    /** Go to a view; the browser's buttons lead back. */
    go: (view, value, options) => visit(desk.link(view, value, options)),
    /** Look at the same in another way: `change` is given a look, and alters it. */
    lookAgain: (change) => {
      const look = cg.copyLook(desk.look);
      change(look);
      visit(cg.formatRoute({ ...route, look, lang: pinnedLanguage }));
    },
    copyLink: () =>
      navigator.clipboard?.writeText(location.href).then(
        () => desk.announce(say("copied")),
        () => {},
      ),
  };
  cg.desk = desk;

  const say = (...rest) => cg.say(desk.language, ...rest);

  function visit(hash) {
    if (hash !== location.hash && !(hash === "#" && !location.hash)) location.hash = hash;
  }

  /** What the route lights up in the picture; null where it lights nothing. */
  const selection = () => cg.views[route.view].lit?.(desk, route) ?? null;

  function light() {
    if (!graph) return;
    const veil = desk.look.hide && seen ? 1 : 0.84;
    if (hovered) {
      const relation = map.relation.get(hovered.id);
      const around =
        hovered.view === "node" ? cg.neighbourhood(map, hovered.id) : cg.lightOf([relation]);
      graph.light(cg.within(around, seen), {
        veil,
        hovered: hovered.view === "node" ? hovered.id : null,
        selected: hovered.view === "node" ? selection()?.marked : [relation.subject, relation.object],
      });
    } else {
      const chosen = selection();
      graph.light(chosen ? cg.within(chosen, seen) : seen, { veil, selected: chosen?.marked });
    }
  }

  const frame = () => cg.showFrame(desk, DARK.matches, () => graph);

  /** Press a button of the key: what it changes is in the address, and the button keeps the focus. */
  function press(change, again) {
    desk.lookAgain(change);
    follow();
    (again() ?? $("key").querySelector("button"))?.focus();
  }

  const keyed = (selector) => () => $("key").querySelector(selector);

  function legend() {
    cg.showLegend($("key"), desk, {
      toggle: (facet, id) =>
        press(
          ({ lens }) => lens[facet].delete(id) || lens[facet].add(id),
          keyed(`[data-facet="${facet}"][data-value="${CSS.escape(id)}"]`),
        ),
      colour: (by) =>
        press(
          (look) => {
            look.colour = by;
          },
          keyed(`[data-colour="${by}"]`),
        ),
      fold: () => {
        desk.folded = !desk.folded;
        legend();
        keyed(".fold")().focus();
      },
    });
    cg.showFiltered($("filtered"), desk, seen, {
      hide: () =>
        press(
          (look) => {
            look.hide = !look.hide;
          },
          () => $("hide"),
        ),
      clear: () =>
        press((look) => {
          look.lens = cg.emptyLens();
        }, keyed("button")),
    });
  }

  function read() {
    const name = cg.showPanel($("page"), desk, route);
    const texts = map.essays.map((id) => cg.entityName(map, id, desk.language)).join(" · ");
    document.title = [route.view === "home" ? null : name, texts, "conceptgraph"].filter(Boolean).join(" · ");
    return name;
  }

  /** Show what the address asks for. */
  function follow() {
    const next = cg.parseRoute(location.hash);
    const place = ({ view, value, options }) => cg.formatRoute({ view, value, options });
    const moved = place(next) !== place(route);
    const before = desk.look;
    const looked = cg.formatLook(next.look) !== cg.formatLook(before);
    route = next;
    desk.look = next.look;
    seen = cg.seenThrough(map, desk.look.lens);
    // a new link may ask for a language; a step back in history keeps the one that is spoken now
    if (next.lang && next.lang !== desk.language && !history.state?.read) speak(next.lang);
    else pin();
    if (!moved && !looked) return;
    const name = read();
    hovered = null;
    if (looked) {
      frame();
      legend();
      if (desk.look.colour !== before.colour) graph?.refresh();
      if (seen) desk.announce(say("filtered", seen.nodes.size, seen.edges.size));
    }
    light();
    if (!moved) return;
    $("panel").scrollTop = 0;
    $("heading").focus({ preventScroll: true });
    if (route.view !== "home") desk.announce(say("selected", name));
    const chosen = selection();
    if (chosen) graph?.focus([...chosen.nodes]);
  }

  /** Mark this step of the history as read, in the language that was chosen. */
  function pin() {
    try {
      history.replaceState({ read: true }, "", cg.formatRoute({ ...route, lang: pinnedLanguage }));
    } catch {
      // an address that may not be changed is not worth an error
    }
  }

  function speak(language) {
    desk.language = language;
    pinnedLanguage = language;
    cg.remember("language", language);
    pin();
    frame();
    legend();
    read();
    graph?.refresh();
    light();
  }

  $("languages").addEventListener(
    "click",
    (event) => event.target.dataset.language && speak(event.target.dataset.language),
  );
  $("theme").addEventListener("click", () => {
    desk.theme = cg.THEMES[(cg.THEMES.indexOf(desk.theme) + 1) % cg.THEMES.length];
    cg.remember("theme", desk.theme);
    frame();
    graph?.refresh();
  });
  $("skip").addEventListener("click", (event) => {
    event.preventDefault();
    $("heading").focus();
  });
  $("grip").addEventListener("click", () => {
    $("panel").classList.toggle("full");
    cg.showGrip(desk);
  });
  // one way back from every state
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") visit(cg.formatRoute({ view: "home", value: "", lang: pinnedLanguage }));
  });
  DARK.addEventListener("change", () => {
    frame();
    graph?.refresh();
  });
  addEventListener("hashchange", follow);

  frame();
  legend();
  read();
  cg.showFinder($("search"), $("results"), desk, desk.go);
  graph = cg.showGraph(
    $("canvas"),
    map,
    data.network,
    () => ({ language: desk.language, ...desk.look }),
    {
      select: desk.go,
      hover: (view, id) => {
        hovered = view ? { view, id } : null;
        $("canvas").classList.toggle("pointing", Boolean(view));
        light();
      },
    },
  );
  pin();
  graph.open();
  const chosen = selection();
  if (chosen) graph.focus([...chosen.nodes], false);
  light();
  cg.graph = graph;
})((globalThis.conceptgraph ??= {}));
