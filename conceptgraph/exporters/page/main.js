"use strict";
// What the reader looks at, and how the parts of the page follow it.
((cg) => {
  const $ = (id) => document.getElementById(id);
  const { h } = cg;
  const root = document.documentElement;
  const DARK = matchMedia("(prefers-color-scheme: dark)");

  // A page opened from a file may have no storage.
  const remembered = (name) => {
    try {
      return localStorage.getItem(`conceptgraph.${name}`);
    } catch {
      return null;
    }
  };
  const remember = (name, value) => {
    try {
      localStorage.setItem(`conceptgraph.${name}`, value);
    } catch {
      // then it holds for this visit only
    }
  };

  const data = JSON.parse($("data").textContent);
  const map = cg.readMap(data);
  const THEMES = ["auto", "light", "dark"];
  const asked = cg.parseRoute(location.hash);
  const spoken = remembered("language") ?? (/^zh\b/i.test(navigator.language) ? "zh" : "en");

  const desk = {
    map,
    language: asked.lang ?? (cg.languages.includes(spoken) ? spoken : "en"),
    theme: THEMES.includes(remembered("theme")) ? remembered("theme") : "auto",
    colour: "kind",
    hide: false,
    folded: matchMedia("(max-width: 899px)").matches,
    lens: cg.emptyLens(),
    announce: (text) => {
      $("live").textContent = text;
    },
    copyLink: () =>
      navigator.clipboard?.writeText(location.href).then(
        () => desk.announce(say("copied")),
        () => {},
      ),
  };
  cg.pinnedLanguage = asked.lang;

  const say = (...rest) => cg.say(desk.language, ...rest);
  let route = asked;
  let seen = null;
  let hovered = null;
  let graph = null;

  const go = (view, value) => {
    const hash = cg.linkTo(view, value);
    if (hash !== location.hash && !(hash === "#" && !location.hash)) location.hash = hash;
  };

  /** What the route lights up, in the picture: {nodes, edges}, and the entities that are marked. */
  function selection() {
    if (route.view === "node" && map.entities.has(route.value))
      return { ...cg.neighbourhood(map, route.value), marked: [route.value] };
    const relation = route.view === "relation" && map.relation.get(route.value);
    if (relation)
      return {
        nodes: new Set([relation.subject, relation.object]),
        edges: new Set([relation.key]),
        marked: [relation.subject, relation.object],
      };
    if (route.view === "section") {
      const [source, ...rest] = route.value.split("/");
      const said = cg.inSection(map, source, rest.join("/")).map((item) => item.relation);
      if (said.length)
        return {
          nodes: new Set(said.flatMap((r) => [r.subject, r.object])),
          edges: new Set(said.map((r) => r.key)),
          marked: null,
        };
    }
    return null;
  }

  function light() {
    if (!graph) return;
    const chosen = selection();
    const veil = desk.hide && seen ? 1 : 0.84;
    if (hovered) {
      const relation = map.relation.get(hovered.id);
      const around =
        hovered.view === "node"
          ? cg.neighbourhood(map, hovered.id)
          : { nodes: new Set([relation.subject, relation.object]), edges: new Set([hovered.id]) };
      graph.light(around, {
        veil,
        hovered: hovered.view === "node" ? hovered.id : null,
        selected: hovered.view === "node" ? chosen?.marked : [relation.subject, relation.object],
      });
    } else graph.light(chosen ?? seen, { veil, selected: chosen?.marked });
  }

  function frame() {
    root.lang = desk.language === "zh" ? "zh-Hans" : "en";
    $("skip").textContent = say("skip");
    $("mark-text").textContent = "conceptgraph";
    $("home").href = cg.linkTo("home", "");
    $("search").placeholder = say("search");
    $("search").setAttribute("aria-label", say("searchLabel"));
    $("results").setAttribute("aria-label", say("searchLabel"));
    $("languages").setAttribute("aria-label", say("languages"));
    $("picture").setAttribute("aria-label", say("picture"));
    $("panel").setAttribute("aria-label", say("panel"));
    for (const button of $("languages").children)
      button.setAttribute("aria-pressed", String(button.dataset.language === desk.language));
    root.dataset.theme = desk.theme === "auto" ? (DARK.matches ? "dark" : "light") : desk.theme;
    const name = say("themes")[desk.theme];
    $("theme").replaceChildren(h("span", { "aria-hidden": "true" }, { auto: "◐", light: "○", dark: "●" }[desk.theme]));
    $("theme").setAttribute("aria-label", name);
    $("theme").title = name;
    const button = (text, sign, act) =>
      h("button", { type: "button", "aria-label": say(text), title: say(text), onclick: act }, sign);
    $("zoom").setAttribute("aria-label", say("picture"));
    $("zoom").replaceChildren(
      button("zoomIn", "+", () => graph.zoom(1.35)),
      button("zoomOut", "−", () => graph.zoom(1 / 1.35)),
      button("fit", "⤢", () => graph.fit()),
    );
    gripText();
  }

  function gripText() {
    const full = $("panel").classList.contains("full");
    $("grip").setAttribute("aria-expanded", String(full));
    $("grip").setAttribute("aria-label", say("grip")[full ? "full" : "half"]);
  }

  const legend = () =>
    cg.showLegend($("key"), desk, {
      toggle: (facet, id) => {
        if (!desk.lens[facet].delete(id)) desk.lens[facet].add(id);
        lens();
        $("key")
          .querySelector(`[data-facet="${facet}"][data-value="${CSS.escape(id)}"]`)
          ?.focus();
      },
      colour: (by) => {
        desk.colour = by;
        legend();
        read();
        graph?.refresh();
        $("key").querySelector(`[data-colour="${by}"]`)?.focus();
      },
      fold: () => {
        desk.folded = !desk.folded;
        legend();
        $("key").querySelector(".fold").focus();
      },
    });

  function lens() {
    seen = cg.seenThrough(map, desk.lens);
    if (!seen) desk.hide = false;
    legend();
    cg.showFiltered($("filtered"), desk, seen, {
      hide: () => {
        desk.hide = !desk.hide;
        lens();
        $("hide").focus();
      },
      clear: () => {
        desk.lens = cg.emptyLens();
        lens();
        $("key").querySelector("button")?.focus();
      },
    });
    if (seen) desk.announce(say("filtered", seen.nodes.size, seen.edges.size));
    if (seen && route.view !== "home") go("home", "");
    light();
  }

  function read() {
    const name = cg.showPanel($("page"), desk, route);
    const texts = map.essays.map((id) => cg.entityName(map, id, desk.language)).join(" · ");
    document.title = [route.view === "home" ? null : name, texts, "conceptgraph"].filter(Boolean).join(" · ");
    return name;
  }

  function follow() {
    const next = cg.parseRoute(location.hash);
    const moved = next.view !== route.view || next.value !== route.value;
    route = next;
    // a new link may ask for a language; a step back in history keeps the one that is spoken now
    if (next.lang && next.lang !== desk.language && !history.state?.read) speak(next.lang);
    else pin();
    const name = read();
    hovered = null;
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
      history.replaceState({ read: true }, "", cg.formatRoute({ ...route, lang: cg.pinnedLanguage }));
    } catch {
      // an address that may not be changed is not worth an error
    }
  }

  function speak(language) {
    desk.language = language;
    cg.pinnedLanguage = language;
    remember("language", language);
    pin();
    frame();
    lens();
    read();
    graph?.refresh();
    light();
  }

  $("languages").addEventListener(
    "click",
    (event) => event.target.dataset.language && speak(event.target.dataset.language),
  );
  $("theme").addEventListener("click", () => {
    desk.theme = THEMES[(THEMES.indexOf(desk.theme) + 1) % THEMES.length];
    remember("theme", desk.theme);
    frame();
    graph?.refresh();
  });
  $("skip").addEventListener("click", (event) => {
    event.preventDefault();
    $("heading").focus();
  });
  $("grip").addEventListener("click", () => {
    $("panel").classList.toggle("full");
    gripText();
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && (route.view !== "home" || seen)) {
      desk.lens = cg.emptyLens();
      lens();
      go("home", "");
    }
  });
  DARK.addEventListener("change", () => {
    frame();
    graph?.refresh();
  });
  addEventListener("hashchange", follow);

  frame();
  legend();
  read();
  cg.showFinder($("search"), $("results"), desk, go);
  graph = cg.showGraph(
    $("canvas"),
    map,
    data.network,
    () => ({ language: desk.language, colour: desk.colour, hide: desk.hide }),
    {
      select: go,
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
