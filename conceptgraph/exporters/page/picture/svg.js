"use strict";
// The picture as SVG text: what the canvas draws, with a key of what occurs in it, what it shows, and its address.
((cg) => {
  // XML 1.0 has no way to write these, not even as an entity
  const NOT_XML = /[^\t\n\r\x20-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu;
  const ENTITIES = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };

  const escaped = (text) =>
    String(text)
      .replace(NOT_XML, "\ufffd")
      .replace(/[&<>"']/g, (sign) => ENTITIES[sign]);

  const figure = (value) => (typeof value === "number" ? String(Number(value.toFixed(3))) : value);

  /** An element; its attributes are written as text, its children are elements already written. */
  function tag(name, attributes, ...children) {
    const written = Object.entries(attributes)
      .filter(([, value]) => value !== null && value !== undefined)
      .map(([key, value]) => ` ${key}="${escaped(figure(value))}"`)
      .join("");
    const content = children.flat(Infinity).join("");
    return content ? `<${name}${written}>${content}</${name}>` : `<${name}${written}/>`;
  }

  const titled = (text) => (text ? tag("title", {}, escaped(text)) : "");

  // Where a canvas sets the baseline of most fonts, below the top and the middle of a line, in shares of its height.
  const BASELINES = { top: 0.8, middle: 0.3, serif: 0.3 };

  function grouped(items, keyOf) {
    const groups = new Map();
    for (const item of items) {
      const key = keyOf(item);
      if (!groups.has(key)) groups.set(key, []);
      groups.get(key).push(item);
    }
    return [...groups];
  }

  const polygon = (points) => `M${points.map(figure).join(" ")}Z`;

  function edge({ key, curve, head, mark }, sentence) {
    const [x0, y0, ...rest] = curve.map(figure);
    const ends = [head, mark].filter(Boolean).map(polygon).join("");
    return tag(
      "g",
      {},
      titled(sentence(key)),
      tag("path", { d: `M${x0} ${y0}Q${rest.join(" ")}`, fill: "none" }),
      ends ? tag("path", { d: ends, stroke: "none" }) : null,
    );
  }

  const edges = (list, sentence) =>
    grouped(list, ({ stroke }) => stroke).map(([{ colour, alpha, width, dashes }, alike]) =>
      tag(
        "g",
        {
          stroke: colour,
          fill: colour,
          "stroke-opacity": alpha,
          "fill-opacity": alpha,
          "stroke-width": width,
          "stroke-dasharray": dashes.length ? dashes.join(" ") : null,
        },
        alike.map((each) => edge(each, sentence)),
      ),
    );

  /** A node in its own measure: its radius is one. */
  function glyph({ filling, colours: [left, right], depth = 1 }, shape, line, paper) {
    const use = (attributes) => tag("use", { href: `#${shape}`, ...attributes });
    const dashes = filling === "dotted" ? `${figure((2.2 * line) / 1.8)}` : null;
    const half = filling === "half";
    return [
      use({ fill: paper }),
      filling === "solid" ? use({ fill: left, "fill-opacity": depth }) : null,
      half ? use({ fill: left, "fill-opacity": depth, "clip-path": "url(#left)" }) : null,
      use({ fill: "none", stroke: half ? right : left, "stroke-width": line, "stroke-dasharray": dashes }),
      half && left !== right
        ? use({ fill: "none", stroke: left, "stroke-width": line, "clip-path": "url(#left)" })
        : null,
    ];
  }

  function nodes(list, { scale, shapes, paper, name }) {
    const dots = list.filter((node) => cg.dotRadius(node, scale) !== null);
    const glyphs = list.filter((node) => cg.dotRadius(node, scale) === null);
    return [
      dots.map((node) =>
        tag(
          "circle",
          { cx: node.x, cy: node.y, r: cg.dotRadius(node, scale), fill: node.look.colours[0] },
          titled(name(node.id)),
        ),
      ),
      glyphs.map(({ id, x, y, r, look }) =>
        tag(
          "g",
          { transform: `translate(${figure(x)} ${figure(y)}) scale(${figure(r)})` },
          titled(name(id)),
          glyph(look, shapes.get(look.shape), look.line / r, paper),
        ),
      ),
    ];
  }

  const washes = (list) =>
    list.map(({ tint, width, lines }) =>
      tag("path", {
        d: lines
          .map(([x0, y0, x1, y1]) => `M${[x0, y0].map(figure).join(" ")}L${[x1, y1].map(figure).join(" ")}`)
          .join(""),
        stroke: tint,
        "stroke-width": width,
        "stroke-linecap": "round",
        fill: "none",
      }),
    );

  const titles = (list, { scale, serif, baselines }) =>
    list.map(({ lines, x, y, size, alpha, tint }) =>
      lines.map((line, index) =>
        tag(
          "text",
          {
            x,
            y: y + (((index - (lines.length - 1) / 2) * 1.2 + baselines.serif) * size) / scale,
            "font-family": serif,
            "font-size": size / scale,
            "font-weight": 600,
            "text-anchor": "middle",
            fill: tint,
            "fill-opacity": alpha,
          },
          escaped(line),
        ),
      ),
    );

  /** A text that keeps a rim of paper free around it. */
  const rimmed = (paper) => ({
    stroke: paper,
    "stroke-width": 3.5,
    "stroke-linejoin": "round",
    "paint-order": "stroke",
  });

  const sayings = (list, { paper, baselines }) =>
    list.map(({ text, x, y, angle, size, colour }) =>
      tag(
        "text",
        {
          transform: `translate(${figure(x)} ${figure(y)}) rotate(${figure((angle * 180) / Math.PI)})`,
          y: baselines.middle * size,
          "font-size": size,
          "text-anchor": "middle",
          fill: colour,
          ...rimmed(paper),
        },
        escaped(text),
      ),
    );

  const ANCHORS = { left: "start", center: "middle", right: "end" };

  const labels = (list, { paper, ink, muted, baselines }) => [
    tag("path", {
      d: list
        .map(({ leader }) =>
          leader ? `M${leader.slice(0, 2).map(figure).join(" ")}L${leader.slice(2).map(figure).join(" ")}` : "",
        )
        .join(""),
      stroke: muted,
      "stroke-width": 0.8,
      fill: "none",
    }),
    list.map(({ lines, x, y, w, align, size, weight }) => {
      const at = align === "center" ? x + w / 2 : align === "left" ? x + 4 : x + w - 4;
      return lines.map((line, index) =>
        tag(
          "text",
          {
            x: at,
            y: y + 2 + (index * 1.28 + baselines.top) * size,
            "font-size": size,
            "font-weight": weight === 400 ? null : weight,
            "text-anchor": ANCHORS[align],
            fill: ink,
            ...rimmed(paper),
          },
          escaped(line),
        ),
      );
    }),
  ];

  // --- the key below the picture

  const EDGE = 20;
  const ROW = 21;
  const SMALL = 12;

  /** About how broad a text is drawn. */
  const breadth = (text, size) => cg.columns(text) * size * 0.54;

  /** The rows of a key as [{x, row, …}], each group begun in a row of its own. */
  function flow(groups, width) {
    const indent = EDGE + Math.max(0, ...groups.map(({ title }) => breadth(title, SMALL))) + 16;
    const placed = [];
    let row = -1;
    for (const { title, items } of groups) {
      row += 1;
      placed.push({ title, x: EDGE, row });
      let x = indent;
      for (const item of items) {
        const sample = item.stroke ? 36 : 22;
        const w = sample + breadth(item.text, SMALL) + 16;
        if (x > indent && x + w > width - EDGE) [x, row] = [indent, row + 1];
        placed.push({ ...item, x, row, sample });
        x += w;
      }
    }
    return { placed, rows: row + 1 };
  }

  function strokeSample({ stroke: { colour, dashes, width }, status }) {
    const mark = { contested: "M12 -4.4L16.4 0L12 4.4L7.6 0Z", denied: "M11 -4.5H13V4.5H11Z" }[status];
    return [
      tag("path", {
        d: "M1 0H22",
        stroke: colour,
        "stroke-width": width,
        "stroke-dasharray": dashes.join(" ") || null,
      }),
      tag("path", { d: `M21.5 -3L27 0L21.5 3Z${mark ?? ""}`, fill: colour }),
    ];
  }

  const keyItem = ({ x, row, title, text, sample = 0, ...item }, top, { shapes, paper, ink, muted, baselines }) => {
    const y = top + (row + 0.5) * ROW;
    const said = tag(
      "text",
      { x: x + sample, y: y + baselines.middle * SMALL, "font-size": SMALL, fill: title ? muted : ink },
      escaped(title ?? text),
    );
    if (title) return said;
    const picture = item.stroke
      ? tag("g", { transform: `translate(${figure(x)} ${figure(y)})` }, strokeSample(item))
      : tag(
          "g",
          { transform: `translate(${figure(x + 7)} ${figure(y)}) scale(5)` },
          glyph(item, shapes.get(item.shape), 0.3, paper),
        );
    return [picture, said];
  };

  /** A line of text in pieces that fit into a width. */
  const folded = (text, size, width) => cg.wrap(text, Math.floor((width - 2 * EDGE) / (size * 0.54)), 6);

  /** An address in pieces that fit into a width; it has no words to break between. */
  function pieces(address, size, width) {
    const length = Math.max(20, Math.floor((width - 2 * EDGE) / (size * 0.58)));
    return address.match(new RegExp(`.{1,${length}}`, "gsu")) ?? [];
  }

  /**
   * A picture as SVG text that stands alone. `drawn` is what the canvas shows (see the picture's `drawn`), `key` what
   * occurs in it: [{title, items: [{text, shape, filling, colours} | {text, stroke, status}]}]. `about` has {title,
   * texts (what the picture is of), lens (texts of what it shows), link, language}, may have the `baselines` that the
   * canvas uses, and has `name` and `sentence`, which tell what an entity is called by its id, and how a relation reads
   * by its key.
   */
  cg.svg = (drawn, key, about) => {
    const { view, palette } = drawn;
    const { font, serif, paper, ink, muted, accent } = palette;
    const [width, height] = [view.w * view.scale, view.h * view.scale];
    const layers = [drawn.faint, drawn.bright];
    const known = [
      ...layers.flatMap((layer) => layer.nodes.map(({ look }) => look)),
      ...key.flatMap(({ items }) => items),
    ];
    const outlines = [...new Set(known.map(({ shape }) => shape).filter(Boolean))];
    const shapes = new Map(outlines.map((shape, index) => [shape, `shape-${index + 1}`]));
    const style = {
      scale: view.scale,
      shapes,
      paper,
      ink,
      muted,
      serif,
      name: about.name,
      baselines: { ...BASELINES, ...about.baselines },
    };
    const layer = ({ edges: lines, nodes: glyphs }) => [edges(lines, about.sentence), nodes(glyphs, style)];

    const { placed, rows } = flow(key, width);
    const notes = [
      ...folded(about.title, 16, width).map((line) => ({ line, size: 16, weight: 600, family: serif })),
      ...folded(about.texts, SMALL, width).map((line) => ({ line, size: SMALL, fill: muted })),
      ...about.lens.flatMap((each) => folded(each, SMALL, width).map((line) => ({ line, size: SMALL }))),
    ];
    let y = height + 14;
    const written = notes
      .filter(({ line }) => line)
      .map(({ line, size, weight, family, fill }) => {
        y += size * 1.45;
        return tag(
          "text",
          { x: EDGE, y, "font-size": size, "font-weight": weight, "font-family": family, fill: fill ?? ink },
          escaped(line),
        );
      });
    const top = y + 10;
    const bottom = top + rows * ROW;
    const address = pieces(about.link, 11, width);
    const whole = bottom + 18 + 16 * address.length;

    return `<?xml version="1.0" encoding="UTF-8"?>\n${tag(
      "svg",
      {
        xmlns: "http://www.w3.org/2000/svg",
        width,
        height: whole,
        viewBox: `0 0 ${figure(width)} ${figure(whole)}`,
        role: "img",
        "aria-labelledby": "title desc",
        "xml:lang": about.language,
        lang: about.language,
        "font-family": font,
      },
      tag("title", { id: "title" }, escaped(about.title)),
      tag("desc", { id: "desc" }, escaped([about.texts, ...about.lens, about.link].filter(Boolean).join("\n"))),
      tag(
        "defs",
        {},
        tag("clipPath", { id: "view" }, tag("rect", { width, height })),
        tag("clipPath", { id: "left" }, tag("rect", { x: -2, y: -2, width: 2, height: 4 })),
        outlines.map((shape) => tag("path", { id: shapes.get(shape), d: shape, "stroke-linejoin": "round" })),
      ),
      tag("rect", { width, height: whole, fill: paper }),
      tag(
        "g",
        { "clip-path": "url(#view)" },
        tag(
          "g",
          { transform: `scale(${view.scale}) translate(${-view.x} ${-view.y})` },
          washes(drawn.washes),
          titles(drawn.titles, style),
          layer(drawn.faint),
          drawn.veil
            ? tag("rect", {
                x: view.x,
                y: view.y,
                width: view.w,
                height: view.h,
                fill: paper,
                "fill-opacity": drawn.veil,
              })
            : null,
          layer(drawn.bright),
          drawn.rings.map(({ x, y: cy, r }) =>
            tag("circle", { cx: x, cy, r, fill: "none", stroke: accent, "stroke-width": 2 / view.scale }),
          ),
        ),
        sayings(drawn.sayings, style),
        labels(drawn.labels, style),
      ),
      tag("path", { d: `M0 ${figure(height)}H${figure(width)}`, stroke: muted, "stroke-opacity": 0.4 }),
      written,
      placed.map((item) => keyItem(item, top, style)),
      address.map((piece, index) =>
        tag("text", { x: EDGE, y: bottom + 18 + 16 * index, "font-size": 11, fill: muted }, escaped(piece)),
      ),
    )}\n`;
  };

  /**
   * The key of what occurs in a drawing: which texts speak, which kinds, which families of relations and statuses, and
   * the shades of a measure. `name(facet, id)` tells what a value is called; `colour` is what colours follow.
   */
  cg.keyOf = (map, drawn, { colour, headings, name }) => {
    const { palette } = drawn;
    const entities = new Map();
    for (const node of [...drawn.faint.nodes, ...drawn.bright.nodes]) entities.set(node.id, node);
    const present = [...entities.keys()].map((id) => map.entities.get(id));
    const relations = [...drawn.faint.edges, ...drawn.bright.edges].map(({ key }) => map.relation.get(key));
    const strokes = new Map([...drawn.faint.edges, ...drawn.bright.edges].map(({ key, stroke }) => [key, stroke]));
    const witnesses = new Set(present.map(({ witness }) => witness));
    const [first, second] = [palette.essay(1), palette.essay(2)];
    const tones = (witness) => {
      if (colour !== "witness") return [palette.ink, palette.ink];
      if (witness === "both") return [first, second];
      return [palette.witness(map, witness), palette.witness(map, witness)];
    };
    const fillings = [...map.essays, "both", "neither"]
      .filter((witness) => witnesses.has(witness))
      .map((witness) => ({
        text: name("witness", witness),
        shape: cg.shapeOf("concept"),
        filling: cg.fillingOf(map, witness),
        colours: tones(witness),
      }));
    const byCount = (values) => [...cg.tally(values, (value) => value)].sort(([, a], [, b]) => b - a).map(([id]) => id);
    const kinds = byCount(present.map(({ kind }) => kind)).map((kind) => ({
      text: name("kind", kind),
      shape: cg.shapeOf(kind),
      filling: "solid",
      colours: colour === "kind" ? [palette.kind(kind), palette.kind(kind)] : [palette.ink, palette.ink],
    }));
    const families = byCount(relations.map(({ family }) => family)).map((family) => ({
      text: name("family", family),
      stroke: { colour: palette.family(family), dashes: cg.strokeOf(family), width: 1.8 },
    }));
    const statuses = ["contested", "denied"].flatMap((status) => {
      const found = relations.find((relation) => relation.status === status);
      if (!found) return [];
      const { colour: drawnIn } = strokes.get(found.key);
      const dashes = status === "denied" ? [2, 4] : [];
      return [
        { text: name("status", status), status, stroke: { colour: drawnIn, dashes, width: dashes.length ? 1.4 : 2.6 } },
      ];
    });
    const measure = map.measures.get(colour);
    const shades = (measure ? cg.shades(measure) : []).flatMap(({ from, to, ids }) => {
      const node = entities.get(ids.find((id) => entities.has(id)));
      if (!node) return [];
      const [low, high] = [from, to].map((value) => String(Number(value.toPrecision(3))));
      const { colours } = node.look;
      return [{ text: low === high ? low : `${low} – ${high}`, shape: cg.shapeOf("work"), filling: "solid", colours }];
    });
    return [
      { title: headings.witness, items: fillings },
      { title: headings.kind, items: kinds },
      { title: headings.family, items: [...families, ...statuses] },
      { title: headings.colour, items: shades },
    ].filter(({ items }) => items.length);
  };
})((globalThis.conceptgraph ??= {}));
