// Dialogs and menus: what lies over the page, takes the keyboard, and gives it back.

import { h } from "./dom.js";
import { words } from "./mrkdwn.js";

// Tab stays inside; the browser's own dialog does the rest (nothing behind can be reached, focus comes back).
export function trap(dialog) {
  dialog.addEventListener("keydown", (event) => {
    if (event.key !== "Tab") return;
    const inside = [...dialog.querySelectorAll("button, input, textarea, select, a[href], [tabindex='0']")];
    const reachable = inside.filter((one) => !one.disabled && one.tabIndex >= 0 && one.getClientRects().length);
    const edge = event.shiftKey ? reachable[0] : reachable.at(-1);
    if (document.activeElement !== edge && document.activeElement !== dialog) return;
    event.preventDefault();
    (event.shiftKey ? reachable.at(-1) : reachable[0])?.focus();
  });
}

// A confirm object of Block Kit; resolves to whether the person goes on.
export function ask(confirm) {
  return new Promise((resolve) => {
    const style = confirm.style === "danger" ? "button danger" : "button primary";
    const end = (answer) => {
      dialog.close();
      dialog.remove();
      resolve(answer);
    };
    const dialog = h(
      "dialog",
      { class: "confirm", "aria-labelledby": "confirm-title" },
      h("h2", { id: "confirm-title" }, words(confirm.title)),
      h("p", { class: "text", dir: "auto" }, words(confirm.text)),
      h(
        "div",
        { class: "dialog-buttons" },
        h("button", { type: "button", class: "button", onclick: () => end(false) }, words(confirm.deny)),
        h("button", { type: "button", class: style, autofocus: true, onclick: () => end(true) }, words(confirm.confirm)),
      ),
    );
    dialog.addEventListener("keydown", (event) => {
      if (event.key !== "Escape") return;
      event.preventDefault();
      event.stopPropagation();
      end(false);
    });
    trap(dialog);
    document.getElementById("layers").append(dialog);
    dialog.showModal();
  });
}

// A menu under (or over) its button; `items` are {label, about, choose} or {heading}.
export function menu(button, items, label) {
  const close = (back) => {
    list.remove();
    button.setAttribute("aria-expanded", "false");
    document.removeEventListener("pointerdown", outside, true);
    if (back) button.focus();
  };
  const outside = (event) => {
    if (!list.contains(event.target)) close(false);
  };
  const list = h("div", { class: "menu", role: "menu", "aria-label": label }, items.map((item) => row(item, close)));
  list.addEventListener("keydown", (event) => steer(event, list, close));
  (button.closest("dialog") ?? document.body).append(list);
  button.setAttribute("aria-expanded", "true");
  beside(list, button);
  list.querySelector("[role=menuitem]")?.focus();
  setTimeout(() => document.addEventListener("pointerdown", outside, true));
}

function row(item, close) {
  if (item.heading) return h("div", { class: "menu-heading", role: "presentation" }, item.heading);
  const choose = () => {
    close(true);
    item.choose();
  };
  const about = item.about && h("span", { class: "about", dir: "auto" }, item.about);
  return h("button", { type: "button", role: "menuitem", tabindex: "-1", onclick: choose }, h("span", { dir: "auto" }, item.label), about);
}

function steer(event, list, close) {
  const items = [...list.querySelectorAll("[role=menuitem]")];
  const at = items.indexOf(document.activeElement);
  const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: items.length - 1 }[event.key];
  if (to !== undefined) {
    event.preventDefault();
    items.at(to % items.length)?.focus();
  } else if (event.key === "Escape" || event.key === "Tab") {
    event.preventDefault();
    event.stopPropagation();
    close(true);
  }
}

// Put a floating box next to its anchor, inside the window.
export function beside(box, anchor, width = 0) {
  const at = anchor.getBoundingClientRect();
  if (width) box.style.width = `${Math.max(at.width, width)}px`;
  const left = Math.min(at.left, innerWidth - box.offsetWidth - 8);
  box.style.left = `${Math.max(8, left)}px`;
  const below = innerHeight - at.bottom;
  const over = below < box.offsetHeight + 12 && at.top > below;
  box.style.top = over ? `${Math.max(8, at.top - box.offsetHeight - 4)}px` : `${at.bottom + 4}px`;
}
