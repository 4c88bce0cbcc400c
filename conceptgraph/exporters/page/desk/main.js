"use strict";
// What the reader looks at, and how the parts of the page follow it. The address says all of it; the rest is redrawn.
((cg) => {
  const $ = (id) => document.getElementById(id);
  const DARK = matchMedia("(prefers-color-scheme: dark)");
  const PAPER = matchMedia("print");

  const data = cg.unpacked(JSON.parse($("data").textContent));
  let map = cg.readMap(data);
  let route = cg.parseRoute(location.hash);
  let pinnedLanguage = route.lang;
  let seen = cg.seenThrough(map, route.look);
  let hovered = null;
  // whether the picture shows nothing but what the route lights
  let alone = false;
  let graph = null;

  /** How the picture is looked at: as the address says, but for what a view asks for itself. */
  const lookOf = ({ view, look }) => ({ ...look, ...cg.views[view].look });

  const spoken = cg.remembered("language") ?? (/^zh\b/i.test(navigator.language) ? "zh" : "en");
  const desk = {
    get map() {
      return map;
    },
    language: route.lang ?? (cg.languages.includes(spoken) ? spoken : "en"),
    theme: cg.THEMES.includes(cg.remembered("theme")) ? cg.remembered("theme") : "auto",
    look: lookOf(route),
    /** What is read, as the address says it. */
    get route() {
      return route;
    },
    /** What the lenses show, {nodes, edges}; null where they show all. */
    get seen() {
      return seen;
    },
    /** Whether what is read has colours of its own. */
    get fixedColour() {
      return Boolean(cg.views[route.view].look?.colour);
    },
    unfolded: null,
    allVoices: false,
    folded: matchMedia("(max-width: 899px)").matches,
    announce: (text) => {
      $("live").textContent = text;
    },
    /** The address of a view, seen through the look of now. */
    link: (view, value, options) =>
      cg.formatRoute({ view, value, options, look: route.look, lang: pinnedLanguage ?? null }),
    /** Go to a view; the browser's buttons lead back. */
    go: (view, value, options) => visit(desk.link(view, value, options)),
    /** Look at the same in another way: `change` is given a look, and alters it. */
    lookAgain: (change) => {
      const look = cg.copyLook(route.look);
      change(look);
      visit(cg.formatRoute({ ...route, look, lang: pinnedLanguage }));
    },
    copy: (text, said) =>
      navigator.clipboard?.writeText(text).then(
        () => desk.announce(said),
        () => {},
      ),
    copyLink: () => desk.copy(location.href, say("copied")),
    /** Show another map in place of this one, drawn so: what is read of it, and how, stays. */
    renew: (next, drawing) => {
      [map, worn, hovered] = [next, null, null];
      seen = cg.seenThrough(map, desk.look);
      graph?.renew(map, drawing);
      frame();
      legend();
      desk.reread();
      light();
    },
    /** Draw what is read anew around the reader. */
    reread: () => cg.inPlace($("panel"), $("page"), read),
    /** Show the same map with what was found of it since. */
    complete: () => {
      worn = null;
      legend();
      desk.reread();
      graph?.refresh();
      light();
    },
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
    const chosen = selection();
    alone = Boolean(chosen?.alone);
    const shown = alone ? chosen : seen;
    const veil = alone || (desk.look.hide && seen) ? 1 : 0.84;
    if (hovered) {
      const relation = map.relation.get(hovered.id);
      const around =
        hovered.view === "node" ? cg.neighbourhood(map, hovered.id) : cg.lightOf([relation]);
      graph.light(cg.within(around, shown), {
        veil,
        hovered: hovered.view === "node" ? hovered.id : null,
        selected: hovered.view === "node" ? chosen?.marked : [relation.subject, relation.object],
      });
    } else {
      graph.light(chosen ? cg.within(chosen, shown) : seen, { veil, selected: chosen?.marked });
    }
  }

  function theme() {
    if (PAPER.matches) return "light";
    return desk.theme === "auto" ? (DARK.matches ? "dark" : "light") : desk.theme;
  }

  const frame = () => cg.showFrame(desk, theme(), () => graph);
  const takeAway = () => cg.showTakeAway($("away"), desk, () => graph);

  /** Press a button of the key: what it changes is in the address, and the button keeps the focus. */
  function press(change, again) {
    desk.lookAgain(change);
    follow();
    (again() ?? $("key").querySelector("button"))?.focus();
  }

  const keyed = (selector) => () => $("key").querySelector(selector);

  function legend() {
    const place = $("key-more")?.scrollTop ?? 0;
    const again = (selector) => {
      legend();
      keyed(selector)()?.focus();
    };
    cg.showLegend($("key"), desk, {
      press: (change, selector) => press(change, keyed(selector)),
      fold: () => {
        desk.folded = !desk.folded;
        again(".fold");
      },
      unfold: (name) => {
        desk.unfolded = desk.unfolded === name ? null : name;
        again(`[data-unfolds="${name}"]`);
        $("key-more")?.scrollIntoView({ block: "nearest" });
      },
      allVoices: () => {
        desk.allVoices = true;
        again("#key-more li:last-child button");
      },
    });
    $("key-more")?.scrollTo(0, place);
    cg.showFiltered($("filtered"), desk, seen, {
      hide: () =>
        press(
          (look) => {
            look.hide = !look.hide;
          },
          () => $("hide"),
        ),
      read: (event) => {
        if (route.view !== "home") return;
        event.preventDefault();
        $("heading").focus();
      },
      undo: (change) => press(change, () => $("filtered").querySelector(".asked")),
      clear: () => press(cg.seeAll, keyed("button")),
    });
  }

  let worn = null;

  /** The sizes and tints of a measure, computed once for a look and a theme. */
  function measured() {
    const { size, colour } = desk.look;
    const asked = [size, colour, document.documentElement.dataset.theme].join();
    if (worn?.asked !== asked) {
      const style = getComputedStyle(document.documentElement);
      worn = { asked, ...cg.measuredLook(desk, (tone) => style.getPropertyValue(tone).trim()) };
    }
    return worn;
  }

  function read() {
    const held = $("page").contains(document.activeElement) ? document.activeElement : null;
    const name = cg.showPanel($("page"), desk, route);
    if (held) ($(held.id) ?? $("heading")).focus({ preventScroll: true });
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
    const differs = (one, other) => cg.formatLook(one) !== cg.formatLook(other);
    const looked = differs(lookOf(next), before) || differs(next.look, route.look);
    route = next;
    desk.look = lookOf(next);
    seen = cg.seenThrough(map, desk.look);
    // a new link may ask for a language; a step back in history keeps the one that is spoken now
    if (next.lang && next.lang !== desk.language && !history.state?.read) speak(next.lang);
    else pin();
    if (!moved && !looked) return;
    const held = document.activeElement;
    const name = read();
    hovered = null;
    if (looked) {
      frame();
      legend();
      if (desk.look.colour !== before.colour || desk.look.size !== before.size) graph?.refresh();
      if (seen) desk.announce(say("filtered", seen.nodes.size, seen.edges.size));
    }
    light();
    // who stood on what is gone does not start again from the top of the page
    if (!held.isConnected && document.activeElement === document.body) $("heading").focus({ preventScroll: true });
    if (!moved) return;
    const focused = document.activeElement;
    // a control that has been drawn anew has kept the focus, and stays where it is
    if (!$("page").contains(focused) || focused === $("heading")) {
      $("panel").scrollTop = 0;
      ($("page").querySelector("[data-focus]") ?? $("heading")).focus();
    }
    const said = cg.views[route.view].said?.(desk, route) ?? (route.view === "home" ? null : say("selected", name));
    if (said) desk.announce(said);
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
    takeAway();
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
  for (const scheme of [DARK, PAPER])
    scheme.addEventListener("change", () => {
      frame();
      graph?.refresh();
      // paper does not wait for the next frame
      graph?.network.redraw();
    });
  cg.onKey("p", () => visit(cg.pathLink(desk, route.view === "node" ? route.value : "", "")));
  addEventListener("hashchange", follow);

  frame();
  takeAway();
  legend();
  read();
  cg.showFinder($("search"), $("results"), desk, desk.go);
  const picture = () =>
    cg.showGraph(
      $("canvas"),
      map,
      data.network,
      () => ({ language: desk.language, ...desk.look, ...measured(), hide: alone || desk.look.hide }),
      {
        select: (view, value) => cg.views[route.view].pick?.(desk, route, view, value) || desk.go(view, value),
        hover: (view, id) => {
          hovered = view ? { view, id } : null;
          $("canvas").classList.toggle("pointing", Boolean(view));
          light();
        },
        thinned: (shown, all) => {
          $("thinned").hidden = !shown;
          $("thinned").textContent = shown ? say("thinned", shown.toLocaleString("en"), all.toLocaleString("en")) : "";
        },
      },
    );
  pin();
  if (cg.draws()) {
    graph = picture();
    graph.open();
    const chosen = selection();
    if (chosen) graph.focus([...chosen.nodes], false);
    light();
  } else {
    $("undrawn").hidden = false;
    for (const id of ["canvas", "zoom"]) $(id).hidden = true;
  }
  cg.graph = graph;
})((globalThis.conceptgraph ??= {}));
