"use strict";
// Elements from our own words and the map's text; the text only ever goes in as text.
((cg) => {
  const SVG = "http://www.w3.org/2000/svg";

  function fill(element, properties, children) {
    for (const [name, value] of Object.entries(properties ?? {})) {
      if (value === null || value === undefined || value === false) continue;
      if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
      else element.setAttribute(name, value === true ? "" : value);
    }
    for (const child of children.flat(Infinity)) {
      if (child === null || child === undefined || child === false) continue;
      element.append(child instanceof Node ? child : document.createTextNode(String(child)));
    }
    return element;
  }

  cg.h = (tag, properties, ...children) => fill(document.createElement(tag), properties, children);
  cg.s = (tag, properties, ...children) => fill(document.createElementNS(SVG, tag), properties, children);

  const svg = (width, height, box, ...children) =>
    cg.s(
      "svg",
      { class: "glyph", width, height, viewBox: box, "aria-hidden": "true", focusable: "false" },
      ...children,
    );

  // A tone is a custom property of the style sheet, so a new theme needs no redraw; an unknown one is a spare colour.
  const shade = (tone) => `var(--${/^[a-z0-9-]+$/.test(tone) ? tone : "muted"}, var(--spare-${1 + (tone.length % 4)}))`;
  const toned = (properties, fill, stroke) => {
    const path = cg.s("path", properties);
    path.style.fill = fill ? shade(fill) : "none";
    if (stroke) path.style.stroke = shade(stroke);
    return path;
  };

  /** A small picture of a glyph for running text and the key. */
  cg.glyph = (shape, filling, tones, size = 13) => {
    const [left, right] = tones;
    const box = "-1.6 -1.6 3.2 3.2";
    const outline = { d: shape, "stroke-width": 0.3, "stroke-linejoin": "round" };
    if (filling === "solid") return svg(size, size, box, toned(outline, left, left));
    if (filling === "hollow") return svg(size, size, box, toned(outline, "paper", left));
    if (filling === "dotted")
      return svg(size, size, box, toned({ ...outline, "stroke-dasharray": "0.34 0.3" }, "paper", left));
    const half = { x: -1.6, y: -1.6, width: 1.6, height: 3.2, viewBox: "-1.6 -1.6 1.6 3.2" };
    return svg(size, size, box, toned(outline, "paper", right), cg.s("svg", half, toned(outline, left, left)));
  };

  /** A stroke for the key: dashes as on the picture, and what sits at its middle for a status. */
  cg.strokeSample = (dashes, tone, { status, width = 1.8 } = {}) =>
    svg(
      28,
      10,
      "0 0 28 10",
      toned({ d: "M1 5H22", "stroke-width": width, "stroke-dasharray": dashes.join(" ") || null }, null, tone),
      toned({ d: "M21.5 2L27 5L21.5 8Z" }, tone),
      status === "contested" ? toned({ d: "M12 0.6L16.4 5L12 9.4L7.6 5Z" }, tone) : null,
      status === "denied" ? toned({ d: "M12 0.5V9.5", "stroke-width": 2 }, null, tone) : null,
    );

  /** The tones of what an essay speaks of, left and right; plain ink where colours tell the kinds apart. */
  cg.tonesOf = ({ map, look }, witness) => {
    if (look.colour !== "witness") return ["ink", "ink"];
    if (witness === "both") return ["essay-1", "essay-2"];
    if (witness === "neither") return ["neither", "neither"];
    const tone = `essay-${(map.essays.indexOf(witness) % 2) + 1}`;
    return [tone, tone];
  };

  cg.entityGlyph = (desk, entity, size) => {
    const shade = cg.shadeTone(desk, entity.id);
    if (shade) return cg.glyph(cg.shapeOf(entity.kind), cg.fillingOf(desk.map, entity.witness), [shade, shade], size);
    const tones =
      desk.look.colour === "kind" ? [`kind-${entity.kind}`, `kind-${entity.kind}`] : cg.tonesOf(desk, entity.witness);
    return cg.glyph(cg.shapeOf(entity.kind), cg.fillingOf(desk.map, entity.witness), tones, size);
  };
})((globalThis.conceptgraph ??= {}));
