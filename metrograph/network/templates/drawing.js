// Shows a scene with vis-network: places, colours and labels come from the server; titles are text, never markup.
"use strict";

class Drawing {
  constructor(place, scene, families) {
    this.place = place;
    this.families = families || {};
    this.nodes = new vis.DataSet();
    this.edges = new vis.DataSet();
    this.tones();
    this.load(scene);
    this.network = new vis.Network(place, { nodes: this.nodes, edges: this.edges }, this.options());
    this.frame();
    this.network.on("zoom", () => this.later());
    this.network.on("resize", () => this.resized());
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => { this.tones(); this.update(this.scene); });
  }

  tones() {
    const style = getComputedStyle(this.place);
    this.ink = style.color;
    this.paper = style.backgroundColor;
    this.isDark = Number((this.paper.match(/\d+/) || ["255"])[0]) < 128;
  }

  isSmall() {
    return this.place.clientWidth < 620 && this.scene.nodes.some((node) => node.small);
  }

  options() {
    const options = structuredClone(this.scene.options);
    options.nodes.font.color = this.ink;
    options.edges.font.color = this.ink;
    options.edges.font.strokeColor = this.paper;
    options.nodes.chosen = { node: false, label: false };
    return options;
  }

  load(scene) {
    this.scene = scene;
    this.small = this.isSmall();
    const nodes = scene.nodes.map((node) => this.shown(node));
    const names = new Set(nodes.map((node) => node.id));
    this.nodes.remove(this.nodes.getIds().filter((id) => !names.has(id)));
    this.nodes.update(nodes);
    this.edges.clear();
    this.edges.add(scene.edges.map((edge, at) => ({ id: at, ...edge })));
    this.hasBoxes = nodes.some((node) => node.shape === "box");
  }

  shown(node) {
    const { small, hollow, opacity, ...rest } = node;
    const made = { size: 10, font: {}, widthConstraint: false, margin: 5, ...rest, ...(this.small && small ? small : {}) };
    const isBox = made.shape === "box";
    made.color = { ...node.color };
    if (hollow || made.color.background === "#ffffff") made.color.background = this.paper;
    else if (!isBox && node.shape === "box") made.color.background = made.color.border;
    const ink = isBox && made.color.background !== this.paper ? "#1b2733" : this.ink;
    made.font = { size: 14, align: "center", ...made.font, color: opacity < 1 ? this.faded(ink) : ink };
    made.opacity = opacity;
    made.color.highlight = made.color.hover = { border: made.color.border, background: made.color.background };
    return made;
  }

  faded(colour) {
    const [red, green, blue] = colour.startsWith("#") ? [27, 39, 51] : colour.match(/\d+/g);
    return `rgba(${red}, ${green}, ${blue}, .4)`;
  }

  update(scene, keep) {
    const before = this.small;
    this.load(scene);
    this.network.setOptions({ edges: this.options().edges });
    if (keep && before === this.small && this.isInside()) this.declutter();
    else this.frame();
  }

  box(ids) {
    let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
    for (const id of ids || this.nodes.getIds()) {
      const size = this.network.getBoundingBox(id);
      if (!size) continue;
      left = Math.min(left, size.left); right = Math.max(right, size.right);
      top = Math.min(top, size.top); bottom = Math.max(bottom, size.bottom);
    }
    return { left, top, right, bottom };
  }

  isInside() {
    const { left, right, top, bottom } = this.box();
    const from = this.network.canvasToDOM({ x: left, y: top });
    const to = this.network.canvasToDOM({ x: right, y: bottom });
    return from.x > -60 && to.x < this.place.clientWidth + 60 && (from.y > -60 || to.y < this.place.clientHeight + 60);
  }

  frame() {
    if (!this.nodes.length) return;
    const { left, right, top, bottom } = this.box();
    const edge = this.hasBoxes ? 24 : 90;
    const [width, height] = [right - left + edge, bottom - top + edge];
    const across = this.place.clientWidth / width;
    let scale = Math.min(across, this.place.clientHeight / height, 1.25);
    const least = this.small ? 0.86 : 0.72; // so that letters stay legible: the rest is scrolled to
    if (this.hasBoxes) this.fitHeight(height * Math.min(across, 1.25));
    scale = Math.min(across, this.place.clientHeight / height, 1.25);
    const room = this.place.clientHeight;
    let y = (top + bottom) / 2;
    if (this.hasBoxes && scale < least) {
      scale = Math.min(least, Math.max(scale, across));
      if (height * scale > room) y = top - 12 + room / scale / 2;
    }
    this.network.moveTo({ position: { x: (left + right) / 2, y }, scale, animation: false });
    this.declutter();
  }

  // A low scene leaves no empty room below it.
  fitHeight(wanted) {
    const height = Math.round(Math.max(300, Math.min(innerHeight * 0.72, wanted)));
    if (Math.abs(height - this.place.clientHeight) < 8) return;
    this.place.style.height = `${height + 2}px`;
    this.network.setSize("100%", `${height}px`);
    this.network.redraw();
  }

  resized() {
    if (this.small !== this.isSmall()) this.update(this.scene);
  }

  later() {
    clearTimeout(this.waiting);
    this.waiting = setTimeout(() => this.declutter(), 80);
  }

  // Marks keep their labels where these cover no other: the best connected first, of the same size at every zoom.
  declutter() {
    const scale = this.network.getScale();
    const pen = this.place.querySelector("canvas").getContext("2d");
    const size = 12, taken = [], changed = [];
    const marks = this.scene.nodes
      .filter((node) => (this.small && node.small ? node.small : node).shape !== "box")
      .sort((one, two) => (two.opacity - one.opacity) || (two.borderWidth - one.borderWidth) || (two.size || 0) - (one.size || 0));
    pen.save();
    pen.font = `${size}px system-ui, sans-serif`;
    for (const node of marks) {
      const { x, y } = this.network.canvasToDOM(this.network.getPosition(node.id));
      const lines = (this.small && node.small ? node.label : node.label || "").split("\n");
      const wide = Math.max(...lines.map((line) => pen.measureText(line).width)) * 1.08 + 6;
      const under = (this.nodes.get(node.id).size || 6) * scale;
      const box = [x - wide / 2, y + under, x + wide / 2, y + under + lines.length * size * 1.25 + 4];
      const isNamed = (!this.small || node.opacity === 1 && node.borderWidth > 2) && box[0] > -wide && box[2] < this.place.clientWidth + wide
        && !taken.some((other) => box[0] < other[2] && other[0] < box[2] && box[1] < other[3] && other[1] < box[3]);
      if (isNamed) taken.push(box);
      const font = { ...this.nodes.get(node.id).font, size: size / scale };
      changed.push({ id: node.id, label: isNamed ? lines.join("\n") : " ", font });
    }
    pen.restore();
    if (changed.length) this.nodes.update(changed);
  }

  find(words) {
    const fold = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase().trim();
    const wanted = fold(words);
    const found = wanted ? this.scene.nodes.filter((node) => fold(node.title || node.label).includes(wanted)).map((node) => node.id) : [];
    this.network.selectNodes(found);
    if (found.length) this.network.fit({ nodes: found, animation: false, maxZoomLevel: 1.2 });
    else this.frame();
    this.declutter();
    return found;
  }

  png() {
    const from = this.place.querySelector("canvas");
    const copy = document.createElement("canvas");
    [copy.width, copy.height] = [from.width, from.height];
    const pen = copy.getContext("2d");
    pen.fillStyle = this.paper;
    pen.fillRect(0, 0, copy.width, copy.height);
    pen.drawImage(from, 0, 0);
    return copy;
  }
}
