"use strict";
// A question for chains as the address has it, and as the command line does.
((cg) => {
  // the conditions that list ids, by the names of the command line's long options
  const LISTS = ["through", "avoid", "predicate", "by", "in", "status", "stance", "modality"];
  const REPEATED = ["through", "status", "stance", "modality"];
  const YES = "yes";

  /** The values of the conditions that have but a few. */
  cg.CHOICES = {
    status: ["held", "contested", "denied"],
    stance: ["endorses", "reports", "concedes", "rejects"],
    modality: ["asserted", "hedged", "conditional", "normative", "potential", "appearance"],
  };

  /** What narrows a question for chains down; each is an option of the address. */
  cg.CONDITIONS = ["directed", "max-length", ...LISTS];

  /** The ids of a list as the address has it. */
  cg.listed = (text) => [...new Set((text ?? "").split(/[,，、]/).map((id) => id.trim()))].filter(Boolean);

  const limited = (text, most) => {
    const number = Math.floor(Number(text));
    return number >= 1 ? Math.min(number, most) : null;
  };

  /** The entities of a term: of its id, or, `@theorist`, all of a kind; null where it is neither. */
  function entitiesOf(map, term) {
    if (map.entities.has(term)) return [term];
    const kind = term.startsWith("@") ? map.kinds.get(term.slice(1)) : null;
    return kind ? [...map.entities.values()].filter((entity) => entity.kind === kind.id).map(({ id }) => id) : null;
  }

  /** The ids that a value of a condition stands for; null where it stands for nothing in this map. */
  function meaning(map, name, term) {
    const text = (id) => map.kinds.get(map.entities.get(id)?.kind)?.outline ?? false;
    const section = ([source, id]) => map.entities.get(source)?.sections.some((each) => each.id === id) ?? false;
    if (name === "avoid") return entitiesOf(map, term);
    if (name === "predicate") return cg.predicatesNamed(map, term);
    const known = {
      through: () => map.entities.has(term),
      by: () => map.entities.has(term) || term === "unattributed",
      in: () => text(term) || section(term.split("/", 2)),
    };
    return (known[name]?.() ?? cg.CHOICES[name].includes(term)) ? [term] : null;
  }

  /**
   * The question of an address `a..b` and its options, {terms, options, conditions, question, unknown}: the terms of its
   * two ends, a list each; its options, without those that are no condition; the names of the conditions among them;
   * what `shortestPaths` is asked; and the terms that mean nothing in this map.
   */
  cg.chainsAsked = (map, value, options) => {
    const [from, ...to] = value.split("..");
    const terms = [cg.listed(from), cg.listed(to.join(".."))];
    const given = new Map(LISTS.map((name) => [name, cg.listed(options[name])]));
    const unknown = [];
    const ids = (name, list) =>
      list.flatMap((term) => {
        const found = name === "end" ? entitiesOf(map, term) : meaning(map, name, term);
        if (!found) unknown.push(term);
        return found ?? [];
      });
    const [starts, ends] = terms.map((list) => [...new Set(ids("end", list))]);
    const sets = LISTS.slice(2).filter((name) => given.get(name).length);
    const question = {
      starts,
      ends: ends.filter((id) => !starts.includes(id)),
      count: limited(options.number, 100) ?? 3,
      directed: options.directed === YES,
      maxLength: limited(options["max-length"], Infinity),
      through: ids("through", given.get("through")),
      avoid: ids("avoid", given.get("avoid")),
      selection: Object.fromEntries(sets.map((name) => [name, new Set(ids(name, given.get(name)))])),
    };
    const set = { directed: question.directed, "max-length": question.maxLength };
    const conditions = cg.CONDITIONS.filter((name) => set[name] ?? given.get(name)?.length);
    return { terms, options, conditions, question, unknown };
  };

  /** The names of the conditions each of which, if it alone were dropped, would leave a chain. */
  cg.liftable = (map, value, options, conditions) =>
    conditions.filter((name) => {
      const { [name]: _, ...others } = options;
      const { question } = cg.chainsAsked(map, value, others);
      return cg.shortestPaths(map, { ...question, count: 1 }).paths.length;
    });

  const quoted = (text) => (/^[\w@%+:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`);

  /** What to type in a terminal to ask the same. */
  cg.commandLine = (map, { terms, options, conditions, question }) => {
    // a text stands back for a concept of its name, unless its kind is said
    const term = (id) => {
      const { kind } = map.entities.get(id) ?? {};
      return map.kinds.get(kind)?.outline ? `${kind}:${id}` : id;
    };
    const words = ["conceptgraph", "path", ...terms.map((list) => list.map(term).join(","))];
    if (question.count !== 3) words.push("-n", String(question.count));
    for (const name of conditions) {
      if (name === "directed") words.push("--directed");
      else if (name === "max-length") words.push("--max-length", String(question.maxLength));
      else {
        const list = cg.listed(options[name]).map(name === "avoid" || name === "through" ? term : (id) => id);
        for (const value of REPEATED.includes(name) ? list : [list.join(",")]) words.push(`--${name}`, value);
      }
    }
    return words.map(quoted).join(" ");
  };
})((globalThis.conceptgraph ??= {}));
