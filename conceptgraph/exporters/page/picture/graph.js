"use strict";
// The picture: vis-network has the canvas and moves the view; what is seen is drawn in its hooks.
((cg) => {
  const STILL = matchMedia("(prefers-reduced-motion: reduce)");
  const NARROW = 600;
  // How much more than is seen a picture holds on each side, so that it can be moved.
  const MARGIN = 0.2;
  // After so many milliseconds without another movement the picture is drawn sharp again; in a long one, now and then.
  const SETTLED = 110;
  const LONG = 450;
  // So few things are drawn sharp in every frame, and lit without a picture of their own.
  const FEW = 400;
  // How far beside a node or line one may point, in pixels.
  const SLACK = { mouse: 4, pen: 6, touch: 12 };

  const holds = (outer, inner) =>
    outer.x <= inner.x + 1e-6 &&
    outer.y <= inner.y + 1e-6 &&
    outer.x + outer.w >= inner.x + inner.w - 1e-6 &&
    outer.y + outer.h >= inner.y + inner.h - 1e-6;

  /** Whether the browser draws at all: some keep scripts from it. */
  cg.draws = () => document.createElement("canvas").getContext("2d") !== null;

  /**
   * Show the map in `container`. `settings()` gives {language, colour, hide}, and may give `sizes`, a map of radii by id,
   * and `tint`, a function of an id to a colour; `on` is told what was clicked or pointed at, and how many lines were
   * left out.
   */
  cg.showGraph = (container, map, drawing, settings, on) => {
    const nodes = new Map();
    const scene = {
      container,
      map,
      nodes,
      order: [],
      lines: [],
      regions: [],
      settings,
      palette: cg.readPalette(document.documentElement),
      lit: null,
      // how often the light has changed
      lights: 0,
      veil: 0.86,
      hovered: null,
      selected: null,
      whole: 1,
      isText: (id) => Boolean(map.kinds.get(map.entities.get(id).kind)?.outline),
    };

    /** Put every entity of the map in its place. */
    function place() {
      nodes.clear();
      [...map.entities.keys()].forEach((id, index) => {
        const [x, y, size] = drawing.nodes[index];
        nodes.set(id, { id, x, y, size, r: size, look: null });
      });
      scene.map = map;
      scene.order = cg.byImportance(map).map((entity) => nodes.get(entity.id));
      scene.regions = cg.regions(map, nodes);
    }

    // --- how nodes look, and lines run between them

    function coloursOf({ kind, witness }, tint) {
      if (tint) return [tint, tint];
      const { palette } = scene;
      if (settings().colour === "kind") return [palette.kind(kind), palette.kind(kind)];
      if (witness === "both") return [palette.essay(1), palette.essay(2)];
      return [palette.witness(map, witness), palette.witness(map, witness)];
    }

    /** Give every node its look: nodes that look alike share it. */
    function dress() {
      const looks = new Map();
      const { sizes, tint } = settings();
      for (const node of scene.order) {
        const entity = map.entities.get(node.id);
        const shade = tint?.(node.id);
        const related = Math.min(1, 0.45 + cg.degree(map, node.id) / 24);
        const depth = scene.isText(node.id) || shade ? 1 : Math.ceil(8 * related) / 8;
        const key = `${entity.kind}|${entity.witness}|${shade}|${depth}`;
        if (!looks.has(key)) {
          const filling = cg.fillingOf(map, entity.witness);
          const colours = coloursOf(entity, shade);
          looks.set(key, { shape: cg.shapeOf(entity.kind), filling, colours, line: 1.8, depth });
        }
        node.look = looks.get(key);
        node.r = sizes?.get(node.id) ?? node.size;
      }
      scene.lines = cg.linesOf(map, nodes, drawing.bends).sort((a, b) => b.weight - a.weight);
    }

    place();
    dress();
    let ground = cg.regionPicture(scene.regions, scene.palette.regions);
    let names = cg.nameWriter(scene);

    // vis-network is given nothing to draw: its objects, paths and styles for nodes and edges cost more than all the rest
    const network = new vis.Network(container, {}, drawing.options);
    // what the picture shows is read in the panel: the tab key does not stop here
    for (const part of container.querySelectorAll("canvas, [tabindex]")) part.tabIndex = -1;

    // --- the picture, and what of it stays as it was while the view moves

    const pictures = { whole: null, near: null };
    const canvases = { whole: document.createElement("canvas"), near: document.createElement("canvas") };
    let settling = 0;
    let opened = false;

    function viewNow() {
      const scale = network.getScale();
      const { x, y } = network.DOMtoCanvas({ x: 0, y: 0 });
      return { x, y, w: container.clientWidth / scale, h: container.clientHeight / scale, scale };
    }

    /** Whether what is lit is so much that it is drawn once, with the rest. */
    const muchIsLit = () => scene.lit !== null && scene.lit.nodes.size + scene.lit.edges.size > FEW;

    const stateOf = () => (muchIsLit() ? scene.lit : null);

    function paintOver(context, view) {
      const bright = cg.brightLayer(scene, view);
      cg.paintVeil(context, view, scene.palette.paper, scene.veil);
      cg.paintLayer(context, bright, scene.palette.paper, view.scale);
      return bright;
    }

    /** Draw all of a view and a little around it, to be shown from now on. */
    function paint(view) {
      const place = view.scale <= 1.1 * scene.whole ? "whole" : "near";
      const ratio = network.canvas.pixelRatio;
      const margin = (long) => Math.ceil(MARGIN * long * view.scale) / view.scale;
      const [mx, my] = [margin(view.w), margin(view.h)];
      const wide = { x: view.x - mx, y: view.y - my, w: view.w + 2 * mx, h: view.h + 2 * my, scale: view.scale };
      const canvas = canvases[place];
      canvas.width = Math.ceil(wide.w * view.scale * ratio);
      canvas.height = Math.ceil(wide.h * view.scale * ratio);
      const context = canvas.getContext("2d");
      context.setTransform(view.scale * ratio, 0, 0, view.scale * ratio, 0, 0);
      context.translate(-wide.x, -wide.y);
      if (ground) context.drawImage(ground.image, ground.x, ground.y, ground.w, ground.h);
      const titles = cg.titlesIn(scene, wide);
      cg.paintTitles(context, titles, scene.palette, view.scale);
      const faint = cg.faintLayer(scene, wide);
      cg.paintLayer(context, faint, scene.palette.paper, view.scale);
      const top = muchIsLit() ? paintOver(context, wide) : faint;
      const [w, h] = [canvas.width / ratio / view.scale, canvas.height / ratio / view.scale];
      pictures[place] = {
        ...wide,
        w,
        h,
        canvas,
        titles,
        edges: top.edges,
        much: faint.edges.length + faint.nodes.length + top.edges.length,
        state: stateOf(),
        at: performance.now(),
      };
      if (place === "whole") pictures.near = null;
      on.thinned?.(top.missing ? top.edges.length : null, top.edges.length + top.missing);
      return pictures[place];
    }

    let wanted = 0;

    /** Draw with the next frame, once for all that has changed until then. */
    function redraw() {
      wanted ||= requestAnimationFrame(() => {
        wanted = 0;
        network.redraw();
      });
    }

    const latest = () => pictures.near ?? pictures.whole;

    function settle() {
      clearTimeout(settling);
      settling = setTimeout(() => {
        settling = 0;
        network.redraw();
      }, SETTLED);
    }

    /** The picture to show for a view: the last one as long as it is right, or moves on. */
    function pictureFor(view) {
      const last = latest();
      if (!last || last.state !== stateOf()) return paint(view);
      if (last.scale === view.scale) return holds(last, view) ? last : paint(view);
      if (last.moved === view.scale && !settling) return paint(view);
      if (last.much < FEW || performance.now() - last.at > LONG) {
        const painted = paint(view);
        settle();
        return painted;
      }
      last.moved = view.scale;
      settle();
      return last;
    }

    network.on("beforeDrawing", (context) => {
      if (!opened || !container.clientWidth) return;
      const view = viewNow();
      const picture = pictureFor(view);
      // all of it lies beneath a part that is drawn larger
      const beneath = picture.state === pictures.whole?.state && !holds(picture, view) ? [pictures.whole] : [];
      for (const { canvas, x, y, w, h } of new Set([...beneath, picture])) context.drawImage(canvas, x, y, w, h);
      const bright = scene.lit && !muchIsLit() ? paintOver(context, view) : null;
      cg.paintRings(context, cg.ringsIn(scene, view), scene.palette, view.scale);
      names.place(picture, picture.titles, () => (bright ? cg.brightLayer(scene, picture) : picture).edges);
      const ratio = network.canvas.pixelRatio;
      context.save();
      context.setTransform(ratio, 0, 0, ratio, 0, 0);
      cg.paintSayings(context, names.sayingsAt(view), scene.palette);
      cg.paintLabels(context, names.labelsAt(view), scene.palette);
      context.restore();
    });

    function forget() {
      [pictures.whole, pictures.near] = [null, null];
      names.forget();
    }

    // --- what the pointer does

    const visible = (id) => !scene.lit || !settings().hide || scene.lit.nodes.has(id);

    function nodeAt(point, slack) {
      const { x, y } = network.DOMtoCanvas(point);
      let [found, least] = [undefined, slack / network.getScale()];
      for (const node of scene.order) {
        const far = Math.hypot(node.x - x, node.y - y) - node.r;
        if (far < least && visible(node.id)) [found, least] = [node.id, far];
      }
      return found ?? names.at(point, viewNow());
    }

    /** What lies at a point of the container: [view, id], or nothing. */
    function hitAt(point, pointer) {
      const slack = SLACK[pointer] ?? SLACK.mouse;
      const id = nodeAt(point, slack);
      if (id !== undefined) return ["node", id];
      const { x, y } = network.DOMtoCanvas(point);
      const lit = scene.lit && settings().hide ? cg.brightLayer(scene, viewNow()) : latest();
      const line = cg.lineAt(lit?.edges ?? [], x, y, slack / network.getScale());
      return line ? ["relation", line.key] : null;
    }

    let pointer = "mouse";
    container.addEventListener("pointerdown", (event) => {
      pointer = event.pointerType;
    });
    network.on("click", ({ pointer: { DOM } }) => on.select(...(hitAt(DOM, pointer) ?? ["home", ""])));
    network.on("doubleClick", ({ pointer: { canvas } }) => zoom(1.6, canvas));

    let under = null;
    function pointAt(hit) {
      if (hit?.join() === under?.join()) return;
      under = hit;
      on.hover(...(hit ?? [null]));
    }
    container.addEventListener("pointermove", (event) => {
      if (event.pointerType === "touch" || event.buttons) return;
      const { left, top } = container.getBoundingClientRect();
      pointAt(hitAt({ x: event.clientX - left, y: event.clientY - top }, event.pointerType));
    });
    container.addEventListener("pointerleave", () => pointAt(null));

    // --- moving

    const motion = () => (STILL.matches ? false : { duration: 420, easingFunction: "easeInOutCubic" });

    function move(target, animated) {
      const animation = animated ? motion() : false;
      // a leap has nothing to show on the way
      if (!animation) forget();
      network.moveTo({ ...target, animation });
    }

    function zoom(factor, towards) {
      const scale = Math.min(4, Math.max(scene.whole * 0.5, network.getScale() * factor));
      move({ scale, ...(towards ? { position: towards } : {}) }, true);
    }

    // Around what is brought into view there is room for its names, in pixels; around all, for those of the regions too.
    const ROOM = 70;
    const ROOM_OF_ALL = 118;

    function frame(ids, most = 1.3, room = ROOM) {
      const points = ids.map((id) => nodes.get(id));
      if (!points.length) return null;
      const extent = (axis) =>
        points.reduce(([a, b], p) => [Math.min(a, p[axis]), Math.max(b, p[axis])], [Infinity, -Infinity]);
      const [[left, right], [top, bottom]] = [extent("x"), extent("y")];
      // a strip that is all but covered has room for something too
      const high = Math.max(container.clientHeight - room, container.clientHeight / 2, 1);
      const scale = Math.min(
        (container.clientWidth - Math.min(160, container.clientWidth / 6)) / (right - left || 1),
        high / (bottom - top || 1),
        most,
      );
      return { position: { x: (left + right) / 2, y: (top + bottom) / 2 }, scale };
    }

    const whole = () => frame([...nodes.keys()], 1.6, ROOM_OF_ALL);

    function fit(animated) {
      const all = whole();
      if (!all) return;
      scene.whole = all.scale;
      move(all, animated);
    }

    function refresh() {
      scene.palette = cg.readPalette(document.documentElement);
      ground = cg.regionPicture(scene.regions, scene.palette.regions);
      dress();
      forget();
      redraw();
    }

    return {
      network,
      fit: () => fit(true),
      zoom,
      /** Bring entities into view, with some of what surrounds them. */
      focus: (ids, animated = true) => {
        const target = frame(ids, Math.max(0.95, Math.min(network.getScale(), 1.4)));
        if (target) move(target, animated);
      },
      light: (seen, options) => {
        scene.lit = seen && {
          nodes: new Set([...seen.nodes].filter((id) => nodes.has(id))),
          edges: seen.edges,
        };
        scene.lights += 1;
        const veiled = scene.veil;
        scene.veil = options.veil;
        scene.hovered = options.hovered ?? null;
        scene.selected = options.selected ?? null;
        if (veiled !== scene.veil) forget();
        redraw();
      },
      /** After a change of language, theme, colouring, sizes or tints. */
      refresh,
      /** Draw another map in place of this one, seen from where one is. */
      renew: (next, drawn) => {
        [map, drawing] = [next, drawn];
        place();
        scene.whole = whole()?.scale ?? scene.whole;
        Object.assign(scene, { lit: null, hovered: null, selected: null });
        names = cg.nameWriter(scene);
        refresh();
      },
      /** The map's entities as they are drawn now, in its order: [x, y, size]. */
      places: () => [...nodes.values()].map(({ x, y, size }) => [x, y, size]),
      open: () => {
        network.setSize("100%", "100%");
        fit(false);
        // all of it on a narrow screen would be too small to read
        if (container.clientWidth < NARROW) move({ scale: scene.whole * 1.8 }, false);
        opened = true;
        redraw();
      },
      /** The boxes of the names, in pixels from the corner of the picture, each with its entity's id and rank. */
      labels: () => names.boxesAt(viewNow()),
      /** Where an entity is drawn, in pixels from the corner of the picture. */
      placeOf: (id) => network.canvasToDOM(nodes.get(id)),
      /** What lies at a point, in pixels from the corner of the picture: [view, id], or null. */
      at: (point) => hitAt(point, "mouse"),
      /** What is seen now, as plain records. */
      drawn: () => {
        const view = viewNow();
        return {
          view,
          washes: cg.washes(scene.regions, scene.palette.regions),
          titles: cg.titlesIn(scene, view),
          faint: cg.faintLayer(scene, view),
          veil: scene.lit ? scene.veil : 0,
          bright: cg.brightLayer(scene, view),
          rings: cg.ringsIn(scene, view),
          sayings: names.sayingsAt(view),
          labels: names.labelsAt(view),
          palette: scene.palette,
        };
      },
    };
  };
})((globalThis.conceptgraph ??= {}));
