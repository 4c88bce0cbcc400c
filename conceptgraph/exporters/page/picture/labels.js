"use strict";
// Which names are written beside the nodes, and where: the more important first, none over another.
((cg) => {
  const CELL = 120;
  // more cells in a row than a picture has
  const ROW = 1 << 20;

  cg.overlap = (a, b) => a.x < b.x + b.w && b.x < a.x + a.w && a.y < b.y + b.h && b.y < a.y + a.h;

  /** Boxes {x, y, w, h} (from the top left), found again by the cells they touch. */
  cg.boxes = () => {
    const cells = new Map();
    const touched = function* (box) {
      for (let i = Math.floor(box.x / CELL); i <= Math.floor((box.x + box.w) / CELL); i++) {
        for (let j = Math.floor(box.y / CELL); j <= Math.floor((box.y + box.h) / CELL); j++) yield i * ROW + j;
      }
    };
    return {
      add: (box) => {
        for (const cell of touched(box)) {
          if (!cells.has(cell)) cells.set(cell, []);
          cells.get(cell).push(box);
        }
      },
      /** The boxes of other owners that a box lies over. */
      under: (box) => {
        const found = new Set();
        for (const cell of touched(box)) {
          for (const other of cells.get(cell) ?? [])
            if (other.owner !== box.owner && cg.overlap(box, other)) found.add(other);
        }
        return [...found];
      },
    };
  };

  const GAP = 3;
  // How far from its node a name may stand, in pixels; far ones are tied to it by a hair.
  const REACH = [[0], [0, 13], [0, 13, 26, 42, 60, 80]];

  const sides = ({ x, y, r, w, h, id, reach }) =>
    REACH[reach ?? 0].flatMap((far) => around(x, y, r + far, w, h, id).map((box) => ({ ...box, far })));

  const around = (x, y, r, w, h, id) => [
    { owner: id, x: x - w / 2, y: y + r + GAP, w, h, align: "center" },
    { owner: id, x: x + r + GAP + 2, y: y - h / 2, w, h, align: "left" },
    { owner: id, x: x - r - GAP - 2 - w, y: y - h / 2, w, h, align: "right" },
    { owner: id, x: x - w / 2, y: y - r - GAP - h, w, h, align: "center" },
    { owner: id, x: x + r * 0.7 + GAP, y: y + r * 0.5, w, h, align: "left" },
    { owner: id, x: x - r * 0.7 - GAP - w, y: y + r * 0.5, w, h, align: "right" },
    { owner: id, x: x + r * 0.7 + GAP, y: y - r * 0.5 - h, w, h, align: "left" },
    { owner: id, x: x - r * 0.7 - GAP - w, y: y - r * 0.5 - h, w, h, align: "right" },
  ];

  // What it costs to lie over the name of a region, in pixels of hidden nodes.
  const OVER_TITLE = 90;

  /** The place that hides least, and is not far away. */
  function cheapest(places, discs, titles, { reach, must }) {
    let [best, least] = [null, Infinity];
    for (const box of places) {
      const hidden = discs.under(box).reduce((sum, disc) => sum + disc.w, 0);
      const titled = titles.some((title) => cg.overlap(box, title));
      // of a lesser node, the name may be left out
      if (!must && ((hidden && !reach) || (titled && !(reach > 1)))) continue;
      const cost = hidden + box.far * 0.8 + (titled ? OVER_TITLE : 0);
      if (cost < least) [best, least] = [box, cost];
    }
    return best;
  }

  /**
   * Places for the names of `nodes` (all that are drawn: {id, x, y, r}, the first the most important) of those that
   * have a size {w, h}. No name lies over another; one with a `reach` may stand farther off, and over nodes where there
   * is no way round. The boxes of `titles` are left free where it costs little; above `top` and below `bottom` nothing
   * stands that finds another place.
   */
  cg.placeLabels = (nodes, titles = [], { top, bottom } = { top: -Infinity, bottom: Infinity }) => {
    const discs = cg.boxes();
    const names = cg.boxes();
    for (const node of nodes)
      discs.add({ owner: node.id, x: node.x - node.r, y: node.y - node.r, w: 2 * node.r, h: 2 * node.r });
    const placed = [];
    const wanted = nodes.filter((node) => node.w);
    // what is selected stays in sight
    for (const { id, x, y, r, must } of nodes)
      if (must) names.add({ owner: id, x: x - r, y: y - r, w: 2 * r, h: 2 * r });
    for (const node of [...wanted.filter((node) => node.must), ...wanted.filter((node) => !node.must)]) {
      const apart = sides(node).filter((box) => !names.under(box).length);
      const within = apart.filter((box) => box.y >= top && box.y + box.h <= bottom);
      const free = within.length ? within : apart;
      const best = node.below ? free[0] : cheapest(free, discs, titles, node);
      if (!best) continue;
      names.add(best);
      placed.push({ node, ...best });
    }
    return placed;
  };

  const WIDE = /[\u2e80-\u9fff\uac00-\ud7ff\uf900-\ufaff\uff00-\uff60]/u;
  const words = new Intl.Segmenter("zh", { granularity: "word" });

  /** The words of a name, Chinese ones too, each with the marks that follow it; blanks on their own. */
  function pieces(text) {
    const found = [];
    for (const { segment, isWordLike } of words.segment(text)) {
      const closing = !isWordLike && segment.trim() && !/^[“‘（《「([]/u.test(segment);
      const opened = found.length && /[“‘（《「([-]$/u.test(found.at(-1));
      if (found.length && found.at(-1).trim() && (closing || (opened && segment.trim())))
        found[found.length - 1] += segment;
      else found.push(segment);
    }
    return found;
  }

  /** How broad a text is: a Chinese character takes two columns. */
  cg.columns = (text) => [...text].reduce((sum, letter) => sum + (WIDE.test(letter) ? 2 : 1), 0);

  /** A name in lines of about `width` columns (a Chinese character takes two), at most `lines` of them. */
  cg.wrap = (text, width, lines) => {
    const total = cg.columns(text);
    // even lines read better than a full one and a rest
    const target = Math.max(width * 0.5, total / Math.ceil(total / width)) + 1;
    const result = [""];
    let taken = 0;
    for (const piece of pieces(text)) {
      const size = cg.columns(piece);
      if (taken && taken + size > Math.min(width, target)) {
        if (result.length === lines) {
          result[lines - 1] = `${result[lines - 1].trimEnd()}…`;
          return result;
        }
        result[result.length - 1] = result.at(-1).trimEnd();
        result.push("");
        taken = 0;
      }
      if (!taken && !piece.trim()) continue;
      result[result.length - 1] += piece;
      taken += size;
    }
    return result;
  };

  /** How many names a picture of this scale carries; `whole` is the scale at which all of it is seen. */
  cg.labelBudget = (scale, whole, area) => Math.round((area / 11500) * Math.max(1, (scale / whole) ** 2.1));
})((globalThis.conceptgraph ??= {}));
