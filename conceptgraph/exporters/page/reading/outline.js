"use strict";
// The outline of an essay: its sections in order, each with how much of it the map holds.
((cg) => {
  const { h } = cg;
  const say = (desk, ...rest) => cg.say(desk.language, ...rest);

  /** How much of a section the map holds: as a bar, in relations, and in sentences where the text was at hand. */
  function coverage(desk, record, section, most) {
    const count = cg.inSection(desk.map, record.id, section.id).length;
    const read = desk.map.coverage?.[record.id]?.[section.id];
    if (!count && !read) return null;
    const words = read ? say(desk, "sentencesRead", ...read) : say(desk, "relations", count);
    const [value, max] = read ? read : [count, most];
    return h(
      "span",
      { class: "covered" },
      h("meter", { min: 0, max: Math.max(max, 1), value, "aria-hidden": "true" }),
      h("span", { class: "count" }, words),
    );
  }

  cg.outline = (desk, record) => {
    const counts = record.sections.map((section) => cg.inSection(desk.map, record.id, section.id).length);
    const most = Math.max(...counts, 1);
    return [
      h("p", { class: "ways" }, cg.tourLink(desk, record.id)),
      h(
        "ol",
        { class: "outline" },
        record.sections.map((section) =>
          h(
            "li",
            { class: `depth-${Math.min(section.id.split(".").length, 3)}` },
            h(
              "a",
              { class: "name", href: desk.link("section", `${record.id}/${section.id}`) },
              h("span", { class: "number" }, section.id),
              cg.inLanguage(section.title, desk.language) ?? "",
            ),
            coverage(desk, record, section, most),
          ),
        ),
      ),
    ];
  };
})((globalThis.conceptgraph ??= {}));
