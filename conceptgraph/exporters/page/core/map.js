"use strict";
// The payload as records that know each other.
((cg) => {
  const PLAIN = {
    by: null,
    via: [],
    denied: false,
    stance: "endorses",
    modality: "asserted",
    condition: {},
    inferred: false,
    note: {},
  };

  const byId = (records) => new Map(records.map((record) => [record.id, record]));

  /** "3:12:5" as "file:12:5". */
  const origin = (files, place) => place && files[parseInt(place, 10)] + place.slice(place.indexOf(":"));

  function readRelation(record, predicates, files, passages) {
    const citations = record.citations.map((said) => ({
      ...PLAIN,
      ...said,
      by: said.by ?? [said.source],
      origin: origin(files, said.origin),
      passage: passages[said.passage] ?? null,
    }));
    return {
      ...record,
      key: `${record.subject}~${record.predicate}~${record.object}`,
      family: predicates.get(record.predicate).family,
      citations,
      sources: new Set(citations.map((citation) => citation.source)),
    };
  }

  /** The map: every record by id, and for each entity its relations, its texts and how much is said of it. */
  cg.readMap = (data) => {
    const predicates = byId(data.predicates);
    const entities = byId(
      data.entities.map((record) => ({
        aliases: {},
        definition: {},
        note: {},
        sections: [],
        region: null,
        ...record,
        origin: origin(data.files, record.origin),
      })),
    );
    const relations = data.relations.map((record) => readRelation(record, predicates, data.files, data.passages ?? []));
    const incident = new Map([...entities.keys()].map((id) => [id, []]));
    for (const relation of relations) {
      incident.get(relation.subject).push(relation);
      if (relation.object !== relation.subject) incident.get(relation.object).push(relation);
    }
    const kinds = byId(data.kinds);
    const map = {
      words: data.words,
      kinds,
      families: byId(data.families),
      predicates,
      entities,
      relations,
      relation: new Map(relations.map((relation) => [relation.key, relation])),
      incident,
      questions: data.questions.map((question) => ({ ...question, answer: data.answers?.[question.id] ?? null })),
      coverage: data.coverage ?? {},
      search: data.search,
      bibliography: data.bibliography ?? {},
      measures: cg.readMeasures(data),
      comparisons: data.comparisons ?? [],
      essays: data.entities.filter((e) => kinds.get(e.kind)?.outline && e.sections?.length).map((e) => e.id),
    };
    for (const entity of entities.values()) entity.witness = witness(map, entity);
    for (const relation of relations) {
      relation.witness = among(map, relation.sources);
      for (const citation of relation.citations) citation.basis = basis(map, citation);
    }
    return map;
  };

  /** Which of the essays speak of an entity: the id of the only one, "both" or "neither". */
  function witness(map, entity) {
    if (map.essays.includes(entity.id)) return entity.id;
    return among(map, new Set(map.incident.get(entity.id).flatMap((relation) => [...relation.sources])));
  }

  /** What a citation rests on: what a text says, what follows from it, or what is known without the texts. */
  const basis = (map, { source, inferred }) =>
    map.essays.includes(source) ? (inferred ? "inferred" : "said") : "background";

  function among(map, sources) {
    const found = map.essays.filter((id) => sources.has(id));
    return found.length > 1 ? "both" : (found[0] ?? "neither");
  }

  cg.degree = (map, id) => map.incident.get(id).length;

  /** Entities from the most to the least related; texts last, whose relations are bookkeeping. */
  cg.byImportance = (map) => {
    const text = (entity) => (map.kinds.get(entity.kind)?.outline ? 1 : 0);
    return [...map.entities.values()].sort(
      (a, b) => text(a) - text(b) || cg.degree(map, b.id) - cg.degree(map, a.id) || (a.id < b.id ? -1 : 1),
    );
  };

  /** How many records fall under each value, from a function that names the value of a record. */
  cg.tally = (records, valueOf) => {
    const counts = new Map();
    for (const record of records) counts.set(valueOf(record), (counts.get(valueOf(record)) ?? 0) + 1);
    return counts;
  };

  /** The relations that a section argues, in the order in which the data lists their citations. */
  cg.inSection = (map, source, section) => {
    const found = [];
    for (const relation of map.relations) {
      for (const citation of relation.citations) {
        if (citation.source === source && citation.section === section) found.push({ relation, citation });
      }
    }
    const place = ({ citation }) => {
      const [, file, line, column] = /^(.*):(\d+):(\d+)$/.exec(citation.origin ?? "") ?? [null, "", 0, 0];
      return [file, Number(line), Number(column)];
    };
    return found
      .map((item) => ({ ...item, at: place(item) }))
      .sort((a, b) => (a.at[0] < b.at[0] ? -1 : a.at[0] > b.at[0] ? 1 : a.at[1] - b.at[1] || a.at[2] - b.at[2]));
  };
})((globalThis.conceptgraph ??= {}));
