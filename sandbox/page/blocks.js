// Blocks as nodes. `where` says on which surface they stand: see elements.js.

import { chart, table } from "./data.js";
import { h } from "./dom.js";
import { element } from "./elements.js";
import { field } from "./inputs.js";
import { link, markdown, rich, words } from "./mrkdwn.js";

export function blocks(list, where) {
  return (list ?? []).map((block) => drawn(block, where));
}

function drawn(block, where) {
  const draw = DRAWERS[block.type];
  const node = draw ? draw(block, where) : h("p", { class: "unknown" }, `(${block.type})`);
  node.classList.add("block");
  return node;
}

function text(one, tag = "div") {
  return h(tag, { class: "text", dir: "auto" }, words(one));
}

function section(block, where) {
  const said = block.text && text(block.text);
  const fields = block.fields && h("div", { class: "fields" }, block.fields.map((one) => text(one)));
  const beside = block.accessory && h("div", { class: "accessory" }, element(block, block.accessory, where));
  return h("div", { class: "section" }, h("div", { class: "section-words" }, said, fields), beside);
}

function header(block, where) {
  const level = where.surface === "message" ? "h4" : "h3";
  return h(level, { class: "header", dir: "auto" }, words(block.text));
}

function context(block) {
  return h("div", { class: "context" }, block.elements.map((one) => (one.type === "image" ? picture(one, "small") : text(one, "span"))));
}

function actions(block, where) {
  return h("div", { class: "actions" }, block.elements.map((one) => element(block, one, where)));
}

// Pictures are never loaded: the page asks nobody but the sandbox.
export function picture(one, size) {
  const about = one.alt_text || "picture";
  const inner = size === "large" ? [h("span", { "aria-hidden": "true" }, "🖼"), h("span", { dir: "auto" }, about)] : "🖼";
  return h("span", { class: `picture ${size}`, role: "img", "aria-label": about, title: about }, inner);
}

function image(block) {
  const title = block.title && h("figcaption", { dir: "auto" }, words(block.title));
  return h("figure", { class: "image" }, title, picture(block, "large"));
}

function alert(block) {
  return h("div", { class: `alert ${block.level ?? ""}`, role: "note" }, text(block.text));
}

function nested(block, where) {
  const said = ["title", "subtitle", "body", "text", "subtext"].filter((name) => block[name]?.text);
  return h(
    "div",
    { class: "card" },
    said.map((name) => h("div", { class: `card-${name}`, dir: "auto" }, words(block[name]))),
    blocks(block.child_blocks ?? block.elements, where),
    block.actions && actions({ ...block, elements: block.actions }, where),
  );
}

function file(block) {
  return h("p", { class: "unknown" }, "📄 ", block.external_id ?? "file");
}

function video(block) {
  return h("p", {}, link(block.title_url ?? block.video_url ?? "", block.title?.text));
}

const DRAWERS = {
  actions,
  alert,
  card: nested,
  carousel: nested,
  container: nested,
  context,
  context_actions: actions,
  data_table: table,
  data_visualization: chart,
  divider: () => h("hr"),
  file,
  header,
  image,
  input: field,
  markdown: (block) => h("div", { class: "text", dir: "auto" }, markdown(block.text)),
  rich_text: (block) => h("div", { class: "text rich" }, rich(block)),
  section,
  table,
  video,
};
