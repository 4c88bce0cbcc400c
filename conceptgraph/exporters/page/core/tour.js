"use strict";
// A way through an essay: every citation of it, section by section, in the order of the text.
((cg) => {
  /** The steps {section, relation, citation} through an essay; none where it is not in the map. */
  cg.tourOf = (map, essay) =>
    (map.entities.get(essay)?.sections ?? []).flatMap((section) =>
      cg.inSection(map, essay, section.id).map(({ relation, citation }) => ({ section, relation, citation })),
    );

  /** The number of the step that an address asks for, counted from 1, or the nearest there is. */
  cg.stepAsked = (steps, text) => {
    const asked = Number.parseInt(text ?? "1", 10);
    return Math.min(Math.max(Number.isNaN(asked) ? 1 : asked, 1), steps.length);
  };

  /** Where the tour enters the section before or after that of a step; null where there is none. */
  cg.stepOfSection = (steps, number, direction) => {
    const here = steps[number - 1].section;
    const others = steps.map((step, i) => ({ section: step.section, number: i + 1 })).filter((s) => s.section !== here);
    const beyond = others.filter((s) => (direction > 0 ? s.number > number : s.number < number));
    if (!beyond.length) return null;
    const there = direction > 0 ? beyond[0].section : beyond.at(-1).section;
    return beyond.find((s) => s.section === there).number;
  };

  /** What a reader has been told by a step: the relations of its section up to it, each once. */
  cg.toldBy = (steps, number) => {
    const { section } = steps[number - 1];
    return [...new Set(steps.slice(0, number).filter((step) => step.section === section).map((step) => step.relation))];
  };
})((globalThis.conceptgraph ??= {}));
