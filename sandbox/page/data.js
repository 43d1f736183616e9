// Tables and charts in a plain form: every number is there to read.

import { h } from "./dom.js";
import { rich } from "./mrkdwn.js";

export function table(block) {
  const [head, ...rows] = block.rows ?? [];
  const aligned = (index) => block.column_settings?.[index]?.align ?? "left";
  const line = (cells, tag) =>
    h("tr", {}, cells.map((one, index) => h(tag, { class: `align-${aligned(index)}`, dir: "auto" }, cell(one))));
  return h(
    "div",
    { class: "table", tabindex: "0", role: "region", "aria-label": block.caption ?? "Table" },
    h(
      "table",
      {},
      block.caption && h("caption", {}, block.caption),
      h("thead", {}, head && line(head, "th")),
      h("tbody", {}, rows.map((cells) => line(cells, "td"))),
    ),
  );
}

function cell(one) {
  return one.type === "rich_text" ? rich(one) : String(one.text ?? one.value ?? "");
}

export function chart(block) {
  const drawn = block.chart ?? {};
  const rows = drawn.segments ? drawn.segments.map(bar) : (drawn.series ?? []).flatMap(series);
  const most = Math.max(...rows.map((row) => Math.abs(row.value)), 1e-9);
  return h(
    "figure",
    { class: "chart" },
    h("figcaption", { dir: "auto" }, block.title),
    h("table", {}, h("tbody", {}, rows.map((row) => line(row, most)))),
  );
}

function bar(one) {
  return { label: one.label, value: Number(one.value) };
}

function series(one) {
  const points = one.data ?? [];
  return points.map((point) => ({ label: `${one.name} · ${point.label}`, value: Number(point.value) }));
}

function line(row, most) {
  const filled = h("span", { class: "bar", "aria-hidden": "true" });
  filled.style.width = `${Math.round((Math.abs(row.value) / most) * 100)}%`;
  return h("tr", {}, h("th", { dir: "auto" }, row.label), h("td", { class: "bars" }, filled), h("td", { class: "align-right" }, String(row.value)));
}
