"use strict";
// The names written over the picture, in pixels of the screen whatever its scale.
((cg) => {
  const SIZES = [15, 13, 12];
  const NARROW = 600;

  /** Writes the names of a `scene`: what is lit, hovered, selected, and the places and palette of the picture. */
  cg.nameWriter = (scene, network) => {
    const { container, map, order, places, settings } = scene;
    const sizes = new Map();
    let cache = { key: "" };
    let written = [];

    function measured(context, id, rank, must) {
      const entity = map.entities.get(id);
      const name = cg.nameOf(entity, settings().language);
      const large = must || (rank < 8 && !scene.lit);
      const size = SIZES[large ? 0 : rank < 30 ? 1 : 2] - (container.clientWidth < NARROW ? 1.5 : 0);
      const weight = large ? 600 : 400;
      const key = `${size}${weight}${must}${name}`;
      if (!sizes.has(key)) {
        const lines = cg.wrap(name, scene.isText(id) ? 17 : must ? 30 : 20, must ? 6 : 3);
        context.font = `${weight} ${size}px ${scene.palette.font}`;
        const w = Math.max(...lines.map((line) => context.measureText(line).width)) + 8;
        sizes.set(key, { lines, size, weight, w, h: lines.length * size * 1.28 + 2 });
      }
      return sizes.get(key);
    }

    /** The names that fit, in pixels of the screen around the middle of the picture: the same while it is moved. */
    function placed(context) {
      const scale = network.getScale();
      const key = [
        scale.toFixed(4),
        settings().language,
        scene.hovered,
        scene.selected,
        scene.lit && [...scene.lit.nodes].join(),
        container.clientWidth,
      ].join("|");
      if (cache.key === key) return cache.placed;
      const room = cg.labelBudget(scale, scene.whole, container.clientWidth * container.clientHeight);
      const near = Math.max(40, 0.35 * room);
      let budget = scene.lit ? 60 : room;
      const drawn = order
        .filter((id) => !scene.lit || scene.lit.nodes.has(id))
        .map((id, rank) => {
          const { x, y, size } = places.get(id);
          const must =
            id === scene.hovered || (scene.selected?.includes(id) ?? false) || (!scene.lit && map.essays.includes(id));
          const long = cg.nameOf(map.entities.get(id), settings().language).length > 26;
          const wanted = must || (budget > 0 && (scene.lit || !long || rank < 20 || scale > 1.6 * scene.whole));
          if (wanted) budget -= 1;
          const box = wanted ? measured(context, id, rank, must) : {};
          return {
            id,
            x: x * scale,
            y: y * scale,
            r: must && scene.lit ? size * scale * 1.3 + 7 : size * scale,
            must,
            reach: rank < 20 ? 2 : rank < near ? 1 : 0,
            below: scene.isText(id),
            ...box,
          };
        });
      cache = { key, placed: cg.placeLabels(drawn) };
      return cache.placed;
    }

    /** A hair from a name to the node it could not stand beside. */
    function leader(context, { node, x, y, w, h }, origin) {
      const [nx, ny] = [node.x + origin.x, node.y + origin.y];
      context.strokeStyle = scene.palette.muted;
      context.lineWidth = 0.8;
      context.beginPath();
      context.moveTo(nx, ny);
      context.lineTo(Math.min(Math.max(nx, x + 6), x + w - 6), Math.min(Math.max(ny, y + 3), y + h - 3));
      context.stroke();
    }

    function write(context) {
      const ratio = network.canvas.pixelRatio;
      const origin = network.canvasToDOM({ x: 0, y: 0 });
      context.save();
      context.setTransform(ratio, 0, 0, ratio, 0, 0);
      context.textBaseline = "top";
      context.lineJoin = "round";
      written = placed(context).map((label) => ({ ...label, x: label.x + origin.x, y: label.y + origin.y }));
      for (const label of written) if (label.far) leader(context, label, origin);
      for (const { node, x, y, w, align } of written) {
        context.font = `${node.weight} ${node.size}px ${scene.palette.font}`;
        context.textAlign = align;
        context.lineWidth = 3.5;
        context.strokeStyle = scene.palette.paper;
        context.fillStyle = scene.palette.ink;
        const anchor = align === "center" ? x + w / 2 : align === "left" ? x + 4 : x + w - 4;
        node.lines.forEach((line, index) => {
          const at = y + 2 + index * node.size * 1.28;
          context.strokeText(line, anchor, at);
          context.fillText(line, anchor, at);
        });
      }
      context.restore();
    }

    /** What the lit relations say, along their lines, where no name stands. */
    function predicates(context) {
      if (!scene.lit || scene.lit.edges.size > 24 || !(scene.hovered || scene.selected)) return;
      const scale = network.getScale();
      if (scale < 0.7) return;
      context.save();
      context.font = `${11 / scale}px ${scene.palette.font}`;
      context.textAlign = "center";
      context.textBaseline = "middle";
      const marked = [scene.hovered, ...(scene.selected ?? [])]
        .filter((id) => places.has(id))
        .map((id) => {
          const { x, y, size } = places.get(id);
          const spot = network.canvasToDOM({ x, y });
          return { x: spot.x - size * scale, y: spot.y - size * scale, w: 2 * size * scale, h: 2 * size * scale };
        });
      const taken = [...marked, ...written];
      for (const id of scene.lit.edges) {
        const relation = map.relation.get(id);
        const label =
          cg.inLanguage(map.predicates.get(relation.predicate).label, settings().language) ?? relation.predicate;
        const at = network.body.edges[id]?.edgeType.getPoint(0.5);
        const spot = at && network.canvasToDOM(at);
        if (!at) continue;
        const w = context.measureText(label).width * scale;
        const box = { x: spot.x - w / 2, y: spot.y - 7, w, h: 14 };
        if (taken.some((other) => cg.overlap(other, box))) continue;
        taken.push(box);
        context.lineWidth = 4 / scale;
        context.strokeStyle = scene.palette.paper;
        context.strokeText(label, at.x, at.y);
        context.fillStyle = scene.palette.family(relation.family);
        context.fillText(label, at.x, at.y);
      }
      context.restore();
    }

    return {
      write: (context) => {
        write(context);
        predicates(context);
      },
      /** The id of the entity whose name stands at a point of the screen. */
      at: ({ x, y }) => written.find((l) => x >= l.x && x <= l.x + l.w && y >= l.y && y <= l.y + l.h)?.node.id,
      boxes: () => written.map(({ node, x, y, w, h }) => ({ id: node.id, x, y, w, h, rank: order.indexOf(node.id) })),
      forget: () => {
        sizes.clear();
        cache = { key: "" };
      },
    };
  };
})((globalThis.conceptgraph ??= {}));
