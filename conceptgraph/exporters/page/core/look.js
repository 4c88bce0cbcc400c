"use strict";
// How the picture is looked at: what of it, with the rest faded or hidden, in which sizes and colours. In the address.
((cg) => {
  /** How many steps a neighbourhood may reach. */
  cg.DEPTHS = [1, 2, 3, 4];

  cg.plainLook = () => ({ lens: cg.emptyLens(), around: null, hide: false, size: null, colour: "kind" });

  /** Ask a look for everything again. */
  cg.seeAll = (look) => Object.assign(look, cg.plainLook(), { colour: look.colour === "witness" ? "witness" : "kind" });

  cg.copyLook = (look) => cg.parseLook(cg.formatLook(look));

  // what parts the text into fields and values may stand in a value too
  const write = (value) => value.replace(/[%,:;]/g, encodeURIComponent);
  const read = (text) => {
    try {
      return decodeURIComponent(text);
    } catch {
      return text;
    }
  };

  /**
   * A look as text, `kind:concept,thesis;family:causal;around:machine,2;size:degree;colour:witness;hide`; the empty text
   * for the plain one.
   */
  cg.formatLook = ({ lens, around, hide, size, colour }) =>
    [
      ...cg.FACETS.filter((facet) => lens[facet].size).map(
        (facet) => `${facet}:${[...lens[facet]].sort().map(write).join(",")}`,
      ),
      around ? `around:${write(around.id)},${around.depth}` : null,
      size ? `size:${write(size)}` : null,
      colour === "kind" ? null : `colour:${write(colour)}`,
      hide && (around || !cg.isEmpty(lens)) ? "hide" : null,
    ]
      .filter(Boolean)
      .join(";");

  /** The look that a text asks for; what it does not know, it leaves out. */
  cg.parseLook = (text) => {
    const look = cg.plainLook();
    for (const part of text.split(";")) {
      const [name, listed = ""] = part.split(":", 2);
      const values = listed.split(",").filter(Boolean).map(read);
      if (name === "hide") look.hide = true;
      else if (name === "around" && values.length) {
        const depth = cg.DEPTHS.find((steps) => String(steps) === values[1]) ?? 1;
        look.around = { id: values[0], depth };
      } else if ((name === "size" || name === "colour") && values.length) [look[name]] = values;
      else if (cg.FACETS.includes(name)) look.lens[name] = new Set(values);
    }
    return look;
  };
})((globalThis.conceptgraph ??= {}));
