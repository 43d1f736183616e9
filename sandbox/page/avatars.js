// A person as a coloured square with initials; the app as its sign.

import { h } from "./dom.js";
import { isOurApp, nameOf, store } from "./state.js";

const HUES = 10;

export function avatar(id, size = "") {
  if (isOurApp(id)) return h("span", { class: `avatar app-icon ${size}`, "aria-hidden": "true" });
  return h("span", { class: `avatar hue-${hue(id)} ${size}`, "aria-hidden": "true" }, initials(nameOf(id)));
}

function initials(name) {
  const words = name.split(/\s+/).filter((word) => /^\p{L}/u.test(word));
  const ends = words.length > 1 ? [words[0], words.at(-1)] : words;
  return ends.map((word) => [...word][0]).join("").toLocaleUpperCase() || "?";
}

// Neighbours in the list differ.
function hue(id) {
  return store.data.people.findIndex((one) => one.id === id) % HUES;
}
