"use strict";
// The long lists of the payload, out of the tables in which the file holds them.
((cg) => {
  const records = ({ names, rows }) =>
    rows.map((row) => {
      const record = {};
      for (let i = 0; i < row.length; i += 1) if (row[i] !== null) record[names[i]] = row[i];
      return record;
    });

  /** The payload with entities, relations and their citations as records. */
  cg.unpacked = ({ citations, ...data }) => {
    const entities = records(data.entities);
    const said = records(citations);
    let next = 0;
    const relations = records(data.relations).map(
      ({ subject, predicate, object, citations: count, status = "held" }) => ({
        subject: entities[subject].id,
        predicate: data.predicates[predicate].id,
        object: entities[object].id,
        status,
        citations: said.slice(next, (next += count)),
      }),
    );
    return { ...data, entities, relations };
  };
})((globalThis.conceptgraph ??= {}));
