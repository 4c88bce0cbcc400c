"use strict";
// What a reader takes away: the link, the picture, and what is being read, as files.
((cg) => {
  const { h } = cg;
  const $ = (id) => document.getElementById(id);
  const say = (desk, ...rest) => cg.say(desk.language, ...rest);
  // As sharp as a good screen, and as print needs it.
  const SHARP = 2;
  // A download has begun by then, whatever the browser asks before.
  const KEPT = 60_000;

  // --- files

  function save(desk, name, blob) {
    const url = URL.createObjectURL(blob);
    h("a", { href: url, download: name }).click();
    setTimeout(() => URL.revokeObjectURL(url), KEPT);
    desk.announce(say(desk, "takeAway").saved(name));
  }

  const taken = (desk) => cg.excerpt(desk.map, desk.language, desk.route, desk.seen);

  /** What the lenses ask for, in a text a facet. */
  function lens(desk) {
    const [colon, comma] = desk.language === "zh" ? ["：", "、"] : [": ", ", "];
    const asked = cg.asked(desk);
    return [...new Set(asked.map(({ facet }) => facet))].map((facet) => {
      const values = asked.filter((each) => each.facet === facet).map(({ text }) => text);
      // how the picture wears a measure is said in full
      return values[0].startsWith(`${facet}${colon}`) ? values.join(comma) : `${facet}${colon}${values.join(comma)}`;
    });
  }

  function saveText(desk, suffix, type, textOf) {
    const excerpt = taken(desk);
    save(desk, cg.fileName(excerpt.title, suffix), new Blob([textOf(excerpt)], { type: `${type};charset=utf-8` }));
  }

  // --- the picture

  /** How far the baseline of a font lies below the top or the middle of a line, in shares of its height. */
  function baseline(font, from) {
    const ruler = h("canvas").getContext("2d");
    ruler.font = `100px ${font}`;
    ruler.textBaseline = from;
    return -ruler.measureText("x").alphabeticBaseline / 100;
  }

  function baselines({ font, serif }) {
    const measured = { top: baseline(font, "top"), middle: baseline(font, "middle"), serif: baseline(serif, "middle") };
    // a browser that does not say so leaves it to what is usual
    return Number.isNaN(measured.top) ? {} : measured;
  }

  function svg(desk, graph, title) {
    const { map, language, look } = desk;
    const drawn = graph.drawn();
    const measure = map.measures.get(look.colour);
    const headings = {
      witness: say(desk, "byWitness"),
      kind: say(desk, "byKind"),
      family: say(desk, "byFamily"),
      colour: measure ? cg.nameOf(measure, language) : "",
    };
    const name = (facet, id) => cg.facetValue(desk, facet, id);
    return cg.svg(drawn, cg.keyOf(map, drawn, { colour: look.colour, headings, name }), {
      title,
      texts: map.essays.map((id) => cg.entityName(map, id, language)).join(" · "),
      lens: lens(desk),
      link: location.href,
      language: document.documentElement.lang,
      baselines: baselines(drawn.palette),
      name: (id) => cg.entityName(map, id, language),
      sentence: (key) => cg.sentence(map, map.relation.get(key), language),
    });
  }

  function saveSvg(desk, graph) {
    const { title } = taken(desk);
    save(desk, cg.fileName(title, ".svg"), new Blob([svg(desk, graph, title)], { type: "image/svg+xml" }));
  }

  async function savePng(desk, graph) {
    const { title } = taken(desk);
    const image = new Image();
    // no address of an object: the page lets in only pictures that it carries itself
    image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg(desk, graph, title))}`;
    await image.decode();
    const canvas = h("canvas", { width: image.width * SHARP, height: image.height * SHARP });
    canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
    canvas.toBlob((blob) => save(desk, cg.fileName(title, ".png"), blob), "image/png");
  }

  function saveWorks(desk, suffix, type, written) {
    const works = cg.worksIn(desk.map, taken(desk));
    if (!works.length) desk.announce(say(desk, "takeAway").noWorks);
    else saveText(desk, suffix, type, () => written(works));
  }

  // --- the menu

  const json = (value) => `${JSON.stringify(value, null, 1)}\n`;

  const PICTURES = [
    ["png", savePng],
    ["svg", saveSvg],
  ];

  /** What can be taken away, in groups: [the key of its name, what it does]. */
  const FORMS = [
    [["link", (desk) => desk.copyLink()]],
    ...(cg.draws() ? [PICTURES] : []),
    [
      [
        "markdown",
        (desk) =>
          saveText(desk, ".md", "text/markdown", (excerpt) =>
            cg.markdown(desk.map, excerpt, {
              language: desk.language,
              link: location.href,
              lens: desk.route.view === "home" ? lens(desk) : [],
            }),
          ),
      ],
      [
        "json",
        (desk) =>
          saveText(desk, ".json", "application/json", (excerpt) =>
            json(cg.excerptRecord(desk.map, excerpt, location.href)),
          ),
      ],
    ],
    [
      [
        "bibtex",
        (desk) => saveWorks(desk, ".bib", "text/plain", (works) => works.map(({ bibtex }) => bibtex).join("\n")),
      ],
      [
        "csl",
        (desk) => saveWorks(desk, ".csl.json", "application/json", (works) => json(works.map((work) => work.csl))),
      ],
    ],
    [["print", () => print()]],
  ];

  function close(focus) {
    const [button, menu] = [$("take-away"), $("take-away-menu")];
    if (menu.hidden) return;
    menu.hidden = true;
    button.setAttribute("aria-expanded", "false");
    if (focus) button.focus();
  }

  const items = () => [...$("take-away-menu").querySelectorAll("[role=menuitem]")];

  function open(index) {
    $("take-away-menu").hidden = false;
    $("take-away").setAttribute("aria-expanded", "true");
    items().at(index).focus();
  }

  /** Where a key leads among the items; null where it leads nowhere. */
  function goal(list, here, key) {
    const places = { ArrowDown: here + 1, ArrowUp: here - 1, Home: 0, End: -1 };
    if (key in places) return list.at(places[key] % list.length);
    if (key.length !== 1 || !key.trim()) return null;
    const begins = (item) => item.textContent.trim().toLowerCase().startsWith(key.toLowerCase());
    return [...list.slice(here + 1), ...list.slice(0, here + 1)].find(begins) ?? null;
  }

  function onMenuKey(event) {
    const list = items();
    if (event.key === "Escape") {
      // the page takes this key for the way back to the overview
      event.stopPropagation();
      close(true);
    } else if (event.key === "Tab") close(true);
    else if (!event.ctrlKey && !event.metaKey && !event.altKey) {
      const next = goal(list, list.indexOf(document.activeElement), event.key);
      if (!next) return;
      event.preventDefault();
      event.stopPropagation();
      next.focus();
    }
  }

  /** The button that copies the link, and the one that opens the menu, in the language of the desk. */
  cg.showTakeAway = (container, desk, graph) => {
    const words = say(desk, "takeAway");
    const group = (forms) =>
      h(
        "li",
        { role: "none" },
        h(
          "ul",
          { role: "group" },
          forms.map(([name, act]) =>
            h(
              "li",
              { role: "none" },
              h(
                "button",
                {
                  type: "button",
                  role: "menuitem",
                  tabindex: "-1",
                  onclick: () => {
                    close(true);
                    act(desk, graph());
                  },
                },
                words.forms[name],
              ),
            ),
          ),
        ),
      );
    const menu = h(
      "ul",
      { id: "take-away-menu", role: "menu", "aria-labelledby": "take-away", hidden: true, onkeydown: onMenuKey },
      FORMS.map(group),
    );
    const button = h(
      "button",
      {
        type: "button",
        id: "take-away",
        class: "take",
        "aria-haspopup": "menu",
        "aria-expanded": "false",
        "aria-controls": "take-away-menu",
        onclick: () => (menu.hidden ? open(0) : close(false)),
        onkeydown: (event) => {
          const index = { ArrowDown: 0, ArrowUp: -1 }[event.key];
          if (index === undefined) return;
          event.preventDefault();
          open(index);
        },
      },
      words.title,
      h("span", { class: "turn", "aria-hidden": "true" }, " ▾"),
    );
    const copy = h(
      "button",
      { type: "button", id: "copy-link", class: "take", onclick: desk.copyLink },
      say(desk, "copy"),
    );
    container.replaceChildren(copy, button, menu);
  };

  document.addEventListener("pointerdown", ({ target }) => {
    if (!$("away").contains(target)) close(false);
  });
})((globalThis.conceptgraph ??= {}));
