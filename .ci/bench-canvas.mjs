// Writes what the canvas bench measured between the markers of a document:
// node bench-canvas.mjs RESULT.json DOCUMENT.md
import { readFileSync, writeFileSync } from "node:fs";
import os from "node:os";

const [file, document] = process.argv.slice(2);
const result = JSON.parse(readFileSync(file, "utf8"));
const [begin, end] = ["<!-- canvas:begin -->", "<!-- canvas:end -->"];
const sizes = result.settings.sizes;
const contestants = Object.keys(result.contestants);

const number = (value) =>
  value == null ? "–" : value.toFixed(value < 10 ? 1 : 0);
const measured = (name, n) => result.summary[name]?.[n];

const cell = (name, n, look) => {
  const summary = measured(name, n);
  if (!summary) return "not run";
  if (summary.failed) return "fails";
  return look(summary) ?? "–";
};

// What happens once, and not with each frame.
const WHOLE = new Set(["selectAll", "idle"]);
const gesture = (key) => (summary) => {
  const found = summary.gestures[key];
  if (!found) return undefined;
  if (found.failed) return "stuck";
  const value = WHOLE.has(key) ? found.busy : found.busyPerFrame;
  return number(value) + (found.effect ? "" : " (no effect)");
};

const tables = [
  ["Pan at 100 %: ms a frame", gesture("pan100")],
  ["Pan with the whole graph in view: ms a frame", gesture("panFit")],
  ["Zoom from the whole graph to 100 % and back: ms a notch", gesture("zoom")],
  ["Drag one node at 100 %: ms a frame", gesture("drag100")],
  ["Drag one node with the whole graph in view: ms a frame", gesture("dragFit")],
  ["Drag 100 selected nodes at 100 %: ms a frame", gesture("multi100")],
  ["Select all, until it is shown: ms", gesture("selectAll")],
  ["A second of nothing: ms", gesture("idle")],
  ["From the parsed graph to ready: ms", (summary) => number(summary.load.graphToReady)],
  ["Memory of the renderer, its own: MB", (summary) => number(summary.memory.anonMB)],
  ["Memory of the renderer, resident: MB", (summary) => number(summary.memory.rssMB)],
  ["Elements in the page", (summary) => String(Math.round(summary.stats.elements))],
];

const row = (cells) => `| ${cells.join(" | ")} |`;
const table = ([title, look]) =>
  [
    `### ${title}`,
    "",
    row(["", ...sizes.map((n) => `${n.toLocaleString("en")} nodes`)]),
    row(["---", ...sizes.map(() => "---:")]),
    ...contestants.map((name) => {
      const label = result.contestants[name].label;
      const bold = name === "patchbay" ? (text) => `**${text}**` : (text) => text;
      const title = name === "patchbay" ? "Patchbay" : label;
      return row([title, ...sizes.map((n) => cell(name, n, look))].map(bold));
    }),
  ].join("\n");

const memory = Math.round(os.totalmem() / 2 ** 30);
const measuredOn = `Measured on ${result.date} by \`make bench-canvas\`: ${os.cpus().length} processors (${os.arch()}), ${memory} GiB, no GPU, headless Chromium ${result.machine.split(" ").pop()}, a window of 1280 × 800; medians of ${result.settings.runs} fresh pages each.`;
const text = [begin, "", measuredOn, "", tables.map(table).join("\n\n"), "", end].join("\n");

const before = readFileSync(document, "utf8");
const [from, to] = [before.indexOf(begin), before.indexOf(end)];
if (from < 0 || to < from) {
  throw new Error(`${document} lacks the markers ${begin} and ${end}`);
}
writeFileSync(document, before.slice(0, from) + text + before.slice(to + end.length));
console.log(`Written into ${document}.`);
