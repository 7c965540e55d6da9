// Fills in the form above a document's text with the lines that a person selects in it.
"use strict";
(() => {
  const first = document.getElementById("c-first"), last = document.getElementById("c-last");
  const lineOf = (node) => (node && node.nodeType === 1 ? node : node && node.parentElement)?.closest(".line");
  document.addEventListener("selectionchange", () => {
    const selected = document.getSelection();
    if (!first || !selected || selected.isCollapsed) return;
    const ends = [lineOf(selected.anchorNode), lineOf(selected.focusNode)];
    if (!ends[0] || !ends[1]) return;
    const numbers = ends.map((line) => Number(line.id.slice(1))).sort((a, b) => a - b);
    first.value = numbers[0];
    last.value = numbers[1];
    document.getElementById("cite").open = true;
  });
})();
