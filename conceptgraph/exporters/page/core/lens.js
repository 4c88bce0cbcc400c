"use strict";
// What the reader asked to see: values of a few facets. Within a facet any value will do, across facets all must.
((cg) => {
  cg.FACETS = ["witness", "kind", "family", "status"];

  cg.emptyLens = () => Object.fromEntries(cg.FACETS.map((facet) => [facet, new Set()]));

  cg.isEmpty = (lens) => cg.FACETS.every((facet) => !lens[facet].size);

  const passes = (chosen, value) => !chosen.size || chosen.has(value);

  /** The ids of the entities and the keys of the relations that the lens shows; null when it shows all. */
  cg.seenThrough = (map, lens) => {
    if (cg.isEmpty(lens)) return null;
    const fits = (id) => {
      const entity = map.entities.get(id);
      return passes(lens.kind, entity.kind) && passes(lens.witness, entity.witness);
    };
    const asksForLines = lens.family.size > 0 || lens.status.size > 0;
    const nodes = new Set();
    const edges = new Set();
    if (!asksForLines) for (const id of map.entities.keys()) if (fits(id)) nodes.add(id);
    for (const relation of map.relations) {
      if (!passes(lens.family, relation.family) || !passes(lens.status, relation.status)) continue;
      if (asksForLines) {
        if (!passes(lens.witness, relation.witness)) continue;
        if (
          lens.kind.size &&
          ![relation.subject, relation.object].some((id) => lens.kind.has(map.entities.get(id).kind))
        ) {
          continue;
        }
        nodes.add(relation.subject).add(relation.object);
        edges.add(relation.key);
      } else if (nodes.has(relation.subject) && nodes.has(relation.object)) {
        edges.add(relation.key);
      }
    }
    return { nodes, edges };
  };

  /** Some relations with their ends, as a view lights them. */
  cg.lightOf = (relations, marked = null) => ({
    nodes: new Set(relations.flatMap((relation) => [relation.subject, relation.object])),
    edges: new Set(relations.map((relation) => relation.key)),
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
