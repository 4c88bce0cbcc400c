"use strict";
// The regions of the picture: entities of which much is said together, on a common ground, under a name.
((cg) => {
  const LEAST = 8;
  const REACH = 40;
  const BRIDGE = 150;
  const BRIDGES = 3;
  const SHARPEST = 700;

  /**
   * The regions of some size, the largest first: {number, points, bridges, members}. Bridges are pairs of points that
   * lie close; members are [entity, how many of its relations stay in the region], those with most first.
   */
  cg.regions = (map, nodes) => {
    const within = linksWithin(map);
    const regions = new Map();
    for (const entity of map.entities.values()) {
      if (entity.region === null) continue;
      if (!regions.has(entity.region)) regions.set(entity.region, []);
      regions.get(entity.region).push(entity);
    }
    return [...regions]
      .filter(([, entities]) => entities.length >= LEAST)
      .sort(([a], [b]) => a - b)
      .map(([number, entities]) => {
        const points = entities.map(({ id }) => nodes.get(id));
        const members = entities
          .map((entity) => [entity, within.get(entity.id) ?? 0, Boolean(map.kinds.get(entity.kind)?.region)])
          .sort(([a, one], [b, two]) => two - one || (a.id < b.id ? -1 : 1));
        return { number, points, bridges: bridges(points), members };
      });
  };

  /** How many relations each entity has within its region. */
  function linksWithin({ entities, relations }) {
    const counts = new Map();
    for (const { subject, object } of relations) {
      if (entities.get(subject).region !== entities.get(object).region) continue;
      for (const id of [subject, object]) counts.set(id, (counts.get(id) ?? 0) + 1);
    }
    return counts;
  }

  /** For each point the nearest of those that lie to its right, if they are near enough to be joined. */
  function bridges(points) {
    const sorted = [...points].sort((a, b) => a.x - b.x);
    return sorted.flatMap((a, i) => {
      const near = [];
      for (let j = i + 1; j < sorted.length && sorted[j].x - a.x < BRIDGE; j += 1) {
        const far = Math.hypot(a.x - sorted[j].x, a.y - sorted[j].y);
        if (far < BRIDGE) near.push([far, sorted[j]]);
      }
      near.sort(([one], [other]) => one - other);
      return near.slice(0, BRIDGES).map(([, b]) => [a, b]);
    });
  }

  const SHORT = 20;
  const LINES = 4;

  /**
   * What a region is called, in lines: the landmark that it gathers around, where it has one, else the two most central
   * of its entities with short names.
   */
  cg.regionName = ({ members }, language) => {
    const landmark = members.find(([, , gathers]) => gathers);
    if (landmark) return cg.wrap(cg.nameOf(landmark[0], language), SHORT, LINES);
    const names = members.map(([entity]) => cg.nameOf(entity, language));
    const pair = names.filter((name) => cg.columns(name) <= SHORT).slice(0, 2);
    if (!pair.length) return cg.wrap(names[0], SHORT, LINES);
    const line = pair.join(" · ");
    return cg.columns(line) <= SHORT ? [line] : pair;
  };

  /** A wash under each region: discs around its entities, joined where these are neighbours. */
  function wash(context, regions, tints) {
    context.lineCap = "round";
    context.lineWidth = 2 * REACH;
    for (const { tint, lines } of cg.washes(regions, tints)) {
      context.strokeStyle = tint;
      context.beginPath();
      for (const [x0, y0, x1, y1] of lines) {
        context.moveTo(x0, y0);
        context.lineTo(x1, y1);
      }
      context.stroke();
    }
  }

  /** The washes as broad lines with round ends: {tint, width, lines: [[x0, y0, x1, y1]]}. */
  cg.washes = (regions, tints) =>
    regions.map(({ number, points, bridges }) => ({
      tint: tints[number % tints.length],
      width: 2 * REACH,
      lines: [
        // a line without length would have no ends to be round
        ...points.map(({ x, y }) => [x, y, x + 0.1, y]),
        ...bridges.map(([a, b]) => [a.x, a.y, b.x, b.y]),
      ],
    }));

  /** All washes as one picture {image, x, y, w, h}: to draw them anew each time would cost more than all else. */
  cg.regionPicture = (regions, tints) => {
    const points = regions.flatMap((region) => region.points);
    if (!points.length) return null;
    const edge = (axis, pick) => points.reduce((known, point) => pick(known, point[axis]), points[0][axis]);
    const [x, y] = [edge("x", Math.min) - 2 * REACH, edge("y", Math.min) - 2 * REACH];
    const [w, h] = [edge("x", Math.max) + 2 * REACH - x, edge("y", Math.max) + 2 * REACH - y];
    const scale = Math.min(1, SHARPEST / Math.max(w, h));
    const image = document.createElement("canvas");
    image.width = Math.ceil(w * scale);
    image.height = Math.ceil(h * scale);
    const context = image.getContext("2d");
    context.scale(scale, scale);
    context.translate(-x, -y);
    wash(context, regions, tints);
    return { image, x, y, w, h };
  };

  const LARGEST = 15.5;
  const LEAST_SIZE = 12;
  // Where a name may stand, from the middle of its region, in shares of its own width and height.
  const ASIDE = [0, -0.8, 0.8, -1.6, 1.6, -2.4, 2.4, -3.2, 3.2].flatMap((down) =>
    [0, -0.3, 0.3, -0.6, 0.6].map((right) => [right, down]),
  );
  // What it costs to hide a node of another region, to stand its own height away from the middle, nearest to a node of
  // another region, and where one of the names of nodes will stand that come first.
  const STRANGE = 2.5;
  const AWAY = 3;
  const ASTRAY = 25;
  const NAMED = 14;
  // How far beyond the nodes a name may reach up or down, in pixels.
  const RIM = 56;

  const among = (values, share) => values[Math.floor(values.length * share)];

  /**
   * The names of the regions in a view where they stand, the largest region first, none over another, over as few nodes
   * as may be: {lines, x, y, w, h, size, alpha, tint}, place and extent in the plane, size in pixels. They fade as one
   * comes near.
   */
  cg.titles = (regions, view, { language, zoom, tints, nodes, named = [] }) => {
    const alpha = 1 - cg.nearness(zoom * 0.85);
    if (alpha < 0.02) return [];
    const taken = [];
    const heights = regions.flatMap(({ points }) => points.map(({ y }) => y));
    const rim = RIM / view.scale;
    const [top, bottom] = [heights.reduce((a, b) => Math.min(a, b), 0) - rim, heights.reduce((a, b) => Math.max(a, b), 0) + rim];
    for (const region of regions) {
      const xs = region.points.map(({ x }) => x).sort((a, b) => a - b);
      const ys = region.points.map(({ y }) => y).sort((a, b) => a - b);
      const [cx, cy] = [among(xs, 0.5), among(ys, 0.5)];
      if (cx < view.x || cx > view.x + view.w || cy < view.y || cy > view.y + view.h) continue;
      const lines = cg.regionName(region, language);
      const widest = Math.max(...lines.map(cg.columns)) / 2;
      const size = Math.min(LARGEST, (1.5 * (among(xs, 0.92) - among(xs, 0.08)) * view.scale) / widest);
      if (size < LEAST_SIZE) continue;
      const [w, h] = [(widest * size) / view.scale, (lines.length * size * 1.2) / view.scale];
      // a name of many lines needs not go farther out of the way
      const tall = h / Math.sqrt(lines.length);
      const own = new Set(region.points);
      const best = ASIDE.map(([right, down]) => {
        const box = { x: cx + (right - 0.5) * w, y: cy + down * tall - h / 2, w, h };
        const away = AWAY * Math.hypot((right * w) / tall, down);
        const over = named.filter((room) => cg.overlap(box, room)).length;
        return { ...box, cost: away + NAMED * over + trespass(box, nodes, own) };
      })
        .filter((box) => box.y >= top && box.y + box.h <= bottom && !taken.some((other) => cg.overlap(box, other)))
        .reduce((known, box) => (known && known.cost <= box.cost ? known : box), null);
      if (!best) continue;
      const tint = tints[region.number % tints.length];
      taken.push({ ...best, title: { lines, x: best.x + w / 2, y: best.y + h / 2, w, h, size, alpha, tint } });
    }
    return taken.map(({ title }) => title);
  };

  function trespass(box, nodes, own) {
    const [x, y] = [box.x + box.w / 2, box.y + box.h / 2];
    let [cost, nearest, least] = [0, null, Infinity];
    for (const node of nodes) {
      const far = Math.hypot(node.x - x, node.y - y);
      if (far < least) [nearest, least] = [node, far];
      if (Math.abs(node.x - x) < box.w / 2 && Math.abs(node.y - y) < box.h / 2) cost += own.has(node) ? 1 : STRANGE;
    }
    return own.has(nearest) ? cost : cost + ASTRAY;
  }
})((globalThis.conceptgraph ??= {}));
