"use strict";
// Chains of argued relations between two entities, or two sets of them: the search of paths.py, step for step, so that
// page and command line give the same chains in the same order.
((cg) => {
  const STEP = 100;
  const BOOKKEEPING = 100;
  const DOUBTFUL = 40;
  const HUB = 8;
  const WORK = 3_000_000;
  const CHOICES = 20_000;

  const union = (sets) => new Set(sets.flatMap((set) => [...set]));
  const pairs = (list) => list.slice(1).map((item, index) => [list[index], item]);

  // --- a step, and what it stands on

  function stepOf(start, end, relations) {
    const citations = relations.flatMap((relation) => relation.citations);
    const modalities = citations.map((citation) => citation.modality);
    return {
      start,
      end,
      relations,
      holders: union(citations.map(cg.holders)),
      contested: relations.every((relation) => relation.status === "contested"),
      inferred: citations.every((citation) => citation.inferred),
      modality: modalities.includes("asserted") ? null : (modalities[0] ?? null),
    };
  }

  const doubts = (step) => 4 * Number(step.contested) + 2 * Number(step.inferred) + Number(step.modality !== null);

  function pathOf(steps) {
    const gravest = Math.max(...steps.map(doubts));
    return {
      steps,
      entities: [steps[0].start, ...steps.map((step) => step.end)],
      /** The fewest voices that together hold every step; one, where somebody argues the whole chain. */
      voices: voicesOf(steps),
      /** The index of the step with the gravest doubts; null where no step has any. */
      weakest: gravest ? steps.map(doubts).indexOf(gravest) : null,
    };
  }

  // a voice without a name stands for nobody else's
  function voicesOf(steps) {
    const needed = steps.map(({ holders }, index) => {
      const known = [...holders].filter((id) => id !== "unattributed");
      return new Set(known.length ? known : [`unattributed ${index}`]);
    });
    return fewest(needed).map((voice) => voice.split(" ")[0]);
  }

  /** The choices of so many of a list, in the order of the list. */
  function* combinations(list, count, from = 0) {
    if (!count) yield [];
    else
      for (let at = from; at <= list.length - count; at += 1)
        for (const rest of combinations(list, count - 1, at + 1)) yield [list[at], ...rest];
  }

  /** The fewest members that meet every set, the first such by name; of very many choices, few rather than fewest. */
  function fewest(needed) {
    const alone = new Set(needed.filter((each) => each.size === 1).map(([only]) => only));
    const meets = (each, choice) => choice.some((one) => each.has(one));
    let open = needed.filter((each) => !meets(each, [...alone]));
    const everybody = [...union(open)].sort();
    let tried = 0;
    for (let count = 0; count <= open.length; count += 1)
      for (const choice of combinations(everybody, count)) {
        tried += 1;
        if (tried > CHOICES) break;
        if (open.every((each) => meets(each, choice))) return [...alone, ...choice].sort();
      }
    while (open.length) {
      const holding = everybody.map((one) => open.filter((each) => each.has(one)).length);
      const best = everybody[holding.indexOf(Math.max(...holding))];
      alone.add(best);
      open = open.filter((each) => !each.has(best));
    }
    return [...alone].sort();
  }

  // --- the entities and the steps between them that a search may take

  /** `after` has for each entity those that a step leads to, each with the relations between the two; `before` back. */
  function webOf(map, { selection, directed, avoid }, named) {
    const shut = new Set(avoid);
    for (const entity of map.entities.values())
      if (map.kinds.get(entity.kind)?.outline && !named.has(entity.id)) shut.add(entity.id);
    const after = new Map();
    const before = directed ? new Map() : after;
    const under = (web, id) => web.get(id) ?? web.set(id, new Map()).get(id);
    function link(one, other, relation) {
      if (!under(after, one).has(other)) {
        // walked both ways, this is one list that is found from either end
        const between = [];
        after.get(one).set(other, between);
        under(before, other).set(one, between);
      }
      after.get(one).get(other).push(relation);
    }
    for (const relation of cg.selected(map, selection)) {
      const { subject, predicate, object } = relation;
      if (shut.has(subject) || shut.has(object) || subject === object) continue;
      link(subject, object, relation);
      if (directed && map.predicates.get(predicate).symmetric) link(object, subject, relation);
    }
    const hubs = new Map();
    for (const id of new Set([...after.keys(), ...before.keys()])) {
      const count = new Set([...(after.get(id)?.keys() ?? []), ...(before.get(id)?.keys() ?? [])]).size;
      if (count > HUB) hubs.set(id, Math.round((STEP / 2) * Math.log2(count / HUB)));
    }
    const weights = new Map();
    /** What a step weighs, whatever it leads into. */
    function step(one, other) {
      const relations = after.get(one).get(other);
      // walked both ways, one list weighs the same
      if (!weights.has(relations)) {
        const { inferred, contested } = stepOf(one, other, relations);
        const bookkeeping = relations.every((relation) => map.predicates.get(relation.predicate).bookkeeping);
        const doubtful = Number(inferred) + Number(contested);
        weights.set(relations, STEP + BOOKKEEPING * Number(bookkeeping) + DOUBTFUL * doubtful);
      }
      return weights.get(relations);
    }
    return {
      after,
      before,
      hubs,
      step,
      /** What the beginning of a chain weighs, that into its last entity included. */
      weight: (root) => pairs(root).reduce((sum, [one, other]) => sum + step(one, other) + (hubs.get(other) ?? 0), 0),
      path: (ids) => pathOf(pairs(ids).map(([one, other]) => stepOf(one, other, after.get(one).get(other)))),
    };
  }

  // --- the search

  const GIVEN_UP = Symbol("given up");

  /** The lightest chains from any start to any end; the entities between them are neither. */
  function searchOf(web, from, to, maxLength, work) {
    const starts = new Set([...from].filter((id) => web.after.has(id) || web.before.has(id)).sort());
    const ends = new Set(to);
    // the weight of the way to an end from where it is known; from anywhere else it is at least as much as `far`
    const left = new Map();
    const far = walkBack();
    let looked = 0;
    let turn = 0;

    // what is asked for is no shortcut, however many neighbours it has
    function entering(id) {
      return ends.has(id) || starts.has(id) ? 0 : (web.hubs.get(id) ?? 0);
    }

    /** Weigh the ways to the nearest end, until a start is reached. */
    function walkBack() {
      const heap = cg.heap();
      for (const id of ends) heap.push([0, id]);
      for (let next = heap.pop(); next; next = heap.pop()) {
        const [weight, id] = next.key;
        if (left.has(id)) continue;
        left.set(id, weight);
        if (starts.has(id)) return weight;
        for (const other of web.before.get(id)?.keys() ?? [])
          if (!left.has(other)) heap.push([weight + entering(id) + web.step(other, id), other]);
      }
      return Infinity;
    }

    /** The ways on from an entity, one step long; from nowhere, to the starts. */
    function labels(id, weight, steps, closed, behind) {
      if (maxLength !== null && steps > maxLength) return [];
      const found = [];
      for (const other of id === null ? starts : (web.after.get(id)?.keys() ?? [])) {
        if (closed.has(other)) continue;
        looked += 1;
        if (looked > work) throw GIVEN_UP;
        const rest = left.get(other) ?? far;
        const total = id === null ? weight : weight + web.step(id, other) + entering(other);
        if (rest < Infinity) {
          const least = total + rest;
          found.push({ key: [least, rest, turn], least, id: other, weight: total, steps, behind });
          turn += 1;
        }
      }
      return found;
    }

    function onward(root, barred) {
      if (!root.length) return labels(null, 0, 0, barred, null);
      const closed = new Set([...root, ...starts, ...barred]);
      return labels(root.at(-1), web.weight(root), root.length, closed, null);
    }

    function way(label) {
      const ids = [];
      for (let at = label; at; at = at.behind) ids.unshift(at.id);
      return ids;
    }

    /** The chains that begin with `root` and do not go on to any of `barred` wait with the least that they can weigh. */
    function wait(parts, root, barred) {
      const least = onward(root, barred).reduce((known, label) => Math.min(known, label.least), Infinity);
      if (least === Infinity) return;
      parts.push([least, turn], { root, barred, lightest: null });
      turn += 1;
    }

    /** Put a part back with its lightest chain, if it has any. */
    function search(parts, part) {
      const closed = new Set([...part.root, ...starts]);
      // a way of more weight is of use only where the length is bounded, and it takes fewer steps
      const fewestSteps = new Map();
      const heap = cg.heap();
      for (const label of onward(part.root, part.barred)) heap.push(label.key, label);
      for (let next = heap.pop(); next; next = heap.pop()) {
        const label = next.value;
        if (label.steps >= (fewestSteps.get(label.id) ?? Infinity)) continue;
        if (ends.has(label.id)) {
          // in front of what waits with as much: else all chains of one weight would be sought before the first
          parts.push([label.least, -turn], { ...part, lightest: [...part.root, ...way(label)] });
          turn += 1;
          return;
        }
        fewestSteps.set(label.id, maxLength === null ? 0 : label.steps);
        for (const further of labels(label.id, label.weight, label.steps + 1, closed, label))
          heap.push(further.key, further);
      }
    }

    /** Chains that begin with some root, by weight. The lightest of a part splits the rest into parts that share none. */
    return function* chains(roots) {
      const parts = cg.heap();
      for (const root of roots) wait(parts, root, new Set());
      for (let next = parts.pop(); next; next = parts.pop()) {
        const part = next.value;
        if (part.lightest === null) {
          search(parts, part);
          continue;
        }
        yield part.lightest;
        for (let length = part.root.length; length < part.lightest.length; length += 1) {
          const barred = length === part.root.length ? part.barred : [];
          wait(parts, part.lightest.slice(0, length), new Set([...barred, part.lightest[length]]));
        }
      }
    };
  }

  /** So many of what is generated at most, and whether the search was given up before. */
  function taken(generated, count) {
    const found = [];
    try {
      while (found.length < count) {
        const { value, done } = generated.next();
        if (done) break;
        found.push(value);
      }
    } catch (error) {
      if (error !== GIVEN_UP) throw error;
      return { found, cut: true };
    }
    return { found, cut: false };
  }

  /** What a question is taken to ask where it does not say it. */
  cg.plainQuestion = () => ({
    starts: [],
    ends: [],
    count: 3,
    directed: false,
    maxLength: null,
    avoid: [],
    through: [],
    selection: {},
  });

  /**
   * The shortest chains of a question, {paths, cut}: by weight, at most `count` of them; `cut` says that the search was
   * given up, so that there may be more. A path is {steps, entities, voices, weakest}; a step, walked from its `start`
   * to its `end`, has the `relations` between the two and what they stand on. What is short, and through what chains do
   * not run, is told in paths.py.
   */
  cg.shortestPaths = (map, asked, work = WORK) => {
    const question = { ...cg.plainQuestion(), ...asked };
    const { count, maxLength, through } = question;
    const starts = new Set(question.starts);
    const ends = new Set(question.ends.filter((id) => !starts.has(id)));
    const web = webOf(map, question, new Set([...starts, ...ends, ...through]));
    const stops = [starts, ...through.map((id) => new Set([id])), ends];
    const same = (one, other) => other && one.size === other.size && [...one].every((id) => other.has(id));
    const legs = pairs(stops.filter((stop, index) => !same(stop, stops[index - 1])));
    let chains = [[]];
    let cut = false;
    legs.forEach(([from, to], index) => {
      const ahead = legs.length - 1 - index;
      const search = searchOf(web, from, to, maxLength === null ? null : maxLength - ahead, work);
      const result = taken(search(chains), ahead ? Math.max(4 * count, 12) : count);
      chains = result.found;
      cut ||= result.cut;
    });
    return { paths: chains.map(web.path), cut };
  };

  /**
   * Why there is no chain, {path, cut, reached}: the chain that there would be without any limit, null where nothing
   * connects the two at all; the indices of its steps that the limits do not allow; how far it can be walked.
   */
  cg.obstacle = (map, asked) => {
    const { starts, ends, ...limits } = { ...cg.plainQuestion(), ...asked };
    const [path] = cg.shortestPaths(map, { starts, ends, count: 1 }).paths;
    if (!path) return { path: null, cut: [], reached: [...starts].sort()[0] ?? "" };
    const web = webOf(map, limits, new Set(starts));
    const allowed = ({ start, end }) => web.after.get(start)?.has(end) ?? false;
    const cut = path.steps.flatMap((step, index) => (allowed(step) ? [] : [index]));
    return { path, cut, reached: cut.length ? path.steps[cut[0]].start : path.steps.at(-1).end };
  };
})((globalThis.conceptgraph ??= {}));
