"use strict";
// An excerpt: what is being read, as plain records that can be taken away in any form.
((cg) => {
  const UNSAFE = /[^\p{L}\p{M}\p{N}]+/gu;
  const LONGEST = 40;

  /** A name of a file that says what is in it, and that every system takes. */
  cg.fileName = (title, suffix) => {
    const safe = [...title.normalize("NFC").replace(UNSAFE, "-")].slice(0, LONGEST).join("");
    return ["conceptgraph", safe.replace(/^-+|-+$/g, "")].filter(Boolean).join("-") + suffix;
  };

  /**
   * Relations by their families, in the order of the families: [{family, relations}]. What an entity does comes before
   * what is done to it, and of one predicate first what is most attested.
   */
  cg.byFamilies = (map, relations, start) => {
    const order = (a, b) =>
      (b.subject === start) - (a.subject === start) ||
      a.predicate.localeCompare(b.predicate) ||
      b.citations.length - a.citations.length;
    return [...map.families.values()]
      .map((family) => ({ family, relations: relations.filter((each) => each.family === family.id).sort(order) }))
      .filter((group) => group.relations.length);
  };

  /** The relations that contradict one: its predicate's opposite between the same two. */
  cg.opposites = (map, relation) => {
    const { opposite, symmetric } = map.predicates.get(relation.predicate);
    const against = [
      `${relation.subject}~${opposite}~${relation.object}`,
      ...(symmetric ? [`${relation.object}~${opposite}~${relation.subject}`] : []),
    ];
    return opposite ? against.map((key) => map.relation.get(key)).filter(Boolean) : [];
  };

  const line = (relation, start) => ({ relation, start });
  const text = (said) => ({ text: said });
  const named = (entity) => ({ entity });

  /** Lines of relations under the names of their families. */
  const families = ({ map, language }, relations, start) =>
    cg.byFamilies(map, relations, start).map((group) => ({
      title: cg.nameOf(group.family, language),
      lines: group.relations.map((relation) => line(relation, start)),
    }));

  /** Entities, each with its definition, under the names of their kinds. */
  const kinds = ({ map, language }, entities) =>
    [...map.kinds.values()]
      .map((kind) => ({
        title: cg.nameOf(kind, language),
        lines: entities.filter((entity) => entity.kind === kind.id).map(named),
      }))
      .filter((group) => group.lines.length);

  const chain = ({ map, language }, ids) => ids.map((id) => cg.entityName(map, id, language)).join(" → ");
  const missing = ({ language }, what) => ({
    title: cg.say(language, "missing"),
    lead: [cg.say(language, "missingLead", what)],
    blocks: [],
  });

  // --- one function a view: {title, lead: [text], blocks: [{title, lines}], entities?}; null where nothing has the name

  function home(reading) {
    const { map, language, seen } = reading;
    const entities = seen ? [...seen.nodes].map((id) => map.entities.get(id)) : [...map.entities.values()];
    const relations = seen ? [...seen.edges].map((key) => map.relation.get(key)) : map.relations;
    return {
      title: seen ? cg.say(language, "filtered", entities.length, relations.length) : cg.say(language, "title"),
      lead: [],
      blocks: [...kinds(reading, entities), ...families(reading, relations)],
    };
  }

  function node(reading, { value }) {
    const { map, language } = reading;
    const entity = map.entities.get(value);
    if (!entity) return null;
    const other = entity.label[language === "zh" ? "en" : "zh"];
    const aliases = cg.languages.flatMap((tag) => entity.aliases[tag] ?? []);
    const names = [
      cg.nameOf(map.kinds.get(entity.kind) ?? { id: entity.kind, label: {} }, language),
      other === cg.nameOf(entity, language) ? null : other,
      aliases.length ? `${cg.say(language, "aliases")} ${aliases.join(" · ")}` : null,
    ];
    const outline = entity.sections.map(({ id, title }) => text(`§${id} ${cg.inLanguage(title, language) ?? ""}`));
    return {
      title: cg.nameOf(entity, language),
      lead: [
        names.filter(Boolean).join(" · "),
        cg.inLanguage(entity.definition, language),
        cg.inLanguage(entity.note, language),
      ],
      blocks: [
        ...(outline.length ? [{ title: cg.say(language, "outline"), lines: outline }] : []),
        ...families(reading, map.incident.get(value), value),
      ],
      entities: [value],
    };
  }

  function relation(reading, { value }) {
    const { map, language } = reading;
    const record = map.relation.get(value);
    if (!record) return null;
    const family = cg.nameOf(map.families.get(record.family) ?? { id: record.family, label: {} }, language);
    const against = cg.opposites(map, record);
    return {
      title: cg.sentence(map, record, language),
      lead: [
        cg.sentence(map, record, language, record.object),
        `${cg.say(language, "relation")} · ${family} · ${cg.word(map, record.status, language)}`,
      ],
      blocks: [
        { title: cg.say(language, "citations", record.citations.length), lines: [line(record)] },
        ...(against.length ? [{ title: cg.say(language, "opposite"), lines: against.map((each) => line(each)) }] : []),
      ],
    };
  }

  /** A relation with but one of its citations. */
  const saidOnce = ({ relation: whole, citation }) => line({ ...whole, citations: [citation] });

  function section({ map, language }, { value }) {
    const [source, ...rest] = value.split("/");
    const id = rest.join("/");
    const record = map.entities.get(source)?.sections.find((each) => each.id === id);
    if (!record) return null;
    const said = cg.inSection(map, source, id);
    return {
      title: `§${id} ${cg.inLanguage(record.title, language) ?? ""}`.trim(),
      lead: [cg.entityName(map, source, language)],
      blocks: said.length ? [{ title: cg.say(language, "inSection", said.length), lines: said.map(saidOnce) }] : [],
    };
  }

  function tour(reading, { value, options }) {
    const steps = cg.tourOf(reading.map, value);
    if (!steps.length) return null;
    const { section: here } = steps[cg.stepAsked(steps, options.step) - 1];
    return section(reading, { value: `${value}/${here.id}` });
  }

  function question(reading, { value }) {
    const { map, language } = reading;
    const record = map.questions.find(({ id }) => id === value);
    if (!record) return null;
    const { relations = [], chains = [], ranks = [] } = record.answer ?? {};
    const lines = [
      ...chains.map((ids) => text(chain(reading, ids))),
      ...ranks.map(([id, figure]) => text(`${cg.entityName(map, id, language)}: ${figure}`)),
    ];
    return {
      title: cg.inLanguage(record.ask, language) ?? record.id,
      lead: [record.answer ? null : cg.say(language, "askTerminal"), `conceptgraph ask ${record.id}`],
      blocks: [
        ...(lines.length ? [{ title: cg.say(language, "question"), lines }] : []),
        ...families(
          reading,
          relations.map((index) => map.relations[index]),
        ),
      ],
      entities: [...chains.flat(), ...ranks.map(([id]) => id), ...(record.expect ?? [])],
    };
  }

  // --- chains

  function term({ map, language }, id) {
    const kind = id.startsWith("@") ? map.kinds.get(id.slice(1)) : null;
    return kind ? cg.say(language, "chains").anyOf(cg.nameOf(kind, language)) : cg.entityName(map, id, language);
  }

  /** Whether anybody argues the whole chain, and what in it may not hold. */
  function verdict({ map, language }, { steps, voices }) {
    const words = cg.say(language, "chains");
    const names = voices.map((id) => cg.entityName(map, id, language)).join(words.between);
    const doubts = ["inferred", "contested"].flatMap((doubtful) => {
      const numbers = steps.flatMap((step, index) => (step[doubtful] ? [index + 1] : []));
      return numbers.length ? [words[doubtful](numbers.join(", "))] : [];
    });
    return [(voices.length === 1 ? words.oneVoice : words.stitched(voices.length)) + names, ...doubts];
  }

  function path(reading, { value, options }) {
    const { map, language } = reading;
    const words = cg.say(language, "chains");
    const { terms, question: asked, unknown } = cg.chainsAsked(map, value, options);
    const [from, to] = terms.map((list) => list.map((id) => term(reading, id)).join(words.between));
    const ready = !unknown.length && asked.starts.length && asked.ends.length;
    const paths = ready ? cg.shortestPaths(map, asked).paths : [];
    return {
      title: from && to ? words.fromTo(from, to) : from ? words.fromOnly(from) : to ? words.toOnly(to) : words.title,
      lead: ready ? [paths.length ? words.found(paths.length) : words.none] : [],
      blocks: paths.map((each, index) => ({
        title: `${index + 1}. ${chain(reading, each.entities)}`,
        lines: [
          ...each.steps.flatMap((step) => step.relations.map((said) => line(said, step.start))),
          ...verdict(reading, each).map(text),
        ],
      })),
    };
  }

  // --- rankings and comparisons

  function measure({ map, language }, { value }) {
    const record = map.measures.get(value);
    if (!record) return null;
    const ranks = cg.ranking(record);
    const row = ({ place, id, value: figure }) => text(`${place}. ${cg.entityName(map, id, language)}: ${figure}`);
    return {
      title: cg.nameOf(record, language),
      lead: [cg.inLanguage(record.meaning, language)],
      blocks: [{ title: cg.say(language, "ranking"), lines: ranks.map(row) }],
      entities: ranks.map(({ id }) => id),
    };
  }

  function compare({ map, language }, { value, options }) {
    const found = map.comparisons.find(({ sides }) => sides.join("..") === value);
    if (!found) return null;
    const say = (...rest) => cg.say(language, ...rest);
    const ids = [...map.entities.keys()];
    const [one, other] = found.sides.map((id) => cg.shortName(map.entities.get(id), language));
    const relations = (name) => ({ title: say(name), lines: found[name].map((number) => line(map.relations[number])) });
    const side = (places) => {
      const whole = map.relations[places[0][0]];
      return line({ ...whole, citations: places.map(([, position]) => whole.citations[position]) });
    };
    const pairs = (name) => ({ title: say(name), lines: found[name].flat().map(side) });
    const counted = ([number, ...counts]) =>
      text(`${cg.entityName(map, ids[number], language)}: ${counts.join(" · ")}`);
    const rows = (title, list) => ({ title, lines: list.map(counted), about: list.map(([number]) => ids[number]) });
    const parts = {
      odds: [pairs("contradictions"), relations("disagreements")],
      both: [pairs("common"), rows(say("bridges"), found.shared)],
      one: [rows(say("onlyIn", one), found.own[0])],
      other: [rows(say("onlyIn", other), found.own[1])],
    };
    const all = [
      ...parts.odds,
      relations("agreements"),
      relations("ties"),
      ...parts.both,
      ...parts.one,
      ...parts.other,
    ];
    const blocks = (parts[options.part] ?? all).filter(({ lines }) => lines.length);
    return {
      title: `${one} ⇄ ${other}`,
      lead: [say("compared", found.shared.length, ...found.own.map((own) => own.length))],
      blocks,
      entities: [...found.sides, ...blocks.flatMap(({ about }) => about ?? [])],
    };
  }

  const VIEWS = { home, node, relation, section, tour, question, path, measure, compare };

  /**
   * What a route reads, through a lens that shows `seen` (null for everything): {title, lead, blocks, entities,
   * relations, sources}. A block is {title, lines}; a line {relation, start}, {entity} or {text}. Its relations have the
   * citations that are read; `entities` are those it is about, and the ends of its relations; `sources` the texts it cites.
   */
  cg.excerpt = (map, language, route, seen) => {
    const reading = { map, language, seen };
    const found = (VIEWS[route.view] ?? home)(reading, route) ?? missing(reading, route.value);
    const lines = found.blocks.flatMap((block) => block.lines);
    const relations = mergedByKey(lines.flatMap((each) => each.relation ?? []));
    const cited = new Set(relations.flatMap(({ citations }) => citations.map(({ source }) => source)));
    const spoken = new Set([
      ...(found.entities ?? []),
      ...lines.flatMap((each) => each.entity?.id ?? []),
      ...relations.flatMap(({ subject, object }) => [subject, object]),
    ]);
    const inOrder = (ids) => [...map.entities.values()].filter(({ id }) => ids.has(id));
    return {
      ...found,
      lead: found.lead.filter(Boolean),
      entities: inOrder(spoken),
      relations,
      sources: inOrder(cited),
    };
  };

  /** Each relation once, with all of its citations that are read, in the order in which they came. */
  function mergedByKey(relations) {
    const known = new Map();
    for (const each of relations) {
      const citations = new Set([...(known.get(each.key)?.citations ?? []), ...each.citations]);
      known.set(each.key, { ...each, citations: [...citations] });
    }
    return [...known.values()];
  }

  /** The bibliographic records, {csl, bibtex}, of the works that an excerpt is about and the texts that it cites. */
  cg.worksIn = (map, { entities, sources }) =>
    [...new Set([...entities, ...sources].map(({ id }) => id))]
      .sort()
      .flatMap((id) => (Object.hasOwn(map.bibliography, id) ? [map.bibliography[id]] : []));

  // --- as records

  const said = (text) => text ?? {};

  const entityRecord = (entity) => {
    const { id, kind, label, aliases, definition, note, sections, file, reference } = entity;
    return {
      id,
      kind,
      label: said(label),
      aliases,
      definition,
      note,
      ...(sections.length
        ? { sections: sections.map(({ id, title, opens }) => ({ id, title: said(title), opens: opens ?? null })) }
        : {}),
      ...(file ? { file } : {}),
      ...(reference ? { reference } : {}),
    };
  };

  const citationRecord = (citation) => {
    const { source, section, at, by, via, likely, denied, stance, modality, condition } = citation;
    const { inferred, order, when, note } = citation;
    return {
      source,
      section: section ?? null,
      at: at ?? null,
      by,
      via,
      likely: likely ?? null,
      denied,
      stance,
      modality,
      condition,
      inferred,
      order: order ?? null,
      when: when ?? null,
      note,
    };
  };

  const relationRecord = ({ subject, predicate, object, status, citations }) => ({
    subject,
    predicate,
    object,
    status,
    citations: citations.map(citationRecord),
  });

  /** An excerpt in the words of the JSON export, with its link; the texts that it cites are among its entities. */
  cg.excerptRecord = (map, { entities, sources, relations }, link) => {
    const ids = new Set([...entities, ...sources].map(({ id }) => id));
    return {
      format: "conceptgraph-excerpt/1",
      link,
      entities: [...map.entities.values()].filter(({ id }) => ids.has(id)).map(entityRecord),
      relations: relations.map(relationRecord),
    };
  };
})((globalThis.conceptgraph ??= {}));
