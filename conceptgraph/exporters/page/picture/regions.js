"use strict";
// The regions of the picture: entities of which much is said together, on a common ground.
((cg) => {
  const LEAST = 8;
  const REACH = 40;
  const BRIDGE = 150;
  const SHARPEST = 2400;

  /** For each region of some size, the largest first, its points and the pairs of them that lie close. */
  cg.regions = (map, places) => {
    const regions = new Map();
    for (const { id, region } of map.entities.values()) {
      if (region === null) continue;
      if (!regions.has(region)) regions.set(region, []);
      regions.get(region).push(places.get(id));
    }
    return [...regions]
      .filter(([, points]) => points.length >= LEAST)
      .sort(([a], [b]) => a - b)
      .map(([number, points]) => ({ number, points, bridges: bridges(points) }));
  };

  function bridges(points) {
    const found = [];
    points.forEach((a, i) => {
      for (const b of points.slice(i + 1)) if (Math.hypot(a.x - b.x, a.y - b.y) < BRIDGE) found.push([a, b]);
    });
    return found;
  }

  /** A wash under each region: discs around its entities, joined where these are neighbours. */
  function wash(context, regions, tints) {
    context.lineCap = "round";
    context.lineWidth = 2 * REACH;
    for (const { number, points, bridges } of regions) {
      context.strokeStyle = tints[number % tints.length];
      context.beginPath();
      for (const { x, y } of points) {
        context.moveTo(x, y);
        context.lineTo(x + 0.1, y);
      }
      for (const [a, b] of bridges) {
        context.moveTo(a.x, a.y);
        context.lineTo(b.x, b.y);
      }
      context.stroke();
    }
  }

  /** All washes as one picture {image, x, y, w, h}: to draw them anew in each frame would cost more than all else. */
  cg.regionPicture = (regions, tints) => {
    const points = regions.flatMap((region) => region.points);
    if (!points.length) return null;
    const edge = (axis, pick) => pick(...points.map((point) => point[axis]));
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
})((globalThis.conceptgraph ??= {}));
