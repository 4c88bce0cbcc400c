"use strict";
// The lines of the picture: their curves, what ends and marks them, how strongly they show, which lies under a point.
((cg) => {
  const GAP = 1.5;
  const HEAD = 9;
  const MARK = 5.5;

  const towards = (x, y, tx, ty, far) => {
    const length = Math.hypot(tx - x, ty - y) || 1;
    return [x + ((tx - x) * far) / length, y + ((ty - y) * far) / length];
  };

  /**
   * The quadratic curve [x0, y0, cx, cy, x1, y1] from the rim of one node {x, y, r} to that of another, bent to the left
   * (as seen on the screen) by a share of its length; a node's line to itself stands over it.
   */
  cg.curve = (from, to, bend) => {
    const [dx, dy] = [to.x - from.x, to.y - from.y];
    if (!dx && !dy) {
      const { x, y, r } = from;
      return [x - 0.6 * r, y - 0.8 * r, x, y - 5 * r, x + 0.6 * r, y - 0.8 * r];
    }
    const [cx, cy] = [(from.x + to.x) / 2 + bend * dy, (from.y + to.y) / 2 - bend * dx];
    return [...towards(from.x, from.y, cx, cy, from.r + GAP), cx, cy, ...towards(to.x, to.y, cx, cy, to.r + GAP)];
  };

  /** The point of a curve at a share of its way, and the direction there: [x, y, dx, dy]. */
  cg.along = ([x0, y0, cx, cy, x1, y1], t) => {
    const s = 1 - t;
    const [dx, dy] = [s * (cx - x0) + t * (x1 - cx), s * (cy - y0) + t * (y1 - cy)];
    const length = Math.hypot(dx, dy) || 1;
    return [
      s * s * x0 + 2 * s * t * cx + t * t * x1,
      s * s * y0 + 2 * s * t * cy + t * t * y1,
      dx / length,
      dy / length,
    ];
  };

  /** A triangle at the end of a curve, as a list of its corners. */
  function head(curve) {
    const [x, y, dx, dy] = cg.along(curve, 1);
    const [bx, by, w] = [x - HEAD * dx, y - HEAD * dy, HEAD * 0.36];
    return [x, y, bx - w * dy, by + w * dx, bx + w * dy, by - w * dx];
  }

  /** What stands on the middle of a line that is contested (a diamond) or denied (a bar), as a list of its corners. */
  function mark(curve, status) {
    if (status !== "contested" && status !== "denied") return null;
    const [x, y, dx, dy] = cg.along(curve, 0.5);
    const [long, wide] = status === "contested" ? [MARK, MARK * 0.8] : [1.1, MARK];
    const corner = (a, b) => [x + a * dx - b * dy, y + a * dy + b * dx];
    return status === "contested"
      ? [corner(long, 0), corner(0, wide), corner(-long, 0), corner(0, -wide)].flat()
      : [corner(long, wide), corner(-long, wide), corner(-long, -wide), corner(long, -wide)].flat();
  }

  /**
   * A line a relation: {key, relation, from, to, bend, grade, weight}. Its grade says how strongly it may show: "text"
   * (it leads to a text), "far" (between regions), "near", "contested"; lines with weight are kept where not all find
   * room. What else is known of it is worked out for those that are drawn.
   */
  cg.linesOf = (map, nodes, bends) => {
    const texts = new Set(
      [...map.entities.values()].filter(({ kind }) => map.kinds.get(kind)?.outline).map(({ id }) => id),
    );
    return map.relations.map((relation, index) => {
      const { key, subject, object, status } = relation;
      const lesser = Math.min(cg.degree(map, subject), cg.degree(map, object));
      const text = texts.has(subject) || texts.has(object);
      const region = map.entities.get(subject).region;
      const near = region !== null && region === map.entities.get(object).region;
      const grade = text ? "text" : status === "contested" ? "contested" : near ? "near" : "far";
      const weight = (grade === "contested" ? 1000 : 0) + (near ? 4 : 0) - (text ? 1000 : 0) + lesser;
      return { key, relation, from: nodes.get(subject), to: nodes.get(object), bend: bends[index], grade, weight };
    });
  };

  /** Whether a line could be seen in a view {x, y, w, h}. */
  cg.inView = ({ from, to, bend }, { x, y, w, h }) => {
    const loop = from === to ? 5 * from.r : 0;
    const aside = Math.abs(bend * (to.y - from.y)) + loop;
    const above = Math.abs(bend * (to.x - from.x)) + loop;
    return (
      Math.max(from.x, to.x) + aside > x &&
      Math.min(from.x, to.x) - aside < x + w &&
      Math.max(from.y, to.y) + above > y &&
      Math.min(from.y, to.y) - above < y + h
    );
  };

  cg.curveOf = (line) => (line.curve ??= cg.curve(line.from, line.to, line.bend));
  cg.headOf = (line) => (line.head ??= head(cg.curveOf(line)));
  cg.markOf = (line) => (line.mark ??= mark(cg.curveOf(line), line.relation.status));

  const between = (from, to, share) => from + (to - from) * share;

  // [opacity, width] seen as a whole, and near by
  const GRADES = {
    text: [
      [0.1, 1],
      [0.14, 1.1],
    ],
    far: [
      [0.15, 0.9],
      [0.4, 1.25],
    ],
    near: [
      [0.42, 1.2],
      [0.46, 1.25],
    ],
    contested: [
      [0.7, 2.4],
      [0.6, 2.6],
    ],
  };
  const LIT = { text: [0.42, 1.25], far: [0.75, 1.35], near: [0.75, 1.35], contested: [0.8, 2.6] };
  // dashes finer than this would only be grey, and cost more than all else
  const FINEST = 0.62;

  /** How near one is, from 0, all of the picture, to 1; `zoom` is the scale in units of that of the whole picture. */
  cg.nearness = (zoom) => Math.min(1, Math.max(0, Math.log2(zoom) / 1.4));

  /** The stroke of a line {colour, alpha, width, dashes}; lines that look alike get the same one. */
  cg.strokes = (palette, scale, zoom, lit = false) => {
    const known = new Map();
    const near = cg.nearness(zoom);
    return ({ relation: { family, status }, grade }) => {
      const key = `${family} ${status} ${grade}`;
      if (!known.has(key)) {
        const [whole, close] = GRADES[grade];
        const dashes = status === "denied" ? [2, 5] : cg.strokeOf(family);
        known.set(key, {
          colour: status === "contested" ? palette.contested : palette.family(family),
          alpha: lit ? LIT[grade][0] : between(whole[0], close[0], near),
          width: lit ? LIT[grade][1] : between(whole[1], close[1], near),
          dashes: scale < FINEST && !lit ? [] : dashes,
        });
      }
      return known.get(key);
    };
  };

  const STEPS = 12;

  /** How far a point is from a curve. */
  cg.distance = (curve, x, y) => {
    let least = Infinity;
    let [ax, ay] = [curve[0], curve[1]];
    for (let step = 1; step <= STEPS; step += 1) {
      const [bx, by] = cg.along(curve, step / STEPS);
      const [dx, dy] = [bx - ax, by - ay];
      const share = Math.min(1, Math.max(0, ((x - ax) * dx + (y - ay) * dy) / (dx * dx + dy * dy || 1)));
      least = Math.min(least, Math.hypot(x - ax - share * dx, y - ay - share * dy));
      [ax, ay] = [bx, by];
    }
    return least;
  };

  /** The line nearest to a point, and no farther from it than `slack`. */
  cg.lineAt = (lines, x, y, slack) => {
    let [found, least] = [undefined, slack];
    for (const line of lines) {
      const [x0, y0, cx, cy, x1, y1] = line.curve;
      if (x < Math.min(x0, cx, x1) - slack || x > Math.max(x0, cx, x1) + slack) continue;
      if (y < Math.min(y0, cy, y1) - slack || y > Math.max(y0, cy, y1) + slack) continue;
      const far = cg.distance(line.curve, x, y);
      if (far <= least) [found, least] = [line, far];
    }
    return found;
  };
})((globalThis.conceptgraph ??= {}));
