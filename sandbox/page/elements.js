// Things to press and to choose, and what becomes of it.
//
// where   {surface: "message" | "modal" | "home", ts, view, values}: `ts` of the message, `view` of a modal or Home,
//         `values` as in state.values.

import { values } from "./drafts.js";
import { h } from "./dom.js";
import { control, HOLDS } from "./inputs.js";
import { ask, menu } from "./layers.js";
import { words } from "./mrkdwn.js";
import { act } from "./state.js";

const BUTTONS = ["button", "workflow_button", "icon_button"];

export function element(block, one, where) {
  if (BUTTONS.includes(one.type)) return button(block, one, where);
  if (one.type === "overflow") return overflow(block, one, where);
  if (one.type === "feedback_buttons") return feedback(block, one, where);
  if (HOLDS[one.type]) return chosen(block, one, where);
  return h("span", { class: "picture small", role: "img", "aria-label": one.alt_text ?? one.type }, "🖼");
}

// Where on the screen it is, as the server wants to know it.
export function spot(block, one, where) {
  const named = { block_id: block.block_id, action_id: one.action_id, type: one.type };
  const form = where.surface === "modal" ? { view_id: where.view.id, values: values(where.view) } : {};
  return { surface: where.surface, ts: where.ts, ...named, ...form };
}

export function focusName(block, one, more = "") {
  return `${block.block_id}/${one.action_id}${more}`;
}

function button(block, one, where) {
  const label = one.text ? words(one.text) : one.icon ?? "•";
  const given = {
    class: `button ${one.style ?? ""}`,
    "aria-label": one.accessibility_label,
    "data-focus": focusName(block, one),
  };
  const press = (event) => pressed(event.currentTarget, block, one, where);
  if (one.url && /^https?:\/\//i.test(one.url)) {
    return h("a", { ...given, href: one.url, target: "_blank", rel: "noopener noreferrer", onclick: press }, label);
  }
  return h("button", { type: "button", ...given, onclick: press }, label);
}

async function pressed(node, block, one, where) {
  if (node.getAttribute("aria-busy") === "true") return;
  if (one.confirm && !(await ask(one.confirm))) return;
  await busy(node, () => act("presses", spot(block, one, where)));
}

// While the app has not answered, the button says so and takes no second press.
export async function busy(node, doing) {
  node.setAttribute("aria-busy", "true");
  try {
    return await doing();
  } finally {
    node.removeAttribute("aria-busy");
  }
}

function feedback(block, one, where) {
  const both = [one.positive_button, one.negative_button].filter(Boolean);
  return h("span", { class: "actions" }, both.map((each) => button(block, { ...one, type: "button", ...each }, where)));
}

function overflow(block, one, where) {
  const items = one.options.map((option) => ({
    label: option.text.text,
    about: option.description?.text,
    choose: () => choose(node, block, one, where, option.value),
  }));
  const node = h(
    "button",
    {
      type: "button",
      class: "button overflow",
      "aria-label": "More choices",
      "aria-haspopup": "menu",
      "aria-expanded": "false",
      "data-focus": focusName(block, one),
      onclick: () => menu(node, items, "More choices"),
    },
    "⋯",
  );
  return node;
}

export async function choose(node, block, one, where, value) {
  if (one.confirm && !(await ask(one.confirm))) return;
  await busy(node, () => act("chooses", { ...spot(block, one, where), value }));
}

// A select, picker or box outside of an input tells the app at once.
function chosen(block, one, where) {
  const held = where.values?.[block.block_id]?.[one.action_id];
  const label = one.placeholder?.text ?? block.text?.text ?? "Choose";
  const node = h("div", { class: "chosen" });
  const change = (value) => choose(node, block, one, where, value);
  node.append(control(block, one, where, { held, change, label, name: focusName(block, one) }));
  return node;
}
