"use strict";
// How the picture is looked at: through which lens, with the rest faded or hidden, in which colours. Part of the address.
((cg) => {
  cg.plainLook = () => ({ lens: cg.emptyLens(), hide: false, colour: "kind" });

  cg.copyLook = (look) => cg.parseLook(cg.formatLook(look));

  /** A look as text, `kind:concept,thesis;family:causal;hide`; the empty text for the plain one. */
  cg.formatLook = ({ lens, hide, colour }) =>
    [
      ...cg.FACETS.filter((facet) => lens[facet].size).map((facet) => `${facet}:${[...lens[facet]].sort().join(",")}`),
      colour === "kind" ? null : `colour:${colour}`,
      hide && !cg.isEmpty(lens) ? "hide" : null,
    ]
      .filter(Boolean)
      .join(";");

  /** The look that a text asks for; what it does not know, it leaves out. */
  cg.parseLook = (text) => {
    const look = cg.plainLook();
    for (const part of text.split(";")) {
      const [name, values = ""] = part.split(":", 2);
      if (name === "hide") look.hide = true;
      else if (name === "colour" && values) look.colour = values;
      else if (cg.FACETS.includes(name)) look.lens[name] = new Set(values.split(",").filter(Boolean));
    }
    return look;
  };
})((globalThis.conceptgraph ??= {}));
