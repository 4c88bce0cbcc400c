"use strict";
// Which relations a question is about, as on the command line: by predicate, voice, place, status, stance, modality.
((cg) => {
  const GOES_ALONG = ["endorses", "concedes"];

  /** Who says in a citation that the relation holds: the voice, and the source where it goes along with it. */
  cg.holders = (citation) => {
    const { by, source, stance, denied } = citation;
    const mine = GOES_ALONG.includes(stance) ? [...by, source] : by.filter((id) => stance !== "rejects" || id !== source);
    const theirs = stance === "rejects" ? [source] : [];
    return new Set(denied ? theirs : mine);
  };

  /** Whether a citation stands in a text, or in a section or one below it: 3.1 is within `alienation/3`. */
  cg.isWithin = ({ source, section }, place) =>
    source === place || `${section ? `${source}/${section}` : source}.`.startsWith(`${place}.`);

  const letsIn = ({ by, in: places, stance, modality, basis }) => (citation) =>
    (!by || [...citation.by, ...citation.via, ...cg.holders(citation)].some((id) => by.has(id))) &&
    (!places || [...places].some((place) => cg.isWithin(citation, place))) &&
    (!stance || stance.has(citation.stance)) &&
    (!modality || modality.has(citation.modality)) &&
    (!basis || basis.has(citation.basis));

  /**
   * The relations that a selection lets in, each with those of its citations that it lets in, in the order of the map.
   * A selection has a set of ids under some of `predicate`, `by`, `in`, `status`, `stance` and `modality`, or of what
   * citations rest on under `basis`; what it has not, lets in everything, but without `status` only what somebody holds.
   */
  cg.selected = (map, selection) => {
    const statuses = selection.status ?? new Set(["held", "contested"]);
    return map.relations.flatMap((relation) => {
      if (!statuses.has(relation.status) || (selection.predicate && !selection.predicate.has(relation.predicate))) return [];
      const citations = relation.citations.filter(letsIn(selection));
      if (!citations.length) return [];
      return [citations.length === relation.citations.length ? relation : { ...relation, citations }];
    });
  };

  /** The ids of the predicates that are named, or whose family is; null where a name is neither's. */
  cg.predicatesNamed = (map, name) => {
    if (map.predicates.has(name)) return [name];
    if (!map.families.has(name)) return null;
    return [...map.predicates.values()].filter(({ family }) => family === name).map(({ id }) => id);
  };
})((globalThis.conceptgraph ??= {}));
