// Drags a record of an order to another place. Without it, the buttons move one at a time.
"use strict";

for (const list of document.querySelectorAll("ol.order")) {
  const form = list.closest("form");
  const items = [...list.children];
  form.querySelector(".drag").hidden = items.length < 2;

  const mark = (place, item) => {
    for (const other of items) other.classList.remove("before", "after");
    if (place) items[place.at].classList.add(place.at > items.indexOf(item) ? "after" : "before");
  };

  // the place of the record that is pointed at, which the dragged one is going to take
  const pointed = (y, item) => {
    const at = items.findIndex((other) => y < other.getBoundingClientRect().bottom);
    const place = at < 0 ? items.length - 1 : at;
    return place === items.indexOf(item) ? null : { at: place };
  };

  const send = (item, step) => {
    for (const [name, value] of [["id", item.dataset.id], ["step", step]]) {
      const field = form.querySelector(`input[name="${name}"]`) || document.createElement("input");
      Object.assign(field, { type: "hidden", name, value });
      form.append(field);
    }
    form.submit();
  };

  const drag = (item, begin) => {
    begin.preventDefault();
    item.classList.add("dragged");
    let place = null;
    const move = (event) => { place = pointed(event.clientY, item); mark(place, item); };
    const end = (event) => {
      document.removeEventListener("pointermove", move);
      for (const name of ["pointerup", "pointercancel"]) document.removeEventListener(name, end);
      item.classList.remove("dragged");
      mark(null, item);
      if (event.type === "pointerup" && place && form.reportValidity()) send(item, place.at - items.indexOf(item));
    };
    document.addEventListener("pointermove", move);
    for (const name of ["pointerup", "pointercancel"]) document.addEventListener(name, end);
  };

  for (const item of items) {
    const grip = document.createElement("span");
    Object.assign(grip, { className: "grip", textContent: "⠿" });
    grip.setAttribute("aria-hidden", "true");
    grip.addEventListener("pointerdown", (event) => drag(item, event));
    item.prepend(grip);
  }
}
