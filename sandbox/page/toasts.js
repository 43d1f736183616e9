// Short news at the edge of the page, read aloud by screen readers.

import { h } from "./dom.js";

const LASTS = 9000;

export function toast(sentence, kind = "news") {
  const box = document.getElementById("toasts");
  const close = h("button", { type: "button", class: "icon-button", "aria-label": "Dismiss" }, "×");
  const shown = h("div", { class: `toast ${kind}` }, h("span", { dir: "auto" }, sentence), close);
  close.addEventListener("click", () => shown.remove());
  box.append(shown);
  while (box.children.length > 3) box.firstChild.remove();
  setTimeout(() => shown.remove(), LASTS);
}
