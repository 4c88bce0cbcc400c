"use strict";
// How kinds, essays and families look: a shape for the kind, a filling for the essay, a stroke for the family.
((cg) => {
  const polygon = (sides, turn = 0, size = 1) =>
    `M${Array.from({ length: sides }, (_, i) => {
      const angle = turn + (2 * Math.PI * i) / sides;
      return `${(size * Math.cos(angle)).toFixed(3)} ${(size * Math.sin(angle)).toFixed(3)}`;
    }).join("L")}Z`;

  const star = (points, inner, size) =>
    `M${Array.from({ length: 2 * points }, (_, i) => {
      const angle = (Math.PI * i) / points - Math.PI / 2;
      const r = i % 2 ? inner : size;
      return `${(r * Math.cos(angle)).toFixed(3)} ${(r * Math.sin(angle)).toFixed(3)}`;
    }).join("L")}Z`;

  const UP = -Math.PI / 2;

  // A kind that is not named here takes one of the spare shapes.
  const SHAPES = {
    concept: "M1 0A1 1 0 1 1 -1 0A1 1 0 1 1 1 0Z",
    thesis:
      "M-.9 -.78H.9A.4 .4 0 0 1 1.3 -.38V.38A.4 .4 0 0 1 .9 .78H-.9A.4 .4 0 0 1 -1.3 .38V-.38A.4 .4 0 0 1 -.9 -.78Z",
    theorist: polygon(4, UP, 1.22),
    work: "M-.86 -.98H.86V.98H-.86Z",
    framework: polygon(6, 0, 1.1),
    group: polygon(3, UP, 1.25),
    organisation: polygon(5, UP, 1.12),
    place: polygon(3, -UP, 1.25),
    case: "M-.38 -1.05H.38V-.38H1.05V.38H.38V1.05H-.38V.38H-1.05V-.38H-.38Z",
    event: star(4, 0.48, 1.3),
    figure: "M-1.05 .95V.05H-.45V.95ZM-.3 .95V-.95H.3V.95ZM.45 .95V-.4H1.05V.95Z",
    question: "M0 -1.3C.3 -.75 .95 -.35 .95 .3A.95 .95 0 0 1 -.95 .3C-.95 -.35 -.3 -.75 0 -1.3Z",
    source: "M-1 -1.1H.62L1 -.72V1.1H-1Z",
    theme: star(8, 0.78, 1.15),
  };
  const SPARE_SHAPES = [polygon(8, Math.PI / 8, 1.05), star(5, 0.55, 1.25), polygon(7, UP, 1.05), star(6, 0.65, 1.2)];

  // Dashes in pixels; a family that is not named here takes one of the spare strokes.
  const STROKES = {
    structure: [],
    causal: [],
    transformation: [11, 4],
    power: [],
    opposition: [5, 3],
    support: [],
    remedy: [14, 3, 3, 3],
    intellectual: [1.5, 3],
    association: [1, 6],
  };
  const SPARE_STROKES = [
    [9, 3, 2, 3],
    [7, 7],
    [3, 2],
    [16, 5],
  ];

  const spare = (id, list) =>
    list[[...id].reduce((sum, letter) => (sum * 31 + letter.codePointAt(0)) % 9973, 7) % list.length];

  cg.shapeOf = (kind) => (Object.hasOwn(SHAPES, kind) ? SHAPES[kind] : spare(kind, SPARE_SHAPES));
  cg.strokeOf = (family) => (Object.hasOwn(STROKES, family) ? STROKES[family] : spare(family, SPARE_STROKES));

  /** "solid" for the first essay, "hollow" for the second, "half" for both, "dotted" for background. */
  cg.fillingOf = (map, witness) => {
    if (witness === "both") return "half";
    if (witness === "neither") return "dotted";
    return map.essays.indexOf(witness) % 2 ? "hollow" : "solid";
  };

  /** The colours of the style sheet in the scheme that holds now. */
  cg.readPalette = (root) => {
    const style = getComputedStyle(root.ownerDocument.body);
    const known = new Map();
    const read = (name) => {
      if (!known.has(name)) known.set(name, style.getPropertyValue(name).trim());
      return known.get(name);
    };
    const spares = [1, 2, 3, 4].map((n) => read(`--spare-${n}`));
    return {
      font: style.fontFamily,
      serif: read("--serif"),
      paper: read("--paper"),
      ink: read("--ink"),
      muted: read("--muted"),
      accent: read("--accent"),
      regions: [1, 2, 3, 4, 5].map((n) => read(`--region-${n}`)),
      titles: [1, 2, 3, 4, 5].map((n) => read(`--title-${n}`)),
      contested: read("--contested"),
      witness: (map, witness) =>
        witness === "both" || witness === "neither"
          ? read(`--${witness}`)
          : read(`--essay-${(map.essays.indexOf(witness) % 2) + 1}`),
      kind: (id) => (/^[a-z0-9-]+$/.test(id) && read(`--kind-${id}`)) || spare(id, spares),
      family: (id) => (/^[a-z0-9-]+$/.test(id) && read(`--family-${id}`)) || spare(id, spares),
      essay: (n) => read(`--essay-${n}`),
    };
  };
})((globalThis.conceptgraph ??= {}));
