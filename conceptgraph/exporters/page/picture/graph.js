"use strict";
// The picture: vis-network draws nodes and edges, this file what lies beneath and above them.
((cg) => {
  const STILL = matchMedia("(prefers-reduced-motion: reduce)");
  const NARROW = 600;

  /** Show the map in `container`. `settings()` gives {language, colour, hide}; `on` is told what was clicked. */
  cg.showGraph = (container, map, drawing, settings, on) => {
    const order = cg.byImportance(map).map((entity) => entity.id);
    const places = new Map(drawing.nodes.map((node) => [node.id, node]));
    const looks = new Map();
    const scene = {
      container,
      map,
      order,
      places,
      settings,
      palette: cg.readPalette(document.documentElement),
      lit: null,
      veil: 0.86,
      hovered: null,
      selected: null,
      whole: 1,
      isText: (id) => Boolean(map.kinds.get(map.entities.get(id).kind)?.outline),
    };
    const { isText } = scene;

    function look(id) {
      if (!looks.has(id)) {
        const { kind, witness } = map.entities.get(id);
        const colour = scene.palette.witness(map, witness);
        const colours = witness === "both" ? [scene.palette.essay(1), scene.palette.essay(2)] : [colour, colour];
        const filling = cg.fillingOf(map, witness);
        const byKind = settings().colour === "kind" ? [scene.palette.kind(kind), scene.palette.kind(kind)] : colours;
        looks.set(id, {
          shape: cg.shapeOf(kind),
          filling,
          colours: byKind,
          line: 1.8,
          depth: isText(id) ? 1 : Math.min(1, 0.45 + cg.degree(map, id) / 24),
        });
      }
      return looks.get(id);
    }

    function renderNode({ ctx, id, x, y }) {
      const r = places.get(id).size;
      return {
        drawNode: () => cg.drawGlyph(ctx, x, y, r, look(id), scene.palette.paper),
        nodeDimensions: { width: 2 * r, height: 2 * r },
      };
    }

    function edgeOf(relation, index) {
      const bend = drawing.bends[index];
      const smooth = { enabled: true, type: bend < 0 ? "curvedCCW" : "curvedCW", roundness: Math.abs(bend) };
      return { from: relation.subject, to: relation.object, smooth, ...edgeStyle(relation) };
    }

    function edgeStyle(relation) {
      const text = isText(relation.subject) || isText(relation.object);
      const dashes = relation.status === "denied" ? [2, 5] : cg.strokeOf(relation.family);
      const middle = { contested: "diamond", denied: "bar" }[relation.status];
      return {
        id: relation.key,
        color: {
          color: relation.status === "contested" ? scene.palette.contested : scene.palette.family(relation.family),
          opacity: text ? 0.12 : 0.42,
          inherit: false,
        },
        dashes: dashes.length ? dashes : false,
        width: relation.status === "contested" ? 2.6 : 1.25,
        arrows: {
          to: { enabled: true, scaleFactor: 0.42 },
          middle: middle ? { enabled: true, type: middle, scaleFactor: 0.6 } : { enabled: false },
        },
      };
    }

    const nodes = new vis.DataSet(drawing.nodes.map((node) => ({ ...node, ctxRenderer: renderNode })));
    const edges = new vis.DataSet(map.relations.map(edgeOf));
    const network = new vis.Network(container, { nodes, edges }, drawing.options);
    // what the picture shows is read in the panel: the tab key does not stop here
    for (const part of container.querySelectorAll("canvas, [tabindex]")) part.tabIndex = -1;
    const names = cg.nameWriter(scene, network);

    // --- beneath: the regions, as washes of paper

    const regions = cg.regions(map, places);
    let ground = cg.regionPicture(regions, scene.palette.regions);
    network.on(
      "beforeDrawing",
      (context) => ground && context.drawImage(ground.image, ground.x, ground.y, ground.w, ground.h),
    );

    // --- above: a veil over what is not lit, the names, what is selected

    function drawLit(context) {
      const { x, y } = network.DOMtoCanvas({ x: 0, y: 0 });
      const scale = network.getScale();
      context.save();
      context.globalAlpha = scene.veil;
      context.fillStyle = scene.palette.paper;
      context.fillRect(x, y, container.clientWidth / scale, container.clientHeight / scale);
      context.restore();
      for (const id of scene.lit.edges) network.body.edges[id]?.draw(context);
      for (const id of scene.lit.edges) network.body.edges[id]?.drawArrows(context);
      for (const id of scene.lit.nodes) network.body.nodes[id]?.draw(context);
    }

    function ring(context, id) {
      const { x, y, size } = places.get(id);
      context.save();
      context.strokeStyle = scene.palette.accent;
      context.lineWidth = 2 / network.getScale();
      context.beginPath();
      context.arc(x, y, size * 1.3 + 5 / network.getScale(), 0, 2 * Math.PI);
      context.stroke();
      context.restore();
    }

    network.on("afterDrawing", (context) => {
      if (scene.lit) drawLit(context);
      for (const id of scene.selected ?? []) ring(context, id);
      names.write(context);
    });

    // --- what the pointer does

    const visible = (id) => !scene.lit || !settings().hide || scene.lit.nodes.has(id);
    const nodeAt = (point) => {
      const id = network.getNodeAt(point);
      if (id !== undefined && visible(id)) return id;
      return names.at(point);
    };

    network.on("click", ({ pointer }) => {
      const id = nodeAt(pointer.DOM);
      if (id !== undefined) return on.select("node", id);
      const edge = network.getEdgeAt(pointer.DOM);
      if (edge !== undefined) return on.select("relation", edge);
      return on.select("home", "");
    });
    network.on("hoverNode", ({ node }) => visible(node) && on.hover("node", node));
    network.on("blurNode", () => on.hover(null));
    network.on("hoverEdge", ({ edge }) => on.hover("relation", edge));
    network.on("blurEdge", () => on.hover(null));
    network.on("doubleClick", ({ pointer }) => zoom(1.6, pointer.canvas));

    // --- moving

    const motion = () => (STILL.matches ? false : { duration: 420, easingFunction: "easeInOutCubic" });

    function zoom(factor, towards) {
      const scale = Math.min(4, Math.max(scene.whole * 0.5, network.getScale() * factor));
      network.moveTo({ scale, ...(towards ? { position: towards } : {}), animation: motion() });
    }

    function frame(ids, most = 1.3) {
      const points = ids.map((id) => places.get(id));
      if (!points.length) return null;
      const [xs, ys] = [points.map((p) => p.x), points.map((p) => p.y)];
      const [left, right, top, bottom] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
      const scale = Math.min(
        (container.clientWidth - Math.min(160, container.clientWidth / 6)) / (right - left || 1),
        (container.clientHeight - 70) / (bottom - top || 1),
        most,
      );
      return { position: { x: (left + right) / 2, y: (top + bottom) / 2 }, scale };
    }

    function fit(animated) {
      const all = frame(order, 1.6);
      if (!all) return;
      scene.whole = all.scale;
      network.moveTo({ ...all, animation: animated ? motion() : false });
    }

    return {
      network,
      fit: () => fit(true),
      zoom,
      /** Bring entities into view, with some of what surrounds them. */
      focus: (ids, animated = true) => {
        const target = frame(ids, Math.max(0.95, Math.min(network.getScale(), 1.4)));
        if (target) network.moveTo({ ...target, animation: animated ? motion() : false });
      },
      light: (seen, options) => {
        scene.lit = seen && {
          nodes: new Set([...seen.nodes].filter((id) => places.has(id))),
          edges: seen.edges,
        };
        scene.veil = options.veil;
        scene.hovered = options.hovered ?? null;
        scene.selected = options.selected ?? null;
        network.redraw();
      },
      /** After a change of language, theme or colouring. */
      refresh: () => {
        scene.palette = cg.readPalette(document.documentElement);
        ground = cg.regionPicture(regions, scene.palette.regions);
        looks.clear();
        names.forget();
        edges.update(map.relations.map(edgeStyle));
        network.redraw();
      },
      open: () => {
        network.setSize("100%", "100%");
        fit(false);
        // all of it on a narrow screen would be too small to read
        if (container.clientWidth < NARROW) network.moveTo({ scale: scene.whole * 1.8, animation: false });
      },
      labels: names.boxes,
    };
  };
})((globalThis.conceptgraph ??= {}));
