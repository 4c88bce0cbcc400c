"use strict";
// A heap: of all that it holds, the first comes out first.
((cg) => {
  function comesBefore(one, other) {
    for (let at = 0; at < one.length; at += 1) if (one[at] !== other[at]) return one[at] < other[at];
    return false;
  }

  /** An empty heap. Its keys are arrays of one length, compared place by place. */
  cg.heap = () => {
    const items = [];

    function rise(at) {
      const above = (at - 1) >> 1;
      if (!at || !comesBefore(items[at].key, items[above].key)) return;
      [items[at], items[above]] = [items[above], items[at]];
      rise(above);
    }

    function sink(at) {
      let first = at;
      for (const below of [2 * at + 1, 2 * at + 2])
        if (below < items.length && comesBefore(items[below].key, items[first].key)) first = below;
      if (first === at) return;
      [items[at], items[first]] = [items[first], items[at]];
      sink(first);
    }

    return {
      push: (key, value) => {
        items.push({ key, value });
        rise(items.length - 1);
      },
      /** Take out what comes first, {key, value}; undefined where there is nothing. */
      pop: () => {
        const [first] = items;
        const last = items.pop();
        if (items.length) {
          items[0] = last;
          sink(0);
        }
        return first;
      },
    };
  };
})((globalThis.conceptgraph ??= {}));
