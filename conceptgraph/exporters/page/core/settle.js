"use strict";
// A map that takes the place of another: what both have keeps its place, and what was found of it.
((cg) => {
  // How much paper an entity keeps free around its circle, as in layout.py.
  const MARGIN = 8.5;
  const ROW = 56;
  // So many newcomers find a place in any picture; more than a share of the others make it another picture.
  const FEW = 20;
  const SHARE = 0.25;
  const GOLDEN = Math.PI * (3 - Math.sqrt(5));

  const middle = (points) => [0, 1].map((axis) => points.reduce((sum, point) => sum + point[axis], 0) / points.length);

  /** The value that most have, the least of those that as many have; null where there is none. */
  function most(values) {
    const counts = cg.tally(
      values.filter((value) => value !== null),
      (value) => value,
    );
    return [...counts].sort(([a, one], [b, two]) => two - one || a - b)[0]?.[0] ?? null;
  }

  /** The free place for a circle that is nearest to where it would like to be, along a spiral. */
  function freePlace([x, y], size, circles) {
    for (let turn = 0; ; turn += 1) {
      const far = 9 * Math.sqrt(turn);
      const [cx, cy] = [x + far * Math.cos(turn * GOLDEN), y + far * Math.sin(turn * GOLDEN)];
      const free = circles.every(([ox, oy, other]) => Math.hypot(ox - cx, oy - cy) >= size + other + 2 * MARGIN);
      if (free) return [cx, cy];
    }
  }

  /**
   * How `next` is drawn where `old` was, with `places`, [x, y, size] of each of its entities: {nodes, bends}; null where
   * too much is new. What is new stands among what it is related to, in the region of most of it; `next` learns of it.
   */
  cg.settled = (old, places, next, { sizes, bends }) => {
    const before = new Map([...old.entities.keys()].map((id, index) => [id, places[index]]));
    const ids = [...next.entities.keys()];
    const sizeOf = new Map(ids.map((id, index) => [id, sizes[index]]));
    let waiting = ids.filter((id) => !before.has(id));
    const kept = ids.length - waiting.length;
    if (ids.length && (!kept || waiting.length > Math.max(FEW, SHARE * kept))) return null;
    const nodes = new Map();
    for (const id of ids) {
      if (!before.has(id)) continue;
      const [x, y] = before.get(id);
      nodes.set(id, [x, y, sizeOf.get(id)]);
      next.entities.get(id).region = old.entities.get(id).region;
    }
    const isText = (id) => Boolean(next.kinds.get(next.entities.get(id).kind)?.outline);
    const around = (id) =>
      next.incident
        .get(id)
        .map(({ subject, object }) => (subject === id ? object : subject))
        .filter((other) => nodes.has(other) && !isText(other));
    while (waiting.length) {
      const related = waiting.filter((id) => !isText(id) && around(id).length);
      const below = Math.max(0, ...[...nodes.values()].map(([, y]) => y)) + ROW;
      // where none of them is related to what stands, one is put below it all, and others may follow it
      for (const id of related.length ? related : waiting.slice(0, 1)) {
        const others = related.length ? around(id) : [];
        const wanted = others.length ? middle(others.map((other) => nodes.get(other))) : [0, below];
        const size = sizeOf.get(id);
        nodes.set(id, [...freePlace(wanted, size, [...nodes.values()]), size]);
        next.entities.get(id).region = most(others.map((other) => next.entities.get(other).region));
      }
      waiting = waiting.filter((id) => !nodes.has(id));
    }
    return { nodes: ids.map((id) => nodes.get(id)), bends };
  };

  /** Let `next` have the measures and answers of `old` until its own are known. */
  cg.carried = (old, next) => {
    const numbers = new Map(next.relations.map(({ key }, index) => [key, index]));
    const answers = new Map(old.questions.map(({ id, answer }) => [id, answer]));
    const known = (id) => next.entities.has(id);
    next.measures = new Map(
      [...old.measures].map(([id, measure]) => [
        id,
        { ...measure, values: new Map([...measure.values].filter(([entity]) => known(entity))) },
      ]),
    );
    for (const question of next.questions) {
      const answer = answers.get(question.id);
      question.answer = answer && {
        ...answer,
        relations: answer.relations?.map((index) => numbers.get(old.relations[index].key)).filter((at) => at !== undefined),
        chains: answer.chains?.filter((chain) => chain.every(known)),
        ranks: answer.ranks?.filter(([id]) => known(id)),
      };
    }
    return next;
  };

  /** Let a map have the measures and answers that were found of it. */
  cg.completed = (map, { answers, measures }) => {
    map.measures = cg.readMeasures({ measures, entities: [...map.entities.values()] });
    for (const question of map.questions) question.answer = answers[question.id] ?? null;
    return map;
  };
})((globalThis.conceptgraph ??= {}));
