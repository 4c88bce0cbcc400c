"use strict";
// How central entities are: the measures of the command line, as rankings, sizes and shades.
((cg) => {
  /** The measures by id, each with its values by the id of an entity; texts have none. */
  cg.readMeasures = (data) =>
    new Map(
      (data.measures ?? []).map(({ values, ...measure }) => [
        measure.id,
        {
          ...measure,
          values: new Map(
            data.entities.map((entity, i) => [entity.id, values[i]]).filter(([, value]) => value !== null),
          ),
        },
      ]),
    );

  /** Entities by a measure as {place, id, value}, the most central first; equal values share a place. */
  cg.ranking = ({ values }) => {
    const ranks = [...values]
      .map(([id, value]) => ({ place: 1, id, value }))
      .sort((a, b) => b.value - a.value || (a.id < b.id ? -1 : 1));
    ranks.forEach((rank, i) => {
      if (i) rank.place = rank.value === ranks[i - 1].value ? ranks[i - 1].place : i + 1;
    });
    return ranks;
  };

  // Values are so unlike from measure to measure that places part them better than equal steps would.
  const SHARES = [0.02, 0.08, 0.22, 0.5, 1];

  /** A ranking parted into shades, the most central first: {shade, from, to, ids}, the darkest shade being 5. */
  cg.shades = (measure) => {
    const ranks = cg.ranking(measure);
    const shadeOf = ({ place, value }) =>
      value > 0 ? SHARES.length - SHARES.findIndex((share) => place <= Math.max(1, share * ranks.length)) : 1;
    const shades = new Map();
    for (const rank of ranks) {
      const shade = shadeOf(rank);
      const known = shades.get(shade) ?? { shade, to: rank.value, ids: [] };
      known.from = rank.value;
      known.ids.push(rank.id);
      shades.set(shade, known);
    }
    return [...shades.values()];
  };

  const LEAST = 3;
  const MOST = 25;

  /** How large each entity is drawn by a measure: the area beyond the least grows with the value. */
  cg.radii = ({ values }) => {
    const positive = [...values.values()].filter((value) => value > 0);
    const [low, high] = [Math.min(...positive), Math.max(...positive)];
    const share = (value) => (value <= 0 ? 0 : high > low ? (value - low) / (high - low) : 1);
    return new Map([...values].map(([id, value]) => [id, LEAST + (MOST - LEAST) * Math.sqrt(share(value))]));
  };
})((globalThis.conceptgraph ??= {}));
