// Draws the whole picture with vis-network, at places worked out on the server.
"use strict";

async function draw(place) {
  place.textContent = place.dataset.waiting; // the first time, the places take seconds
  const answer = await fetch(place.dataset.source);
  const data = await answer.json();
  const network = new vis.Network(
    place,
    { nodes: new vis.DataSet(data.nodes), edges: new vis.DataSet(data.edges) },
    data.options,
  );
  network.on("doubleClick", (event) => {
    const link = event.nodes.length ? data.links[event.nodes[0]] : null;
    if (link) location.assign(link);
  });
}

const place = document.getElementById("picture");
if (place) draw(place);
