// The canvas: a click asks the server for the next state, which is an address; the list beside follows it.
"use strict";

const explorer = document.getElementById("explorer");
const place = document.getElementById("canvas");
const scene = (root) => JSON.parse(root.querySelector("#canvas").dataset.drawing);
const drawing = new Drawing(place, scene(document));
const path = explorer.getAttribute("action");
const first = Number(history.state && history.state.step) || 0;
let step = first, held = 0;

function address(changes) {
  const query = new URLSearchParams(new FormData(explorer));
  for (const name of ["q", "do"]) if (!query.get(name)) query.delete(name);
  for (const [name, value] of Object.entries(changes)) query.set(name, value);
  return `${path}?${query}`;
}

function mark(element) {
  if (!element || !explorer.contains(element)) return null;
  return element.id ? `#${CSS.escape(element.id)}`
    : element.value ? `[name="${element.name}"][value="${CSS.escape(element.value)}"]`
      : element.dataset.tab ? `[data-tab="${element.dataset.tab}"]` : null;
}

async function go(url, isNew) {
  delete document.documentElement.dataset.drawn;
  explorer.setAttribute("aria-busy", "true");
  const answer = await fetch(url);
  const made = new DOMParser().parseFromString(await answer.text(), "text/html");
  explorer.removeAttribute("aria-busy");
  if (!made.getElementById("explorer")) { location.assign(url); return; }
  const focus = mark(document.activeElement);
  for (const part of explorer.querySelectorAll("[data-part]")) {
    const next = made.querySelector(`[data-part="${part.dataset.part}"]`);
    const open = [...part.querySelectorAll("details[id][open]")].map((details) => details.id);
    if (next) part.replaceWith(document.adoptNode(next));
    for (const id of open) document.getElementById(id)?.setAttribute("open", "");
  }
  const view = new URL(answer.url).searchParams.get("view");
  const keep = view === new URLSearchParams(location.search).get("view");
  if (isNew) history.pushState({ step: ++step }, "", answer.url);
  drawing.update(scene(made), keep);
  ready();
  const again = focus && explorer.querySelector(focus);
  if (again) again.focus({ preventScroll: true });
  document.documentElement.dataset.drawn = "yes";
}

function act(action) { go(address({ do: action }), true); }

function ready() {
  for (const element of explorer.querySelectorAll("[data-script]")) element.hidden = false;
  for (const element of explorer.querySelectorAll("[data-plain]")) element.hidden = true;
  document.getElementById("undo").disabled = step === 0;
}

explorer.addEventListener("submit", (event) => {
  event.preventDefault();
  const by = event.submitter;
  go(address(by && by.name ? { [by.name]: by.value } : {}), true);
});
explorer.addEventListener("change", (event) => {
  if (event.target.matches("select, [type=checkbox]")) go(address({}), true);
});
explorer.addEventListener("click", (event) => {
  const link = event.target.closest("a[data-canvas]");
  if (link && !event.ctrlKey && !event.metaKey) { event.preventDefault(); go(link.href, true); }
  const what = event.target.closest("[data-script]")?.id;
  if (what === "undo") history.back();
  if (what === "full") document.fullscreenElement ? document.exitFullscreen() : explorer.requestFullscreen();
  if (what === "fit") drawing.frame();
  if (what === "png") drawing.png().toBlob((blob) => {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(blob);
    link.download = "network.png";
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10000);
  });
});
explorer.addEventListener("focusin", (event) => {
  const id = event.target.dataset?.id;
  if (id && drawing.nodes.get(id)) drawing.network.selectNodes([id]);
});
document.addEventListener("keydown", (event) => {
  if ((event.ctrlKey || event.metaKey) && event.key === "z" && !event.target.matches("input[type=search]")) {
    event.preventDefault();
    if (step) history.back();
  }
});
addEventListener("popstate", (event) => {
  step = Number(event.state && event.state.step) || 0;
  go(location.href, false);
});
drawing.network.on("click", (event) => {
  const id = event.nodes[0];
  if (id === undefined || Date.now() - held < 600) return;
  act(`${event.event.srcEvent.shiftKey || event.event.srcEvent.ctrlKey ? "pick" : "open"}:${id}`);
});
drawing.network.on("hold", (event) => {
  held = Date.now();
  if (event.nodes.length) act(`pick:${event.nodes[0]}`);
});
drawing.network.on("dragEnd", (event) => {
  const id = event.nodes[0];
  if (id === undefined || drawing.small) return;
  const { x, y } = drawing.network.getPosition(id);
  act(`pin:${Math.round(x)},${Math.round(y)},${id}`);
});
history.replaceState({ step: first }, "");
ready();
document.documentElement.dataset.drawn = "yes";
