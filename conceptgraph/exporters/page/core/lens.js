"use strict";
// What the reader asked to see: values of a few facets. Within a facet any value will do, across facets all must.
((cg) => {
  const ENTITIES = { witness: (entity) => entity.witness, kind: (entity) => entity.kind };
  const RELATIONS = { family: (relation) => relation.family, status: (relation) => relation.status };
  const CITATIONS = {
    section: (citation) => sectionsOf(citation),
    voice: (citation) => [...citation.by, ...citation.via, ...cg.holders(citation)],
    stance: (citation) => [citation.stance],
    modality: (citation) => [citation.modality],
    basis: (citation) => [citation.basis],
  };
  /** The section of a citation with those above it: `essay/3.1`, `essay/3`. */
  function sectionsOf({ source, section }) {
    const numbers = section ? section.split(".") : [];
    return numbers.map((_, i) => `${source}/${numbers.slice(0, i + 1).join(".")}`);
  }

  const OF_LINES = [...Object.keys(RELATIONS), ...Object.keys(CITATIONS)];

  cg.FACETS = [...Object.keys(ENTITIES), ...OF_LINES];

  cg.emptyLens = () => Object.fromEntries(cg.FACETS.map((facet) => [facet, new Set()]));

  cg.isEmpty = (lens) => cg.FACETS.every((facet) => !lens[facet].size);

  const fits = (chosen, value) => !chosen.size || chosen.has(value);
  const asked = (chosen) => (chosen.size ? chosen : null);

  /** The selection that a lens makes among relations; unlike a question's, it takes denied ones in. */
  cg.selectionOf = (map, lens) => ({
    predicate: lens.family.size
      ? new Set([...map.predicates.values()].filter(({ family }) => lens.family.has(family)).map(({ id }) => id))
      : null,
    status: asked(lens.status) ?? new Set(["held", "contested", "denied"]),
    in: asked(lens.section),
    by: asked(lens.voice),
    stance: asked(lens.stance),
    modality: asked(lens.modality),
    basis: asked(lens.basis),
  });

  /**
   * The entities up to `depth` steps away from one along some relations, by their keys, and itself. As in the command
   * line's `neighbors`, nothing is reached through what is denied, nor through a text.
   */
  cg.near = (map, { id, depth }, keys) => {
    const near = new Set([id]);
    const reached = new Set([id]);
    let edge = [id];
    for (let step = 0; step < depth; step += 1) {
      const next = [];
      for (const start of edge) {
        for (const relation of map.incident.get(start)) {
          if (!keys.has(relation.key)) continue;
          const end = relation.subject === start ? relation.object : relation.subject;
          near.add(end);
          const text = map.kinds.get(map.entities.get(end).kind)?.outline;
          if (text || relation.status === "denied" || reached.has(end)) continue;
          reached.add(end);
          next.push(end);
        }
      }
      edge = next;
    }
    return near;
  };

  const keysOf = (relations) => new Set(relations.map((relation) => relation.key));

  /**
   * What a look shows: entities, and relations with the citations that do what is asked. Where it asks for lines,
   * entities are but their ends.
   */
  function through(map, { lens, around }, asksForLines) {
    const lines = cg.selected(map, cg.selectionOf(map, lens));
    const centre = map.entities.has(around?.id) ? around.id : null;
    const near = centre ? cg.near(map, around, keysOf(lines)) : map.entities;
    const suits = (id) =>
      near.has(id) &&
      (id === centre || Object.entries(ENTITIES).every(([facet, of]) => fits(lens[facet], of(map.entities.get(id)))));
    const suited = (relation) => {
      const ends = [relation.subject, relation.object];
      if (!asksForLines) return ends.every(suits);
      return (
        ends.every((id) => near.has(id)) &&
        fits(lens.witness, relation.witness) &&
        ends.some((id) => fits(lens.kind, map.entities.get(id).kind))
      );
    };
    const relations = lines.filter(suited);
    const shown = asksForLines
      ? relations.flatMap((relation) => [relation.subject, relation.object])
      : [...map.entities.keys()].filter(suits);
    return { nodes: new Set(centre ? [centre, ...shown] : shown), relations };
  }

  // The counts beside a facet without a choice need what is shown anyway.
  const recent = new WeakMap();
  const KEPT = 12;

  function shownBy(map, { lens, around }, lines) {
    if (!recent.has(map)) recent.set(map, new Map());
    const kept = recent.get(map);
    const name = [cg.formatLook({ ...cg.plainLook(), lens, around }), lines].join();
    if (!kept.has(name)) kept.set(name, through(map, { lens, around }, lines));
    if (kept.size > KEPT) kept.delete(kept.keys().next().value);
    return kept.get(name);
  }

  const asksForLines = (lens) => OF_LINES.some((facet) => lens[facet].size);

  /** The ids of the entities and the keys of the relations that a look shows; null when it shows all. */
  cg.seenThrough = (map, { lens, around }) => {
    if (cg.isEmpty(lens) && !map.entities.has(around?.id)) return null;
    const { nodes, relations } = shownBy(map, { lens, around }, asksForLines(lens));
    return { nodes, edges: keysOf(relations) };
  };

  /** How many of some entities or relations there are for each value of a facet. */
  function countsOf(facet, entities, relations) {
    if (facet in ENTITIES) return cg.tally(entities, ENTITIES[facet]);
    if (facet in RELATIONS) return cg.tally(relations, RELATIONS[facet]);
    const counts = new Map();
    for (const { citations } of relations) {
      for (const value of new Set(citations.flatMap(CITATIONS[facet]))) counts.set(value, (counts.get(value) ?? 0) + 1);
    }
    return counts;
  }

  const known = new WeakMap();

  /** How many entities or relations of the map there are for each value of a facet. */
  cg.totals = (map, facet) => {
    if (!known.has(map)) known.set(map, {});
    return (known.get(map)[facet] ??= countsOf(facet, map.entities.values(), map.relations));
  };

  /** How many entities or relations the other facets leave for each value of one. */
  cg.countsBeside = (map, { lens, around }, facet) => {
    const others = { lens: { ...lens, [facet]: new Set() }, around };
    if (cg.isEmpty(others.lens) && !map.entities.has(around?.id)) return cg.totals(map, facet);
    const { nodes, relations } = shownBy(map, others, facet in ENTITIES ? asksForLines(others.lens) : true);
    const entities = [...nodes].map((id) => map.entities.get(id));
    return countsOf(facet, entities, relations);
  };

  /** Whether the citations of a map differ in a facet. */
  cg.varies = (map, facet) => {
    let first;
    return map.relations.some(({ citations }) =>
      citations.some((citation) => CITATIONS[facet](citation).some((value) => (first ??= value) !== value)),
    );
  };

  /** Some relations with their ends, as a view lights them. */
  cg.lightOf = (relations, marked = null) => ({
    nodes: new Set(relations.flatMap((relation) => [relation.subject, relation.object])),
    edges: keysOf(relations),
    marked,
  });

  /** What of a light is seen through a lens, its marked entities in any case; `seen` is null where all is. */
  cg.within = (lit, seen) => {
    if (!seen) return lit;
    const kept = (ids, known) => new Set([...ids].filter((id) => known.has(id)));
    const nodes = kept(lit.nodes, seen.nodes);
    for (const id of lit.marked ?? []) nodes.add(id);
    return { ...lit, nodes, edges: kept(lit.edges, seen.edges) };
  };

  /** An entity with all it is related to. */
  cg.neighbourhood = (map, id) => {
    const nodes = new Set([id]);
    const edges = new Set();
    for (const relation of map.incident.get(id)) {
      nodes.add(relation.subject).add(relation.object);
      edges.add(relation.key);
    }
    return { nodes, edges };
  };
})((globalThis.conceptgraph ??= {}));
