// The stack of modals: the top one is drawn, those under it show as edges.

import { blocks } from "./blocks.js";
import { h, redraw, refocus } from "./dom.js";
import { errorsOf, keep, setErrors, values } from "./drafts.js";
import { busy } from "./elements.js";
import { trap } from "./layers.js";
import { act, store } from "./state.js";

let dialog = null;
let shown = null; // the view that is drawn
let trouble = ""; // what Slack's client says over the form
let opener = null; // where the focus goes back to

export function drawModal() {
  const stack = store.data?.modals ?? [];
  keep(stack);
  const view = stack.at(-1);
  if (!view) return shut();
  const isNew = view.id !== shown?.id;
  if (isNew) trouble = "";
  if (!dialog) build();
  shown = view;
  dialog.dataset.depth = stack.length;
  redraw(dialog, JSON.stringify([view.id, view.hash, errorsOf(view), trouble]), () => form(view));
  if (!dialog.open) dialog.showModal();
  if (isNew || !dialog.contains(document.activeElement)) focusFirst(view);
  return null;
}

function build() {
  const active = document.activeElement;
  opener = { node: active, name: active?.dataset?.focus, place: active?.closest?.("[data-ts]")?.dataset.ts };
  dialog = h("dialog", { class: "modal", "aria-labelledby": "modal-title", tabindex: "-1" });
  dialog.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    event.preventDefault();
    close();
  });
  dialog.addEventListener("cancel", (event) => {
    event.preventDefault();
    close();
  });
  trap(dialog);
  document.getElementById("layers").append(dialog);
}

function shut() {
  if (!dialog) return;
  dialog.close();
  dialog.remove();
  dialog = shown = null;
  const there = opener.node?.isConnected && opener.node !== document.body;
  if (there) opener.node.focus();
  else if (!opener.name || !refocus(document.body, opener)) document.getElementById("composer")?.focus();
}

function form(view) {
  const where = { surface: "modal", view, values: view.state.values };
  const close_ = h("button", { type: "button", class: "icon-button", "aria-label": "Close", "data-focus": "×", onclick: close }, "×");
  return [
    h("header", { class: "modal-head" }, h("span", { class: "app-icon", "aria-hidden": "true" }), h("h2", { id: "modal-title", dir: "auto" }, view.title.text), close_),
    trouble && h("p", { class: "trouble", role: "alert" }, trouble),
    h("form", { class: "modal-body", id: "modal-form", novalidate: true, onsubmit: (event) => submit(event, view) }, blocks(view.blocks, where)),
    foot(view),
  ];
}

function foot(view) {
  const send = view.submit || view.blocks.some((block) => block.type === "input");
  if (!send && !view.close) return null;
  return h(
    "footer",
    { class: "dialog-buttons" },
    h("button", { type: "button", class: "button", "data-focus": "close", onclick: close }, view.close?.text ?? (send ? "Cancel" : "Close")),
    send && h("button", { type: "submit", form: "modal-form", class: "button primary", "data-focus": "submit" }, view.submit?.text ?? "Submit"),
  );
}

async function submit(event, view) {
  event.preventDefault();
  const button = dialog.querySelector("button[type=submit]");
  if (!button || button.getAttribute("aria-busy") === "true") return;
  const answer = await busy(button, () => act("submits", { view_id: view.id, values: values(view) }, true));
  trouble = answer.error ?? answer.notices?.[0] ?? "";
  setErrors(view, answer.errors);
  drawModal();
  dialog?.querySelector(".field.wrong :is(input, textarea)")?.focus();
}

function close() {
  const view = shown;
  if (view) act("closes", { view_id: view.id });
}

function focusFirst(view) {
  const asked = view.blocks.find((block) => block.element?.focus_on_load);
  const within = asked ? `[data-block="${CSS.escape(asked.block_id)}"]` : ".modal-body";
  const first = dialog.querySelector(`${within} :is(input, textarea)`);
  (first ?? dialog.querySelector(".dialog-buttons button") ?? dialog).focus();
}
