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
  const rows = drawn.segments ? drawn.segments.map(segment) : alongside(drawn.series ?? []);
  const most = Math.max(...rows.map((row) => Math.abs(row.value)), 1e-9);
  return h(
    "figure",
    { class: "chart" },
    h("figcaption", { dir: "auto" }, block.title),
    h("table", {}, h("tbody", {}, rows.map((row) => line(row, most)))),
  );
}

function segment(one) {
  return { label: one.label, series: "", tone: 0, value: Number(one.value) };
}

// What belongs to one category stands together, so that series can be compared.
function alongside(series) {
  const categories = (series[0]?.data ?? []).map((point) => point.label);
  return categories.flatMap((label) =>
    series.map((one, tone) => ({
      label: tone ? "" : label,
      series: series.length > 1 ? one.name : "",
      tone,
      value: Number(one.data.find((point) => point.label === label)?.value ?? 0),
    })),
  );
}

function line(row, most) {
  const filled = h("span", { class: `bar tone-${row.tone % 3}`, "aria-hidden": "true" });
  filled.style.width = `${Math.round((Math.abs(row.value) / most) * 100)}%`;
  return h(
    "tr",
    {},
    h("th", { dir: "auto" }, row.label),
    h("td", { class: "faint", dir: "auto" }, row.series),
    h("td", { class: "bars" }, filled),
    h("td", { class: "align-right" }, String(row.value)),
  );
}
