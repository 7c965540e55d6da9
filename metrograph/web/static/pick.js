// Makes a pick-list searchable as one types: accents and case do not matter. Without it, it stays a plain list.
"use strict";

const fold = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase().trim();

class Pick {
  constructor(select, words) {
    this.select = select;
    this.words = words;
    this.many = select.multiple;
    this.options = [...select.options].filter((option) => option.value).map((option) => ({ option, key: fold(option.text) }));
    this.made = document.getElementById(select.dataset.made);
    this.at = -1;
    this.build();
    this.show();
  }

  build() {
    const { select } = this;
    const id = select.id;
    this.box = document.createElement("div");
    this.box.className = "picker";
    this.chips = document.createElement("span");
    this.chips.className = "chips";
    this.input = document.createElement("input");
    Object.assign(this.input, { type: "text", id, autocomplete: "off" });
    this.list = document.createElement("ul");
    this.list.id = `${id}-choices`;
    this.list.hidden = true;
    this.list.setAttribute("role", "listbox");
    const label = document.querySelector(`label[for="${CSS.escape(id)}"]`);
    this.list.setAttribute("aria-label", label ? label.textContent.trim() : "");
    const said = { role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": this.list.id };
    for (const [name, value] of Object.entries(said)) this.input.setAttribute(name, value);
    for (const name of ["aria-describedby", "aria-invalid"])
      if (select.hasAttribute(name)) this.input.setAttribute(name, select.getAttribute(name));
    select.id = `${id}-list`;
    select.hidden = true;
    this.input.required = select.required; // of what is hidden, a browser could not say so
    select.required = false;
    this.box.append(this.chips, this.input, this.list);
    select.before(this.box);
    if (this.made) this.fold();
    this.input.addEventListener("input", () => this.open());
    this.input.addEventListener("click", () => this.open());
    this.input.addEventListener("keydown", (event) => this.key(event));
    this.input.addEventListener("blur", () => this.leave());
  }

  show() {
    const chosen = this.options.filter(({ option }) => option.selected);
    if (!this.many) {
      this.input.value = chosen.length ? chosen[0].option.text : "";
      return;
    }
    const names = chosen.map(({ option }) => [option.text, () => { option.selected = false; }]);
    this.chips.replaceChildren(...names.map(([name, drop]) => this.chip(name, drop)));
    this.input.value = "";
  }

  chip(name, drop) {
    const chip = document.createElement("button");
    chip.type = "button";
    chip.className = "chip";
    chip.setAttribute("aria-label", `${this.words.remove} ${name}`);
    chip.textContent = `${name} ×`;
    chip.addEventListener("click", () => { drop(); this.show(); this.input.focus(); });
    return chip;
  }

  open() {
    const whole = fold(this.input.value);
    const parts = whole.split(/\s+/).filter(Boolean);
    const fitting = this.options
      .filter(({ option, key }) => !(this.many && option.selected) && parts.every((part) => key.includes(part)))
      .sort((a, b) => (b.key === whole) - (a.key === whole)) // what is typed in full is offered first
      .slice(0, 60);
    const items = fitting.map(({ option }) => this.item(option.text, () => this.choose(option)));
    const typed = this.input.value.trim();
    if (this.made && typed && !this.options.some(({ key }) => key === fold(typed)))
      items.push(this.item(this.select.dataset.add.replace("{}", () => typed), () => this.make(typed)));
    if (!items.length) items.push(this.item(this.words.none, () => this.close()));
    this.list.replaceChildren(...items);
    items.forEach((item, index) => { item.id = `${this.list.id}-${index}`; });
    this.list.hidden = false;
    this.input.setAttribute("aria-expanded", "true");
    this.mark(-1);
  }

  item(text, act) {
    const item = document.createElement("li");
    item.setAttribute("role", "option");
    item.setAttribute("aria-selected", "false");
    item.textContent = text;
    item.addEventListener("mousedown", (event) => { event.preventDefault(); act(); });
    item.act = act;
    return item;
  }

  mark(at) {
    this.at = at;
    [...this.list.children].forEach((item, index) => item.setAttribute("aria-selected", String(index === at)));
    const item = this.list.children[at];
    if (item) { this.input.setAttribute("aria-activedescendant", item.id); item.scrollIntoView({ block: "nearest" }); }
    else this.input.removeAttribute("aria-activedescendant");
  }

  key(event) {
    const { length } = this.list.children;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (this.list.hidden) this.open();
      else this.mark((this.at + (event.key === "ArrowDown" ? 1 : -1) + length) % length);
    } else if (event.key === "Enter" && !this.list.hidden) {
      event.preventDefault();
      const item = this.list.children[this.at < 0 ? 0 : this.at];
      if (this.input.value.trim() && item) item.act();
      else this.close();
    } else if (event.key === "Escape") {
      this.close();
    } else if (event.key === "Backspace" && !this.input.value && this.many && this.chips.lastChild) {
      this.chips.lastChild.click();
    }
  }

  // new records: a row each, of which only those with a name are shown
  fold() {
    for (const row of this.made.children) {
      const name = row.querySelector("input");
      row.hidden = !name.value;
      name.addEventListener("change", () => { row.hidden = !name.value.trim(); });
    }
  }

  make(name) {
    const rows = [...this.made.children];
    let row = rows.find((other) => !other.querySelector("input").value.trim()) || (this.many ? null : rows[0]);
    if (!row) {
      row = rows[0].cloneNode(true);
      for (const list of row.querySelectorAll("select")) list.value = "";
      this.made.append(row);
    }
    if (!this.many) this.select.value = "";
    row.querySelector("input").value = name;
    this.fold();
    this.show();
    this.close();
    const next = row.querySelector("select");
    if (next) next.focus();
  }

  choose(option) {
    if (this.made && !this.many) { for (const input of this.made.querySelectorAll("input")) input.value = ""; this.fold(); }
    if (!this.many) for (const other of this.select.options) other.selected = false;
    option.selected = true;
    this.show();
    this.close();
  }

  leave() {
    const typed = fold(this.input.value);
    const same = this.options.find(({ key }) => key === typed);
    if (same) this.choose(same.option);
    else if (!typed && !this.many) this.select.value = "";
    else this.show();
    this.close();
  }

  close() {
    this.list.hidden = true;
    this.input.setAttribute("aria-expanded", "false");
    this.mark(-1);
  }
}

for (const form of document.querySelectorAll("form.record"))
  for (const select of form.querySelectorAll("select.pick")) new Pick(select, form.dataset);

// what a category means, in a line below the choices, as one points at it or comes to it by keyboard
for (const choices of document.querySelectorAll(".addresses")) {
  const line = choices.querySelector(".definition");
  const explain = ({ target }) => {
    const label = target.closest("label.choice[title]");
    if (label) line.textContent = `${label.textContent.trim()} – ${label.title}`;
  };
  line.hidden = !choices.querySelector("label.choice[title]");
  choices.addEventListener("focusin", explain);
  choices.addEventListener("mouseover", explain);
}
