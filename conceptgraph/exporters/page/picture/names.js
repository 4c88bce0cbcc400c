"use strict";
// Which names stand in the picture, and what the lines say, in pixels of the screen whatever its scale.
((cg) => {
  const SIZES = [15, 13, 12];
  const NARROW = 600;
  // Below this radius, in pixels, a node is nothing that a name would hide.
  const SLIGHT = 1.8;
  // From this scale on, there is room to say what the lines say, too.
  const SPOKEN = { lit: 0.7, any: 1.15, zoom: 2.4 };
  const SAYING = 11;
  // How far above and below all nodes a name may stand, in pixels: there is no more room when all is in view.
  const RIM = 56;

  /** Places the names of a `scene`: its nodes in their order of importance, what is lit, hovered, selected. */
  cg.nameWriter = (scene) => {
    const { container, map, order, settings } = scene;
    const ranks = new Map(order.map((node, rank) => [node.id, rank]));
    const ruler = document.createElement("canvas").getContext("2d");
    const sizes = new Map();
    let [key, names, sayings] = ["", [], []];
    const extent = order.reduce(
      ({ top, bottom }, { y }) => ({ top: Math.min(top, y), bottom: Math.max(bottom, y) }),
      { top: Infinity, bottom: -Infinity },
    );

    const widthOf = (text, font) => {
      ruler.font = font;
      return ruler.measureText(text).width;
    };

    function measured(id, rank, must) {
      const name = cg.nameOf(map.entities.get(id), settings().language);
      const large = must || (rank < 8 && !scene.lit);
      const size = SIZES[large ? 0 : rank < 30 ? 1 : 2] - (container.clientWidth < NARROW ? 1.5 : 0);
      const weight = large ? 600 : 400;
      const known = `${size}${weight}${must}${name}`;
      if (!sizes.has(known)) {
        const lines = cg.wrap(name, scene.isText(id) ? 17 : must ? 30 : 20, must ? 6 : 3);
        const w = Math.max(...lines.map((line) => widthOf(line, `${weight} ${size}px ${scene.palette.font}`))) + 8;
        sizes.set(known, { lines, size, weight, w, h: lines.length * size * 1.28 + 2 });
      }
      return sizes.get(known);
    }

    /** The names that fit into a view of the plane, as far from their nodes at any scale. */
    function namesIn(view, titles) {
      const { scale } = view;
      const room = cg.labelBudget(scale, scene.whole, container.clientWidth * container.clientHeight);
      const near = Math.max(40, 0.35 * room);
      let budget = scene.lit ? 60 : room;
      const drawn = [];
      let rank = -1;
      for (const { id, x, y, r } of order) {
        if (scene.lit && !scene.lit.nodes.has(id)) continue;
        rank += 1;
        const must =
          id === scene.hovered || (scene.selected?.includes(id) ?? false) || (!scene.lit && map.essays.includes(id));
        const long = () => cg.nameOf(map.entities.get(id), settings().language).length > 26;
        const wanted = must || (budget > 0 && (scene.lit || rank < 20 || scale > 1.6 * scene.whole || !long()));
        if (wanted) budget -= 1;
        const here = x + r > view.x && x - r < view.x + view.w && y + r > view.y && y - r < view.y + view.h;
        if (!here || (!wanted && r * scale < SLIGHT)) continue;
        drawn.push({
          id,
          x: x * scale,
          y: y * scale,
          r: must && scene.lit ? r * scale * 1.3 + 7 : r * scale,
          must,
          reach: rank < 20 ? 2 : rank < near ? 1 : 0,
          below: scene.isText(id),
          ...(wanted ? measured(id, rank, must) : {}),
        });
      }
      const boxes = titles.map(({ x, y, w, h }) => ({
        x: (x - w / 2) * scale,
        y: (y - h / 2) * scale,
        w: w * scale,
        h: h * scale,
      }));
      const limits = { top: extent.top * scale - RIM, bottom: extent.bottom * scale + RIM };
      return cg.placeLabels(drawn, boxes, limits).map(({ node, x, y, w, h, align, far }) => {
        const { lines, size, weight } = node;
        return {
          node: scene.nodes.get(node.id),
          dx: x - node.x,
          dy: y - node.y,
          w,
          h,
          align,
          far,
          lines,
          size,
          weight,
        };
      });
    }

    /** What lines say, along them, where neither a name nor a node nor another saying stands. */
    function sayingsIn(view, edges) {
      const { scale } = view;
      const lit = scene.lit && scene.lit.edges.size <= 24 && (scene.hovered || scene.selected);
      if (scale < (lit ? SPOKEN.lit : Math.max(SPOKEN.any, SPOKEN.zoom * scene.whole))) return [];
      const taken = cg.boxes();
      for (const box of boxesAt({ x: 0, y: 0, scale })) taken.add({ ...box, owner: box.id });
      for (const { id, x, y, r } of order) {
        if (x + r < view.x || x - r > view.x + view.w || y + r < view.y || y - r > view.y + view.h) continue;
        if (scene.lit && !scene.lit.nodes.has(id)) continue;
        taken.add({ owner: id, x: (x - r) * scale, y: (y - r) * scale, w: 2 * r * scale, h: 2 * r * scale });
      }
      const placed = [];
      for (const { key, curve } of edges) {
        const relation = map.relation.get(key);
        const { label } = map.predicates.get(relation.predicate);
        const text = cg.inLanguage(label, settings().language) ?? relation.predicate;
        const w = widthOf(text, `${SAYING}px ${scene.palette.font}`);
        const long = Math.hypot(curve[4] - curve[0], curve[5] - curve[1]) * scale;
        if (long < w + 2 * SAYING) continue;
        for (const t of [0.5, 0.38, 0.62]) {
          const [x, y, dx, dy] = cg.along(curve, t);
          // a row of squares along the line, as wide as the writing is high
          const count = Math.ceil(w / SAYING);
          const squares = Array.from({ length: count }, (_, i) => {
            const far = (i + 0.5 - count / 2) * SAYING;
            const half = SAYING * 0.9;
            return {
              owner: key,
              x: x * scale + far * dx - half,
              y: y * scale + far * dy - half,
              w: 2 * half,
              h: 2 * half,
            };
          });
          if (squares.some((square) => taken.under(square).length)) continue;
          squares.forEach(taken.add);
          const angle = Math.atan2(dy, dx);
          const upright = Math.abs(angle) > Math.PI / 2 ? angle + Math.PI : angle;
          placed.push({ key, text, x, y, angle: upright, size: SAYING, colour: scene.palette.muted });
          break;
        }
      }
      return placed;
    }

    /** Find places for all that is to be written in a view; the same while the picture is only moved. */
    function place(view, titles, edges) {
      const wanted = [
        ...[view.x, view.y, view.w, view.h, view.scale].map((value) => value.toFixed(4)),
        settings().language,
        scene.lights,
      ].join("|");
      if (key === wanted) return;
      key = wanted;
      names = namesIn(view, titles);
      sayings = sayingsIn(view, edges());
    }

    const boxesAt = ({ x: left, y: top, scale }) =>
      names.map(({ node, dx, dy, w, h }) => ({
        id: node.id,
        x: (node.x - left) * scale + dx,
        y: (node.y - top) * scale + dy,
        w,
        h,
      }));

    /** The names in a view {x, y, scale}, in pixels from its corner, each with a hair to a node it stands far from. */
    const labelsAt = (view) => {
      const boxes = boxesAt(view);
      return names.map(({ node, align, far, lines, size, weight }, i) => {
        const { id, x, y, w, h } = boxes[i];
        const [nx, ny] = [(node.x - view.x) * view.scale, (node.y - view.y) * view.scale];
        const nearest = [Math.min(Math.max(nx, x + 6), x + w - 6), Math.min(Math.max(ny, y + 3), y + h - 3)];
        return { id, x, y, w, h, align, lines, size, weight, leader: far ? [nx, ny, ...nearest] : null };
      });
    };

    const sayingsAt = (view) =>
      sayings.map((saying) => ({
        ...saying,
        x: (saying.x - view.x) * view.scale,
        y: (saying.y - view.y) * view.scale,
      }));

    return {
      place,
      labelsAt,
      sayingsAt,
      boxesAt: (view) => boxesAt(view).map((box) => ({ ...box, rank: ranks.get(box.id) })),
      /** The id of the entity whose name stands at a point, in pixels from the corner of a view. */
      at: ({ x, y }, view) => boxesAt(view).find((b) => x >= b.x && x <= b.x + b.w && y >= b.y && y <= b.y + b.h)?.id,
      forget: () => {
        sizes.clear();
        key = "";
      },
    };
  };
})((globalThis.conceptgraph ??= {}));
