// The script of bench.html, a page that nobody is led to: the canvas alone,
// with a graph from the address, driven by a harness that measures editors.
//
//   graph   address of a graph as JSON: nodes of id, x, y, title and text;
//           edges of source s, exit sp and target t
//   view    fit, or 100 for the node `anchor` in the middle at 100 %
//
// What the harness calls is in window.__bench; everything else comes as real
// pointer and wheel input.

const query = new URLSearchParams(location.search);
const frame = () => new Promise((passed) => requestAnimationFrame(passed));
const file = (selector) => document.querySelector(selector).href;

const app = await import(file('link[rel="modulepreload"]'));
const wasm = await app.default({ module_or_path: file('link[rel="preload"][as="fetch"]') });
// As in the product, nothing is seen of a canvas before there is a flow on it.
document.body.style.visibility = "hidden";
const bench = await app.Bench.begin();
await frame();

let graph = { nodes: [], edges: [] };

const canvas = () => document.querySelector('[data-panel="canvas"]');
const press = (type) =>
  canvas().dispatchEvent(new KeyboardEvent(type, { key: " ", code: "Space", bubbles: true }));

// Each begins with hands off the keyboard.
const fitView = () => {
  press("keyup");
  document.querySelector('[aria-label="Fit the flow"]').click();
};
const zoomTo100 = (x, y) => {
  press("keyup");
  bench.look_at(x, y);
};

const nodeScreenRect = (node) => {
  const [left, top, width, height] = bench.card_in_screen(node);
  const pane = canvas().getBoundingClientRect();
  return { x: left + pane.left, y: top + pane.top, width, height };
};

// A drag with the space bar held moves the view, so it is held from here on.
const backgroundPoint = () => {
  press("keydown");
  const { width, height, left, top } = canvas().getBoundingClientRect();
  for (let ring = 0; ring < 60; ring += 1) {
    for (let step = 0; step < 24; step += 1) {
      const angle = (step * 2 * Math.PI) / 24;
      const x = Math.round(width / 2 + 10 * ring * Math.cos(angle));
      const y = Math.round(height / 2 + 6 * ring * Math.sin(angle));
      if (bench.is_empty_at(x, y)) return { x: x + left, y: y + top };
    }
  }
  return { x: left + 8, y: top + 8 };
};

const selectMany = (count, nodes) => {
  if (count >= graph.nodes.length) bench.select_all();
  else bench.select(Uint32Array.from(nodes.slice(0, count)));
};

const stats = () => ({
  zoom: bench.zoom(),
  nodes: graph.nodes.length,
  edges: graph.edges.length,
  rendered: document.querySelectorAll("[data-node-id]").length,
  elements: document.getElementsByTagName("*").length,
  wasmBytes: wasm.memory.buffer.byteLength,
});

const open = async () => {
  if (query.has("graph")) graph = await (await fetch(query.get("graph"))).json();
  const given = performance.now();
  const { nodes, edges } = graph;
  const corners = new Float64Array(2 * nodes.length);
  nodes.forEach(({ x, y }, at) => corners.set([x, y], 2 * at));
  const ends = new Uint32Array(3 * edges.length);
  edges.forEach(({ s, sp, t }, at) => ends.set([s, sp, t], 3 * at));
  const lines = (of) => nodes.map(of).join("\n");
  document.body.style.visibility = "";
  bench.open(corners, lines(({ title }) => title), lines(({ text }) => text), ends);
  if (query.get("view") === "100") {
    const anchor = nodes[Number(query.get("anchor"))];
    zoomTo100(anchor.x + graph.nodeWidth / 2, anchor.y + graph.nodeHeight / 2);
  }
  await frame();
  await frame();
  const now = performance.now();
  return { navToReady: now, graphToReady: now - given };
};

// With Ctrl, a small turn counts as a pinch, of which 50 pixels halve.
const wheelDelta = (factor) => -50 * Math.log2(factor);

window.__bench = {
  ready: open(),
  fitView,
  zoomTo100,
  selectMany,
  nodeScreenRect,
  backgroundPoint,
  stats,
  wheelDelta,
};
