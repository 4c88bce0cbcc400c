"use strict";
// A drawing on a canvas: what looks alike is drawn in one go.
((cg) => {
  const paths = new Map();
  const pathOf = (shape) => {
    if (!paths.has(shape)) paths.set(shape, new Path2D(shape));
    return paths.get(shape);
  };

  function grouped(items, keyOf) {
    const groups = new Map();
    for (const item of items) {
      const key = keyOf(item);
      const group = groups.get(key);
      if (group) group.push(item);
      else groups.set(key, [item]);
    }
    return groups;
  }

  function corners(context, points) {
    context.moveTo(points[0], points[1]);
    for (let i = 2; i < points.length; i += 2) context.lineTo(points[i], points[i + 1]);
    context.closePath();
  }

  // a path of very many lines takes longer than the same lines in a few paths
  const TOGETHER = 400;

  function paintLines(context, edges) {
    context.save();
    context.lineCap = "butt";
    for (const [stroke, alike] of grouped(edges, (edge) => edge.stroke)) {
      context.globalAlpha = stroke.alpha;
      context.strokeStyle = stroke.colour;
      context.fillStyle = stroke.colour;
      context.lineWidth = stroke.width;
      context.setLineDash(stroke.dashes);
      for (let start = 0; start < alike.length; start += TOGETHER) {
        context.beginPath();
        for (const { curve } of alike.slice(start, start + TOGETHER)) {
          context.moveTo(curve[0], curve[1]);
          context.quadraticCurveTo(curve[2], curve[3], curve[4], curve[5]);
        }
        context.stroke();
      }
      context.beginPath();
      for (const { head, mark } of alike) {
        if (head) corners(context, head);
        if (mark) corners(context, mark);
      }
      context.fill();
    }
    context.restore();
  }

  function paintAlike(context, look, nodes, paper) {
    const unit = pathOf(look.shape);
    const outline = new Path2D();
    for (const { x, y, r } of nodes) outline.addPath(unit, { a: r, b: 0, c: 0, d: r, e: x, f: y });
    const [left, right] = look.colours;
    const lefts = () => {
      const half = new Path2D();
      for (const { x, y, r } of nodes) half.rect(x - 2 * r, y - 2 * r, 2 * r, 4 * r);
      return half;
    };
    context.fillStyle = paper;
    context.fill(outline);
    context.globalAlpha = look.depth;
    context.fillStyle = left;
    if (look.filling === "solid") context.fill(outline);
    if (look.filling === "half") {
      context.save();
      context.clip(outline);
      context.fill(lefts());
      context.restore();
    }
    context.globalAlpha = 1;
    context.lineWidth = look.line;
    context.strokeStyle = look.filling === "half" ? right : left;
    context.setLineDash(look.filling === "dotted" ? [2.2, 2.2] : []);
    context.stroke(outline);
    if (look.filling === "half" && left !== right) {
      context.save();
      context.clip(lefts());
      context.strokeStyle = left;
      context.stroke(outline);
      context.restore();
    }
  }

  function paintDots(context, nodes, scale) {
    for (const [colour, alike] of grouped(nodes, (node) => node.look.colours[0])) {
      context.fillStyle = colour;
      context.beginPath();
      for (const node of alike) {
        const radius = cg.dotRadius(node, scale);
        context.moveTo(node.x + radius, node.y);
        context.arc(node.x, node.y, radius, 0, 2 * Math.PI);
      }
      context.fill();
    }
  }

  function paintNodes(context, nodes, paper, scale) {
    const dots = nodes.filter((node) => cg.dotRadius(node, scale) !== null);
    const glyphs = nodes.filter((node) => cg.dotRadius(node, scale) === null);
    context.save();
    context.lineJoin = "round";
    paintDots(context, dots, scale);
    for (const [look, alike] of grouped(glyphs, (node) => node.look)) paintAlike(context, look, alike, paper);
    context.restore();
  }

  /** A layer {edges, nodes} of a drawing, on a canvas that is set to its plane; `scale` is pixels a unit. */
  cg.paintLayer = (context, { edges, nodes }, paper, scale) => {
    paintLines(context, edges);
    paintNodes(context, nodes, paper, scale);
  };

  /** The names of the regions. */
  cg.paintTitles = (context, titles, palette, scale) => {
    context.save();
    context.textAlign = "center";
    context.textBaseline = "middle";
    context.lineJoin = "round";
    for (const { lines, x, y, size, alpha, tint } of titles) {
      context.font = `600 ${size / scale}px ${palette.serif}`;
      context.globalAlpha = alpha;
      context.fillStyle = tint;
      lines.forEach((line, index) => {
        context.fillText(line, x, y + ((index - (lines.length - 1) / 2) * size * 1.2) / scale);
      });
    }
    context.restore();
  };

  /** A paper over all that is not lit, so that it shows through by the rest. */
  cg.paintVeil = (context, { x, y, w, h }, paper, veil) => {
    context.save();
    context.globalAlpha = veil;
    context.fillStyle = paper;
    context.fillRect(x, y, w, h);
    context.restore();
  };

  /** Rings {x, y, r} around what is selected. */
  cg.paintRings = (context, rings, palette, scale) => {
    context.save();
    context.strokeStyle = palette.accent;
    context.lineWidth = 2 / scale;
    for (const { x, y, r } of rings) {
      context.beginPath();
      context.arc(x, y, r, 0, 2 * Math.PI);
      context.stroke();
    }
    context.restore();
  };

  /** The names and what the lines say, on a canvas that is set to pixels of the screen. */
  cg.paintLabels = (context, labels, palette) => {
    context.save();
    context.lineJoin = "round";
    context.strokeStyle = palette.muted;
    context.lineWidth = 0.8;
    context.beginPath();
    for (const { leader } of labels) {
      if (!leader) continue;
      context.moveTo(leader[0], leader[1]);
      context.lineTo(leader[2], leader[3]);
    }
    context.stroke();
    context.strokeStyle = palette.paper;
    for (const { lines, x, y, w, align, size, weight } of labels) {
      context.textBaseline = "top";
      context.font = `${weight} ${size}px ${palette.font}`;
      context.textAlign = align;
      context.lineWidth = 3.5;
      context.fillStyle = palette.ink;
      const anchor = align === "center" ? x + w / 2 : align === "left" ? x + 4 : x + w - 4;
      lines.forEach((line, index) => {
        const at = y + 2 + index * size * 1.28;
        context.strokeText(line, anchor, at);
        context.fillText(line, anchor, at);
      });
    }
    context.restore();
  };

  /** What the lines say, each along its line, on a canvas that is set to pixels of the screen. */
  cg.paintSayings = (context, sayings, palette) => {
    context.save();
    context.textAlign = "center";
    context.textBaseline = "middle";
    context.lineJoin = "round";
    context.strokeStyle = palette.paper;
    context.lineWidth = 3.5;
    for (const { text, x, y, angle, size, colour } of sayings) {
      context.save();
      context.translate(x, y);
      context.rotate(angle);
      context.font = `${size}px ${palette.font}`;
      context.fillStyle = colour;
      context.strokeText(text, 0, 0);
      context.fillText(text, 0, 0);
      context.restore();
    }
    context.restore();
  };
})((globalThis.conceptgraph ??= {}));
