"use strict";
// The tour: an essay told relation by relation, while the picture grows with it.
((cg) => {
  const { h } = cg;
  const say = (desk, ...rest) => cg.say(desk.language, ...rest);
  // Time enough to read a sentence and its place, in milliseconds.
  const PACE = 6000;
  let playing = null;

  function stop() {
    clearTimeout(playing);
    playing = null;
  }

  const at = (desk, essay, number) => desk.link("tour", essay, { step: String(number) });

  function play(desk, essay, number, count) {
    stop();
    if (number >= count) return;
    playing = setTimeout(() => {
      // whoever went elsewhere meanwhile is not fetched back
      if (location.hash !== at(desk, essay, number)) return stop();
      play(desk, essay, number + 1, count);
      return desk.go("tour", essay, { step: String(number + 1) });
    }, PACE);
  }

  function controls(desk, essay, steps, number) {
    const way = (to, word, name) =>
      to === null
        ? h("span", { class: "way", "aria-hidden": "true" }, say(desk, word))
        : h("a", { class: "way", href: at(desk, essay, to), "data-way": name }, say(desk, word));
    const toggle = h(
      "button",
      {
        type: "button",
        id: "tour-play",
        class: "play",
        onclick: () => {
          if (playing) stop();
          else play(desk, essay, number, steps.length);
          toggle.textContent = say(desk, playing ? "tourPause" : "tourPlay");
        },
      },
      say(desk, playing ? "tourPause" : "tourPlay"),
    );
    return h(
      "nav",
      { class: "tour-ways", "aria-label": say(desk, "tour") },
      way(number > 1 ? number - 1 : null, "tourBack", "back"),
      way(number < steps.length ? number + 1 : null, "tourOn", "on"),
      way(cg.stepOfSection(steps, number, -1), "tourSectionBack", "section-back"),
      way(cg.stepOfSection(steps, number, 1), "tourSectionOn", "section-on"),
      number < steps.length ? toggle : null,
    );
  }

  function tour(desk, { value, options }) {
    const { map, language } = desk;
    const steps = cg.tourOf(map, value);
    if (!steps.length) return cg.missing(desk, value);
    const number = cg.stepAsked(steps, options.step);
    const { section, relation, citation } = steps[number - 1];
    const next = steps[number];
    return [
      h(
        "p",
        { class: "kind" },
        cg.nameLink(desk, value),
        " ",
        h(
          "a",
          { href: desk.link("section", `${value}/${section.id}`) },
          `§${section.id} ${cg.inLanguage(section.title, language) ?? ""}`,
        ),
      ),
      h("progress", { max: steps.length, value: number, "aria-label": say(desk, "tourStep", number, steps.length) }),
      h("p", { class: "small" }, say(desk, "tourStep", number, steps.length)),
      cg.heading(cg.sentenceLine(desk, relation, undefined, false)),
      h("p", null, cg.statusMark(desk, relation.status)),
      cg.citationList(desk, [citation], true),
      controls(desk, value, steps, number),
      next && next.section === section
        ? h("p", { class: "next" }, say(desk, "tourNext"), " ", cg.sentence(map, next.relation, language))
        : null,
      h(
        "p",
        { class: "small" },
        h("a", { href: desk.link("relation", relation.key) }, say(desk, "tourMore")),
        " · ",
        say(desk, "tourKeys"),
      ),
      cg.colophon(desk, citation.origin),
    ];
  }

  cg.views.tour = {
    options: ["step"],
    show: tour,
    lit: ({ map }, { value, options }) => {
      const steps = cg.tourOf(map, value);
      if (!steps.length) return null;
      const number = cg.stepAsked(steps, options.step);
      const { subject, object } = steps[number - 1].relation;
      return cg.lightOf(cg.toldBy(steps, number), [subject, object]);
    },
  };

  /** Where the tour of an essay begins, or that of a section of it. */
  cg.tourLink = (desk, essay, section) => {
    const number = 1 + cg.tourOf(desk.map, essay).findIndex((step) => !section || step.section.id === section);
    return number ? h("a", { class: "tour-link", href: at(desk, essay, number) }, say(desk, "tourFrom")) : null;
  };

  const WAYS = { ArrowRight: "on", ArrowLeft: "back", PageDown: "section-on", PageUp: "section-back" };
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || !Object.hasOwn(WAYS, event.key)) return;
    if (/^(INPUT|TEXTAREA|SELECT)$/.test(document.activeElement?.tagName)) return;
    const way = document.querySelector(`.tour-ways [data-way="${WAYS[event.key]}"]`);
    if (!way) return;
    event.preventDefault();
    way.click();
  });
})((globalThis.conceptgraph ??= {}));
