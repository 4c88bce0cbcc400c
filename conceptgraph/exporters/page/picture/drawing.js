"use strict";
// What is to be seen in a view of the plane, as plain records: the canvas draws these, and so may any other picture.
((cg) => {
  // So many lines are drawn at once; where more lie in view, the weightiest.
  const MOST = 4000;
  // Arrow heads smaller than this scale makes them are only blots.
  const HEADS = 0.36;
  // So few lit lines may stand out.
  const FEW = 60;

  // Below this radius, in pixels, a shape is not told from a dot.
  const DOT = 1.3;
  const SMALLEST = 1.1;

  /** The radius of a node that is so small that only a dot is drawn; null where its shape is. */
  cg.dotRadius = ({ r }, scale) => (r * scale < DOT ? Math.max(r, SMALLEST / scale) : null);

  /** Whether a node could be seen in a view. */
  const stands = ({ x, y, r }, view) =>
    x + 1.4 * r > view.x && x - 1.4 * r < view.x + view.w && y + 1.4 * r > view.y && y - 1.4 * r < view.y + view.h;

  /** The lines and nodes of a scene that a view touches; `lit` are those to keep, or null. */
  function layer(scene, view, lit) {
    const zoom = view.scale / scene.whole;
    const stroke = cg.strokes(scene.palette, view.scale, zoom, lit !== null && lit.edges.size <= FEW);
    const lines = [];
    let missing = 0;
    for (const line of scene.lines) {
      if ((lit && !lit.edges.has(line.key)) || !cg.inView(line, view)) continue;
      if (lines.length < MOST) lines.push(line);
      else missing += 1;
    }
    const heads = view.scale >= HEADS;
    // the weightiest last, over the others
    const edges = lines.reverse().map((line) => ({
      key: line.key,
      curve: cg.curveOf(line),
      stroke: stroke(line),
      head: heads ? cg.headOf(line) : null,
      mark: heads ? cg.markOf(line) : null,
    }));
    const nodes = scene.order.filter((node) => (!lit || lit.nodes.has(node.id)) && stands(node, view));
    return { edges, nodes, missing };
  }

  const NOTHING = { edges: [], nodes: [], missing: 0 };

  /** Lines and nodes of all, unless they are hidden. */
  cg.faintLayer = (scene, view) => (scene.lit && scene.veil >= 1 ? NOTHING : layer(scene, view, null));

  /** Lines and nodes of what is lit. */
  cg.brightLayer = (scene, view) => (scene.lit ? layer(scene, view, scene.lit) : NOTHING);

  /** The names of the regions. */
  cg.titlesIn = (scene, view) =>
    cg.titles(scene.regions, view, {
      language: scene.settings().language,
      zoom: view.scale / scene.whole,
      tints: scene.palette.titles,
      nodes: scene.order.filter((node) => stands(node, view)),
      named: scene.order
        .filter((node, rank) => rank < NAMED || scene.map.essays.includes(node.id))
        .map((node) => nameRoom(scene, view, node)),
    });

  // The names of so many nodes, and those of the essays, come before those of the regions.
  const NAMED = 20;

  /** Where the name of a node will most likely stand, in the plane: below it. */
  function nameRoom(scene, view, { id, x, y, r }) {
    const columns = cg.columns(cg.nameOf(scene.map.entities.get(id), scene.settings().language));
    const [w, h] = [(Math.min(columns, 20) * 7.5) / view.scale, (Math.ceil(columns / 20) * 19) / view.scale];
    return { x: x - w / 2, y: y - r, w, h: 2 * r + h };
  }

  /** Rings around what is selected. */
  cg.ringsIn = (scene, view) =>
    (scene.selected ?? [])
      .map((id) => scene.nodes.get(id))
      .filter(Boolean)
      .map(({ x, y, r }) => ({ x, y, r: r * 1.3 + 5 / view.scale }));
})((globalThis.conceptgraph ??= {}));
