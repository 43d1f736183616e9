// Input blocks: a label, something to fill in, a hint, and beside it what is wrong.

import { combo } from "./combo.js";
import { draft, errorsOf, put } from "./drafts.js";
import { h } from "./dom.js";
import { focusName, spot } from "./elements.js";
import { words } from "./mrkdwn.js";
import { act, me } from "./state.js";
import { localInput } from "./times.js";

// How an element's value is named in state.values, and who draws it.
export const HOLDS = {
  plain_text_input: ["value", typed],
  email_text_input: ["value", typed],
  url_text_input: ["value", typed],
  number_input: ["value", typed],
  rich_text_input: ["rich_text_value", typed],
  datepicker: ["selected_date", typed],
  timepicker: ["selected_time", typed],
  datetimepicker: ["selected_date_time", typed],
  static_select: ["selected_option", combo],
  external_select: ["selected_option", combo],
  users_select: ["selected_user", combo],
  conversations_select: ["selected_conversation", combo],
  channels_select: ["selected_channel", combo],
  multi_static_select: ["selected_options", combo],
  multi_external_select: ["selected_options", combo],
  multi_users_select: ["selected_users", combo],
  multi_conversations_select: ["selected_conversations", combo],
  multi_channels_select: ["selected_channels", combo],
  radio_buttons: ["selected_option", boxes],
  checkboxes: ["selected_options", boxes],
  file_input: ["files", files],
};

const KINDS = { email_text_input: "email", url_text_input: "url", datepicker: "date", timepicker: "time", datetimepicker: "datetime-local" };
const MANY = ["checkboxes", "radio_buttons"]; // several boxes under one label
const NEARLY = 0.8; // of the characters allowed, from where on they are counted

let numbers = 0;

// Draw an element. `given`: {held, change(value), label, name, id, about}; `about` names its hint and error.
export function control(block, element, where, given) {
  const [key, draw] = HOLDS[element.type];
  const value = given.value !== undefined ? given.value : asTyped(element, given.held?.[key]);
  return draw(element, { ...given, value, block, where });
}

// A value from state.values as it is put in.
function asTyped(element, held) {
  if (held === undefined || held === null) return element.type.startsWith("multi") || element.type === "checkboxes" ? [] : null;
  if (Array.isArray(held)) return held.map((one) => one.value ?? one);
  if (element.type === "rich_text_input") return flat(held);
  if (element.type === "datetimepicker") return localInput(new Date(held * 1000), me().tz);
  return held.value ?? held;
}

function flat(one) {
  return one.text ?? (one.elements ?? []).map(flat).join(one.type === "rich_text" ? "\n" : "");
}

export function field(block, where) {
  const element = block.element;
  const id = `input-${(numbers += 1)}`;
  const error = where.view ? errorsOf(where.view)[block.block_id] : undefined;
  const kept = where.view && draft(where.view, block, element);
  const held = where.values?.[block.block_id]?.[element.action_id];
  const label = block.label.text;
  const about = [block.hint && `${id}-hint`, error && `${id}-error`].filter(Boolean).join(" ") || null;
  const change = (value, isDone = true) => changed(block, element, where, value, isDone);
  const drawn = control(block, element, where, { held, value: kept?.value, change, label, id, about, error, name: focusName(block, element) });
  const optional = block.optional && h("span", { class: "optional" }, " (optional)");
  const many = MANY.includes(element.type);
  const head = h(many ? "legend" : "label", { class: "label", for: many ? null : id, dir: "auto" }, words(block.label), optional);
  return h(
    many ? "fieldset" : "div",
    { class: error ? "field wrong" : "field", "data-block": block.block_id, "aria-describedby": many ? about : null },
    head,
    drawn,
    error && h("p", { class: "error", id: `${id}-error`, role: "alert", dir: "auto" }, error),
    block.hint && h("p", { class: "hint", id: `${id}-hint`, dir: "auto" }, words(block.hint)),
  );
}

function changed(block, element, where, value, isDone) {
  if (where.surface === "modal") put(where.view, block, element, value);
  if (isDone && block.dispatch_action) return act("chooses", { ...spot(block, element, where), value });
  return null;
}

// Texts, numbers, days and times

function typed(element, given) {
  const isLong = element.multiline || element.type === "rich_text_input";
  const counter = h("span", { class: "counter", "aria-hidden": "true" });
  const node = h(isLong ? "textarea" : "input", {
    ...common(given),
    class: "entry",
    type: isLong ? null : KINDS[element.type] ?? "text",
    inputmode: element.type === "number_input" ? "decimal" : null,
    rows: isLong ? 4 : null,
    dir: "auto",
    placeholder: element.placeholder?.text,
    autocomplete: "off",
    value: given.value ?? "",
    oninput: () => {
      given.change(node.value || null, false);
      count(node, counter, element.max_length);
    },
    onchange: () => given.change(node.value || null, !isLong),
  });
  count(node, counter, element.max_length);
  return h("div", { class: "entry-box" }, node, counter);
}

function common(given) {
  return {
    id: given.id,
    "data-focus": given.name,
    "aria-label": given.id ? null : given.label,
    "aria-describedby": given.about,
    "aria-invalid": given.error ? "true" : null,
  };
}

function count(node, counter, most) {
  const long = most ?? 3000;
  const written = [...node.value].length;
  const shows = written > long * NEARLY || (most && most <= 300 && written > 0);
  counter.textContent = shows ? String(long - written) : "";
  counter.classList.toggle("over", written > long);
}

// Radio buttons and checkboxes

function boxes(element, given) {
  const several = element.type === "checkboxes";
  const group = `boxes-${(numbers += 1)}`;
  const ticked = [given.value ?? []].flat();
  const note = () => {
    const values = [...list.querySelectorAll("input:checked")].map((one) => one.value);
    given.change(several ? values : values[0] ?? null);
  };
  const box = (option) => {
    const input = h("input", {
      type: several ? "checkbox" : "radio",
      name: group,
      "data-focus": `${given.name}/${option.value}`,
      onchange: note,
      "aria-describedby": given.about,
    });
    input.value = option.value;
    input.checked = ticked.includes(option.value);
    const about = option.description && h("span", { class: "about", dir: "auto" }, words(option.description));
    return h("label", { class: "box" }, input, h("span", {}, h("span", { class: "text", dir: "auto" }, words(option.text)), about));
  };
  const list = h("div", { class: "boxes", role: several ? "group" : "radiogroup", "aria-label": given.label }, element.options.map(box));
  return list;
}

// Files, sent along in base64

function files(element, given) {
  const list = h("ul", { class: "picked" });
  const show = (picked) => list.replaceChildren(...picked.map((one) => h("li", { dir: "auto" }, one.name)));
  const input = h("input", {
    ...common(given),
    type: "file",
    class: "entry",
    multiple: (element.max_files ?? 10) > 1,
    accept: element.filetypes?.map((kind) => `.${kind}`).join(","),
    onchange: async () => {
      const picked = await Promise.all([...input.files].map(read));
      show(picked);
      given.change(picked);
    },
  });
  show(given.value ?? []);
  return h("div", {}, input, list);
}

function read(file) {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve({ name: file.name, data: reader.result.slice(reader.result.indexOf(",") + 1) });
    reader.onerror = () => reject(reader.error);
    reader.readAsDataURL(file);
  });
}
